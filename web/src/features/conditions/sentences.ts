/** The words beside each row: the server's sentence where it has answered, our own echo until then. */
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { vocabularyQuery } from '@/api/query'
import type { Preview } from '@/api/types'
import { type Branch, childrenOf, type Node, pathOf, toDraft } from '@/domain/condition-tree'
import { describe, type Labels } from '@/domain/describe'
import { useLanguage } from '@/features/session'
import { useSigns } from './new-words'

export type Said = { sentence: string; count: number | null }
/** Null for a part that has no sentence yet and whose rows must speak for it. */
export type Sentences = (row: Row) => Said | null
type Row = Exclude<Node, Branch>

export const useLabels = (): Labels => {
  const vocabulary = useQuery(vocabularyQuery).data
  const signs = useSigns()
  return useMemo(() => {
    const events = new Map(vocabulary?.events.map((event) => [event.name, event]))
    const attributes = new Map(vocabulary?.attributes.map(({ key, label }) => [key, label]))
    const segments = new Map(vocabulary?.segments.map(({ id, name }) => [id, name]))
    return {
      event: (name) => events.get(name)?.label ?? name,
      attribute: (key) => attributes.get(key) ?? key,
      segment: (id) => segments.get(id) ?? id,
      sign: (id) => signs.find((sign) => sign.id === id)?.name ?? id,
      property: (event, key) => events.get(event)?.properties.find((property) => property.key === key)?.label ?? key,
    }
  }, [vocabulary, signs])
}

/** The rows that say something of customers: what lies inside a scope does not. */
const rowsOf = (node: Node): Row[] => {
  if (node.kind === 'branch') return node.children.flatMap(rowsOf)
  return node.kind === 'points' ? [node, ...childrenOf(node).flatMap(rowsOf)] : [node]
}

/** Where the server tells of a row as it stands: what is turned around is told at its `not`. */
const placeOf = (root: Branch, row: Row): string => {
  const path = pathOf(root, row.id) ?? ''
  return row.not ? path.slice(0, -'/not'.length) : path
}

/** Keeps what the server said of a row for as long as the row reads the same, wherever it moves. */
export const useSentences = (root: Branch, preview: Preview | undefined): Sentences => {
  const labels = useLabels()
  const { language } = useLanguage()
  const known = useRef(new Map<string, Said>())
  return useMemo(() => {
    const nameOf = (row: Row) => `${language} ${JSON.stringify(toDraft(row))}`
    const told = new Map(preview?.leaves.map((leaf) => [leaf.path, leaf]))
    for (const row of rowsOf(root)) {
      const said = told.get(placeOf(root, row))
      if (said) known.current.set(nameOf(row), { sentence: said.sentence, count: said.count })
    }
    return (row: Row) => {
      const said = known.current.get(nameOf(row))
      if (said || row.kind !== 'leaf') return said ?? null
      return { sentence: describe(row.draft, row.not, language, labels), count: null }
    }
  }, [root, preview, labels, language])
}
