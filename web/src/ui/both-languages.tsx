/** A text of ours in Japanese and in English: one field each, side by side in the form. */
import { Textarea, TextInput } from '@mantine/core'

type Said = { ja: string; en: string }
type BothLanguagesProps = {
  /** What is not said yet is empty. */
  value: Said | undefined
  /** The label of the field of each language. */
  label: (language: keyof Said) => string
  onChange: (value: Said) => void
  /** Room for several lines. */
  long?: boolean
}

const LANGUAGES = ['ja', 'en'] as const

export const BothLanguages = ({ value = { ja: '', en: '' }, label, onChange, long = false }: BothLanguagesProps) =>
  LANGUAGES.map((language) => {
    const field = {
      label: label(language),
      value: value[language],
      onChange: (event: { currentTarget: { value: string } }) =>
        onChange({ ...value, [language]: event.currentTarget.value }),
    }
    return long ? <Textarea key={language} {...field} /> : <TextInput key={language} {...field} />
  })
