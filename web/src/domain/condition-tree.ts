/**
 * The condition being written, as a tree with an identity for every node, and the steps by which it changes.
 *
 * Each step copies only the way from the root to what changed, so that every other row keeps its identity and is not drawn again.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type Draft = { [key: string]: Json }

type Standing = {
  id: string
  /** The node stands under a `not`. Negation belongs to the row it turns around, never to a group's wording. */
  not: boolean
}
export type Branch = Standing & { kind: 'branch'; head: 'all' | 'any'; children: Node[] }
/**
 * The node inside is asked about something else than the customer as a whole: one value of a property (`some`), the people at
 * a company (`contacts`), or, inside those, the company again (`company`). `words` is what stands beside the inner condition.
 */
export type Scope = Standing & { kind: 'scope'; head: ScopeHead; words: Draft; child: Node }
export const SCOPE_HEADS = ['some', 'contacts', 'company'] as const
export type ScopeHead = (typeof SCOPE_HEADS)[number]
/** Conditions that each add their weight; the sum is compared. */
export type Points = Standing & { kind: 'points'; words: Draft; parts: { weight: Json; child: Node }[] }
/** One condition, kept exactly as the server knows it: what the editor cannot show is still here. */
export type Leaf = Standing & { kind: 'leaf'; draft: Draft }
export type Node = Branch | Scope | Points | Leaf

let lastId = 0
const newId = () => {
  lastId += 1
  return `n${lastId}`
}

const isObject = (value: Json | undefined): value is Draft =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const onlyKeys = (draft: Draft, ...keys: string[]) => Object.keys(draft).every((key) => keys.includes(key))

export const leafOf = (draft: Draft): Leaf => ({ id: newId(), not: false, kind: 'leaf', draft })
export const branchOf = (head: Branch['head'], children: Node[]): Branch => ({
  id: newId(),
  not: false,
  kind: 'branch',
  head,
  children,
})

/** Reads the server's shape. A node with an unknown key is kept whole as a leaf. */
export const fromDraft = (draft: Draft): Node => {
  if (isObject(draft.not) && onlyKeys(draft, 'not') && !('not' in draft.not)) {
    return { ...fromDraft(draft.not), not: true }
  }
  for (const head of ['all', 'any'] as const) {
    const children = draft[head]
    if (Array.isArray(children) && children.every(isObject) && onlyKeys(draft, head)) {
      return branchOf(head, children.map(fromDraft))
    }
  }
  return scopeFrom(draft) ?? pointsFrom(draft) ?? leafOf(draft)
}

/** Where the condition inside a scope stands. */
const insideOf = (head: ScopeHead) => (head === 'company' ? 'company' : 'satisfies')
const SCOPE_KEYS: Record<ScopeHead, string[]> = {
  some: ['some', 'of', 'satisfies'],
  contacts: ['contacts', 'satisfies'],
  company: ['company'],
}

const scopeFrom = (draft: Draft): Scope | null => {
  const head = SCOPE_HEADS.find((each) => each in draft)
  if (!head || !onlyKeys(draft, ...SCOPE_KEYS[head])) return null
  const { [insideOf(head)]: inside, ...words } = draft
  if (!isObject(inside) || (head === 'some' && typeof draft.some !== 'string')) return null
  return scopeOf(head, words, fromDraft(inside))
}

const scopeOf = (head: ScopeHead, words: Draft, child: Node): Scope => ({
  id: newId(),
  not: false,
  kind: 'scope',
  head,
  words,
  child,
})

const pointsFrom = (draft: Draft): Points | null => {
  const { points, ...words } = draft
  if (!Array.isArray(points) || !onlyKeys(draft, 'points', 'is')) return null
  const parts = points.filter(isObject).filter((part) => isObject(part.when) && onlyKeys(part, 'weight', 'when'))
  if (parts.length !== points.length) return null
  return {
    id: newId(),
    not: false,
    kind: 'points',
    words,
    parts: parts.map(({ weight = 0, when }) => ({ weight, child: fromDraft(when as Draft) })),
  }
}

/** The server's shape again: `toDraft(fromDraft(draft))` equals `draft`. */
export const toDraft = (node: Node): Draft => {
  const draft = positiveDraft(node)
  return node.not ? { not: draft } : draft
}

const positiveDraft = (node: Node): Draft => {
  switch (node.kind) {
    case 'branch':
      return { [node.head]: node.children.map(toDraft) }
    case 'scope':
      return { ...node.words, [insideOf(node.head)]: toDraft(node.child) }
    case 'points':
      return { points: node.parts.map(({ weight, child }) => ({ weight, when: toDraft(child) })), ...node.words }
    case 'leaf':
      return node.draft
  }
}

