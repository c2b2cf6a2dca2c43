/** All segments: what each says, how many are in, what moved this week, and whether there is something to do with it. */
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SegmentRow } from '@/api/types'
import { formatNumber } from '@/domain/format'
import { paths } from '@/domain/paths'
import { useLanguage } from '@/features/session'
import { Tag } from '@/ui/tag'
import { type GridColumn, VirtualGrid } from '@/ui/virtual-grid'
import { GoldenTag } from './golden'
import classes from './segments-table.module.css'

export const SegmentsTable = ({ rows }: { rows: SegmentRow[] }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const navigate = useNavigate()
  const columns: GridColumn<SegmentRow>[] = [
    {
      key: 'name',
      title: t('segments.name'),
      width: 'minmax(240px, 3fr)',
      cell: (row) => (
        <div className={classes.name}>
          <span className={classes.first}>
            <Link to={paths.segment} params={{ id: row.id }} className={classes.link}>
              {row.name}
            </Link>
            {row.golden && <GoldenTag golden={row.golden} />}
            {row.retired && <Tag>{t('segments.retired')}</Tag>}
            {row.faults.length > 0 && (
              <Tag tone="churn" icon={<IconAlertTriangle size={13} stroke={1.8} aria-hidden />}>
                {t('segments.faulty')}
              </Tag>
            )}
          </span>
          <span className={classes.sentence} title={row.sentence} data-sentence>
            {row.sentence}
          </span>
        </div>
      ),
    },
    {
      key: 'count',
      title: t('segments.count'),
      width: '84px',
      align: 'end',
      cell: (row) => (
        <Link to={paths.segment} params={{ id: row.id }} className={classes.count} data-count={row.id}>
          {formatNumber(row.count, language)}
        </Link>
      ),
    },
    {
      key: 'week',
      title: t('segments.week'),
      width: '110px',
      align: 'end',
      cell: (row) => (
        <span className={classes.week}>
          <span data-some={row.entered_7d > 0 || undefined} className={classes.entered}>
            +{formatNumber(row.entered_7d, language)}
          </span>
          <span data-some={row.left_7d > 0 || undefined} className={classes.left}>
            −{formatNumber(row.left_7d, language)}
          </span>
        </span>
      ),
    },
    {
      key: 'next',
      title: t('segments.next_action'),
      width: 'minmax(130px, 1.3fr)',
      cell: (row) =>
        row.next_action ? (
          <span title={row.next_action}>{row.next_action}</span>
        ) : (
          <Tag tone="warn" title={t('segments.no_action_explained')}>
            {t('segments.no_action')}
          </Tag>
        ),
    },
    {
      key: 'owner',
      title: t('segments.owner'),
      width: '96px',
      cell: (row) => row.owner ?? <span className={classes.none}>–</span>,
    },
    {
      key: 'origin',
      title: t('segments.origin'),
      width: '112px',
      cell: (row) => (
        <span className={classes.none}>
          {t(`origin.${row.origin}`)} · v{row.version}
        </span>
      ),
    },
  ]
  return (
    <VirtualGrid
      label={t('nav.segments')}
      columns={columns}
      rows={rows}
      total={rows.length}
      rowKey={(row) => row.id}
      rowHeight={56}
      onOpen={(row) => void navigate({ to: paths.segment, params: { id: row.id } })}
    />
  )
}
