/** What can be asked, how long an answer stays fresh, and which answers a change touches. */
import { infiniteQueryOptions, keepPreviousData, QueryCache, QueryClient, queryOptions } from '@tanstack/react-query'
import type { Axis, Shown } from '@/domain/table'
import { answer, client, isRefused } from './client'
import type { components } from './schema'
import type {
  CrossTable,
  CustomerKind,
  CustomerOutlook,
  Dictionary,
  Draft,
  ForetoldKind,
  Model,
  Need,
  OfferMatch,
  OfferShown,
  Patterns,
  Segment,
  SegmentProfile,
  SegmentVersion,
  SignKind,
  SignProof,
  SignShown,
  Template,
  Why,
} from './types'

type TableBody = components['schemas']['TableBody']

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
    queryFn: async () =>
      (await answer(client.GET('/api/v1/segments/{id}/why/{customer}', { params: { path: { id, customer } } }))) as Why,
  })

/** The same of a condition that is not saved. */
export const whyOfDraftQuery = (condition: Draft, customer: string) =>
  queryOptions({
    queryKey: ['why-draft', JSON.stringify(condition), customer],
    queryFn: async ({ signal }) =>
      (await answer(
        client.POST('/api/v1/preview/why/{customer}', { params: { path: { customer } }, body: { condition }, signal }),
      )) as Why,
    retry: false,
  })

/** `segment`: the saved segment that is being edited, to tell what saving would change. */
export const previewQuery = (condition: Draft, segment: string | null = null) =>
  queryOptions({
    queryKey: ['preview', JSON.stringify(condition), segment],
    queryFn: ({ signal }) => answer(client.POST('/api/v1/preview', { body: { condition, segment }, signal })),
    placeholderData: keepPreviousData,
    retry: false,
  })

/** What was computed over the past changes little by little; it is asked again when it is looked at again. */
const PAST_STAYS_FRESH_MS = 5 * 60_000

export const sizesQuery = (id: string, days: number) =>
  queryOptions({
    queryKey: ['sizes', id, days],
    queryFn: () => answer(client.GET('/api/v1/segments/{id}/sizes', { params: { path: { id }, query: { days } } })),
    staleTime: PAST_STAYS_FRESH_MS,
  })

/** How large a condition was on each day from one to another, both in. */
export const backtestQuery = (condition: Draft, from: string, to: string) =>
  queryOptions({
    queryKey: ['backtest', JSON.stringify(condition), from, to],
    queryFn: ({ signal }) => answer(client.POST('/api/v1/backtest', { body: { condition, from, to }, signal })),
    staleTime: PAST_STAYS_FRESH_MS,
    placeholderData: keepPreviousData,
    retry: false,
  })

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['versions', id],
    queryFn: () => answer(client.GET('/api/v1/segments/{id}/versions', { params: { path: { id } } })),
  })

export const versionQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['versions', id, version],
    queryFn: async () =>
      (await answer(
        client.GET('/api/v1/segments/{id}/versions/{version}', { params: { path: { id, version } } }),
      )) as SegmentVersion,
  })

/** Who is in by version `b` and not by `a`, and the other way round. */
export const compareQuery = (id: string, a: number, b: number) =>
  queryOptions({
    queryKey: ['compare', id, a, b],
    queryFn: ({ signal }) =>
      answer(client.GET('/api/v1/segments/{id}/compare', { params: { path: { id }, query: { a, b } }, signal })),
    retry: false,
  })

export const relationsQuery = queryOptions({
  queryKey: ['relations'],
  queryFn: () => answer(client.GET('/api/v1/relations')),
})

/** `ids` with commas between. */
export const combinationsQuery = (ids: string) =>
  queryOptions({
    queryKey: ['relations', 'exactly', ids],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/combinations', { params: { query: { ids } }, signal })),
    placeholderData: (before) => before,
  })

/** What merging a segment into another would change. */
export const mergeQuery = (gone: string, into: string) =>
  queryOptions({
    queryKey: ['relations', 'merge', gone, into],
    queryFn: ({ signal }) =>
      answer(
        client.POST('/api/v1/segments/{id}/merge/compare', { params: { path: { id: gone } }, body: { into }, signal }),
      ),
    retry: false,
  })

export type FlowAsked = { from: string; to: string; ids: string }

export const flowsQuery = (asked: FlowAsked) =>
  queryOptions({
    queryKey: ['flows', asked],
    queryFn: ({ signal }) => answer(client.GET('/api/v1/flows', { params: { query: asked }, signal })),
    staleTime: PAST_STAYS_FRESH_MS,
    placeholderData: keepPreviousData,
    retry: false,
  })

