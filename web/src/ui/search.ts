/** Finds by typing: widths, cases, the two kana, the reading of kanji and its Latin letters are one. */
import { latinOf, readingOf, soundOf } from './readings'

const KATAKANA = /[\u30a1-\u30f6]/g

export const folded = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(KATAKANA, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))

/** One text in the three ways it may be typed. */
type Ways = { written: string; read: string; sounded: string }

const MOST_KEPT = 20_000
const kept = new Map<string, Ways>()

const waysOf = (text: string): Ways => {
  const known = kept.get(text)
  if (known) return known
  const written = folded(text)
  const read = folded(readingOf(text.normalize('NFKC')))
  const ways = { written, read, sounded: soundOf(latinOf(read)) }
  if (MOST_KEPT <= kept.size) kept.clear()
  kept.set(text, ways)
  return ways
}

const isLatin = (word: string) => /^[a-zāâūûōô'-]{2,}$/.test(word)

/** Every word of the query stands somewhere in one of the texts, as it is written, read or sounded. */
export const matches = (query: string, ...texts: (string | null | undefined)[]) => {
  const words = folded(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const { written, read, sounded } = waysOf(texts.filter(Boolean).join(' '))
  return words.every(
    (word) =>
      written.includes(word) ||
      read.includes(word) ||
      read.includes(folded(readingOf(word))) ||
      (isLatin(word) && sounded.includes(soundOf(word))),
  )
}
