/** The call list with the brief of the chosen row beside it. */
import { Button } from '@mantine/core'
import { IconCalendarCheck } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Outcome, Today } from '@/api/types'
import { formatDateTime } from '@/domain/format'
import { paths } from '@/domain/paths'
import { useJudge } from '@/features/judging'
import { useMay, useWhen } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { useShortcuts } from '@/ui/shortcuts'
import { Empty } from '@/ui/states'
import { Brief } from './brief'
import { type Said, useOutcomes } from './record-outcome'
import classes from './today-board.module.css'
import { TodayRow } from './today-row'

type TodayBoardProps = {
  today: Today
  rep: string | undefined
  chosen: string | undefined
  stale: boolean
  onChoose: (key: string | undefined) => void
  onOpen: (key: string) => void
  /** Asks for more rows than are here. */
  onMore: () => void
}

export const TodayBoard = ({ today, rep, chosen, stale, onChoose, onOpen, onMore }: TodayBoardProps) => {
  const { t } = useTranslation()
  const mayRecord = useMay('record_outcome')
  const { record, shown: rows } = useOutcomes(rep, today.rows)
  const judge = useJudge()
  const at = Math.max(
    0,
    rows.findIndex((row) => row.customer.key === chosen),
  )
  const row = rows[at]
  const rest = today.total - rows.length
  const select = useCallback((key: string) => onChoose(key), [onChoose])

  const move = (step: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))]
    if (next) onChoose(next.customer.key)
  }
  const recordAndGoOn = (outcome: Outcome, said: Said) => {
    if (!row) return
    const next = rows[at + 1] ?? rows[at - 1]
    // On a narrow window the brief covers the list: it closes instead of going on.
    onChoose(chosen ? next?.customer.key : undefined)
    void record(row, outcome, said)
  }
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => row && onOpen(row.customer.key),
    t: () => document.getElementById('call')?.click(),
    Escape: () => onChoose(undefined),
  })

  if (!row) return <NothingToDo today={today} />
  return (
    <div className={classes.board} data-stale={stale || undefined}>
      <ol className={classes.list} aria-label={t('today.list')}>
        {rows.map((each) => (
          <TodayRow
            key={each.customer.key}
            row={each}
            selected={each === row}
            showRep={rep === undefined && today.rep === null}
            onSelect={select}
          />
        ))}
        {rest > 0 && (
          <li className={classes.rest}>
            <Button variant="default" onClick={onMore}>
              {t('today.more_rows', { count: rest })}
            </Button>
          </li>
        )}
      </ol>
      <div className={classes.side} data-open={chosen !== undefined || undefined}>
        <Brief
          row={row}
          mayRecord={mayRecord}
          onJudge={(right) => void judge({ sign: row.sign.id, customer: row.customer }, right)}
          onRecord={recordAndGoOn}
          onClose={() => onChoose(undefined)}
        />
      </div>
    </div>
  )
}

const NothingToDo = ({ today }: { today: Today }) => {
  const { t } = useTranslation()
  const when = useWhen()
  const mayImport = useMay('import')
  const next = today.next_change_at ? t('today.next_change', { time: formatDateTime(today.next_change_at, when) }) : ''
  const sentence = today.done_today > 0 ? t('today.all_done', { count: today.done_today }) : t('today.empty')
  return (
    <Empty
      icon={<IconCalendarCheck size={30} stroke={1.4} aria-hidden />}
      sentence={`${sentence} ${next}`}
      action={mayImport && <ButtonLink to={paths.imports}>{t('imports.add')}</ButtonLink>}
    />
  )
}
