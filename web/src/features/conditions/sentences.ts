/** The words beside each row: the server's sentence where it has answered, our own echo until then. */
import { useDebouncedValue } from '@mantine/hooks'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { previewQuery, vocabularyQuery } from '@/api/query'
import type { Preview } from '@/api/types'
import { type Branch, childrenOf, type Leaf, type Node, pathOf, type Some, toDraft } from '@/domain/condition-tree'
import { describe, type Labels } from '@/domain/describe'
import { useLanguage } from '@/features/session'

export type Said = { sentence: string; count: number | null }
/** Null for a part that has no sentence yet and whose rows must speak for it. */
export type Sentences = (row: Leaf | Some) => Said | null

export const useLabels = (): Labels => {
  const vocabulary = useQuery(vocabularyQuery).data
  return useMemo(() => {
    const events = new Map(vocabulary?.events.map((event) => [event.name, event]))
    const attributes = new Map(vocabulary?.attributes.map(({ key, label }) => [key, label]))
    const segments = new Map(vocabulary?.segments.map(({ id, name }) => [id, name]))
    return {
      event: (name) => events.get(name)?.label ?? name,
      attribute: (key) => attributes.get(key) ?? key,
      segment: (id) => segments.get(id) ?? id,
      property: (event, key) => events.get(event)?.properties.find((property) => property.key === key)?.label ?? key,
    }
  }, [vocabulary])
}

/** A preview tells of a negated row only what it would say and count the right way round, so those are asked about one by one. */
const REST_MS = 120

/** The rows a preview tells of: a part with its own variable counts as one. */
const rowsOf = (node: Node): (Leaf | Some)[] => (node.kind === 'branch' ? childrenOf(node).flatMap(rowsOf) : [node])

/** Keeps what the server said of a row for as long as the row reads the same, wherever it moves. */
export const useSentences = (root: Branch, preview: Preview | undefined): Sentences => {
  const labels = useLabels()
  const { language } = useLanguage()
  const known = useRef(new Map<string, Said>())
  const [rested] = useDebouncedValue(root, REST_MS)
  const negated = useMemo(() => rowsOf(rested).filter((row) => row.not), [rested])
  const turned = useQueries({
    queries: negated.map((row) => previewQuery(toDraft(row))),
    combine: (answers) => answers.map(({ data, isPlaceholderData }) => (isPlaceholderData ? undefined : data)),
  })

  return useMemo(() => {
    const nameOf = (row: Leaf | Some) => `${language} ${JSON.stringify(toDraft(row))}`
    const told = new Map(preview?.leaves.map((leaf) => [leaf.path, leaf]))
    for (const row of rowsOf(root)) {
      const said = row.not ? undefined : told.get(pathOf(root, row.id) ?? '')
      if (said) known.current.set(nameOf(row), { sentence: said.sentence, count: said.count })
    }
    for (const [at, row] of negated.entries()) {
      const said = turned[at]
      if (said) known.current.set(nameOf(row), { sentence: said.sentence, count: said.count })
    }
    return (row: Leaf | Some) => {
      const said = known.current.get(nameOf(row))
      if (said || row.kind === 'some') return said ?? null
      return { sentence: describe(row.draft, row.not, language, labels), count: null }
    }
  }, [root, preview, negated, turned, labels, language])
}
