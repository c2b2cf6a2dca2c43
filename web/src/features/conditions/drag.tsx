/** Rows are taken by their grip and put down between others, in the same group or another. The keys of a row do the same. */
import { IconGripVertical } from '@tabler/icons-react'
import {
  createContext,
  type Dispatch,
  type DragEvent,
  Fragment,
  type ReactElement,
  type ReactNode,
  useContext,
  useMemo,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import type { Step } from '@/domain/condition-tree'
import classes from './builder.module.css'

/** Between which rows of which group the row would be put down now. */
type Place = { group: string; at: number }
type Carrying = {
  row: string | null
  place: Place | null
  carry: (row: string | null) => void
  hover: (place: Place | null) => void
}

const Carried = createContext<Carrying>({ row: null, place: null, carry: () => {}, hover: () => {} })

const OURS = 'application/x-kizashi-condition'

export const CarryRows = ({ children }: { children: ReactNode }) => {
  const [row, setRow] = useState<string | null>(null)
  const [place, setPlace] = useState<Place | null>(null)
  const carrying = useMemo<Carrying>(
    () => ({
      row,
      place,
      carry: (next) => {
        setRow(next)
        setPlace(null)
      },
      hover: (next) => setPlace((before) => (before?.group === next?.group && before?.at === next?.at ? before : next)),
    }),
    [row, place],
  )
  return <Carried.Provider value={carrying}>{children}</Carried.Provider>
}

/** Where a row is taken with the pointer. By keyboard it is moved from its text, so this is no stop for the focus. */
export const Grip = ({ id }: { id: string }) => {
  const { t } = useTranslation()
  const { carry } = useContext(Carried)
  const take = (event: DragEvent<HTMLSpanElement>) => {
    event.stopPropagation()
    event.dataTransfer.effectAllowed = 'move'
    event.dataTransfer.setData(OURS, id)
    const row = event.currentTarget.closest('[data-part]')
    if (row) event.dataTransfer.setDragImage(row, 12, 18)
    carry(id)
  }
  return (
    <span
      className={classes.grip}
      data-grip={id}
      draggable
      aria-hidden
      title={t('builder.drag')}
      onDragStart={take}
      onDragEnd={() => carry(null)}
    >
      <IconGripVertical size={15} stroke={1.6} />
    </span>
  )
}

type DropRowsProps = {
  /** The id of the group. */
  group: string
  step: Dispatch<Step>
  /** The rows; each draws an element with `data-part`. */
  rows: ReactElement[]
  /** What stands there when there are none. */
  nothing: string
}

export const DropRows = ({ group, step, rows, nothing }: DropRowsProps) => {
  const { row, place, carry, hover } = useContext(Carried)
  const over = (event: DragEvent<HTMLElement>) => {
    if (row === null) return
    event.preventDefault()
    event.stopPropagation()
    hover({ group, at: placeUnder(event.currentTarget, event.clientY) })
  }
  const leave = (event: DragEvent<HTMLElement>) => {
    if (row !== null && !event.currentTarget.contains(event.relatedTarget as Node | null)) hover(null)
  }
  const drop = (event: DragEvent<HTMLElement>) => {
    if (row === null) return
    event.preventDefault()
    event.stopPropagation()
    step({ type: 'put', id: row, group, at: placeUnder(event.currentTarget, event.clientY) })
    carry(null)
  }
  const line = place?.group === group ? place.at : -1
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: for the pointer only; rows move by keys of their own
    <div className={classes.rows} onDragOver={over} onDragLeave={leave} onDrop={drop}>
      {rows.map((each, at) => (
        <Fragment key={each.key}>
          {at === line && <i className={classes.drop} aria-hidden />}
          {each}
        </Fragment>
      ))}
      {rows.length === line && <i className={classes.drop} aria-hidden />}
      {rows.length === 0 && <p className={classes.nothing}>{nothing}</p>}
    </div>
  )
}

/** Before which of its rows a height lies. */
const placeUnder = (rows: HTMLElement, y: number): number =>
  [...rows.children].filter((child) => {
    if (!(child as HTMLElement).dataset.part) return false
    const { top, height } = child.getBoundingClientRect()
    return top + height / 2 < y
  }).length
