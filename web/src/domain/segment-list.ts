/** Which segments a list shows, in which order, and what is wrong with each. */

export type Listed = {
  id: string
  name: string
  golden: string | null
  count: number
  entered_7d: number
  left_7d: number
  owner: string | null
  review_on: string | null
  review_overdue: boolean
  changed_at: string
  next_action: string | null
  used_by: string[]
  faults: unknown[]
  retired: boolean
}

export const AILMENTS = ['faulty', 'empty', 'jumped', 'overdue', 'no_review', 'no_action', 'no_owner'] as const
/** What somebody should look at, the worst first. */
export type Ailment = (typeof AILMENTS)[number]

const JUMP_FROM_MEMBERS = 10
const JUMP_PERCENT = 30

/** Grew or shrank by so much within a week that the definition, or the data, deserves a look. */
const jumped = ({ count, entered_7d, left_7d }: Listed) => {
  const before = count - entered_7d + left_7d
  return JUMP_FROM_MEMBERS <= before && before * JUMP_PERCENT < Math.abs(count - before) * 100
}

const SUFFERS: Record<Ailment, (row: Listed) => boolean> = {
  faulty: (row) => row.faults.length > 0,
  empty: (row) => row.count === 0 && row.faults.length === 0,
  jumped,
  overdue: (row) => row.review_overdue,
  no_review: (row) => !row.review_on,
  no_action: (row) => !row.next_action,
  no_owner: (row) => !row.owner,
}

export const ailmentsOf = (row: Listed): Ailment[] => AILMENTS.filter((ailment) => SUFFERS[ailment](row))

export const SORTS = ['name', 'count', 'change', 'used', 'owner', 'changed'] as const
export type Sort = (typeof SORTS)[number]
export type Order = { by: Sort; down: boolean }

/** The way a column is first sorted when it is pressed: words upwards, numbers downwards. */
export const firstOrder = (by: Sort): Order => ({ by, down: by !== 'name' && by !== 'owner' })

/** Rows without a value come last either way; ties by name. */
export const sorted = <Row extends Listed>(rows: Row[], { by, down }: Order, language: 'ja' | 'en'): Row[] => {
  const words = new Intl.Collator(language, { numeric: true })
  const byName = (a: Row, b: Row) => words.compare(a.name, b.name) || (a.id < b.id ? -1 : 1)
  const sign = down ? -1 : 1
  const compare = (a: Row, b: Row): number => {
    switch (by) {
      case 'name':
        return sign * words.compare(a.name, b.name)
      case 'count':
        return sign * (a.count - b.count)
      case 'change':
        return sign * (a.entered_7d - a.left_7d - (b.entered_7d - b.left_7d))
      case 'used':
        return sign * (a.used_by.length - b.used_by.length)
      case 'changed':
        return sign * (a.changed_at < b.changed_at ? -1 : Number(a.changed_at !== b.changed_at))
      case 'owner':
        if (!a.owner || !b.owner) return Number(!a.owner) - Number(!b.owner)
        return sign * words.compare(a.owner, b.owner)
    }
  }
  return rows.toSorted((a, b) => compare(a, b) || byName(a, b))
}
