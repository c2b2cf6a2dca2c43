/** Brings what the server tells into the open page: only the answers a change touches are asked again. */
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import { type LiveMessage, type LiveState, listen } from '@/api/live'
import { heardTime } from '@/api/server-clock'
import type { Changed, Import, SegmentRow } from '@/api/types'

const State = createContext<LiveState>('behind')
export const useLiveState = () => use(State)

/** Changes are gathered this long, so that a burst draws the page four times a second and not four hundred. */
const GATHER_MS = 250

export const LiveUpdates = ({ children }: { children: ReactNode }) => {
  const queries = useQueryClient()
  const [state, setState] = useState<LiveState>('behind')

  useEffect(() => {
    let gathered: Changed | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = () => {
      timer = undefined
      if (gathered) applyChange(queries, gathered)
      gathered = null
    }
    const onMessage = (message: LiveMessage) => {
      if (message.type === 'state') setState(message.told)
      if (message.type === 'hello') {
        heardTime(message.told.as_of)
        void queries.invalidateQueries({ refetchType: 'active' })
      }
      if (message.type === 'import') applyImport(queries, message.told)
      if (message.type === 'changed') {
        heardTime(message.told.as_of)
        gathered = gathered ? joined(gathered, message.told) : message.told
        timer ??= setTimeout(flush, GATHER_MS)
      }
    }
    const stop = listen({ onMessage, onPoll: () => void queries.invalidateQueries({ refetchType: 'active' }) })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [queries])

  return <State value={state}>{children}</State>
}

const joined = (before: Changed, next: Changed): Changed => ({
  as_of: next.as_of,
  segments: { ...before.segments, ...next.segments },
  customers: [...new Set([...before.customers, ...next.customers])],
  today: before.today || next.today,
})

const applyChange = (queries: QueryClient, changed: Changed) => {
  const segments = Object.keys(changed.segments)
  const customers = new Set(changed.customers)
  queries.setQueryData<{ as_of: string; segments: SegmentRow[] }>(
    ['segments'],
    (list) =>
      list && {
        as_of: changed.as_of,
        segments: list.segments.map((row) => ({ ...row, count: changed.segments[row.id] ?? row.count })),
      },
  )
  void queries.invalidateQueries({
    predicate: ({ queryKey: [what, first, second] }) => {
      switch (what) {
        case 'today':
        case 'sign-feed':
          return changed.today
        case 'segments':
          return 0 < segments.length
        case 'segment':
        case 'members':
          return segments.includes(String(first))
        case 'why':
          return customers.has(String(second)) || segments.includes(String(first))
        case 'customer':
        case 'customer-next':
        case 'customer-offers':
        case 'match':
        case 'timeline':
          return customers.has(String(first))
        case 'reports':
        case 'mentions':
        case 'customers':
        case 'signs':
        case 'sign-customers':
        case 'preview':
        case 'table':
        case 'cell':
        case 'why-draft':
          return 0 < customers.size
        default:
          return false
      }
    },
  })
}

const applyImport = (queries: QueryClient, told: Pick<Import, 'id' | 'state' | 'progress'>) => {
  const before = queries.getQueryData<Import>(['import', told.id])
  queries.setQueryData<Import>(['import', told.id], (known) => known && { ...known, progress: told.progress })
  if (before?.state === told.state) return
  void queries.invalidateQueries({ queryKey: ['import', told.id] })
  void queries.invalidateQueries({ queryKey: ['imports'] })
}
