/** The only place that spells addresses. */
export const paths = {
  today: '/',
  customers: '/customers',
  customer: '/customers/$key',
  segments: '/segments',
  newSegment: '/segments/new',
  segment: '/segments/$id',
  editSegment: '/segments/$id/edit',
  map: '/map',
  golden: '/golden',
  tables: '/tables',
  models: '/models',
  templates: '/templates',
  signs: '/signs',
  offers: '/offers',
  newOffer: '/offers/new',
  editOffer: '/offers/$id/edit',
  data: '/data',
  reports: '/reports',
  newReport: '/reports/new',
  newSign: '/signs/new',
  patterns: '/signs/found',
  feed: '/signs/feed',
  editSign: '/signs/$id/edit',
  imports: '/imports',
  import: '/imports/$id',
  settings: '/settings',
  signIn: '/sign-in',
  setup: '/setup',
  join: '/join',
} as const

/** Files the server hands out. */
export const files = {
  segments: '/api/v1/segments/files',
  members: (segment: string) => `/api/v1/segments/${encodeURIComponent(segment)}/members.csv`,
  problems: (id: number) => `/api/v1/imports/${id}/problems.csv`,
} as const
