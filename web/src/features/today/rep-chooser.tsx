/** Whose list it is: for those who see everybody's. */
import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Today } from '@/api/types'
import { useMay } from '@/features/session'

const EVERYBODY = '*'

type RepChooserProps = { reps: Today['reps']; rep: string | undefined; onChoose: (rep: string | undefined) => void }

export const RepChooser = ({ reps, rep, onChoose }: RepChooserProps) => {
  const { t } = useTranslation()
  const seesAll = useMay('see_all_customers')
  if (!seesAll || reps.length === 0) return null
  return (
    <Select
      aria-label={t('today.rep')}
      w={190}
      value={rep ?? EVERYBODY}
      data={[
        { value: EVERYBODY, label: t('today.everybody') },
        ...reps.map(({ rep: name, count }) => ({
          value: name,
          label: t('today.rep_with_count', { rep: name, count }),
        })),
      ]}
      onChange={(value) => onChoose(value === EVERYBODY || value === null ? undefined : value)}
    />
  )
}