/** The root is always a branch, so that there is a place to add to. */
export const rootOf = (draft: Draft): Branch => {
  const node = fromDraft(draft)
  return node.kind === 'branch' && !node.not ? node : branchOf('all', [node])
}

export const childrenOf = (node: Node): Node[] => {
  switch (node.kind) {
    case 'branch':
      return node.children
    case 'scope':
      return [node.child]
    case 'points':
      return node.parts.map(({ child }) => child)
    case 'leaf':
      return []
  }
}

export const find = (node: Node, id: string): Node | null => {
  if (node.id === id) return node
  for (const child of childrenOf(node)) {
    const found = find(child, id)
    if (found) return found
  }
  return null
}

export const parentOf = (root: Node, id: string): Node | null => {
  for (const child of childrenOf(root)) {
    if (child.id === id) return root
    const found = parentOf(child, id)
    if (found) return found
  }
  return null
}

/** Puts what `change` gives in the place of a node; null takes the node away. Untouched nodes keep their identity. */
const replace = (node: Node, id: string, change: (node: Node) => Node | null): Node | null => {
  if (node.id === id) return change(node)
  if (node.kind === 'leaf') return node
  if (node.kind === 'scope') {
    const child = replace(node.child, id, change)
    return child === node.child ? node : { ...node, child: child ?? branchOf('all', []) }
  }
  if (node.kind === 'points') {
    const parts = node.parts.flatMap((part) => {
      const child = replace(part.child, id, change)
      return child === part.child ? [part] : child ? [{ ...part, child }] : []
    })
    const same = parts.length === node.parts.length && parts.every((part, at) => part === node.parts[at])
    return same ? node : { ...node, parts }
  }
  let changed = false
  const children: Node[] = []
  for (const child of node.children) {
    const next = replace(child, id, change)
    changed ||= next !== child
    if (next) children.push(next)
  }
  return changed ? { ...node, children } : node
}

const edit = (root: Branch, id: string, change: (node: Node) => Node | null): Branch => {
  const next = replace(root, id, change)
  if (next?.kind === 'branch' && !next.not) return next
  return branchOf('all', next ? [next] : [])
}

/** What a new part of a score is worth before anybody says. */
const FIRST_WEIGHT = 10

export const insert = (root: Branch, parent: string, at: number, node: Node): Branch =>
  edit(root, parent, (found) => {
    if (found.kind === 'branch') return { ...found, children: found.children.toSpliced(at, 0, node) }
    if (found.kind === 'points') {
      return { ...found, parts: found.parts.toSpliced(at, 0, { weight: FIRST_WEIGHT, child: node }) }
    }
    return found
  })

export const remove = (root: Branch, id: string): Branch =>
  id === root.id ? branchOf(root.head, []) : edit(root, id, () => null)

/** Turns a node around; turning it around twice gives it back unchanged. */
export const negate = (root: Branch, id: string): Branch =>
  id === root.id ? root : edit(root, id, (node) => ({ ...node, not: !node.not }))

/** Puts a node into a group of its own. */
export const wrap = (root: Branch, id: string, head: Branch['head']): Branch =>
  id === root.id ? branchOf(head === 'all' ? 'any' : 'all', [root]) : edit(root, id, (node) => branchOf(head, [node]))

/** Puts the rows of a group in its place. A group that stands under a `not` stays: taking it apart would change the meaning. */
export const unwrap = (root: Branch, id: string): Branch => {
  const parent = parentOf(root, id)
  const group = find(root, id)
  if (parent?.kind !== 'branch' || group?.kind !== 'branch' || group.not) return root
  return edit(root, parent.id, (node) =>
    node.kind === 'branch'
      ? { ...node, children: node.children.flatMap((child) => (child.id === id ? group.children : [child])) }
      : node,
  )
}

/** Moves a node among its siblings; beyond the first or the last it steps out into the group above. */
export const moveBy = (root: Branch, id: string, step: -1 | 1): Branch => {
  const parent = parentOf(root, id)
  const node = find(root, id)
  if (!node) return root
  if (parent?.kind !== 'branch' && parent?.kind !== 'points') return root
  const at = childrenOf(parent).findIndex((child) => child.id === id)
  const to = at + step
  if (0 <= to && to < childrenOf(parent).length) return shift(root, parent, at, to)
  const above = parentOf(root, parent.id)
  if (parent.kind !== 'branch' || above?.kind !== 'branch') return root
  const outside = above.children.findIndex((child) => child.id === parent.id) + (step === 1 ? 1 : 0)
  return insert(remove(root, id), above.id, outside, node)
}

