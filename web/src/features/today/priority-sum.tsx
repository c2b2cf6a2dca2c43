/** How the order comes about: each part of the sum with its number. */
import { Tooltip, UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TodayRow } from '@/api/types'
import { SignRing } from '@/features/signs'
import classes from './priority-sum.module.css'

export const PrioritySum = ({ row }: { row: TodayRow }) => {
  const { t } = useTranslation()
  const parts: [string, string][] = [
    [t('today.sum.strength'), String(row.sum.strength)],
    [t('today.sum.value'), `× ${row.sum.value}`],
    [t('today.sum.time_left'), `× ${row.sum.time_left}`],
    [t('today.sum.recent_contact'), `− ${row.sum.recent_contact}`],
    [t('today.sum.priority'), `= ${Math.round(row.priority)}`],
  ]
  const sum = (
    <span className={classes.sum}>
      {parts.map(([part, n]) => (
        <span key={part} className={classes.part}>
          <span>{part}</span>
          <b>{n}</b>
        </span>
      ))}
    </span>
  )
  return (
    <Tooltip label={sum} position="right" events={{ hover: true, focus: true, touch: true }}>
      <UnstyledButton
        className={classes.ring}
        aria-label={t('today.sum.label', { n: Math.round(row.sign.strength), sum: row.sum.text })}
      >
        <SignRing sign={row.sign} size={38} />
      </UnstyledButton>
    </Tooltip>
  )
}
