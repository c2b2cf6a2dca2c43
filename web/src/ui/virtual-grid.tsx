/**
 * Rows by the ten thousand: only those in sight are drawn, the next window is asked for before the end is reached.
 * Announced as a grid with the true number of rows. ↑ ↓, J, K move, Enter opens. Where rows can be chosen, X does it,
 * Shift+↑ ↓ goes on doing it, and Ctrl+A chooses all.
 */
import { Checkbox } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useShortcuts } from './shortcuts'
import classes from './virtual-grid.module.css'

export type GridColumn<Row> = {
  key: string
  title: ReactNode
  /** A grid track: `1fr`, `120px`, `minmax(160px, 2fr)`. */
  width: string
  align?: 'end'
  /** The heading can be pressed to sort by this column; the order it stands in now, if any. */
  sort?: { order: 'ascending' | 'descending' | null; onSort: () => void }
  cell: (row: Row) => ReactNode
}

/** Rows that can be chosen. All of them may be more than are at hand. */
export type GridChoice<Row> = {
  has: (row: Row) => boolean
  onChoose: (rows: Row[], chosen: boolean) => void
  /** Whether all are chosen, or some. */
  all: boolean
  some: boolean
  onAll: (chosen: boolean) => void
  allLabel: string
  rowLabel: (row: Row) => string
}

type VirtualGridProps<Row> = {
  label: string
  columns: GridColumn<Row>[]
  rows: Row[]
  total: number
  rowKey: (row: Row) => string
  rowHeight?: number
  selected?: string | null
  onOpen?: (row: Row) => void
  choice?: GridChoice<Row> | undefined
  /** Keys that do something with the row one is at. */
  rowKeys?: Record<string, (row: Row) => void>
  onEnd?: () => void
  stale?: boolean
}

export const VirtualGrid = <Row,>(props: VirtualGridProps<Row>) => {
  const {
    label,
    columns: shown,
    rows,
    total,
    rowKey,
    rowHeight = 40,
    selected = null,
    onOpen,
    choice,
    rowKeys = {},
    onEnd,
    stale = false,
  } = props
  const frame = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(-1)
  const lastChosen = useRef<number | null>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    useFlushSync: false,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0

  useEffect(() => {
    if (rows.length < total && rows.length - 20 <= last) onEnd?.()
  }, [last, rows.length, total, onEnd])

  const move = (step: number) => {
    const from = current === -1 && selected ? rows.findIndex((row) => rowKey(row) === selected) : current
    const next = Math.min(rows.length - 1, Math.max(0, from + step))
    setCurrent(next)
    virtual.scrollToIndex(next)
    const row = rows[next]
    // With one row open, moving opens the next one.
    if (selected && row) onOpen?.(row)
  }
  const open = () => {
    const row = rows[current]
    if (row) onOpen?.(row)
  }
  const choose = (at: number, chosen: boolean, range: boolean) => {
    const from = range ? (lastChosen.current ?? at) : at
    lastChosen.current = at
    choice?.onChoose(rows.slice(Math.min(from, at), Math.max(from, at) + 1), chosen)
  }
  const extend = (step: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, current + step))
    choice?.onChoose(
      [rows[current], rows[next]].filter((row) => row !== undefined),
      true,
    )
    setCurrent(next)
    virtual.scrollToIndex(next)
  }
  const choiceKeys = choice && {
    x: () => {
      const row = rows[current]
      if (row) choose(current, !choice.has(row), false)
    },
    'shift+ArrowDown': () => extend(1),
    'shift+ArrowUp': () => extend(-1),
    'mod+a': () => choice.onAll(true),
    ...(choice.some ? { Escape: () => choice.onAll(false) } : {}),
  }
  const columns = choice ? [choiceColumn(choice, rows, choose), ...shown] : shown
  useShortcuts({
    ...choiceKeys,
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    ...(0 <= current && onOpen ? { Enter: open } : {}),
    ...Object.fromEntries(
      Object.entries(0 <= current ? rowKeys : {}).map(([key, act]) => [
        key,
        () => {
          const row = rows[current]
          if (row) act(row)
        },
      ]),
    ),
  })

  const tracks = { gridTemplateColumns: columns.map((column) => column.width).join(' ') }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be drawn in windows
    <div
      className={classes.grid}
      role="grid"
      tabIndex={-1}
      aria-label={label}
      aria-rowcount={total + 1}
      aria-colcount={columns.length}
      data-stale={stale || undefined}
    >
      {/* biome-ignore lint/a11y: rows of a grid that is drawn in windows */}
      <div className={classes.head} role="row" aria-rowindex={1} style={tracks}>
        {columns.map((column) => (
          // biome-ignore lint/a11y: see above
          <div
            key={column.key}
            role="columnheader"
            className={classes.cell}
            data-align={column.align}
            aria-sort={column.sort ? (column.sort.order ?? 'none') : undefined}
          >
            {column.sort ? (
              <button type="button" className={classes.sort} onClick={column.sort.onSort}>
                {column.title}
                <span aria-hidden>{{ ascending: ' ▲', descending: ' ▼', none: '' }[column.sort.order ?? 'none']}</span>
              </button>
            ) : (
              column.title
            )}
          </div>
        ))}
      </div>
      {/* biome-ignore lint/a11y: a scrolling region must be reachable by keyboard */}
      <div ref={frame} className={classes.frame} role="rowgroup" tabIndex={0}>
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
          {items.map((item) => {
            const row = rows[item.index] as Row
            return (
              // biome-ignore lint/a11y: the keys are handled for the whole page
              <div
                key={rowKey(row)}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={choice ? choice.has(row) : selected === rowKey(row)}
                data-current={current === item.index || undefined}
                data-opens={onOpen ? true : undefined}
                className={classes.row}
                style={{ ...tracks, height: item.size, transform: `translateY(${item.start}px)` }}
                onClick={(event) => {
                  if ((event.target as Element).closest('a, button, label, input')) return
                  setCurrent(item.index)
                  onOpen?.(row)
                }}
              >
                {columns.map((column) => (
                  // biome-ignore lint/a11y: see above
                  <div key={column.key} role="gridcell" className={classes.cell} data-align={column.align}>
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}

/** The first column, in which rows are chosen; with Shift, from the last one on. */
const choiceColumn = <Row,>(
  choice: GridChoice<Row>,
  rows: Row[],
  choose: (at: number, chosen: boolean, range: boolean) => void,
): GridColumn<Row> => ({
  key: 'choice',
  title: (
    <Checkbox
      size="xs"
      aria-label={choice.allLabel}
      checked={choice.all}
      indeterminate={choice.some && !choice.all}
      onChange={(event) => choice.onAll(event.currentTarget.checked)}
    />
  ),
  width: '22px',
  cell: (row) => (
    <Checkbox
      size="xs"
      aria-label={choice.rowLabel(row)}
      checked={choice.has(row)}
      onChange={(event) => {
        const range = event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey
        choose(rows.indexOf(row), event.currentTarget.checked, range)
      }}
    />
  ),
})
