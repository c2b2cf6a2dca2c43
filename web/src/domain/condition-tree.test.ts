import { describe, expect, it } from 'vitest'
import {
  type Branch,
  type Draft,
  find,
  fromDraft,
  leavesOf,
  moveBy,
  nodeAt,
  pathOf,
  rootOf,
  type Step,
  segmentsIn,
  startWriting,
  toDraft,
  unwrap,
  write,
} from './condition-tree'

const login: Draft = { event: 'login', last: '30d' }
const pro: Draft = { attribute: 'plan', is: 'pro' }
const loyal: Draft = { segment: 'loyal' }
const nested: Draft = {
  all: [pro, { any: [login, { not: loyal }] }, { not: { all: [login, pro] } }, { some: 'product', satisfies: login }],
}

const idOf = (root: Branch, draft: Draft) => {
  const leaf = leavesOf(root).find((each) => JSON.stringify(each.draft) === JSON.stringify(draft))
  if (!leaf) throw new Error('no such leaf')
  return leaf.id
}
const walk = (draft: Draft, ...steps: ((root: Branch) => Step)[]) =>
  steps.reduce((writing, step) => write(writing, step(writing.root)), startWriting(draft))

describe('reading and writing drafts', () => {
  const drafts: Draft[] = [
    nested,
    { all: [] },
    { not: { not: login } },
    { all: [{ event: 'a', known_to_nobody: { deep: [1, { x: null }] } }] },
    { all: [{ any: [login], label: 'a group with a key of its own' }] },
    { some: 'product', of: 'purchased', satisfies: { all: [login] } },
    { all: [{ all: 'not a list' }] },
    { contacts: { at_least: 2 }, satisfies: { any: [login, { company: { not: pro } }] } },
    {
      points: [
        { weight: 30, when: login },
        { weight: '-5', when: { all: [pro, { not: loyal }] } },
      ],
      is: { at_least: 50 },
    },
    { points: [{ weight: 30, when: login, note: 'a key nobody knows' }], is: { at_least: 50 } },
    { contacts: 'any', satisfies: 'not a condition' },
  ]
  it.each(drafts.map((draft) => [JSON.stringify(draft), draft]))('gives %s back unchanged', (_, draft) => {
    expect(toDraft(fromDraft(draft as Draft))).toEqual(draft)
  })

  it('puts a single leaf under a root to which more can be added', () => {
    expect(toDraft(rootOf(login))).toEqual({ all: [login] })
    expect(toDraft(rootOf({ not: { any: [login] } }))).toEqual({ all: [{ not: { any: [login] } }] })
  })
})

describe('paths', () => {
  it('find the node that a fault is about, and lead back to it', () => {
    const root = rootOf(nested)
    for (const leaf of leavesOf(root)) {
      const path = pathOf(root, leaf.id)
      expect(path).not.toBeNull()
      expect(nodeAt(root, path as string).id).toBe(leaf.id)
      expect(nodeAt(root, `${path}/where/0/property`).id).toBe(leaf.id)
    }
    expect(pathOf(root, idOf(root, loyal))).toBe('/all/1/any/1/not')
    expect(nodeAt(root, '/all/3/satisfies').kind).toBe('leaf')
    expect(nodeAt(root, '/all/9').id).toBe(root.id)
  })
})

describe('steps', () => {
  it('keep the identity of every row they do not touch', () => {
    const before = startWriting(nested)
    const after = write(before, { type: 'write', id: idOf(before.root, pro), draft: { attribute: 'plan', is: 'free' } })
    expect(after.root).not.toBe(before.root)
    expect(after.root.children[0]).not.toBe(before.root.children[0])
    expect(after.root.children[1]).toBe(before.root.children[1])
    expect(after.root.children[2]).toBe(before.root.children[2])
    expect(after.root.children[3]).toBe(before.root.children[3])
  })

  it('open the editor of a row that was just added', () => {
    const writing = walk({ all: [] }, (root) => ({ type: 'add', parent: root.id, draft: login }))
    expect(toDraft(writing.root)).toEqual({ all: [login] })
    expect(writing.open).toBe(writing.root.children[0]?.id)
  })

  it('turn a row around, and back again', () => {
    const turned = walk({ all: [login] }, (root) => ({ type: 'negate', id: idOf(root, login) }))
    expect(toDraft(turned.root)).toEqual({ all: [{ not: login }] })
    const back = write(turned, { type: 'negate', id: idOf(turned.root, login) })
    expect(toDraft(back.root)).toEqual({ all: [login] })
  })

  it('wrap a row in a group and take the group apart again', () => {
    const wrapped = walk({ all: [pro, login] }, (root) => ({ type: 'wrap', id: idOf(root, login), head: 'any' }))
    expect(toDraft(wrapped.root)).toEqual({ all: [pro, { any: [login] }] })
    const group = wrapped.root.children[1]
    if (!group) throw new Error('no group')
    expect(toDraft(unwrap(wrapped.root, group.id))).toEqual({ all: [pro, login] })
  })

  it('leave a negated group together, since taking it apart would change what it means', () => {
    const root = rootOf({ all: [{ not: { all: [login, pro] } }] })
    const group = root.children[0]
    if (!group) throw new Error('no group')
    expect(unwrap(root, group.id)).toBe(root)
  })

  it('move a row among its neighbours and out of its group', () => {
    const root = rootOf({ all: [pro, { any: [login, loyal] }] })
    const up = moveBy(root, idOf(root, loyal), -1)
    expect(toDraft(up)).toEqual({ all: [pro, { any: [loyal, login] }] })
    const out = moveBy(up, idOf(up, loyal), -1)
    expect(toDraft(out)).toEqual({ all: [pro, loyal, { any: [login] }] })
    expect(moveBy(root, idOf(root, pro), -1)).toBe(root)
  })

  it('remove a row, and the whole when the root is removed', () => {
    const root = rootOf({ all: [pro, login] })
    const writing = startWriting(toDraft(root))
    const less = write(writing, { type: 'remove', id: idOf(writing.root, pro) })
    expect(toDraft(less.root)).toEqual({ all: [login] })
    expect(find(less.root, idOf(writing.root, pro))).toBeNull()
    expect(toDraft(write(less, { type: 'remove', id: less.root.id }).root)).toEqual({ all: [] })
  })
})

