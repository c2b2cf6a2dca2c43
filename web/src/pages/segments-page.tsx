/** セグメント: all of them. */
import { Button, SegmentedControl, Select } from '@mantine/core'
import { IconDownload, IconFilter, IconMap2, IconPlus, IconTemplate } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { segmentsQuery } from '@/api/query'
import type { Golden, SegmentRow } from '@/api/types'
import { files, paths } from '@/domain/paths'
import { AILMENTS, type Ailment, ailmentsOf, firstOrder, type Order, type Sort, sorted } from '@/domain/segment-list'
import { GOLDEN, SegmentsTable } from '@/features/segments'
import { AsOf, RefusedState, useLanguage, useMay } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { Page } from '@/ui/page'
import { matches } from '@/ui/search'
import { SearchField } from '@/ui/search-field'
import { Empty, Waiting } from '@/ui/states'
import classes from './segments-page.module.css'

const route = getRouteApi('/app/segments')

const SHOWN = ['active', 'retired'] as const
const NO_FILTER = ''

/** What the address says: which segments, in which order. */
export type SegmentsAsked = {
  q?: string
  show?: (typeof SHOWN)[number]
  golden?: Golden
  health?: Ailment
  owner?: string
  sort?: Sort
  /** `1`: the other way round than the column begins. */
  turned?: '1'
}

const isShown = (row: SegmentRow, { q = '', show = 'active', golden, health, owner }: SegmentsAsked) =>
  (show === 'retired') === row.retired &&
  (golden === undefined || row.golden === golden) &&
  (owner === undefined || row.owner === owner) &&
  (health === undefined || ailmentsOf(row).includes(health)) &&
  matches(q, row.name, row.sentence, row.purpose, row.next_action, row.owner, row.id)

const orderOf = ({ sort = 'name', turned }: SegmentsAsked): Order => {
  const first = firstOrder(sort)
  return turned ? { ...first, down: !first.down } : first
}

export const SegmentsPage = () => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const asked = route.useSearch()
  const navigate = useNavigate()
  const mayEdit = useMay('edit_segments')
  const { data, error, refetch } = useQuery(segmentsQuery)
  const all = data?.segments
  const rows = useMemo(
    () =>
      sorted(
        (all ?? []).filter((row) => isShown(row, asked)),
        orderOf(asked),
        language,
      ),
    [all, asked, language],
  )
  const search = (part: Partial<SegmentsAsked>) =>
    void navigate({ to: paths.segments, search: (before) => ({ ...before, ...part }), replace: true })
  const order = (next: Order) => {
    const isFirst = next.down === firstOrder(next.by).down
    search({ sort: next.by === 'name' ? undefined : next.by, turned: isFirst ? undefined : '1' })
  }
  const isFiltered = Object.keys(asked).some(
    (key) => key !== 'sort' && key !== 'turned' && asked[key as 'q'] !== undefined,
  )
  const create = mayEdit && (
    <ButtonLink to={paths.newSegment} leftSection={<IconPlus size={15} stroke={1.8} />}>
      {t('segments.new')}
    </ButtonLink>
  )

  return (
    <Page
      fill
      title={t('nav.segments')}
      aside={
        data && (
          <>
            <span>{t('segments.how_many', { count: rows.length })}</span>
            <AsOf at={data.as_of} />
          </>
        )
      }
      actions={
        <>
          {0 < (data?.segments.length ?? 0) && (
            <Button
              component="a"
              href={files.segments}
              download
              variant="default"
              title={t('segments.export_explained')}
              leftSection={<IconDownload size={15} stroke={1.7} />}
            >
              {t('segments.export')}
            </Button>
          )}
          <ButtonLink to={paths.map} variant="default" leftSection={<IconMap2 size={15} stroke={1.7} />}>
            {t('nav.map')}
          </ButtonLink>
          <ButtonLink to={paths.templates} variant="default" leftSection={<IconTemplate size={15} stroke={1.7} />}>
            {t('templates.title')}
          </ButtonLink>
          {create}
        </>
      }
    >
      <div className={classes.bar}>
        <SearchField
          value={asked.q ?? ''}
          label={t('segments.search')}
          clearLabel={t('action.clear')}
          onSearch={(text) => search({ q: text || undefined })}
        />
        <Filters asked={asked} rows={all ?? []} onFilter={search} />
        {isFiltered && (
          <Button variant="subtle" onClick={() => search({ q: undefined, show: undefined, ...NO_FILTERS })}>
            {t('segments.all')}
          </Button>
        )}
      </div>
      {data && data.segments.length === 0 ? (
        <Empty
          icon={<IconFilter size={30} stroke={1.4} aria-hidden />}
          sentence={t('segments.empty')}
          action={
            <>
              {create}
              <ButtonLink to={paths.templates} variant="light" leftSection={<IconTemplate size={15} stroke={1.7} />}>
                {t('templates.begin')}
              </ButtonLink>
            </>
          }
        />
      ) : data && rows.length === 0 ? (
        <Empty sentence={t('segments.none_found')} />
      ) : data ? (
        <SegmentsTable rows={rows} order={orderOf(asked)} onOrder={order} />
      ) : error ? (
        <RefusedState error={error} what={t('segments.failed')} onRetry={() => void refetch()} />
      ) : (
        <Waiting rows={10} height={56} label={t('state.loading')} />
      )}
    </Page>
  )
}

const NO_FILTERS = { golden: undefined, health: undefined, owner: undefined }

type FiltersProps = {
  asked: SegmentsAsked
  rows: SegmentRow[]
  onFilter: (part: Partial<SegmentsAsked>) => void
}

const Filters = ({ asked, rows, onFilter }: FiltersProps) => {
  const { t } = useTranslation()
  const owners = [...new Set(rows.flatMap(({ owner }) => owner ?? []))].sort()
  return (
    <>
      <SegmentedControl
        aria-label={t('segments.show')}
        value={asked.show ?? 'active'}
        data={SHOWN.map((each) => ({ value: each, label: t(`segments.show_${each}`) }))}
        onChange={(next) => onFilter({ show: next === 'active' ? undefined : 'retired' })}
      />
      <Select
        aria-label={t('segments.golden')}
        w={170}
        value={asked.golden ?? NO_FILTER}
        data={[
          { value: NO_FILTER, label: t('segments.any_golden') },
          ...GOLDEN.map((each) => ({ value: each, label: t(`golden.${each}`) })),
        ]}
        onChange={(next) => onFilter({ golden: next === NO_FILTER ? undefined : (next as Golden) })}
      />
      <Select
        aria-label={t('segments.health')}
        w={150}
        value={asked.health ?? NO_FILTER}
        data={[
          { value: NO_FILTER, label: t('segments.any_health') },
          ...AILMENTS.map((each) => ({ value: each, label: t(`segments.ailment.${each}`) })),
        ]}
        onChange={(next) => onFilter({ health: next === NO_FILTER ? undefined : (next as Ailment) })}
      />
      {0 < owners.length && (
        <Select
          aria-label={t('segments.owner')}
          w={150}
          value={asked.owner ?? NO_FILTER}
          data={[{ value: NO_FILTER, label: t('segments.any_owner') }, ...owners]}
          onChange={(next) => onFilter({ owner: next === NO_FILTER ? undefined : (next ?? undefined) })}
        />
      )}
    </>
  )
}
