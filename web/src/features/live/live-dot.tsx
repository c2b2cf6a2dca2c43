/** Whether what is shown is live, behind, or cut off: a dot and a word. */
import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './live-dot.module.css'
import { useLiveState } from './live-updates'

export const LiveDot = () => {
  const { t } = useTranslation()
  const state = useLiveState()
  return (
    <Tooltip label={t(`live.${state}_explained`)}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the tooltip must be reachable by keyboard */}
      <span className={classes.live} data-state={state} tabIndex={0}>
        <span className={classes.dot} aria-hidden />
        {t(`live.${state}`)}
      </span>
    </Tooltip>
  )
}