/** Moves a row within its group. */
const shift = (root: Branch, parent: Branch | Points, at: number, to: number): Branch => {
  const moved = <T>(rows: T[]): T[] => rows.toSpliced(at, 1).toSpliced(to, 0, ...rows.slice(at, at + 1))
  return edit(root, parent.id, () =>
    parent.kind === 'branch'
      ? { ...parent, children: moved(parent.children) }
      : { ...parent, parts: moved(parent.parts) },
  )
}

/** Takes a node from wherever it is and puts it before the `at`th row of a group, or last. A group is not put into itself. */
export const put = (root: Branch, id: string, group: string, at: number): Branch => {
  const node = find(root, id)
  const from = parentOf(root, id)
  const to = find(root, group)
  if (!node || !from || find(node, group) || (to?.kind !== 'branch' && to?.kind !== 'points')) return root
  if (from !== to) return insert(remove(root, id), group, at, node)
  const was = childrenOf(to).findIndex((child) => child.id === id)
  const place = was < at ? at - 1 : at
  return place === was ? root : shift(root, to, was, place)
}

/** Moves a node into the group beside it: the one before, else the one after. */
export const moveIn = (root: Branch, id: string): Branch => {
  const parent = parentOf(root, id)
  const node = find(root, id)
  if (parent?.kind !== 'branch' || !node) return root
  const at = parent.children.findIndex((child) => child.id === id)
  const before = parent.children[at - 1]
  const after = parent.children[at + 1]
  if (before?.kind === 'branch') return insert(remove(root, id), before.id, before.children.length, node)
  if (after?.kind === 'branch') return insert(remove(root, id), after.id, 0, node)
  return root
}

/** Moves a node out of its group, to the place just after it. */
export const moveOut = (root: Branch, id: string): Branch => {
  const parent = parentOf(root, id)
  const above = parent && parentOf(root, parent.id)
  const node = find(root, id)
  if (parent?.kind !== 'branch' || above?.kind !== 'branch' || !node) return root
  const at = above.children.findIndex((child) => child.id === parent.id)
  return insert(remove(root, id), above.id, at + 1, node)
}

/** Where a node stands in the draft sent to the server, as a JSON pointer to its positive part. */
export const pathOf = (root: Node, id: string): string | null => {
  const here = root.not ? '/not' : ''
  if (root.id === id) return here
  for (const [at, child] of childrenOf(root).entries()) {
    const below = pathOf(child, id)
    if (below !== null) return `${here}${placeOf(root, at)}${below}`
  }
  return null
}

/** The path from a node to its nth child. */
const placeOf = (node: Node, at: number): string => {
  switch (node.kind) {
    case 'branch':
      return `/${node.head}/${at}`
    case 'scope':
      return `/${insideOf(node.head)}`
    case 'points':
      return `/points/${at}/when`
    case 'leaf':
      return ''
  }
}

/** The deepest node that a fault's path lies in. */
export const nodeAt = (root: Node, path: string): Node => {
  const rest = root.not && path.startsWith('/not') ? path.slice('/not'.length) : path
  for (const [at, child] of childrenOf(root).entries()) {
    const place = placeOf(root, at)
    if (rest === place || rest.startsWith(`${place}/`)) return nodeAt(child, rest.slice(place.length))
  }
  return root
}

/** The ids of the segments that a draft refers to, in the order in which they stand. */
export const segmentsIn = (json: Json): string[] => {
  if (Array.isArray(json)) return json.flatMap(segmentsIn)
  if (!isObject(json)) return []
  return Object.entries(json).flatMap(([key, value]) =>
    (key === 'segment' || key === 'among') && typeof value === 'string' ? [value] : segmentsIn(value),
  )
}

export const leavesOf = (node: Node): Leaf[] => (node.kind === 'leaf' ? [node] : childrenOf(node).flatMap(leavesOf))

/** What the writer did last can be taken back, and done again. `open` is the one row whose editor shows. */
export type Writing = {
  past: Branch[]
  root: Branch
  future: Branch[]
  open: string | null
  /** The row typed into last: more typing there is the same step back, not one for every letter. */
  typing: string | null
}

export type Step =
  | { type: 'start'; draft: Draft }
  | { type: 'open'; id: string | null }
  | { type: 'add'; parent: string; draft: Draft }
  | { type: 'add_group'; parent: string; head: Branch['head'] }
  | { type: 'add_scope'; parent: string; head: ScopeHead; words: Draft }
  | { type: 'add_points'; parent: string }
  | { type: 'write'; id: string; draft: Draft }
  | { type: 'set_head'; id: string; head: Branch['head'] }
  | { type: 'set_words'; id: string; words: Draft }
  | { type: 'set_weight'; id: string; weight: number }
  | { type: 'remove' | 'negate' | 'unwrap' | 'copy' | 'move_in' | 'move_out'; id: string }
  | { type: 'wrap'; id: string; head: Branch['head'] }
  | { type: 'move'; id: string; step: -1 | 1 }
  | { type: 'put'; id: string; group: string; at: number }
  | { type: 'undo' }
  | { type: 'redo' }

