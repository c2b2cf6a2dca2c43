/** The server's addresses and what they take and give. */
import type * as T from './types'

type Answer<R> = {
  200: { content: { 'application/json': R } }
  default: { content: { 'application/json': T.Problem } }
}
type Op<R, P extends object = object, Q extends object = object, B = never> = {
  parameters: { path: P; query?: Q; header?: never; cookie?: never }
  responses: Answer<R>
} & ([B] extends [never] ? { requestBody?: never } : { requestBody: { content: { 'application/json': B } } })
type Plain<R> = { parameters: { query?: never; header?: never; path?: never; cookie?: never }; responses: Answer<R> }
type Send<R, B> = Plain<R> & { requestBody: { content: { 'application/json': B } } }
type Id<K extends string = 'id', V = string> = { [key in K]: V }
type Window = { after?: string; limit?: number }

export type paths = {
  '/api/v1/session': {
    get: Plain<T.Session>
    post: Send<{ user: T.User }, { email: string; password: string }>
    delete: Plain<void>
  }
  '/api/v1/session/setup': {
    post: Send<{ user: T.User }, { token: string; email: string; name: string; password: string }>
  }
  '/api/v1/session/join': { post: Send<{ user: T.User }, { token: string; name: string; password: string }> }
  '/api/v1/people': {
    get: Plain<{ people: T.Person[] }>
    post: Send<{ person: T.Person; link: string }, { email: string; name: string; role: T.Role; rep: string | null }>
  }
  '/api/v1/people/{id}': {
    patch: Op<
      T.Person,
      Id<'id', number>,
      object,
      { role?: T.Role; rep?: string | null; active?: boolean; name?: string; language?: T.Language }
    >
  }
  '/api/v1/keys': {
    get: Plain<{ keys: T.ApiKey[] }>
    post: Send<{ key: T.ApiKey; secret: string }, { name: string; role: T.Role }>
  }
  '/api/v1/keys/{id}': { delete: Op<void, Id<'id', number>> }
  '/api/v1/today': {
    get: { parameters: { query?: { rep?: string; limit?: number } }; responses: Answer<T.Today> }
  }
  '/api/v1/today/{customer}/outcome': {
    post: Op<
      T.OutcomeSaved,
      Id<'customer'>,
      object,
      { sign: string; outcome: T.Outcome; note?: string; until?: string; id: string }
    >
  }
  '/api/v1/batches/{batch}/undo': { post: Op<{ undone: boolean }, Id<'batch', number>> }
  '/api/v1/segments': {
    get: Plain<{ as_of: string; segments: T.SegmentRow[] }>
    post: Send<T.Segment, T.SegmentInput>
  }
  '/api/v1/segments/{id}': {
    get: Op<T.Segment, Id>
    put: Op<T.Segment, Id, object, T.SegmentInput & { version: number }>
    delete: Op<unknown, Id>
  }
  '/api/v1/segments/{id}/restore': { post: Op<unknown, Id> }
  '/api/v1/segments/{id}/members': {
    get: Op<{ as_of: string; count: number; rows: T.Member[]; next: string | null }, Id, Window & { q?: string }>
  }
  '/api/v1/segments/{id}/why/{customer}': { get: Op<T.Why, { id: string; customer: string }> }
  '/api/v1/preview': { post: Send<T.Preview, { condition: T.Draft }> }
  '/api/v1/vocabulary': { get: Plain<T.Vocabulary> }
  '/api/v1/customers': {
    get: {
      parameters: { query?: Window & { q?: string; kind?: T.CustomerKind; segment?: string; rep?: string } }
      responses: Answer<{ as_of: string; total: number; rows: T.CustomerRow[]; next: string | null }>
    }
  }
  '/api/v1/customers/{key}': { get: Op<T.Customer, Id<'key'>> }
  '/api/v1/customers/{key}/timeline': {
    get: Op<
      { rows: T.TimelineRow[]; next: string | null; months: T.Month[] },
      Id<'key'>,
      { before?: string; limit?: number; name?: string }
    >
  }
  '/api/v1/signs': { get: Plain<{ as_of: string; signs: T.Sign[] }> }
  '/api/v1/signs/{id}/customers': {
    get: Op<{ as_of: string; count: number; rows: T.SignCustomer[]; next: string | null }, Id, Window>
  }
  '/api/v1/health': { get: Plain<T.Health> }
  '/api/v1/imports': { get: Plain<{ imports: T.Import[] }> }
  '/api/v1/imports/{id}': { get: Op<T.Import, Id>; patch: Op<T.Import, Id, object, T.ImportChoice> }
  '/api/v1/imports/{id}/check': { post: Op<T.Import, Id> }
  '/api/v1/imports/{id}/commit': { post: Op<T.Import, Id> }
  '/api/v1/imports/{id}/cancel': { post: Op<T.Import, Id> }
  '/api/v1/imports/{id}/undo': { post: Op<T.Import, Id> }
}
