/** One line of the call list: whom, why, until when, and the number to dial. */
import { UnstyledButton } from '@mantine/core'
import { IconBuilding, IconPhone, IconUser } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TodayRow as Row } from '@/api/types'
import { formatAge, formatDate } from '@/domain/format'
import { useWhen } from '@/features/session'
import { SignBadge, UrgentMark } from '@/features/sign-marks'
import { PrioritySum } from './priority-sum'
import classes from './today-row.module.css'

type TodayRowProps = { row: Row; selected: boolean; showRep: boolean; onSelect: (key: string) => void }

export const TodayRow = memo(({ row, selected, showRep, onSelect }: TodayRowProps) => {
  const { t } = useTranslation()
  const when = useWhen()
  const { customer, sign, contact } = row
  const Kind = customer.kind === 'company' ? IconBuilding : IconUser
  const daysLeft = (Date.parse(row.due) - when.now) / 86_400_000
  return (
    <li
      className={classes.row}
      data-selected={selected || undefined}
      data-urgent={sign.urgent || undefined}
      ref={selected ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
    >
      <PrioritySum row={row} />
      <div className={classes.text}>
        <div className={classes.first}>
          <UnstyledButton
            className={classes.who}
            aria-current={selected}
            onClick={() => onSelect(customer.key)}
            data-row={customer.key}
          >
            <Kind size={15} stroke={1.6} aria-label={t(`customer.kind.${customer.kind}`)} />
            <span>{customer.name}</span>
          </UnstyledButton>
          {sign.urgent && <UrgentMark />}
          <SignBadge kind={sign.kind} name={sign.name} />
          {row.other_signs.length > 0 && (
            <span className={classes.more}>{t('today.more_signs', { count: row.other_signs.length })}</span>
          )}
          <span className={classes.age} title={t('today.sign_age')}>
            {formatAge(sign.since, when)}
          </span>
        </div>
        <p className={classes.reason} data-sentence>
          {row.reason}
        </p>
        <div className={classes.last}>
          <span className={classes.action}>{row.next_action}</span>
          {showRep && row.rep && <span>{row.rep}</span>}
        </div>
      </div>
      <div className={classes.end}>
        <span className={classes.due} data-soon={daysLeft < 1.5 || undefined}>
          {daysLeft < 0 ? t('today.overdue') : t('today.due', { date: formatDate(row.due, when) })}
        </span>
        {contact && (
          <span className={classes.contact}>
            <span className={classes.person}>{contact.name ?? contact.key}</span>
            {contact.phone && (
              <a
                href={`tel:${contact.phone}`}
                className={classes.phone}
                aria-label={t('today.call_number', { number: contact.phone })}
              >
                <IconPhone size={13} stroke={1.7} aria-hidden />
                {contact.phone}
              </a>
            )}
          </span>
        )}
      </div>
    </li>
  )
})
TodayRow.displayName = 'TodayRow'
