/** Finds by typing: widths, cases and the two kana are one. */

const KATAKANA = /[\u30a1-\u30f6]/g

export const folded = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(KATAKANA, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))

/** Every word of the query stands somewhere in one of the texts. */
export const matches = (query: string, ...texts: (string | null | undefined)[]) => {
  const within = folded(texts.filter(Boolean).join(' '))
  return folded(query)
    .split(/\s+/)
    .every((word) => within.includes(word))
}
