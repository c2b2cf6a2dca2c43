/** What can be asked, how long an answer stays fresh, and which answers a change touches. */
import { infiniteQueryOptions, keepPreviousData, QueryCache, QueryClient, queryOptions } from '@tanstack/react-query'
import { answer, client, isRefused } from './client'
import type { CustomerKind, Draft, Segment } from './types'

const WINDOW_ROWS = 100

/** `onSignedOut` hears that the server no longer knows who asks. */
export const newQueryClient = (onSignedOut: () => void) =>
  new QueryClient({
    queryCache: new QueryCache({ onError: (error) => isRefused(error, 401) && onSignedOut() }),
    defaultOptions: {
      queries: {
        // The stream says what changed; this is only the bound for a tab that lost it.
        staleTime: 30_000,
        gcTime: 30 * 60_000,
        // A server that is still starting answers 503 until it has read everything: that is waiting, not failing.
        retry: (failures, error) => isRefused(error, 503) || (failures < 2 && isRefused(error, 0, 502, 504)),
        retryDelay: (failures) => Math.min(2_000, 500 * 2 ** failures),
        refetchOnWindowFocus: false,
      },
      mutations: { retry: false },
    },
  })

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => answer(client.GET('/api/v1/session')),
  staleTime: 5 * 60_000,
})

/** So many rows of the call list are asked for at first, and so many more each time. */
export const TODAY_ROWS = 50

export const todayQuery = (rep: string | undefined, limit = TODAY_ROWS) =>
  queryOptions({
    queryKey: ['today', rep ?? '', limit],
    queryFn: () => answer(client.GET('/api/v1/today', { params: { query: { rep, limit } } })),
    placeholderData: keepPreviousData,
  })

export const segmentsQuery = queryOptions({
  queryKey: ['segments'],
  queryFn: () => answer(client.GET('/api/v1/segments')),
})

export const segmentQuery = (id: string) =>
  queryOptions({
    queryKey: ['segment', id],
    queryFn: async () => (await answer(client.GET('/api/v1/segments/{id}', { params: { path: { id } } }))) as Segment,
  })

export const membersQuery = (id: string, q: string) =>
  infiniteQueryOptions({
    queryKey: ['members', id, q],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/segments/{id}/members', {
          params: { path: { id }, query: { after: pageParam || undefined, limit: WINDOW_ROWS, q: q || undefined } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })

export const whyQuery = (id: string, customer: string) =>
  queryOptions({
    queryKey: ['why', id, customer],
    queryFn: () => answer(client.GET('/api/v1/segments/{id}/why/{customer}', { params: { path: { id, customer } } })),
  })

export const previewQuery = (condition: Draft) =>
  queryOptions({
    queryKey: ['preview', JSON.stringify(condition)],
    queryFn: ({ signal }) => answer(client.POST('/api/v1/preview', { body: { condition }, signal })),
    placeholderData: keepPreviousData,
    retry: false,
  })

export const vocabularyQuery = queryOptions({
  queryKey: ['vocabulary'],
  queryFn: () => answer(client.GET('/api/v1/vocabulary')),
  staleTime: 5 * 60_000,
})

export type CustomersAsked = { q?: string; kind?: CustomerKind; segment?: string; rep?: string }

export const customersQuery = (asked: CustomersAsked) =>
  infiniteQueryOptions({
    queryKey: ['customers', asked],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/customers', {
          params: { query: { ...asked, after: pageParam || undefined, limit: WINDOW_ROWS } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })

/** A handful of customers whose name fits, for choosers and the palette. */
export const customerHitsQuery = (q: string) =>
  queryOptions({
    queryKey: ['customers', 'hits', q],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/customers', { params: { query: { q, limit: 8 } }, signal })),
    placeholderData: keepPreviousData,
  })

export const customerQuery = (key: string) =>
  queryOptions({
    queryKey: ['customer', key],
    queryFn: () => answer(client.GET('/api/v1/customers/{key}', { params: { path: { key } } })),
  })

export const timelineQuery = (key: string, name: string) =>
  infiniteQueryOptions({
    queryKey: ['timeline', key, name],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/customers/{key}/timeline', {
          params: {
            path: { key },
            query: { before: pageParam || undefined, limit: WINDOW_ROWS, name: name || undefined },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })

export const signsQuery = queryOptions({
  queryKey: ['signs'],
  queryFn: () => answer(client.GET('/api/v1/signs')),
})

export const signCustomersQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['sign-customers', id],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/signs/{id}/customers', {
          params: { path: { id }, query: { after: pageParam || undefined, limit: WINDOW_ROWS } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })

export const importsQuery = queryOptions({
  queryKey: ['imports'],
  queryFn: () => answer(client.GET('/api/v1/imports')),
})

export const importQuery = (id: number) =>
  queryOptions({
    queryKey: ['import', id],
    queryFn: () => answer(client.GET('/api/v1/imports/{id}', { params: { path: { id } } })),
    // Progress also comes by the stream; this covers a browser whose stream is cut.
    refetchInterval: (query) => {
      const state = query.state.data?.state
      return state === 'checking' || state === 'committing' ? 700 : false
    },
  })

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: () => answer(client.GET('/api/v1/people')),
})

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: () => answer(client.GET('/api/v1/keys')),
})

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: () => answer(client.GET('/api/v1/health')),
})