/** Who went from `a` to `b`; undefined stands for "in none of them". */
export const flowCustomersQuery = (asked: FlowAsked, a: string | undefined, b: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['flow-customers', asked, a ?? null, b ?? null],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/flows/customers', {
          params: { query: { ...asked, a, b, after: pageParam || undefined, limit: WINDOW_ROWS } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    staleTime: PAST_STAYS_FRESH_MS,
  })

export const templatesQuery = queryOptions({
  queryKey: ['templates'],
  queryFn: async () => (await answer(client.GET('/api/v1/templates'))) as { templates: Template[] },
  staleTime: PAST_STAYS_FRESH_MS,
})

export const packsQuery = queryOptions({
  queryKey: ['packs'],
  queryFn: () => answer(client.GET('/api/v1/packs')),
  staleTime: PAST_STAYS_FRESH_MS,
})

export type TableAsked = {
  rows: Axis
  columns?: Axis | undefined
  shown?: Shown | undefined
  within?: string | undefined
  before_days?: number
}

export const tableQuery = (asked: TableAsked) =>
  queryOptions({
    queryKey: ['table', asked],
    queryFn: async ({ signal }) =>
      (await answer(client.POST('/api/v1/crosstab', { body: asked as TableBody, signal }))) as CrossTable,
    placeholderData: keepPreviousData,
    retry: false,
  })

