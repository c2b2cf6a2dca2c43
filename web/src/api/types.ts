/** The shapes of the server's answers, by the names the app uses for them. */

export type Role = 'owner' | 'manager' | 'rep' | 'viewer'
export type Permission =
  | 'see_customers'
  | 'see_segments'
  | 'edit_segments'
  | 'import'
  | 'record_outcome'
  | 'see_all_customers'
  | 'manage_people'
  | 'manage_keys'
  | 'see_signs'
export type Language = 'ja' | 'en'
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type Draft = { [key: string]: Json }

export type User = {
  id: number
  email: string
  name: string
  role: Role
  rep: string | null
  language: Language
  may: Permission[]
}
export type Workspace = { name: string; time_zone: string; now: string; version: string }
export type Session = { user: User | null; setup_needed: boolean; demo: boolean; workspace: Workspace }
export type Person = User & { active: boolean; last_seen: string | null }
export type ApiKey = {
  id: number
  name: string
  role: Role
  created_at: string
  last_used_at: string | null
  prefix: string
}

export type Fault = { path: string; message: string }
export type Problem = { code: string; message: string; request_id: string; faults?: Fault[] }

export type CustomerKind = 'company' | 'person'
export type CustomerRef = { key: string; name: string; kind: CustomerKind }
export type SignKind = 'purchase' | 'upsell' | 'churn' | 'follow_up' | 'replenishment'
export type SignHeld = { id: string; name: string; kind: SignKind; strength: number; since: string }
export type Evidence = { at: string; text: string }
export type Contact = {
  key: string
  name: string
  role: string | null
  title: string | null
  phone: string | null
  email: string | null
}

export type PrioritySum = {
  strength: number
  value: number
  time_left: number
  recent_contact: number
  text: string
}
export type TodayRow = {
  customer: CustomerRef
  rep: string | null
  priority: number
  sum: PrioritySum
  sign: SignHeld
  other_signs: SignHeld[]
  reason: string
  evidence: Evidence[]
  due: string
  script: string
  next_action: string
  contact: Contact | null
  recent_contact_at: string | null
}
export type Today = {
  as_of: string
  rep: string | null
  reps: { rep: string; count: number }[]
  total: number
  done_today: number
  next_change_at: string | null
  rows: TodayRow[]
}
export type Outcome = 'connected' | 'no_answer' | 'callback' | 'meeting' | 'lost' | 'wrong_person' | 'snooze'
export type OutcomeSaved = { batch: number; rests_until: string | null; undo_until: string }

export type Golden = 'loyal' | 'high_potential' | 'at_risk' | 'lookalike'
export type Origin = 'file' | 'api' | 'page' | 'built_in'
export type SegmentRow = {
  id: string
  name: string
  sentence: string
  about: string
  count: number
  version: number
  golden: Golden | null
  purpose: string | null
  next_action: string | null
  owner: string | null
  origin: Origin
  used_by: string[]
  entered_7d: number
  left_7d: number
  faults: Fault[]
  retired: boolean
}
export type Names = { ja: string; en: string }
export type Segment = SegmentRow & {
  names: Names
  condition: Draft
  as_of: string
  created_at: string
  changed_at: string
  changed_by: string | null
}
export type Member = CustomerRef & {
  rep: string | null
  since: string | null
  may_change_at: string | null
  reason: string
}
export type Reason = {
  kind: 'all' | 'any' | 'not' | 'leaf' | 'segment' | 'some'
  sentence: string
  holds: boolean
  found: string | null
  threshold: string | null
  evidence: Evidence[]
  evidence_total: number
  may_change_at: string | null
  children: Reason[]
}
export type Why = {
  customer: CustomerRef
  segment: { id: string; name: string }
  as_of: string
  member: boolean
  since: string | null
  may_change_at: string | null
  tree: Reason
}
export type SegmentInput = {
  id?: string
  names: Names
  purpose?: string | null
  next_action?: string | null
  golden?: Golden | null
  condition: Draft
}
export type Preview = {
  as_of: string
  count: number
  total: number
  sentence: string
  sample: CustomerRef[]
  leaves: { path: string; sentence: string; count: number }[]
  coming?: { days: number; enters: number; leaves: number }[] | null
  faults: Fault[]
}
export type ValueKind = 'text' | 'number' | 'bool' | 'date'
export type Vocabulary = {
  events: {
    name: string
    label: string
    count: number
    properties: { key: string; label: string; kind: ValueKind; samples: string[] }[]
  }[]
  attributes: { key: string; label: string; kind: ValueKind; samples: string[]; filled: number }[]
  segments: { id: string; name: string }[]
}

export type CustomerRow = CustomerRef & {
  rep: string | null
  industry: string | null
  last_event_at: string | null
  signs: SignHeld[]
}
export type SignPart = { sentence: string; weight: number; holds: boolean; found: string | null }
export type CustomerSign = SignHeld & {
  sentence: string
  parts: SignPart[]
  explanation: string
  threshold: number
}
export type Customer = CustomerRef & {
  as_of: string
  rep: string | null
  attributes: { key: string; label: string; value: string; since: string }[]
  contacts: Contact[]
  memberships: { segment: string; name: string; since: string | null; may_change_at: string | null }[]
  signs: CustomerSign[]
  deals: { key: string; name: string; stage: string; amount: string | null; changed_at: string }[]
  value: string
}
export type TimelineRow = {
  at: string
  name: string
  label: string
  text: string
  contact: string | null
  source: string
}
export type Month = { month: string; count: number }

export type Sign = {
  id: string
  name: string
  kind: SignKind
  explanation: string
  horizon_days: number
  threshold: number
  parts: { sentence: string; weight: number }[]
  script: string
  next_action: string
  count: number
}
export type SignCustomer = CustomerRef & { rep: string | null; strength: number; since: string; reason: string }

export type ImportState =
  | 'read'
  | 'checking'
  | 'checked'
  | 'committing'
  | 'committed'
  | 'undone'
  | 'failed'
  | 'cancelled'
export type ImportKind = 'customers' | 'contacts' | 'events' | 'purchases' | 'deals' | 'reports'
export type Column = { index: number; header: string; samples: string[]; field: string | null; sure: boolean }
export type FieldOption = { id: string; label: string; required: boolean }
export type RowProblem = {
  file: string
  sheet: string | null
  row: number
  column: string | null
  value: string
  reason: string
  fix: string | null
}
export type Progress = { done: number; total: number | null; rows_per_second: number }
export type Import = {
  id: string
  file: string
  bytes: number
  state: ImportState
  kind: ImportKind
  kind_is_guess: boolean
  format: {
    container: string
    encoding: string | null
    delimiter: string | null
    sheet: string | null
    sheets: string[]
    header_row: number
  }
  columns: Column[]
  sample_rows: string[][]
  rows: number | null
  progress: Progress | null
  counts: { rows: number; new: number; changed: number; unchanged: number; rejected: number } | null
  problems: RowProblem[]
  problems_total: number
  fields: FieldOption[]
  error: string | null
  created_at: string
  committed_at: string | null
  undo_until: string | null
  by: string
  batch: number | null
  changed_segments: number | null
}
export type ImportChoice = {
  kind?: ImportKind
  fields?: Record<string, string | null>
  sheet?: string
  encoding?: string
  header_row?: number
}

export type Changed = { as_of: string; segments: Record<string, number>; customers: string[]; today: boolean }
export type Hello = { as_of: string; version: string }
export type Health = {
  status: 'ok' | 'starting'
  version: string
  as_of: string
  customers: number
  events: number
  segments: number
  evaluated: { done: number; total: number } | null
}
