/**
 * How much of each segment lies in each other: a field of cells, dark where a row lies wholly in a column. Alike segments stand
 * side by side. The arrow keys move, Enter opens the pair.
 */
import { Button } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Relations } from '@/api/types'
import { formatPercent } from '@/domain/format'
import { clustered, inCommon, likeness, shareInside } from '@/domain/overlap'
import { paths } from '@/domain/paths'
import { Num, useLanguage } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import classes from './matrix.module.css'

/** A row and a column, by the ids of their segments. */
export type Pair = { row: string; column: string }

type MatrixProps = {
  relations: Relations
  chosen: Pair | null
  /** The pair is opened beside the field. */
  opened: boolean
  onChoose: (pair: Pair, opens: boolean) => void
  onClose: () => void
  /** Begins to make one of the two; left out for those who may not. */
  onMerge?: (pair: Pair) => void
}

const LABELS = 170
const MOST_CELL = 44
const LEAST_CELL = 2
const LABELLED_FROM = 13

export const Matrix = ({ relations, chosen, opened, onChoose, onClose, onMerge }: MatrixProps) => {
  const { t } = useTranslation()
  const { ref: frame, width } = useElementSize()
  const order = useMemo(() => clustered(relations), [relations])
  const ids = order.map((at) => relations.segments[at]?.id ?? '')
  const at = {
    row: Math.max(0, ids.indexOf(chosen?.row ?? '')),
    column: Math.max(0, ids.indexOf(chosen?.column ?? '')),
  }
  const cell = Math.min(MOST_CELL, Math.max(LEAST_CELL, Math.floor((width - LABELS) / Math.max(1, order.length))))
  const choose = (row: number, column: number, opens: boolean) => {
    const within = (n: number) => Math.min(ids.length - 1, Math.max(0, n))
    onChoose({ row: ids[within(row)] ?? '', column: ids[within(column)] ?? '' }, opens)
  }
  const pair: Pair = { row: ids[at.row] ?? '', column: ids[at.column] ?? '' }
  const merge = onMerge && pair.row !== pair.column ? () => onMerge(pair) : undefined
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key]
    if (by) choose(at.row + (by[0] ?? 0), at.column + (by[1] ?? 0), opened)
    else if (event.key === 'Enter') choose(at.row, at.column, true)
    else if (event.key === 'm' && merge) merge()
    else if (event.key === 'Escape' && opened) onClose()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className={classes.matrix}>
      <div ref={frame} className={classes.frame}>
        {0 < width && (
          <Field
            relations={relations}
            order={order}
            cell={cell}
            at={at}
            label={t('map.matrix_label', { count: order.length })}
            onKeyDown={onKeyDown}
            onPick={(row, column) => choose(row, column, true)}
          />
        )}
        <p className={classes.legend}>
          <span aria-hidden className={classes.scale} /> {t('map.matrix_legend')}
        </p>
      </div>
      {order.length > 0 && (
        <PairDetail
          relations={relations}
          row={order[at.row] ?? 0}
          column={order[at.column] ?? 0}
          opened={opened}
          onClose={onClose}
          onMerge={merge}
        />
      )}
    </div>
  )
}

type FieldProps = {
  relations: Relations
  order: number[]
  cell: number
  at: { row: number; column: number }
  label: string
  onKeyDown: (event: KeyboardEvent) => void
  onPick: (row: number, column: number) => void
}

const Field = ({ relations, order, cell, at, label, onKeyDown, onPick }: FieldProps) => {
  const canvas = useRef<HTMLCanvasElement>(null)

  const side = cell * order.length
  const labelled = LABELLED_FROM <= cell
  const left = labelled ? LABELS : 0
  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const draw = () => drawField(element, relations, order, cell, left, at)
    draw()
    // The colours are those of the scheme, and the scheme can change under the picture.
    const watch = new MutationObserver(draw)
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] })
    return () => watch.disconnect()
  }, [relations, order, cell, left, at])
  const pick = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const column = Math.floor((event.clientX - box.left - left) / cell)
    const row = Math.floor((event.clientY - box.top) / cell)
    if (0 <= column && column < order.length && 0 <= row && row < order.length) onPick(row, column)
  }
  return (
    // biome-ignore lint/a11y: a field of up to ninety thousand cells; the chosen one is told beside it
    <canvas
      ref={canvas}
      className={classes.field}
      role="application"
      aria-label={label}
      aria-describedby="matrix-pair"
      tabIndex={0}
      style={{ width: left + side, height: side }}
      onKeyDown={onKeyDown}
      onPointerDown={pick}
    />
  )
}

