/** What a new leaf starts with: the first of everything that the workspace knows. */
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { signsQuery } from '@/api/query'
import type { Vocabulary } from '@/api/types'
import type { Words } from '@/domain/leaf'
import { useMay } from '@/features/session'

/** Attributes whose keys begin so are not asked about as attributes: they say that a customer carries a tag or is on a list. */
export const namesUnder = (prefix: 'tag:' | 'list:', { attributes }: Vocabulary) =>
  attributes.filter(({ key }) => key.startsWith(prefix)).map(({ key }) => key.slice(prefix.length))

export const useSigns = () => {
  const may = useMay('see_signs')
  return useQuery({ ...signsQuery, enabled: may }).data?.signs ?? []
}

/** A name for a new random split that no other split has. */
const newSalt = () => Math.random().toString(36).slice(2, 8)

export const useNewWords = (vocabulary: Vocabulary): (() => Words) => {
  const signs = useSigns()
  return useMemo(() => {
    const event = vocabulary.events[0]
    const attribute = vocabulary.attributes[0]
    return () => ({
      event: event?.name ?? '',
      attribute: attribute?.key ?? '',
      order: [...new Set(attribute?.samples ?? [])],
      segment: vocabulary.segments[0]?.id ?? '',
      property: event?.properties[0]?.key ?? '',
      sign: signs[0]?.id ?? '',
      list: namesUnder('list:', vocabulary)[0] ?? '',
      salt: newSalt(),
    })
  }, [vocabulary, signs])
}
