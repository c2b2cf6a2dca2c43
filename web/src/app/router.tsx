/** Which page answers to which address, and what may stand in its query. */
import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router'
import {
  customerQuery,
  customersQuery,
  type DueAsked,
  dictionaryQuery,
  dueQuery,
  type FeedAsked,
  importsQuery,
  membersQuery,
  modelsQuery,
  offersQuery,
  packsQuery,
  segmentQuery,
  segmentsQuery,
  sessionQuery,
  signsQuery,
  templatesQuery,
  timelineQuery,
  todayQuery,
} from '@/api/query'
import { heardTime } from '@/api/server-clock'
import type { CustomerKind, SignKind } from '@/api/types'
import { AILMENTS, SORTS } from '@/domain/segment-list'
import type { DataSearch } from '@/pages/data-page'
import type { MapAsked } from '@/pages/map-page'
import type { OffersAsked } from '@/pages/offers-page'
import type { ReportsSearch } from '@/pages/reports-page'
import type { SegmentsAsked } from '@/pages/segments-page'
import type { TablesAsked } from '@/pages/tables-page'
import { TodayPage } from '@/pages/today-page'
import { ErrorPage, NotFoundPage } from './fallbacks'
import { Shell } from './shell'

type Query = Record<string, unknown>
const text = (value: unknown) => (value === undefined || value === '' ? undefined : String(value))
const oneOf = <T extends string>(value: unknown, choices: readonly T[]) => choices.find((choice) => choice === value)

const root = createRootRouteWithContext<{ queries: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: ErrorPage,
})

