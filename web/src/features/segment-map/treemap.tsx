/** All segments by size, those of one golden class together: an area each, and each a link. */
import { useElementSize } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Golden, SegmentRow } from '@/api/types'
import { formatNumber } from '@/domain/format'
import { paths } from '@/domain/paths'
import { ailmentsOf } from '@/domain/segment-list'
import { type Piece, treemap } from '@/domain/treemap'
import { GOLDEN, GoldenTag } from '@/features/segments'
import { useLanguage } from '@/features/session'
import classes from './treemap.module.css'

const HEAD = 26
const EDGE = 3
/** So many without members stand below the picture. */
const MOST_EMPTY = 12

type Class = { golden: Golden | null; rows: SegmentRow[]; count: number }

const classesOf = (rows: SegmentRow[]): Class[] =>
  [...GOLDEN, null]
    .map((golden) => rows.filter((row) => row.golden === golden))
    .map((of) => ({ golden: of[0]?.golden ?? null, rows: of, count: of.reduce((sum, { count }) => sum + count, 0) }))
    .filter(({ count }) => 0 < count)

export const Treemap = ({ rows }: { rows: SegmentRow[] }) => {
  const { t } = useTranslation()
  const { ref, width, height } = useElementSize()
  const outer = treemap(classesOf(rows), ({ count }) => count, { x: 0, y: 0, width, height })
  const empty = rows.filter(({ count }) => count === 0)
  return (
    <div className={classes.map}>
      <section ref={ref} className={classes.area} aria-label={t('map.tree_label')}>
        {outer.map((piece) => (
          <ClassArea key={piece.item.golden ?? 'none'} piece={piece} />
        ))}
      </section>
      {0 < empty.length && (
        <p className={classes.empty}>
          {t('map.nobody_in')}{' '}
          {empty.slice(0, MOST_EMPTY).map((row) => (
            <Link key={row.id} to={paths.segment} params={{ id: row.id }}>
              {row.name}
            </Link>
          ))}
          {MOST_EMPTY < empty.length && (
            <Link to={paths.segments} search={{ health: 'empty' }}>
              {t('map.care.all', { count: empty.length })}
            </Link>
          )}
        </p>
      )}
    </div>
  )
}

const ClassArea = ({ piece }: { piece: Piece<Class> }) => {
  const { t } = useTranslation()
  const { item, x, y, width, height } = piece
  // A small class gives its heading up before it gives up its segments.
  const hasHead = 2 * HEAD < height && HEAD < width
  const edge = Math.min(EDGE, width / 4, height / 4)
  const top = hasHead ? HEAD : edge
  const inside = treemap(item.rows, ({ count }) => count, {
    x: edge,
    y: top,
    width: width - 2 * edge,
    height: height - top - edge,
  })
  return (
    <div className={classes.class} style={{ left: x, top: y, width, height }}>
      {hasHead && (
        <div className={classes.head}>
          {item.golden ? <GoldenTag golden={item.golden} /> : <span className={classes.other}>{t('map.other')}</span>}
        </div>
      )}
      {inside.map((each) => (
        <SegmentArea key={each.item.id} piece={each} />
      ))}
    </div>
  )
}

const SegmentArea = ({ piece }: { piece: Piece<SegmentRow> }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const { item: row, x, y, width, height } = piece
  const people = t('figure.customers', { count: row.count })
  const ailment = ailmentsOf(row).find((each) => each !== 'no_owner')
  const roomy = 46 < width && 24 < height
  const grown = row.entered_7d - row.left_7d
  return (
    <Link
      to={paths.segment}
      params={{ id: row.id }}
      className={classes.segment}
      data-golden={row.golden ?? 'none'}
      style={{ left: x, top: y, width: Math.max(0, width - 2), height: Math.max(0, height - 2) }}
      title={`${row.name}\n${people}\n${row.sentence}`}
    >
      {roomy && (
        <>
          <span className={classes.name}>{row.name}</span>
          {40 < height && (
            <span className={classes.count}>
              {formatNumber(row.count, language)}
              {grown !== 0 && 92 < width && (
                <i>
                  {0 < grown ? '+' : '−'}
                  {formatNumber(Math.abs(grown), language)}
                </i>
              )}
            </span>
          )}
          {62 < height && 92 < width && ailment && (
            <span className={classes.ailment}>{t(`segments.ailment.${ailment}`)}</span>
          )}
        </>
      )}
    </Link>
  )
}
