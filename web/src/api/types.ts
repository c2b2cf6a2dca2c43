/** The shapes of the server's answers, by the names the app uses for them. Made from the generated schema, never by hand. */
import type { Draft } from '@/domain/condition-tree'
import type { Axis } from '@/domain/table'
import type { components } from './schema'

type Schemas = components['schemas']

/** The server always sends every field, with null for what is missing; the generated types cannot say so. */
export type Full<T> = T extends (infer Item)[]
  ? Full<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Full<Exclude<T[Key], undefined>> }
    : T
type Answer<Name extends keyof Schemas> = Full<Schemas[Name]>

export type { Draft, Json } from '@/domain/condition-tree'

export type Permission =
  | 'see_customers'
  | 'see_segments'
  | 'edit_segments'
  | 'import'
  | 'erase_customers'
  | 'take_backups'
  | 'record_outcome'
  | 'see_all_customers'
  | 'manage_people'
  | 'manage_keys'
  | 'see_signs'

export type Role = Schemas['Role']
export type Language = Schemas['Language']
export type User = Answer<'User'>
export type Person = Answer<'Person'>
export type ApiKey = Answer<'Key'>
export type WebTag = Answer<'Tag'>
export type Fault = Answer<'Fault'>
export type Problem = Schemas['ErrorBody']

export type CustomerKind = Schemas['CustomerKind']
export type CustomerRow = Answer<'CustomerRow'>
export type Customer = Answer<'CustomerDetail'>
export type ChosenCustomers = Schemas['Chosen']
export type CustomerEdit = Answer<'EditTold'>
export type CustomerIds = Answer<'CustomerIds'>
export type Contact = Answer<'ContactRow'>
export type CustomerSign = Answer<'SignDetail'>
export type TimelineRow = Answer<'TimelineRow'>

export type SignKind = Schemas['SignKind']
export type SignHeld = Answer<'SignHeld'>
export type Sign = Answer<'SignRow'>
export type SignCustomer = Answer<'CarrierRow'>
export type FeedRow = Answer<'FeedRow'>
export type Momentum = Answer<'MomentumShown'>

/** A sign as it is written in a file. */
export type SignDefinition = {
  id: string
  kind: SignKind
  name: Names
  explanation: Names
  next_action: Names
  script: Names
  horizon_days: number
  threshold: number
  draft?: boolean
  urgent?: boolean
  requires?: Draft | null
  outcome?: Draft
  parts: { name: Names; condition: Draft; weight: number; cap?: number; half_life?: string }[]
}
export type SignShown = Omit<Answer<'SignShown'>, 'definition'> & { definition: SignDefinition }
export type PatternRow = Omit<Answer<'PatternRow'>, 'definition'> & { definition: SignDefinition }
export type Patterns = Omit<Answer<'PatternsShown'>, 'result'> & {
  result: (Omit<Answer<'MinedShown'>, 'patterns'> & { patterns: PatternRow[] }) | null
}
export type SignProof = Answer<'SignBacktest'>
export type ProofResult = Exclude<SignProof['result'], null>
export type ForetoldKind = Omit<Answer<'ForetoldRow'>, 'outcome' | 'among'> & { outcome: Draft; among: Draft | null }

export type Offer = Answer<'OfferRow'>
export type OfferState = Schemas['OfferState']
export type Amount = Answer<'AmountShown'>
export type Met = Schemas['MetName']
export type OfferCustomers = Answer<'OfferCustomers'>
export type RankedCustomer = Answer<'RankedRow'>
export type VariantFit = Answer<'VariantFit'>
export type OfferFit = Answer<'OfferFit'>
export type CustomerOffers = Answer<'CustomerOffers'>
export type Proposal = Answer<'ProposalRow'>
export type OfferReview = Answer<'OfferReview'>
export type NextOffers = Answer<'NextOffersShown'>
export type Together = Answer<'TogetherShown'>
export type NextRow = Answer<'NextRow'>
export type NeedHeld = Answer<'NeedHeld'>
export type NeedKind = Schemas['NeedHeldKind']
/** The tree of reasons is full in itself. */
export type CriterionFit = Omit<Answer<'CriterionFit'>, 'why'> & { why: Reason }
export type OfferMatch = Omit<Answer<'Match'>, 'criteria'> & { criteria: CriterionFit[] }

/** A range of numbers; either end may be open. */
export type Range = { from?: string | number; to?: string | number }
/** An offer as it is written in a file. */
export type OfferDefinition = {
  id: string
  name: Names
  summary: Names
  products?: string[]
  amount?: Range
  traits?: Record<string, Range | { one_of: (string | number | boolean)[] }>
  requires?: Draft
  has?: Draft
  needs?: { need: string; weight: number }[]
  criteria?: {
    id: string
    name: Names
    weight: number
    condition?: Draft
    pair?: { attribute: string; trait: string }
    known_when?: Draft
    arrange: Names
  }[]
  variants?: {
    id: string
    name: Names
    change: Names
    amount?: Range
    traits?: OfferDefinition['traits']
    settles?: string[]
  }[]
}
export type OfferShown = Omit<Answer<'OfferShown'>, 'definition'> & { definition: OfferDefinition }
/** A need as it is written in a file. */
export type NeedDefinition = { id: string; name: Names; question: Names; stated_when?: Draft; latent_when?: Draft }
export type Need = Omit<Answer<'NeedRow'>, 'definition'> & { definition: NeedDefinition }