describe('scopes and points', () => {
  const mixed: Draft = {
    all: [
      pro,
      { contacts: 'any', satisfies: { all: [login] } },
      {
        points: [
          { weight: 30, when: login },
          { weight: 20, when: { any: [pro, loyal] } },
        ],
        is: { at_least: 50 },
      },
    ],
  }
  it('lead from a path to a node and back', () => {
    const root = rootOf(mixed)
    for (const path of ['/all/1/satisfies/all/0', '/all/2/points/0/when', '/all/2/points/1/when/any/1']) {
      const node = nodeAt(root, path)
      expect(node.kind).toBe('leaf')
      expect(pathOf(root, node.id)).toBe(path)
    }
    expect(nodeAt(root, '/all/2/is').kind).toBe('points')
    expect(nodeAt(root, '/all/1/contacts').kind).toBe('scope')
    expect(nodeAt(root, '/all/2/points/1/weight').kind).toBe('points')
  })
  it('keep the identity of what a step does not touch', () => {
    const before = startWriting(mixed)
    const first = nodeAt(before.root, '/all/2/points/0/when')
    const after = write(before, { type: 'write', id: first.id, draft: pro })
    expect(after.root.children[1]).toBe(before.root.children[1])
    expect(nodeAt(after.root, '/all/2/points/1/when')).toBe(nodeAt(before.root, '/all/2/points/1/when'))
  })
  it('take parts in, weigh them, move them and let them go', () => {
    let writing = startWriting({ all: [] })
    writing = write(writing, { type: 'add_points', parent: writing.root.id })
    const points = writing.root.children[0]?.id ?? ''
    writing = write(writing, { type: 'add', parent: points, draft: login })
    writing = write(writing, { type: 'add', parent: points, draft: pro })
    writing = write(writing, { type: 'set_weight', id: idOf(writing.root, pro), weight: 35 })
    writing = write(writing, { type: 'move', id: idOf(writing.root, pro), step: -1 })
    const parts = [
      { weight: 35, when: pro },
      { weight: 10, when: login },
    ]
    expect(toDraft(writing.root)).toEqual({ all: [{ points: parts, is: { at_least: 50 } }] })
    writing = write(writing, { type: 'remove', id: idOf(writing.root, login) })
    expect(toDraft(writing.root)).toEqual({ all: [{ points: parts.slice(0, 1), is: { at_least: 50 } }] })
  })
  it('change their own words in one step back', () => {
    let writing = startWriting(mixed)
    const id = writing.root.children[1]?.id ?? ''
    for (const at_least of [2, 20])
      writing = write(writing, { type: 'set_words', id, words: { contacts: { at_least } } })
    expect(writing.past).toHaveLength(1)
    expect(toDraft(writing.root).all).toContainEqual({ contacts: { at_least: 20 }, satisfies: { all: [login] } })
  })
})

describe('moving in and out of groups', () => {
  it('goes into the group beside, and just behind the group on the way out', () => {
    const start: Draft = { all: [pro, { any: [login] }, loyal] }
    const into = walk(start, (root) => ({ type: 'move_in', id: idOf(root, loyal) }))
    expect(toDraft(into.root)).toEqual({ all: [pro, { any: [login, loyal] }] })
    const out = write(into, { type: 'move_out', id: idOf(into.root, login) })
    expect(toDraft(out.root)).toEqual({ all: [pro, { any: [loyal] }, login] })
    const ahead = walk(start, (root) => ({ type: 'move_in', id: idOf(root, pro) }))
    expect(toDraft(ahead.root)).toEqual({ all: [{ any: [pro, login] }, loyal] })
  })
  it('changes nothing where there is no group', () => {
    const root = rootOf({ all: [pro, login] })
    expect(toDraft(walk({ all: [pro, login] }, (at) => ({ type: 'move_in', id: idOf(at, pro) })).root)).toEqual(
      toDraft(root),
    )
    expect(toDraft(walk({ all: [pro, login] }, (at) => ({ type: 'move_out', id: idOf(at, pro) })).root)).toEqual(
      toDraft(root),
    )
  })
  it('makes a row once more below itself', () => {
    const twice = walk({ all: [pro, login] }, (root) => ({ type: 'copy', id: idOf(root, pro) }))
    expect(toDraft(twice.root)).toEqual({ all: [pro, pro, login] })
  })
})

