/** Walks over a tree of reasons. */

export type ReasonNode = { holds: boolean; may_change_at: string | null; children: ReasonNode[] }

/** The first instant at which any part may flip. */
export const nextFlip = (reason: ReasonNode): string | null => {
  const all = [reason.may_change_at, ...reason.children.map(nextFlip)].filter((at) => at !== null)
  return all.sort()[0] ?? null
}

export const leafCount = (reason: ReasonNode): number =>
  reason.children.length === 0 ? 1 : reason.children.reduce((sum, child) => sum + leafCount(child), 0)