const drawField = (
  canvas: HTMLCanvasElement,
  relations: Relations,
  order: number[],
  cell: number,
  left: number,
  at: { row: number; column: number },
) => {
  const side = cell * order.length
  const ratio = window.devicePixelRatio || 1
  canvas.width = (left + side) * ratio
  canvas.height = side * ratio
  const pen = canvas.getContext('2d')
  if (!pen) return
  const style = getComputedStyle(canvas)
  const role = (name: string) => style.getPropertyValue(`--kz-${name}`).trim()
  const [ground, full, text, dim, mark] = ['sunken', 'brand', 'text', 'dim', 'mark'].map(role) as string[]
  const gap = 6 < cell ? 1 : 0
  pen.scale(ratio, ratio)
  pen.textBaseline = 'middle'
  for (const [row, inner] of order.entries()) {
    for (const [column, outer] of order.entries()) {
      const share = shareInside(relations, inner, outer)
      pen.fillStyle = ground ?? ''
      pen.fillRect(left + column * cell, row * cell, cell - gap, cell - gap)
      pen.globalAlpha = share
      pen.fillStyle = inner === outer ? (dim ?? '') : (full ?? '')
      pen.fillRect(left + column * cell, row * cell, cell - gap, cell - gap)
      pen.globalAlpha = 1
    }
    if (left === 0) continue
    pen.font = `${row === at.row ? '600 ' : ''}12px ${style.fontFamily}`
    pen.fillStyle = (row === at.row ? text : dim) ?? ''
    pen.fillText(fitted(pen, relations.segments[inner]?.name ?? '', left - 10), 0, row * cell + cell / 2)
  }
  pen.lineWidth = 2
  pen.strokeStyle = mark ?? ''
  pen.strokeRect(left + at.column * cell, at.row * cell, Math.max(3, cell - gap), Math.max(3, cell - gap))
}

const fitted = (pen: CanvasRenderingContext2D, name: string, width: number): string => {
  if (pen.measureText(name).width <= width) return name
  const letters = [...name]
  while (letters.length > 1 && width < pen.measureText(`${letters.join('')}…`).width) letters.pop()
  return `${letters.join('')}…`
}

type PairDetailProps = {
  relations: Relations
  row: number
  column: number
  opened: boolean
  onClose: () => void
  onMerge: (() => void) | undefined
}

const PairDetail = ({ relations, row, column, opened, onClose, onMerge }: PairDetailProps) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const [a, b] = [relations.segments[row], relations.segments[column]]
  if (!a || !b) return null
  const common = inCommon(relations, row, column)
  const share = formatPercent(shareInside(relations, row, column), language)
  const both = JSON.stringify({ all: [{ segment: a.id }, { segment: b.id }] })
  const only = JSON.stringify({ all: [{ segment: a.id }, { not: { segment: b.id } }] })
  return (
    <aside className={classes.pair} aria-label={t('map.pair')}>
      <p id="matrix-pair" aria-live="polite" className={classes.sentence}>
        {row === column
          ? t('map.pair_same', { a: a.name, count: a.count })
          : t('map.pair_sentence', { a: a.name, b: b.name, share })}
      </p>
      {opened && row !== column && (
        <>
          <dl className={classes.figures}>
            <Figure name={t('map.both')} n={common} />
            <Figure name={t('map.only', { name: a.name })} n={a.count - common} />
            <Figure name={t('map.only', { name: b.name })} n={b.count - common} />
          </dl>
          <p className={classes.dim}>
            {t('map.alike', { share: formatPercent(likeness(relations, row, column), language) })}
          </p>
          <div className={classes.links}>
            <Link to={paths.segment} params={{ id: a.id }}>
              {a.name}
            </Link>
            <Link to={paths.segment} params={{ id: b.id }}>
              {b.name}
            </Link>
          </div>
          <div className={classes.links}>
            <ButtonLink to={paths.newSegment} search={{ draft: both }} variant="light">
              {t('map.build_both')}
            </ButtonLink>
            <ButtonLink to={paths.newSegment} search={{ draft: only }} variant="light">
              {t('map.build_only')}
            </ButtonLink>
            {onMerge && (
              <Button variant="light" aria-keyshortcuts="M" onClick={onMerge}>
                {t('map.merge.begin')}
              </Button>
            )}
            <Button variant="default" onClick={onClose}>
              {t('action.close')}
            </Button>
          </div>
        </>
      )}
    </aside>
  )
}

const Figure = ({ name, n }: { name: string; n: number }) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <Num n={n} />
    </dd>
  </div>
)