/** Everything behind the sign-in. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  component: Shell,
  errorComponent: ErrorPage,
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery)
    heardTime(session.workspace.now)
    if (!session.user) throw redirect({ to: '/sign-in', search: { next: location.href } })
  },
})

const today = createRoute({
  getParentRoute: () => app,
  path: '/',
  validateSearch: ({ rep, c }: Query): { rep?: string; c?: string } => ({ rep: text(rep), c: text(c) }),
  loaderDeps: ({ search: { rep } }) => ({ rep }),
  loader: ({ context: { queries }, deps: { rep } }) => void queries.prefetchQuery(todayQuery(rep)),
  component: TodayPage,
})

const customers = createRoute({
  getParentRoute: () => app,
  path: '/customers',
  validateSearch: ({
    q,
    kind,
    segment,
    rep,
  }: Query): { q?: string; kind?: CustomerKind; segment?: string; rep?: string } => ({
    q: text(q),
    kind: oneOf(kind, ['company', 'person'] as const),
    segment: text(segment),
    rep: text(rep),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries }, deps }) => void queries.prefetchInfiniteQuery(customersQuery(deps)),
  component: lazyRouteComponent(() => import('@/pages/customers-page'), 'CustomersPage'),
})

const customer = createRoute({
  getParentRoute: () => app,
  path: '/customers/$key',
  validateSearch: ({ event, of }: Query): { event?: string; of?: 'organisation' } => ({
    event: text(event),
    of: of === 'organisation' ? of : undefined,
  }),
  loader: ({ context: { queries }, params: { key } }) => {
    void queries.prefetchQuery(customerQuery(key))
    void queries.prefetchInfiniteQuery(timelineQuery(key, ''))
  },
  component: lazyRouteComponent(() => import('@/pages/customer-page'), 'CustomerPage'),
})

const segments = createRoute({
  getParentRoute: () => app,
  path: '/segments',
  validateSearch: ({ q, show, golden, health, owner, sort, turned }: Query): SegmentsAsked => ({
    q: text(q),
    show: oneOf(show, ['active', 'retired'] as const),
    golden: oneOf(golden, ['loyal', 'high_potential', 'at_risk', 'lookalike'] as const),
    health: oneOf(health, AILMENTS),
    owner: text(owner),
    sort: oneOf(sort, SORTS),
    turned: oneOf(turned, ['1'] as const),
  }),
  loader: ({ context: { queries } }) => void queries.prefetchQuery(segmentsQuery),
  component: lazyRouteComponent(() => import('@/pages/segments-page'), 'SegmentsPage'),
})

const newSegment = createRoute({
  getParentRoute: () => app,
  path: '/segments/new',
  validateSearch: ({ from, draft, template }: Query): { from?: string; draft?: string; template?: string } => ({
    from: text(from),
    draft: text(draft),
    template: text(template),
  }),
  component: lazyRouteComponent(() => import('@/pages/segment-form-page'), 'NewSegmentPage'),
})

const segment = createRoute({
  getParentRoute: () => app,
  path: '/segments/$id',
  validateSearch: ({ q, why }: Query): { q?: string; why?: string } => ({ q: text(q), why: text(why) }),
  loader: ({ context: { queries }, params: { id } }) => {
    void queries.prefetchQuery(segmentQuery(id))
    void queries.prefetchInfiniteQuery(membersQuery(id, ''))
  },
  component: lazyRouteComponent(() => import('@/pages/segment-page'), 'SegmentPage'),
})

const editSegment = createRoute({
  getParentRoute: () => app,
  path: '/segments/$id/edit',
  component: lazyRouteComponent(() => import('@/pages/segment-form-page'), 'EditSegmentPage'),
})

const templates = createRoute({
  getParentRoute: () => app,
  path: '/templates',
  validateSearch: ({ q }: Query): { q?: string } => ({ q: text(q) }),
  loader: ({ context: { queries } }) => void queries.prefetchQuery(templatesQuery),
  component: lazyRouteComponent(() => import('@/pages/templates-page'), 'TemplatesPage'),
})

const map = createRoute({
  getParentRoute: () => app,
  path: '/map',
  validateSearch: ({ view, q, row, column, pair, merge, from, to, ids, a, b }: Query): MapAsked => ({
    view: oneOf(view, ['tree', 'matrix', 'flow', 'care', 'sets'] as const),
    q: text(q),
    row: text(row),
    column: text(column),
    pair: oneOf(pair, ['open'] as const),
    merge: oneOf(merge, ['1'] as const),
    from: text(from),
    to: text(to),
    ids: text(ids),
    a: text(a),
    b: text(b),
  }),
  loader: ({ context: { queries } }) => void queries.prefetchQuery(segmentsQuery),
  component: lazyRouteComponent(() => import('@/pages/map-page'), 'MapPage'),
})

const golden = createRoute({
  getParentRoute: () => app,
  path: '/golden',
  loader: ({ context: { queries } }) => {
    void queries.prefetchQuery(segmentsQuery)
    void queries.prefetchQuery(packsQuery)
  },
  component: lazyRouteComponent(() => import('@/pages/golden-page'), 'GoldenPage'),
})

const tables = createRoute({
  getParentRoute: () => app,
  path: '/tables',
  validateSearch: ({ rows, columns, beside, within, before, cell }: Query): TablesAsked => ({
    rows: text(rows),
    columns: text(columns),
    beside: text(beside),
    within: text(within),
    before: text(before),
    cell: text(cell),
  }),
  component: lazyRouteComponent(() => import('@/pages/tables-page'), 'TablesPage'),
})

const models = createRoute({
  getParentRoute: () => app,
  path: '/models',
  validateSearch: ({ model }: Query): { model?: string } => ({ model: text(model) }),
  loader: ({ context: { queries } }) => void queries.prefetchQuery(modelsQuery),
  component: lazyRouteComponent(() => import('@/pages/models-page'), 'ModelsPage'),
})

const signs = createRoute({
  getParentRoute: () => app,
  path: '/signs',
  validateSearch: ({ sign, past }: Query): { sign?: string; past?: '1' } => ({
    sign: text(sign),
    past: oneOf(past, ['1'] as const),
  }),
  loader: ({ context: { queries } }) => void queries.prefetchQuery(signsQuery),
  component: lazyRouteComponent(() => import('@/pages/signs-page'), 'SignsPage'),
})

const due = createRoute({
  getParentRoute: () => app,
  path: '/due',
  validateSearch: ({ when, product, rep, q }: Query): DueAsked => ({
    when: oneOf(when, ['overdue', 'all'] as const),
    product: text(product),
    rep: text(rep),
    q: text(q),
  }),
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queries }, deps }) => void queries.prefetchInfiniteQuery(dueQuery(deps)),
  component: lazyRouteComponent(() => import('@/pages/due-page'), 'DuePage'),
})

const offers = createRoute({
  getParentRoute: () => app,
  path: '/offers',
  validateSearch: ({ offer, tab, variant, q, c }: Query): OffersAsked => ({
    offer: text(offer),
    tab: oneOf(tab, ['needs', 'together', 'all', 'review', 'about'] as const),
    variant: text(variant),
    q: text(q),
    c: text(c),
  }),
  loader: ({ context: { queries } }) => void queries.prefetchQuery(offersQuery),
  component: lazyRouteComponent(() => import('@/pages/offers-page'), 'OffersPage'),
})

const newOffer = createRoute({
  getParentRoute: () => app,
  path: '/offers/new',
  component: lazyRouteComponent(() => import('@/pages/offer-form-page'), 'NewOfferPage'),
})

const editOffer = createRoute({
  getParentRoute: () => app,
  path: '/offers/$id/edit',
  component: lazyRouteComponent(() => import('@/pages/offer-form-page'), 'EditOfferPage'),
})

const reports = createRoute({
  getParentRoute: () => app,
  path: '/reports',
  validateSearch: (asked: Query): ReportsSearch => ({
    tab: oneOf(asked.tab, ['board', 'mentions', 'dictionary'] as const),
    customer: text(asked.customer),
    rep: text(asked.rep),
    topic: text(asked.topic),
    term: text(asked.term),
    rule: text(asked.rule),
    words: text(asked.words),
    event: text(asked.event),
    from: text(asked.from),
    to: text(asked.to),
    by: oneOf(asked.by, ['topic', 'term'] as const),
    unit: oneOf(asked.unit, ['day', 'week', 'month'] as const),
    week: text(asked.week),
    row: text(asked.row),
  }),
  loader: ({ context: { queries } }) => void queries.prefetchQuery(dictionaryQuery),
  component: lazyRouteComponent(() => import('@/pages/reports-page'), 'ReportsPage'),
})

const data = createRoute({
  getParentRoute: () => app,
  path: '/data',
  validateSearch: (asked: Query): DataSearch => ({
    tab: oneOf(asked.tab, ['pairs'] as const),
    pairs: oneOf(asked.pairs, ['open', 'later', 'same', 'different'] as const),
  }),
  component: lazyRouteComponent(() => import('@/pages/data-page'), 'DataPage'),
})

const newReport = createRoute({
  getParentRoute: () => app,
  path: '/reports/new',
  validateSearch: ({ customer }: Query): { customer?: string } => ({ customer: text(customer) }),
  component: lazyRouteComponent(() => import('@/pages/new-report-page'), 'NewReportPage'),
})

const patterns = createRoute({
  getParentRoute: () => app,
  path: '/signs/found',
  validateSearch: ({ of }: Query): { of?: SignKind } => ({
    of: oneOf(of, ['purchase', 'upsell', 'churn', 'replenishment', 'follow_up'] as const),
  }),
  component: lazyRouteComponent(() => import('@/pages/patterns-page'), 'PatternsPage'),
})

const feed = createRoute({
  getParentRoute: () => app,
  path: '/signs/feed',
  validateSearch: ({ of, sign, urgent }: Query): FeedAsked => ({
    of: oneOf(of, ['purchase', 'upsell', 'churn', 'replenishment', 'follow_up'] as const),
    sign: text(sign),
    urgent: oneOf(urgent, ['1'] as const),
  }),
  component: lazyRouteComponent(() => import('@/pages/feed-page'), 'FeedPage'),
})

const newSign = createRoute({
  getParentRoute: () => app,
  path: '/signs/new',
  component: lazyRouteComponent(() => import('@/pages/sign-form-page'), 'NewSignPage'),
})

const editSign = createRoute({
  getParentRoute: () => app,
  path: '/signs/$id/edit',
  component: lazyRouteComponent(() => import('@/pages/sign-form-page'), 'EditSignPage'),
})

const imports = createRoute({
  getParentRoute: () => app,
  path: '/imports',
  loader: ({ context: { queries } }) => void queries.prefetchQuery(importsQuery),
  component: lazyRouteComponent(() => import('@/pages/imports-page'), 'ImportsPage'),
})

const oneImport = createRoute({
  getParentRoute: () => app,
  path: '/imports/$id',
  component: lazyRouteComponent(() => import('@/pages/import-page'), 'ImportPage'),
})

const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings',
  component: lazyRouteComponent(() => import('@/pages/settings-page'), 'SettingsPage'),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ next }: Query): { next?: string } => ({ next: text(next) }),
  component: lazyRouteComponent(() => import('@/pages/access-page'), 'SignInPage'),
})

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  validateSearch: ({ token }: Query): { token?: string } => ({ token: text(token) }),
  component: lazyRouteComponent(() => import('@/pages/access-page'), 'SetupPage'),
})

const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  validateSearch: ({ token }: Query): { token?: string } => ({ token: text(token) }),
  component: lazyRouteComponent(() => import('@/pages/access-page'), 'JoinPage'),
})

const tree = root.addChildren([
  app.addChildren([
    today,
    customers,
    customer,
    segments,
    newSegment,
    segment,
    editSegment,
    map,
    golden,
    tables,
    models,
    templates,
    signs,
    offers,
    due,
    newOffer,
    editOffer,
    reports,
    newReport,
    patterns,
    feed,
    newSign,
    editSign,
    data,
    imports,
    oneImport,
    settings,
  ]),
  signIn,
  setup,
  join,
])

export const newRouter = (queries: QueryClient) =>
  createRouter({
    routeTree: tree,
    context: { queries },
    // What a link leads to is fetched when the pointer or the focus rests on it; the cache of answers says what is fresh.
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    // Plain text on both sides: a customer key such as 0042 must not turn into a number.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
      const query = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()
      return query ? `?${query}` : ''
    },
    defaultErrorComponent: ErrorPage,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof newRouter>
  }
}