export const startWriting = (draft: Draft): Writing => ({
  past: [],
  root: rootOf(draft),
  future: [],
  open: null,
  typing: null,
})

const MOST_STEPS_BACK = 200

export const write = (writing: Writing, step: Step): Writing => {
  switch (step.type) {
    case 'start':
      return startWriting(step.draft)
    case 'open':
      return step.id === writing.open ? writing : { ...writing, open: step.id, typing: null }
    case 'undo': {
      const root = writing.past.at(-1)
      if (!root) return writing
      return {
        past: writing.past.slice(0, -1),
        root,
        future: [writing.root, ...writing.future],
        open: null,
        typing: null,
      }
    }
    case 'redo': {
      const [root, ...future] = writing.future
      if (!root) return writing
      return { past: [...writing.past, writing.root], root, future, open: null, typing: null }
    }
    default:
      return changed(writing, step)
  }
}

/** Steps that come letter by letter. */
const TYPED: readonly Step['type'][] = ['write', 'set_words', 'set_weight']

type Change = Exclude<Step, { type: 'start' | 'open' | 'undo' | 'redo' }>

const changed = (writing: Writing, step: Change): Writing => {
  const { root, open } = after(writing, step)
  if (root === writing.root) return writing
  const typing = TYPED.includes(step.type) && 'id' in step ? step.id : null
  const sameEdit = typing !== null && typing === writing.typing
  const past = sameEdit ? writing.past : [...writing.past, writing.root].slice(-MOST_STEPS_BACK)
  return { past, root, future: [], open, typing }
}

const after = ({ root, open }: Writing, step: Change): { root: Branch; open: string | null } => {
  switch (step.type) {
    case 'add':
      return opened(root, step.parent, leafOf(step.draft))
    case 'add_group':
      return { root: insertLast(root, step.parent, branchOf(step.head, [])), open: null }
    case 'add_scope':
      return opened(root, step.parent, scopeOf(step.head, step.words, branchOf('all', [])))
    case 'add_points':
      return opened(root, step.parent, {
        id: newId(),
        not: false,
        kind: 'points',
        words: { is: { at_least: 50 } },
        parts: [],
      })
    case 'write':
      return {
        root: edit(root, step.id, (node) => (node.kind === 'leaf' ? { ...node, draft: step.draft } : node)),
        open,
      }
    case 'set_head':
      return {
        root: edit(root, step.id, (node) => (node.kind === 'branch' ? { ...node, head: step.head } : node)),
        open,
      }
    case 'set_words':
      return {
        root: edit(root, step.id, (node) =>
          node.kind === 'scope' || node.kind === 'points' ? { ...node, words: step.words } : node,
        ),
        open,
      }
    case 'set_weight':
      return { root: setWeight(root, step.id, step.weight), open }
    case 'remove':
      return { root: remove(root, step.id), open: null }
    case 'negate':
      return { root: negate(root, step.id), open }
    case 'unwrap':
      return { root: unwrap(root, step.id), open: null }
    case 'wrap':
      return { root: wrap(root, step.id, step.head), open: null }
    case 'copy':
      return { root: copied(root, step.id), open: null }
    case 'move':
      return { root: moveBy(root, step.id, step.step), open }
    case 'put':
      return { root: put(root, step.id, step.group, step.at), open }
    case 'move_in':
      return { root: moveIn(root, step.id), open }
    case 'move_out':
      return { root: moveOut(root, step.id), open }
  }
}

/** What the part of a score with this condition adds. */
const setWeight = (root: Branch, id: string, weight: number): Branch => {
  const points = parentOf(root, id)
  if (points?.kind !== 'points') return root
  return edit(root, points.id, () => ({
    ...points,
    parts: points.parts.map((part) => (part.child.id === id ? { ...part, weight } : part)),
  }))
}

/** The same node once more, just below. */
const copied = (root: Branch, id: string): Branch => {
  const parent = parentOf(root, id)
  const node = find(root, id)
  if (!parent || !node) return root
  const at = childrenOf(parent).findIndex((child) => child.id === id)
  return insert(root, parent.id, at + 1, fromDraft(toDraft(node)))
}

const insertLast = (root: Branch, parent: string, node: Node): Branch => {
  const found = find(root, parent)
  return found ? insert(root, parent, childrenOf(found).length, node) : root
}

const opened = (root: Branch, parent: string, node: Node) => ({ root: insertLast(root, parent, node), open: node.id })