export type Today = Answer<'Today'>
export type TodayRow = Answer<'TodayRow'>
export type Outcome = Schemas['OutcomeName']

export type Golden = Schemas['GoldenName']
export type SegmentRow = Answer<'SegmentRow'>
export type Names = { ja: string; en: string }
export type Member = Answer<'Member'>
export type Vocabulary = Answer<'Vocabulary'>
export type ValueKind = Schemas['ValueKind']

/** The schema calls a condition any object; ours is a draft. */
type WithDraft<T> = Omit<T, 'condition' | 'names'> & { condition: Draft; names: Names }
export type Segment = WithDraft<Answer<'SegmentDetail'>>
export type SegmentInput = WithDraft<Schemas['SegmentBody']>
export type Preview = Answer<'Preview'>
export type Moved = Answer<'Moved'>
export type CustomerName = Answer<'CustomerName'>
export type Backtest = Answer<'Backtest'>
export type SegmentSizes = Answer<'SegmentSizes'>
export type VersionRow = Answer<'VersionRow'>
export type SegmentVersion = WithDraft<Answer<'VersionDetail'>>
export type Comparison = Answer<'Comparison'>
export type Backups = Answer<'Backups'>
export type BackupRow = Answer<'BackupRow'>
export type Relations = Answer<'Relations'>
export type Combinations = Answer<'Combinations'>
export type MergeCompared = Answer<'MergeCompared'>
export type Merged = Answer<'Merged'>
export type FlowTable = Answer<'FlowTable'>
export type Pack = Answer<'PackRow'>
export type PackSegment = Answer<'PackSegmentRow'>
export type PackInstalled = Answer<'PackInstalled'>
/** The schema calls the values of an attribute any objects. */
export type CrossTable = Omit<Answer<'CrossTable'>, 'rows' | 'columns'> & { rows: Axis; columns: Axis | null }
export type Model = Answer<'ModelRow'>
export type ModelCard = Answer<'CardBody'>
export type Replenishment = Answer<'ReplenishmentShown'>
export type DueRow = Answer<'DueRow'>
export type CustomerDue = Answer<'CustomerDue'>
export type CustomerOutlook = Answer<'CustomerOutlook'>
export type SegmentProfile = Answer<'SegmentProfile'>
export type Template = Omit<WithDraft<Answer<'TemplateRow'>>, 'purpose' | 'next_action'> & {
  purpose: Names
  next_action: Names
}

/** The tree is written as a shape of its own: a type cannot be made full through its own recursion. */
export type Reason = Omit<Answer<'ReasonNode'>, 'children'> & { children: Reason[] }
export type Why = Omit<Answer<'Why'>, 'tree'> & { tree: Reason }

export type Import = Answer<'Import'>
export type ImportState = Schemas['StateName']
export type ImportKind = Schemas['KindName']
export type ImportChoice = Schemas['ImportPatch']
export type ImportProgress = Answer<'ImportProgress'>
export type BecomingCell = Answer<'BecomingCell'>
export type Column = Answer<'Column'>
export type FieldOption = Answer<'FieldChoice'>

export type PairList = Answer<'PairList'>
export type PairRow = Answer<'PairRow'>
export type Inventory = Answer<'Inventory'>
export type Report = Answer<'ReportRow'>
export type TextShown = Answer<'TextShown'>
export type HitShown = Answer<'HitShown'>
export type NewReport = Schemas['NewReport']
export type ReadingFar = Answer<'ReadingFar'>
export type MentionTable = Answer<'MentionTable'>

/** The dictionary of topics as it is written. */
export type Rule = {
  id: string
  since?: number | null
  find: string[]
  when: string[]
  despite: string[]
  unless: string[]
  yes: string[]
  no: string[]
}
export type TopicDraft = {
  id: string
  name: Names
  class: 'sign' | 'remark'
  resolvable: boolean
  causes: boolean
  hard_is_no: boolean
  of_customer: boolean
  theirs: boolean
  despite: string[]
  rules: Rule[]
}
export type DictionaryDraft = {
  version: number
  words: Record<string, string[]>
  modifiers: Record<string, string[]>
  topics: TopicDraft[]
}
export type Dictionary = Omit<Answer<'DictionaryShown'>, 'draft'> & { draft: DictionaryDraft }

export type Changed = Answer<'ChangedMessage'>
export type Hello = Answer<'Hello'>
