/** The people in a cell, or those who came and went; and the cell as a segment in one click. */
import { Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cellQuery, type TableAsked } from '@/api/query'
import type { CrossTable, Draft } from '@/api/types'
import { paths } from '@/domain/paths'
import { AsOf, RefusedState, useMay } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { SideDrawer } from '@/ui/side-drawer'
import { Waiting } from '@/ui/states'
import classes from './crosstab.module.css'
import type { CellAt } from './grid'

type CellPeopleProps = { asked: TableAsked; table: CrossTable; at: CellAt; onClose: () => void }

/** A cell as a condition: its row, its column, and the segment the table is about. */
export const conditionOf = (table: CrossTable, { row, column }: CellAt, within: string | undefined): Draft => {
  const bands = [table.row_bands[row], table.column_bands[column]].flatMap((band) =>
    band ? [band.condition as Draft] : [],
  )
  const parts = within ? [...bands, { segment: within } as Draft] : bands
  return (parts.length === 1 ? parts[0] : { all: parts }) as Draft
}

export const CellPeople = ({ asked, table, at, onClose }: CellPeopleProps) => {
  const { t } = useTranslation()
  const mayEdit = useMay('edit_segments')
  const [moved, setMoved] = useState<'in' | 'entered' | 'left'>('in')
  // The list is of the very table that is shown, with the edges that were proposed for it.
  const drawn = { ...asked, rows: table.rows, columns: table.columns ?? undefined }
  const people = useInfiniteQuery(cellQuery(drawn, at, moved === 'in' ? undefined : moved))
  const rows = people.data?.pages.flatMap((page) => page.rows) ?? []
  const title = [table.row_bands[at.row]?.label, table.column_bands[at.column]?.label].filter(Boolean).join(' × ')
  return (
    <SideDrawer opened onClose={onClose} size={440} title={title}>
      {mayEdit && (
        <ButtonLink
          to={paths.newSegment}
          search={{ draft: JSON.stringify(conditionOf(table, at, asked.within)) }}
          variant="light"
          fullWidth
        >
          {t('tables.make_segment')}
        </ButtonLink>
      )}
      {table.before !== null && (
        <SegmentedControl
          className={classes.moves}
          aria-label={t('tables.who')}
          fullWidth
          value={moved}
          data={(['in', 'entered', 'left'] as const).map((each) => ({ value: each, label: t(`tables.moved.${each}`) }))}
          onChange={(next) => setMoved(next as 'in')}
        />
      )}
      {people.data ? (
        <>
          {people.data.pages[0] && (
            <p className={classes.dim}>
              {t('figure.customers', { count: people.data.pages[0].count })} · <AsOf at={people.data.pages[0].as_of} />
            </p>
          )}
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
