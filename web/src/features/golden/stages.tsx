/** Where everybody is on the way with us, as one bar: the stages part all customers, so their lengths add up. */
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Pack, SegmentRow } from '@/api/types'
import { formatPercent } from '@/domain/format'
import { paths } from '@/domain/paths'
import { Num, useLanguage } from '@/features/session'
import { Panel } from '@/ui/page'
import classes from './golden.module.css'
import { adviceFor, Messages, SizeRow } from './golden-cards'

type StagesProps = { title: string; lead: string; ids: readonly string[]; segments: SegmentRow[]; packs: Pack[] }

export const STAGES = ['stage-aware', 'stage-buying', 'stage-growing', 'stage-dormant'] as const
export const TEMPERATURES = ['warm-now', 'warm-comparing', 'warm-cold'] as const
export const RFM = ['rfm-best', 'rfm-steady', 'rfm-new', 'rfm-slipping', 'rfm-dormant-good'] as const

export const Stages = ({ title, lead, ids, segments, packs }: StagesProps) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const rows = ids.flatMap((id) => segments.filter((row) => row.id === id))
  const total = rows.reduce((sum, { count }) => sum + count, 0)
  if (rows.length === 0) return null
  return (
    <Panel
      title={title}
      aside={
        <Link
          to={paths.map}
          search={{ view: 'flow', ids: rows.map(({ id }) => id).join(',') }}
          className={classes.link}
        >
          {t('golden_page.flow')}
        </Link>
      }
    >
      <p className={classes.lead}>{lead}</p>
      <div className={classes.bar} aria-hidden>
        {rows.map(({ id, count }, at) => (
          <span key={id} data-step={at} style={{ flexGrow: count, flexBasis: count === 0 ? 0 : 3 }} />
        ))}
      </div>
      <ol className={classes.stages} data-count={rows.length}>
        {rows.map((row, at) => {
          const advice = adviceFor(packs, row, null)
          return (
            <li key={row.id} data-step={at}>
              <h3>
                <span className={classes.dot} aria-hidden />
                {row.name}
              </h3>
              <p className={classes.big}>
                <Link to={paths.segment} params={{ id: row.id }}>
                  <Num n={row.count} />
                </Link>
                <small>{total === 0 ? '–' : formatPercent(row.count / total, language)}</small>
                <small title={t('segments.in_a_week')}>
                  +<Num n={row.entered_7d} /> −<Num n={row.left_7d} />
                </small>
              </p>
              {advice && <p className={classes.purpose}>{advice.principle}</p>}
              {advice && <Messages segment={advice} />}
            </li>
          )
        })}
      </ol>
    </Panel>
  )
}

/** The named groups of RFM, one a row. */
export const RfmNamed = ({ segments, packs }: { segments: SegmentRow[]; packs: Pack[] }) => {
  const { t } = useTranslation()
  const rows = RFM.flatMap((id) => segments.filter((row) => row.id === id))
  if (rows.length === 0) return null
  return (
    <Panel
      title={t('golden_page.rfm')}
      aside={
        <Link to={paths.tables} className={classes.link}>
          {t('golden_page.rfm_grid')}
        </Link>
      }
    >
      <ul className={classes.rows}>
        {rows.map((row) => (
          <li key={row.id}>
            <SizeRow row={row} />
            <p className={classes.purpose}>{adviceFor(packs, row, null)?.next_action ?? row.next_action}</p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
