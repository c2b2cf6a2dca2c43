/** Exactly which of some segments customers are in: a row for each combination, a dot for each segment in it, a bar for how many. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Combinations } from '@/api/types'
import type { Draft } from '@/domain/condition-tree'
import { formatPercent } from '@/domain/format'
import { paths } from '@/domain/paths'
import { AsOf, Num, useLanguage } from '@/features/session'
import classes from './combinations.module.css'

/** So many rows stand there at first, and so many more at each press. */
const AT_ONCE = 30

export const CombinationTable = ({ told }: { told: Combinations }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const [shown, setShown] = useState(AT_ONCE)
  const { segments, combinations, either } = told
  const most = combinations[0]?.count ?? 0
  const names = new Map(segments.map(({ id, name }) => [id, name]))
  const said = (within: string[]) => within.map((id) => names.get(id) ?? id).join(' + ')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.frame} tabIndex={0} aria-label={t('map.sets_label')}>
      <table className={classes.table}>
        <thead>
          <tr>
            {segments.map(({ id, name, count }) => (
              <th key={id} scope="col">
                <Link to={paths.segment} params={{ id }} title={name}>
                  {name}
                </Link>
                <Num n={count} />
              </th>
            ))}
            <th scope="col" className={classes.counts}>
              {t('map.sets_count')}
            </th>
          </tr>
        </thead>
        <tbody>
          {combinations.slice(0, shown).map((row) => (
            <tr key={row.segments.join()}>
              {segments.map(({ id }) => {
                const inside = row.segments.includes(id)
                return (
                  <td key={id} className={classes.dot} data-in={inside || undefined}>
                    <i aria-hidden />
                    <span className={classes.word}>{t(inside ? 'map.sets_in' : 'map.sets_out')}</span>
                  </td>
                )
              })}
              <td className={classes.counts}>
                <span className={classes.bar} aria-hidden>
                  <i style={{ width: `${most === 0 ? 0 : (row.count / most) * 100}%` }} />
                </span>
                <Link
                  to={paths.newSegment}
                  search={{ draft: JSON.stringify(exactly(row.segments, segments)) }}
                  title={said(row.segments)}
                >
                  <Num n={row.count} />
                </Link>
                <span className={classes.share}>{formatPercent(row.count / Math.max(1, either), language)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {combinations.length === 0 && <p className={classes.note}>{t('segments.nobody')}</p>}
      {shown < combinations.length && (
        <Button size="compact-xs" variant="subtle" onClick={() => setShown(shown + AT_ONCE)}>
          {t('map.care.more', { count: combinations.length - shown })}
        </Button>
      )}
      <p className={classes.note}>
        {t('map.sets_either', { count: either })} <AsOf at={told.as_of} />
      </p>
    </section>
  )
}

/** In these, and in none of the others. */
const exactly = (within: string[], all: { id: string }[]): Draft => ({
  all: all.map(({ id }): Draft => (within.includes(id) ? { segment: id } : { not: { segment: id } })),
})
