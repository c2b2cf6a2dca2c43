/** Which rows of a long list are chosen: some by their keys, or all that fit but for some. The rows need not be at hand. */

export type Selection = { of: 'some'; keys: ReadonlySet<string> } | { of: 'all'; except: ReadonlySet<string> }

export const NOBODY: Selection = { of: 'some', keys: new Set() }
export const EVERYBODY: Selection = { of: 'all', except: new Set() }

export const has = (selection: Selection, key: string) =>
  selection.of === 'some' ? selection.keys.has(key) : !selection.except.has(key)

/** How many are chosen of all that fit, which the server counts. */
export const countOf = (selection: Selection, total: number) =>
  selection.of === 'some' ? selection.keys.size : Math.max(0, total - selection.except.size)

/** These rows chosen, or not. */
export const withRows = (selection: Selection, keys: readonly string[], chosen: boolean): Selection => {
  const named = new Set(selection.of === 'some' ? selection.keys : selection.except)
  const add = (selection.of === 'some') === chosen
  for (const key of keys) {
    if (add) named.add(key)
    else named.delete(key)
  }
  return selection.of === 'some' ? { of: 'some', keys: named } : { of: 'all', except: named }
}

/** As the server is told; `filter` is what narrows the list, `total` how many fit it. */
export const asChosen = <Filter>(selection: Selection, filter: Filter, total: number) =>
  selection.of === 'some'
    ? { keys: [...selection.keys] }
    : { filter, except: [...selection.except], expected: countOf(selection, total) }
