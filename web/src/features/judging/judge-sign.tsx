/** Two keys for those who know the customer: the sign was right, or wrong. What was said last is pressed. */
import { Kbd, UnstyledButton } from '@mantine/core'
import { IconThumbDown, IconThumbUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '@/ui/shortcuts'
import classes from './judge-sign.module.css'

type JudgeSignProps = {
  judgedRight: boolean | null
  onJudge: (right: boolean) => void
  /** Whether R and W press the buttons; only one on a page may have them. */
  keys?: boolean
  /** Whether the question stands before the buttons. */
  asks?: boolean
}

export const JudgeSign = ({ judgedRight, onJudge, keys = false, asks = false }: JudgeSignProps) => {
  const { t } = useTranslation()
  useShortcuts(keys ? { r: () => onJudge(true), w: () => onJudge(false) } : {})
  return (
    <span className={classes.judge}>
      {asks && <span className={classes.ask}>{t('judging.ask')}</span>}
      {([true, false] as const).map((right) => {
        const Thumb = right ? IconThumbUp : IconThumbDown
        return (
          <UnstyledButton
            key={String(right)}
            className={classes.button}
            aria-pressed={judgedRight === right}
            aria-keyshortcuts={keys ? (right ? 'R' : 'W') : undefined}
            onClick={(event) => {
              event.stopPropagation()
              onJudge(right)
            }}
          >
            <Thumb size={14} stroke={1.7} aria-hidden />
            {t(right ? 'judging.right' : 'judging.wrong')}
            {keys && <Kbd size="xs">{right ? 'R' : 'W'}</Kbd>}
          </UnstyledButton>
        )
      })}
    </span>
  )
}
