/** Texts of ours in Japanese and in English. */
type BothNames = { ja: string; en: string }

/** Nothing is said yet. */
export const UNNAMED: BothNames = { ja: '', en: '' }

/** Who wrote in one language only is quoted in both. */
export const filled = (name: BothNames): BothNames => ({ ja: name.ja || name.en, en: name.en || name.ja })
