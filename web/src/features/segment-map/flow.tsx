/** Who went from where to where between two days: bands between two columns, each a link to the people in it. */
import { Button } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type FlowAsked, flowCustomersQuery } from '@/api/query'
import type { FlowTable } from '@/api/types'
import { type Band, bandPath, type Node as Group, layFlow } from '@/domain/flow'
import { formatNumber, formatRange } from '@/domain/format'
import { paths } from '@/domain/paths'
import { AsOf, Num, RefusedState, useLanguage, useWhen } from '@/features/session'
import { SideDrawer } from '@/ui/side-drawer'
import { Waiting } from '@/ui/states'
import classes from './flow.module.css'

/** `-` in the address stands for "in none of them". */
export const NONE = '-'
const inAddress = (id: string | null) => id ?? NONE

const COLUMN = 10
const LABEL = 190
const HEIGHT = 380

export const FlowPicture = ({ flows }: { flows: FlowTable }) => {
  const { t } = useTranslation()
  const { ref, width } = useElementSize()
  const ids = flows.segments.map(({ id }) => id)
  const named = new Map(flows.segments.map(({ id, name }) => [id, name]))
  const nameOf = (id: string | null) => (id === null ? t('map.none_of_them') : (named.get(id) ?? id))
  const flow = layFlow(flows.cells, ids, HEIGHT)
  const outside = flows.cells.find(({ a, b }) => a === null && b === null)?.count ?? 0
  const inner = Math.max(40, width - 2 * (LABEL + COLUMN))
  return (
    <section ref={ref} className={classes.flow}>
      {0 < width && (
        <svg width={width} height={flow.height + 8} aria-label={t('map.flow_label')}>
          <g transform="translate(0,4)">
            {flow.bands.map((band) => (
              <BandLink key={`${band.a}>${band.b}`} band={band} x={LABEL + COLUMN} width={inner} nameOf={nameOf} />
            ))}
            {flow.before.map((group) => (
              <Side key={`a${group.id}`} group={group} x={LABEL} end="before" name={nameOf(group.id)} />
            ))}
            {flow.now.map((group) => (
              <Side key={`b${group.id}`} group={group} x={LABEL + COLUMN + inner} end="now" name={nameOf(group.id)} />
            ))}
          </g>
        </svg>
      )}
      {0 < outside && (
        <p className={classes.between}>
          <Link to={paths.map} search={(before) => ({ ...before, a: NONE, b: NONE })}>
            {t('map.outside', { count: outside })}
          </Link>
        </p>
      )}
      <FlowList flows={flows} nameOf={nameOf} />
    </section>
  )
}

type Naming = (id: string | null) => string

const BandLink = ({ band, x, width, nameOf }: { band: Band; x: number; width: number; nameOf: Naming }) => {
  const { t } = useTranslation()
  const stayed = band.a === band.b
  const label = stayed
    ? t('map.stayed', { name: nameOf(band.a), count: band.count })
    : t('map.went', { a: nameOf(band.a), b: nameOf(band.b), count: band.count })
  return (
    <Link
      to={paths.map}
      search={(before) => ({ ...before, a: inAddress(band.a), b: inAddress(band.b) })}
      aria-label={label}
      className={classes.band}
      data-stayed={stayed || undefined}
    >
      <title>{label}</title>
      <path d={bandPath(band, x, width)} />
    </Link>
  )
}

const Side = ({ group, x, end, name }: { group: Group; x: number; end: 'before' | 'now'; name: string }) => {
  const { language } = useLanguage()
  const middle = group.y + Math.max(group.height, 30) / 2
  const before = end === 'before'
  return (
    <g className={classes.side} data-none={group.id === null || undefined}>
      <rect x={x} y={group.y} width={COLUMN} height={group.height} rx={2} />
      <foreignObject x={before ? 0 : x + COLUMN} y={middle - 18} width={LABEL} height={36}>
        <div className={classes.label} data-end={end}>
          <span title={name}>{name}</span>
          <b>{formatNumber(group.n, language)}</b>
        </div>
      </foreignObject>
    </g>
  )
}

/** The same to read: largest first, those who moved before those who stayed. */
const FlowList = ({ flows, nameOf }: { flows: FlowTable; nameOf: Naming }) => {
  const { t } = useTranslation()
  const moved = flows.cells.filter(({ a, b }) => a !== b).toSorted((x, y) => y.count - x.count)
  return (
    <table className={classes.list}>
      <thead>
        <tr>
          <th scope="col">{t('map.from')}</th>
          <th scope="col">{t('map.to')}</th>
          <th scope="col">{t('segments.count')}</th>
        </tr>
      </thead>
      <tbody>
        {moved.map(({ a, b, count }) => (
          <tr key={`${a}>${b}`}>
            <td>{nameOf(a)}</td>
            <td>{nameOf(b)}</td>
            <td>
              <Link
                to={paths.map}
                search={(before) => ({ ...before, a: inAddress(a), b: inAddress(b) })}
                title={t('map.went', { a: nameOf(a), b: nameOf(b), count })}
              >
                <Num n={count} />
              </Link>
            </td>
          </tr>
        ))}
        {moved.length === 0 && (
          <tr>
            <td colSpan={3}>{t('map.nobody_moved')}</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

type FlowPeopleProps = { asked: FlowAsked; flows: FlowTable; a: string; b: string; onClose: () => void }

/** The people behind one band. */
export const FlowPeople = ({ asked, flows, a, b, onClose }: FlowPeopleProps) => {
  const { t } = useTranslation()
  const when = useWhen()
  const given = (id: string) => (id === NONE ? undefined : id)
  const people = useInfiniteQuery(flowCustomersQuery(asked, given(a), given(b)))
  const rows = people.data?.pages.flatMap((page) => page.rows) ?? []
  const nameOf = (id: string) =>
    id === NONE ? t('map.none_of_them') : (flows.segments.find((segment) => segment.id === id)?.name ?? id)
  return (
    <SideDrawer
      opened
      onClose={onClose}
      size={440}
      title={a === b ? t('map.stayed_title', { name: nameOf(a) }) : t('map.went_title', { a: nameOf(a), b: nameOf(b) })}
    >
      {people.data ? (
        <>
          <p className={classes.between}>
            {t('map.between', formatRange(flows.from, flows.to, when, true))}{' '}
            {people.data.pages[0] && (
              <>
                · {t('figure.customers', { count: people.data.pages[0].count })} ·{' '}
                <AsOf at={people.data.pages[0].as_of} />
              </>
            )}
          </p>
          <ul className={classes.people}>
            {rows.map((row) => (
              <li key={row.key}>
                <Link to={paths.customer} params={{ key: row.key }}>
                  {row.name}
                </Link>
              </li>
            ))}
          </ul>
          {people.hasNextPage && (
            <Button variant="default" loading={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
              {t('map.more_people')}
            </Button>
          )}
        </>
      ) : people.error ? (
        <RefusedState error={people.error} what={t('segments.members_failed')} onRetry={() => void people.refetch()} />
      ) : (
        <Waiting rows={6} label={t('state.loading')} />
      )}
    </SideDrawer>
  )
}
