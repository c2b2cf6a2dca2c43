/** The definition to read: each condition as a chip with how many it fits alone. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { previewQuery } from '@/api/query'
import type { Draft } from '@/api/types'
import { rootOf } from '@/domain/condition-tree'
import { ConditionOutline, useSentences } from '@/features/conditions'

export const SegmentDefinition = ({ condition }: { condition: Draft }) => {
  const root = useMemo(() => rootOf(condition), [condition])
  const preview = useQuery(previewQuery(condition))
  const sentences = useSentences(root, preview.isPlaceholderData ? undefined : preview.data)
  return <ConditionOutline root={root} sentences={sentences} />
}
