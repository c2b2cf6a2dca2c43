/** How the order comes about: each part of the sum with its number, shown when the ring is pointed at or focused. */
import { Tooltip, UnstyledButton } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TodayRow } from '@/api/types'
import { SignRing } from '@/features/sign-marks'
import classes from './priority-sum.module.css'

export const PrioritySum = ({ row }: { row: TodayRow }) => {
  const { t } = useTranslation()
  const button = useRef<HTMLButtonElement>(null)
  const [asked, setAsked] = useState(false)
  return (
    <>
      <UnstyledButton
        ref={button}
        className={classes.ring}
        aria-label={t('today.sum.label', { n: Math.round(row.sign.strength), sum: row.sum.text })}
        onPointerEnter={() => setAsked(true)}
        onPointerLeave={() => setAsked(false)}
        onFocus={() => setAsked(true)}
        onBlur={() => setAsked(false)}
      >
        <SignRing sign={row.sign} size={38} />
      </UnstyledButton>
      {/* Fifty tooltips waiting to be asked would cost more than all the rows. */}
      {asked && <Tooltip opened label={<Parts row={row} />} target={button} position="right" />}
    </>
  )
}

const Parts = ({ row }: { row: TodayRow }) => {
  const { t } = useTranslation()
  const parts: [string, string][] = [
    [t('today.sum.strength'), String(row.sum.strength)],
    [t('today.sum.value'), `× ${row.sum.value}`],
    [t('today.sum.time_left'), `× ${row.sum.time_left}`],
    ...(row.sum.standing === 1 ? [] : [[t('today.sum.standing'), `× ${row.sum.standing}`] satisfies [string, string]]),
    [t('today.sum.recent_contact'), `− ${row.sum.recent_contact}`],
    [t('today.sum.priority'), `= ${Math.round(row.priority)}`],
  ]
  return (
    <span className={classes.sum}>
      {parts.map(([part, n]) => (
        <span key={part} className={classes.part}>
          <span>{part}</span>
          <b>{n}</b>
        </span>
      ))}
    </span>
  )
}
