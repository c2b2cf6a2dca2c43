/** Where an import stands, in a word. */
import { useTranslation } from 'react-i18next'
import type { ImportState } from '@/api/types'
import { Tag, type Tone } from '@/ui/tag'

const TONES: Record<ImportState, Tone> = {
  read: 'warn',
  checking: 'brand',
  checked: 'warn',
  committing: 'brand',
  committed: 'purchase',
  undone: 'plain',
  failed: 'churn',
  cancelled: 'plain',
}

export const ImportStateTag = ({ state }: { state: ImportState }) => {
  const { t } = useTranslation()
  return <Tag tone={TONES[state]}>{t(`imports.state.${state}`)}</Tag>
}