describe('undo and redo', () => {
  it('go back and forth through every step', () => {
    let writing = startWriting({ all: [] })
    const seen = [toDraft(writing.root)]
    for (const draft of [login, pro, loyal]) {
      writing = write(writing, { type: 'add', parent: writing.root.id, draft })
      seen.push(toDraft(writing.root))
    }
    for (const draft of seen.slice(0, -1).toReversed()) {
      writing = write(writing, { type: 'undo' })
      expect(toDraft(writing.root)).toEqual(draft)
    }
    expect(write(writing, { type: 'undo' })).toBe(writing)
    for (const draft of seen.slice(1)) {
      writing = write(writing, { type: 'redo' })
      expect(toDraft(writing.root)).toEqual(draft)
    }
    expect(write(writing, { type: 'redo' })).toBe(writing)
  })

  it('take typing in one row back in one step', () => {
    let writing = startWriting({ all: [login] })
    const id = idOf(writing.root, login)
    for (const last of ['3d', '30d', '300d']) writing = write(writing, { type: 'write', id, draft: { ...login, last } })
    expect(writing.past).toHaveLength(1)
    expect(toDraft(write(writing, { type: 'undo' }).root)).toEqual({ all: [login] })
  })

  it('forget what was undone once something else is done', () => {
    let writing = walk({ all: [login] }, (root) => ({ type: 'negate', id: idOf(root, login) }))
    writing = write(writing, { type: 'undo' })
    expect(writing.future).toHaveLength(1)
    writing = write(writing, { type: 'add', parent: writing.root.id, draft: pro })
    expect(writing.future).toHaveLength(0)
  })
})

describe('a row that is put somewhere', () => {
  const put = (id: string, group: string, at: number) => (): Step => ({ type: 'put', id, group, at })
  const start = rootOf({
    all: [
      login,
      pro,
      { any: [loyal] },
      {
        points: [
          { weight: 5, when: { event: 'a' } },
          { weight: 7, when: { event: 'b' } },
        ],
        is: { at_least: 5 },
      },
    ],
  })
  const groups = start.children.map(({ id }) => id)
  const moved = (id: string, group: string, at: number) => {
    const before = { ...startWriting({ all: [] }), root: start }
    return toDraft(write(before, put(id, group, at)()).root)
  }
  it('comes before the row that stands at that place', () => {
    const first = (draft: Draft) => (draft.all as Draft[]).slice(0, 2)
    expect(first(moved(idOf(start, pro), start.id, 0))).toEqual([pro, login])
    expect(first(moved(idOf(start, login), start.id, 2))).toEqual([pro, login])
    expect(moved(idOf(start, login), start.id, 0)).toEqual(toDraft(start))
    expect(moved(idOf(start, login), start.id, 1)).toEqual(toDraft(start))
    expect((moved(idOf(start, login), start.id, 4).all as Draft[]).at(-1)).toEqual(login)
  })
  it('goes into another group and out of it', () => {
    const into = moved(idOf(start, login), groups[2] ?? '', 0)
    expect(into.all).toEqual([pro, { any: [login, loyal] }, toDraft(start.children[3] as Branch)])
    expect((moved(idOf(start, loyal), start.id, 1).all as Draft[]).slice(1, 4)).toEqual([loyal, pro, { any: [] }])
  })
  it('keeps its weight among the parts of a score, and gets one when it comes in', () => {
    const points = (draft: Draft) => (draft.all as Draft[]).find((each) => 'points' in each)?.points
    expect(points(moved(idOf(start, { event: 'b' }), groups[3] ?? '', 0))).toEqual([
      { weight: 7, when: { event: 'b' } },
      { weight: 5, when: { event: 'a' } },
    ])
    expect(points(moved(idOf(start, pro), groups[3] ?? '', 1))).toHaveLength(3)
  })
  it('is never put into itself', () => {
    const inside = rootOf({ all: [{ any: [{ all: [login] }] }] })
    const [outer] = inside.children
    const [inner] = outer?.kind === 'branch' ? outer.children : []
    const writing = { ...startWriting({ all: [] }), root: inside }
    expect(write(writing, put(outer?.id ?? '', inner?.id ?? '', 0)()).root).toBe(inside)
  })
})

describe('the segments of a condition', () => {
  it('are found wherever they stand', () => {
    const rank = { rank: { measure: 'count', event: 'login' }, top: 10, among: 'base' }
    expect(segmentsIn({ all: [loyal, { not: { any: [rank, pro] } }, { some: 'product', satisfies: loyal }] })).toEqual([
      'loyal',
      'base',
      'loyal',
    ])
    expect(segmentsIn({ attribute: 'segment', is: 'a' })).toEqual([])
  })
})
