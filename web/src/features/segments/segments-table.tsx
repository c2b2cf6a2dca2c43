/** All segments: what each says, how many are in, what moved this week, and whether there is something to do with it. */
import { IconAlertTriangle } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { SegmentRow } from '@/api/types'
import { formatNumber, formatPlainDay } from '@/domain/format'
import { paths } from '@/domain/paths'
import { type Ailment, ailmentsOf, firstOrder, type Order, type Sort } from '@/domain/segment-list'
import { Moment, useLanguage, useWhen } from '@/features/session'
import { Sparkline } from '@/ui/sparkline'
import { Tag } from '@/ui/tag'
import { type GridColumn, VirtualGrid } from '@/ui/virtual-grid'
import { GoldenTag } from './golden'
import classes from './segments-table.module.css'

type SegmentsTableProps = { rows: SegmentRow[]; order: Order; onOrder: (order: Order) => void }

export const SegmentsTable = ({ rows, order, onOrder }: SegmentsTableProps) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const navigate = useNavigate()
  const sortBy = (by: Sort) => ({
    order: order.by !== by ? null : order.down ? ('descending' as const) : ('ascending' as const),
    onSort: () => onOrder(order.by === by ? { by, down: !order.down } : firstOrder(by)),
  })
  const columns: GridColumn<SegmentRow>[] = [
    {
      key: 'name',
      title: t('segments.name'),
      width: 'minmax(240px, 3fr)',
      sort: sortBy('name'),
      cell: (row) => <NameAndSentence row={row} />,
    },
    {
      key: 'count',
      title: t('segments.count'),
      width: '84px',
      align: 'end',
      sort: sortBy('count'),
      cell: (row) => (
        <Link to={paths.segment} params={{ id: row.id }} className={classes.count} data-count={row.id}>
          {formatNumber(row.count, language)}
        </Link>
      ),
    },
    {
      key: 'week',
      title: t('segments.week'),
      width: '168px',
      align: 'end',
      sort: sortBy('change'),
      cell: (row) => (
        <span className={classes.week}>
          {row.sparkline && 1 < row.sparkline.length && (
            <Sparkline
              values={row.sparkline}
              label={t('segments.sparkline', { count: row.sparkline.length, sizes: row.sparkline.join(', ') })}
            />
          )}
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
      key: 'used',
      title: t('segments.used'),
      width: '64px',
      align: 'end',
      sort: sortBy('used'),
      cell: (row) => (
        <span className={row.used_by.length === 0 ? classes.none : undefined} title={row.used_by.join(', ')}>
          {formatNumber(row.used_by.length, language)}
        </span>
      ),
    },
    {
      key: 'owner',
      title: t('segments.owner_and_review'),
      width: '140px',
      sort: sortBy('owner'),
      cell: (row) => <OwnerAndReview row={row} />,
    },
    {
      key: 'changed',
      title: t('segments.changed'),
      width: '130px',
      sort: sortBy('changed'),
      cell: (row) => <Changed row={row} />,
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

/** What is told beside the name; the rest shows in a column of its own. */
const isTold = (ailment: Ailment) => ailment === 'faulty' || ailment === 'empty' || ailment === 'jumped'

const NameAndSentence = ({ row }: { row: SegmentRow }) => {
  const { t } = useTranslation()
  const [worst] = ailmentsOf(row).filter(isTold)
  return (
    <div className={classes.name}>
      <span className={classes.first}>
        <Link to={paths.segment} params={{ id: row.id }} className={classes.link}>
          {row.name}
        </Link>
        {row.golden && <GoldenTag golden={row.golden} />}
        {row.retired && <Tag>{t('segments.retired')}</Tag>}
        {worst && !row.retired && (
          <Tag
            tone={worst === 'faulty' ? 'churn' : 'warn'}
            title={t(`segments.ailment_explained.${worst}`)}
            icon={<IconAlertTriangle size={13} stroke={1.8} aria-hidden />}
          >
            {t(`segments.ailment.${worst}`)}
          </Tag>
        )}
      </span>
      <span className={classes.sentence} title={row.sentence} data-sentence>
        {row.sentence}
      </span>
    </div>
  )
}

const OwnerAndReview = ({ row }: { row: SegmentRow }) => {
  const { t } = useTranslation()
  const when = useWhen()
  const last = row.reviewed_on
    ? t('segments.reviewed_last', { day: formatPlainDay(row.reviewed_on, when) })
    : t('segments.reviewed_never')
  return (
    <div className={classes.name}>
      <span className={row.owner ? classes.clipped : classes.none} title={row.owner ?? t('segments.ailment.no_owner')}>
        {row.owner ?? '–'}
      </span>
      <span className={classes.sentence} title={last}>
        {!row.review_on ? (
          t('segments.no_review')
        ) : row.review_overdue ? (
          <Tag tone="warn">{t('segments.overdue_since', { day: formatPlainDay(row.review_on, when) })}</Tag>
        ) : (
          t('segments.review_by', { day: formatPlainDay(row.review_on, when) })
        )}
      </span>
    </div>
  )
}

const Changed = ({ row }: { row: SegmentRow }) => {
  const { t } = useTranslation()
  return (
    <div className={classes.name}>
      <Moment at={row.changed_at} />
      <span className={classes.sentence} title={row.changed_by ?? undefined}>
        {row.changed_by ?? t(`origin.${row.origin}`)} · v{row.version}
      </span>
    </div>
  )
}
