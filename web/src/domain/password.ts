/** Long is strong: at least this many characters, no other rule. */
export const PASSWORD_AT_LEAST = 15

/** Counts characters as people see them: an emoji or a kanji with a variant mark is one. */
export const charactersIn = (text: string) => [...new Intl.Segmenter().segment(text)].length
export const isLongEnough = (password: string) => PASSWORD_AT_LEAST <= charactersIn(password)