/** Those in a cell of a table; with `moved`, those who came to it or went. */
export const cellQuery = (
  asked: TableAsked,
  { row, column }: { row: number; column: number },
  moved: 'entered' | 'left' | undefined,
) =>
  infiniteQueryOptions({
    queryKey: ['cell', asked, row, column, moved ?? null],
    queryFn: ({ pageParam, signal }) =>
      answer(
        client.POST('/api/v1/crosstab/customers', {
          body: {
            table: asked as TableBody,
            row,
            column: asked.columns ? column : null,
            moved: moved ?? null,
            after: pageParam || null,
            limit: WINDOW_ROWS,
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    retry: false,
  })

/** What the members of a segment are more often than others. Everybody is read for it. */
export const profileQuery = (id: string) =>
  queryOptions({
    queryKey: ['profile', id],
    queryFn: async ({ signal }) =>
      (await answer(
        client.GET('/api/v1/segments/{id}/profile', { params: { path: { id } }, signal }),
      )) as SegmentProfile,
    staleTime: PAST_STAYS_FRESH_MS,
  })

/** Models; while one is being learnt its progress is asked again and again. */
export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: async () => (await answer(client.GET('/api/v1/models'))) as { models: Model[] },
  refetchInterval: (query) => (query.state.data?.models.some(({ progress }) => progress !== null) ? 700 : false),
})

export const prospectsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['models', id, 'prospects'],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/models/{id}/prospects', {
          params: { path: { id }, query: { after: pageParam || undefined, limit: 50 } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  })

export const outlookQuery = (key: string) =>
  queryOptions({
    queryKey: ['customer', key, 'outlook'],
    queryFn: async () =>
      (await answer(client.GET('/api/v1/customers/{key}/outlook', { params: { path: { key } } }))) as CustomerOutlook,
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

/** One edit of many customers, followed while it is at work. */
export const customerEditQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer-edit', id],
    queryFn: () => answer(client.GET('/api/v1/customer-edits/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.state === 'running' || state.data?.state === 'undoing' ? 200 : false),
  })

export const customerEditsQuery = queryOptions({
  queryKey: ['customer-edits'],
  queryFn: () => answer(client.GET('/api/v1/customer-edits')),
  refetchInterval: ({ state }) =>
    state.data?.edits.some((edit) => edit.state === 'running' || edit.state === 'undoing') ? 700 : false,
})

/** How many customers there are. */
export const everybodyQuery = queryOptions({
  queryKey: ['customers', 'everybody'],
  queryFn: async () => (await answer(client.GET('/api/v1/customers', { params: { query: { limit: 1 } } }))).total,
  staleTime: PAST_STAYS_FRESH_MS,
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

/** Which firm, site and person a customer is. */
export const organisationQuery = (key: string) =>
  queryOptions({
    queryKey: ['customer', key, 'organisation'],
    queryFn: () => answer(client.GET('/api/v1/customers/{key}/organisation', { params: { path: { key } } })),
  })

/** Of the customer alone, or of the whole firm. */
export const timelineQuery = (key: string, name: string, of: 'record' | 'organisation' = 'record') =>
  infiniteQueryOptions({
    queryKey: ['timeline', key, name, of],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/customers/{key}/timeline', {
          params: {
            path: { key },
            query: { before: pageParam || undefined, limit: WINDOW_ROWS, name: name || undefined, of },
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

export const signQuery = (id: string) =>
  queryOptions({
    queryKey: ['sign', id],
    queryFn: async () =>
      (await answer(client.GET('/api/v1/signs/{id}', { params: { path: { id } } }))) as unknown as SignShown,
  })

/** While a sign is being tried it is asked how far that is. */
export const signProofQuery = (id: string) =>
  queryOptions({
    queryKey: ['sign-proof', id],
    queryFn: async () =>
      (await answer(client.GET('/api/v1/signs/{id}/backtest', { params: { path: { id } } }))) as SignProof,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 400 : false),
  })

export const patternsQuery = (kind: SignKind) =>
  queryOptions({
    queryKey: ['patterns', kind],
    queryFn: async () =>
      (await answer(client.GET('/api/v1/patterns/{kind}', { params: { path: { kind } } }))) as unknown as Patterns,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? 500 : false),
  })

export const foretoldQuery = queryOptions({
  queryKey: ['foretold'],
  queryFn: async () => (await answer(client.GET('/api/v1/foretold'))) as { kinds: ForetoldKind[] },
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

export const offersQuery = queryOptions({
  queryKey: ['offers'],
  queryFn: () => answer(client.GET('/api/v1/offers')),
})

export const offerQuery = (id: string) =>
  queryOptions({
    queryKey: ['offer', id],
    queryFn: async () =>
      (await answer(client.GET('/api/v1/offers/{id}', { params: { path: { id } } }))) as unknown as OfferShown,
  })

export const needsQuery = queryOptions({
  queryKey: ['needs'],
  queryFn: async () => (await answer(client.GET('/api/v1/needs'))) as unknown as { needs: Need[] },
})

/** Customers in the order in which an offer, or a variant of it, fits them. The pages of one list are of one instant. */
export const offerCustomersQuery = (id: string, variant: string | undefined, q: string) =>
  infiniteQueryOptions({
    queryKey: ['offer-customers', id, variant ?? '', q],
    queryFn: ({ pageParam, signal }) =>
      answer(
        client.GET('/api/v1/offers/{id}/customers', {
          params: {
            path: { id },
            query: { after: pageParam || undefined, limit: WINDOW_ROWS, q: q || undefined, variant },
          },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })

/** How well an offer fits one customer, criterion by criterion. */
export const matchQuery = (offer: string, customer: string) =>
  queryOptions({
    queryKey: ['match', customer, offer],
    queryFn: async () =>
      (await answer(
        client.GET('/api/v1/offers/{id}/match/{customer}', { params: { path: { id: offer, customer } } }),
      )) as unknown as OfferMatch,
  })

/** What is bought together, and how learning it stands. */
export const nextOffersQuery = queryOptions({
  queryKey: ['next-offers'],
  queryFn: () => answer(client.GET('/api/v1/next-offers')),
  refetchInterval: ({ state }) => (state.data?.state === 'running' ? 500 : false),
})

/** What is bought again and again, and how learning it stands. */
export const replenishmentQuery = queryOptions({
  queryKey: ['replenishment'],
  queryFn: () => answer(client.GET('/api/v1/replenishment')),
  refetchInterval: ({ state }) => (state.data?.state === 'running' ? 500 : false),
})

export type DueAsked = {
  /** What is due this week when not said. */
  when?: 'overdue' | 'all' | undefined
  product?: string | undefined
  rep?: string | undefined
  q?: string | undefined
}

/** What is due with everybody, a window at a time. */
export const dueQuery = (asked: DueAsked) =>
  infiniteQueryOptions({
    queryKey: ['due', asked],
    queryFn: ({ pageParam, signal }) =>
      answer(
        client.GET('/api/v1/due', {
          params: { query: { ...asked, after: pageParam || undefined, limit: WINDOW_ROWS } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })

/** What a customer is about to buy again. */
export const customerDueQuery = (key: string) =>
  queryOptions({
    queryKey: ['customer', key, 'due'],
    queryFn: () => answer(client.GET('/api/v1/customers/{key}/due', { params: { path: { key } } })),
  })

/** What was proposed to a customer, and what came of it. */
export const proposalsQuery = (key: string) =>
  queryOptions({
    queryKey: ['proposals', key],
    queryFn: () => answer(client.GET('/api/v1/customers/{key}/proposals', { params: { path: { key } } })),
  })

export const rulesQuery = queryOptions({
  queryKey: ['proposal-rules'],
  queryFn: () => answer(client.GET('/api/v1/proposal-rules')),
})

export const reviewQuery = (id: string) =>
  queryOptions({
    queryKey: ['offer-review', id],
    queryFn: () => answer(client.GET('/api/v1/offers/{id}/review', { params: { path: { id } } })),
  })

export const customerNextQuery = (key: string) =>
  queryOptions({
    queryKey: ['customer-next', key],
    queryFn: () => answer(client.GET('/api/v1/customers/{key}/next-offers', { params: { path: { key } } })),
  })

export const customerOffersQuery = (key: string) =>
  queryOptions({
    queryKey: ['customer-offers', key],
    queryFn: () => answer(client.GET('/api/v1/customers/{key}/offers', { params: { path: { key } } })),
  })

export type FeedAsked = { of?: SignKind; sign?: string; urgent?: '1' }

/** What came and went among signs, newest first. A page may be empty and still have older ones. */
export const feedQuery = ({ of, sign, urgent }: FeedAsked) =>
  infiniteQueryOptions({
    queryKey: ['sign-feed', of ?? '', sign ?? '', urgent ?? ''],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/sign-feed', {
          params: {
            query: {
              kind: of,
              sign,
              urgent: urgent === '1',
              after: pageParam ? Number(pageParam) : undefined,
              limit: WINDOW_ROWS,
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
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

const BACKUP_POLL_MS = 500

export const backupsQuery = queryOptions({
  queryKey: ['backups'],
  queryFn: () => answer(client.GET('/api/v1/backups')),
  refetchInterval: ({ state }) => (state.data?.state === 'running' ? BACKUP_POLL_MS : false),
})

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: () => answer(client.GET('/api/v1/keys')),
})

export const tagsQuery = queryOptions({
  queryKey: ['tags'],
  queryFn: () => answer(client.GET('/api/v1/tags')),
})

/** The watched folder; looked at again while files lie in it. */
export const watchFolderQuery = queryOptions({
  queryKey: ['watch-folder'],
  queryFn: () => answer(client.GET('/api/v1/watch-folder')),
  refetchInterval: ({ state }) => (state.data?.folder ? 3_000 : false),
})

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: () => answer(client.GET('/api/v1/health')),
})

export type ReportsAsked = {
  customer?: string
  rep?: string
  topic?: string
  term?: string
  rule?: string
  words?: string
  event?: string
  from?: string
  to?: string
}

/** What was written about customers, newest first. */
export const reportsQuery = (asked: ReportsAsked, limit = 50) =>
  infiniteQueryOptions({
    queryKey: ['reports', asked, limit],
    queryFn: ({ pageParam }) =>
      answer(client.GET('/api/v1/reports', { params: { query: { ...asked, after: pageParam || undefined, limit } } })),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    // While past texts are being read the list grows by itself.
    refetchInterval: (query) => (query.state.data?.pages[0]?.reading ? 1_500 : false),
  })

export type Texts = { issue?: string; remark?: string; text?: string }

/** What would be found in texts that are not sent yet. */
export const readTextsQuery = (texts: Texts) =>
  queryOptions({
    queryKey: ['read-texts', texts],
    queryFn: ({ signal }) => answer(client.POST('/api/v1/reports/read', { body: texts, signal })),
    placeholderData: keepPreviousData,
    retry: false,
  })

export type MentionsAsked = {
  by: 'topic' | 'term'
  unit: 'day' | 'week' | 'month'
  topic?: string
  rep?: string
  from?: string
  to?: string
}

export const mentionsQuery = (asked: MentionsAsked) =>
  queryOptions({
    queryKey: ['mentions', asked],
    queryFn: () => answer(client.GET('/api/v1/mentions', { params: { query: asked } })),
    placeholderData: keepPreviousData,
  })

export const dictionaryQuery = queryOptions({
  queryKey: ['dictionary'],
  queryFn: async () => (await answer(client.GET('/api/v1/dictionary'))) as Dictionary,
  refetchInterval: (query) => (query.state.data?.reading ? 1_000 : false),
})

export const dictionaryVersionsQuery = queryOptions({
  queryKey: ['dictionary', 'versions'],
  queryFn: () => answer(client.GET('/api/v1/dictionary/versions')),
})

export type PairsShow = 'open' | 'later' | 'same' | 'different'

/** Pairs of customers that may be one. */
export const pairsQuery = (show: PairsShow) =>
  infiniteQueryOptions({
    queryKey: ['pairs', show],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/pairs', { params: { query: { show, after: pageParam || undefined, limit: WINDOW_ROWS } } }),
      ),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      const first = state.data?.pages[0]
      const isWorking = first?.finding || (first && first.at_once.mode !== 'off' && 0 < first.at_once.waiting)
      return isWorking ? 800 : false
    },
  })

export const inventoryQuery = queryOptions({
  queryKey: ['inventory'],
  queryFn: () => answer(client.GET('/api/v1/inventory')),
})
