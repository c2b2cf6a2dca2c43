/** The words beside each row: the server's sentence where it has answered, our own echo until then. */
import { useQuery } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import { vocabularyQuery } from '@/api/query'
import type { Preview } from '@/api/types'
import { type Branch, type Leaf, leavesOf, pathOf, toDraft } from '@/domain/condition-tree'
import { describe, type Labels } from '@/domain/describe'
import { useLanguage } from '@/features/session'

export type Said = { sentence: string; count: number | null }
export type Sentences = (leaf: Leaf) => Said

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

/** Keeps what the server said of a row for as long as the row reads the same, wherever it moves. */
export const useSentences = (root: Branch, preview: Preview | undefined): Sentences => {
  const labels = useLabels()
  const { language } = useLanguage()
  const known = useRef(new Map<string, Said>())

  return useMemo(() => {
    const nameOf = (leaf: Leaf) => `${language} ${JSON.stringify(toDraft(leaf))}`
    const told = new Map(preview?.leaves.map((leaf) => [leaf.path, leaf]))
    for (const leaf of leavesOf(root)) {
      const path = pathOf(root, leaf.id) ?? ''
      // A negated row may be told by its own path or by the path of the `not` around it.
      const around = leaf.not ? told.get(path.replace(/\/not$/, '')) : undefined
      const said = around ?? (leaf.not ? undefined : told.get(path))
      if (said) known.current.set(nameOf(leaf), { sentence: said.sentence, count: said.count })
    }
    return (leaf: Leaf) =>
      known.current.get(nameOf(leaf)) ?? { sentence: describe(leaf.draft, leaf.not, language, labels), count: null }
  }, [root, preview, labels, language])
}
