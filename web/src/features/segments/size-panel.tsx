/** The size over the last ninety days, computed back by a definition: of a saved segment, or of the condition being written. */
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { backtestQuery, sizesQuery } from '@/api/query'
import type { Draft, SegmentSizes } from '@/api/types'
import { dayOf, formatDateTime, formatNumber } from '@/domain/format'
import { RefusedState, useWhen } from '@/features/session'
import { type ChartMark, SizeChart } from '@/ui/size-chart'
import { Waiting } from '@/ui/states'
import classes from './size-panel.module.css'

const DAYS_BACK = 90
/** The past is looked at once the hand rests; the count itself does not wait for it. */
const REST_MS = 900

export const SegmentSizePanel = ({ id, height = 130 }: { id: string; height?: number }) => {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery({ ...sizesQuery(id, DAYS_BACK), placeholderData: keepPreviousData })
  const marks = useMarks(data?.edits)
  const drawn = useDrawn()
  if (error && !data) {
    return <RefusedState error={error} what={t('sizes.failed')} onRetry={() => void refetch()} />
  }
  if (!data) return <Waiting rows={3} label={t('state.loading')} />
  return (
    <SizeChart
      {...drawn}
      height={height}
      label={t('sizes.label', { count: DAYS_BACK })}
      line={{ name: t('sizes.now'), days: data.days.map(({ day, members }) => ({ day, n: members })) }}
      marks={marks}
    />
  )
}

type DraftSizePanelProps = {
  condition: Draft
  /** The saved segment that is being edited, to draw behind. */
  segment: string | null
  /** Nothing is asked before the condition is whole. */
  ready: boolean
}

export const DraftSizePanel = ({ condition, segment, ready }: DraftSizePanelProps) => {
  const { t } = useTranslation()
  const when = useWhen()
  const drawn = useDrawn()
  const [rested] = useDebouncedValue(condition, REST_MS)
  const to = dayOf(new Date(when.now).toISOString(), when.timeZone)
  const from = dayOf(new Date(when.now - (DAYS_BACK - 1) * 86_400_000).toISOString(), when.timeZone)
  const asked = useQuery({ ...backtestQuery(rested, from, to), enabled: ready && rested === condition })
  const saved = useQuery({ ...sizesQuery(segment ?? '', DAYS_BACK), enabled: segment !== null })
  const marks = useMarks(saved.data?.edits)
  if (asked.error && !asked.data) {
    return <RefusedState error={asked.error} what={t('sizes.failed')} onRetry={() => void asked.refetch()} />
  }
  if (!asked.data) {
    return ready ? <Waiting rows={3} label={t('state.loading')} /> : <p className={classes.waits}>{t('sizes.waits')}</p>
  }
  const days = asked.data.days.map(({ day, members }) => ({ day, n: members }))
  const before = saved.data && new Map(saved.data.days.map(({ day, members }) => [day, members]))
  return (
    <div data-old={asked.isPlaceholderData || rested !== condition || undefined} className={classes.drawn}>
      <SizeChart
        {...drawn}
        label={t('sizes.label', { count: DAYS_BACK })}
        line={{ name: t(segment ? 'sizes.written' : 'sizes.now'), days }}
        behind={
          before ? { name: t('sizes.saved'), days: days.map(({ day }) => ({ day, n: before.get(day) ?? 0 })) } : null
        }
        marks={marks}
      />
      <p className={classes.moves}>
        {t('sizes.moves', {
          entered: formatNumber(asked.data.entered_total, when.language),
          left: formatNumber(asked.data.left_total, when.language),
        })}
      </p>
    </div>
  )
}

const useMarks = (edits: SegmentSizes['edits'] | undefined): ChartMark[] => {
  const { t } = useTranslation()
  const when = useWhen()
  return (edits ?? []).map(({ version, at, by }) => ({
    day: dayOf(at, when.timeZone),
    label: `v${version}`,
    title: t('segments.changed_by', {
      who: by ?? t('segments.someone'),
      time: formatDateTime(at, when),
      version,
    }),
  }))
}

/** What every chart of sizes is drawn with. */
const useDrawn = () => {
  const { t } = useTranslation()
  const { language } = useWhen()
  const format = new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    month: language === 'ja' ? 'numeric' : 'short',
    day: 'numeric',
    timeZone: 'UTC',
  })
  return {
    formatDay: (day: string) => (day ? format.format(Date.parse(`${day}T00:00:00Z`)) : ''),
    formatNumber: (n: number) => formatNumber(n, language),
    words: { table: t('sizes.table'), day: t('sizes.day') },
  }
}
