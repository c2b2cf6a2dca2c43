/** Who answers for a segment, and when it is to be looked at again. */
import { Autocomplete, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { segmentsQuery } from '@/api/query'
import { dayOf } from '@/domain/format'
import { useMe, useWhen } from '@/features/session'

export type Care = { owner: string; review_on: string }

export const CareFields = ({ owner, review_on, set }: Care & { set: (part: Partial<Care>) => void }) => {
  const { t } = useTranslation()
  const me = useMe()
  const known = useQuery(segmentsQuery).data?.segments ?? []
  const names = [me?.name, ...known.map((row) => row.owner)].filter((name) => name !== null && name !== undefined)
  return (
    <>
      <Autocomplete
        label={t('segments.owner')}
        placeholder={t('segments.owner_placeholder')}
        value={owner}
        data={[...new Set(names)]}
        onChange={(next) => set({ owner: next })}
      />
      <TextInput
        type="date"
        label={t('segments.review_on')}
        value={review_on}
        onChange={(event) => set({ review_on: event.currentTarget.value })}
      />
    </>
  )
}

/** Today as a day, by the server's clock and the workspace's zone. */
export const useToday = () => {
  const { now, timeZone } = useWhen()
  return dayOf(new Date(now).toISOString(), timeZone)
}
