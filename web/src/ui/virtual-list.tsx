/**
 * Articles of any height by the thousand: only those in sight are drawn and measured, the next window is asked for
 * before the end is reached. J and K move from one to the next.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import { useShortcuts } from './shortcuts'
import classes from './virtual-list.module.css'

type VirtualListProps<Row> = {
  label: string
  rows: Row[]
  total: number
  rowKey: (row: Row) => string
  /** A guess at the height of one, in pixels. */
  guess?: number
  onEnd?: () => void
  stale?: boolean
  children: (row: Row) => ReactNode
}

export const VirtualList = <Row,>(props: VirtualListProps<Row>) => {
  const { label, rows, total, rowKey, guess = 120, onEnd, stale = false, children } = props
  const frame = useRef<HTMLDivElement>(null)
  const current = useRef(-1)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => guess,
    getItemKey: (index) => rowKey(rows[index] as Row),
    overscan: 6,
    useFlushSync: false,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0

  useEffect(() => {
    if (rows.length < total && rows.length - 10 <= last) onEnd?.()
  }, [last, rows.length, total, onEnd])

  const move = (step: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, current.current + step))
    current.current = next
    virtual.scrollToIndex(next, { align: 'auto' })
    const focus = () => frame.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus()
    requestAnimationFrame(() => requestAnimationFrame(focus))
  }
  useShortcuts({ j: () => move(1), k: () => move(-1) })

  return (
    <div
      ref={frame}
      className={classes.frame}
      role="feed"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      data-stale={stale || undefined}
    >
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
        {items.map((item) => (
          <article
            key={item.key}
            ref={virtual.measureElement}
            data-index={item.index}
            aria-posinset={item.index + 1}
            aria-setsize={total}
            tabIndex={-1}
            className={classes.item}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            {children(rows[item.index] as Row)}
          </article>
        ))}
      </div>
    </div>
  )
}
