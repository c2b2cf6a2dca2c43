/** The first telling lines of a file in every encoding it could have, so that a person sees which one can be read. */
import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Import } from '@/api/types'
import { Tag } from '@/ui/tag'
import classes from './encodings.module.css'

type EncodingsProps = {
  format: Import['format']
  disabled: boolean
  onChoose: (encoding: string) => void
}

export const Encodings = ({ format, disabled, onChoose }: EncodingsProps) => {
  const { t } = useTranslation()
  const telling = format.encodings.filter((one) => one.lines.length > 0)
  if (telling.length < 2) return null
  const doubtful = telling.find((one) => one.encoding === format.encoding)?.broken ?? false
  return (
    <details className={classes.encodings} open={doubtful}>
      <summary>{t('imports.looks_like')}</summary>
      <ul>
        {telling.map((one) => (
          <li key={one.encoding}>
            <pre>{one.lines.join('\n')}</pre>
            <span className={classes.choice}>
              {one.broken && <Tag tone="warn">{t('imports.lost_characters')}</Tag>}
              <Button
                size="compact-sm"
                variant={one.encoding === format.encoding ? 'filled' : 'default'}
                disabled={disabled || one.encoding === format.encoding}
                onClick={() => onChoose(one.encoding)}
              >
                {t('imports.use_encoding', { encoding: one.encoding.toUpperCase() })}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
