/** Chooses a customer by a few letters of the name, its reading or the key; never while kana are being composed. */
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type Ref, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { customerHitsQuery } from '@/api/query'

type Chosen = { key: string; name: string }
type CustomerChooserProps = {
  value: Chosen | null
  onChoose: (customer: Chosen | null) => void
  fieldRef?: Ref<HTMLInputElement>
  error?: string | undefined
}

export const CustomerChooser = ({ value, onChoose, fieldRef, error }: CustomerChooserProps) => {
  const { t } = useTranslation()
  const [typed, setTyped] = useState(value?.name ?? '')
  const [query, setQuery] = useState('')
  const composing = useRef(false)
  const hits = useQuery(customerHitsQuery(query)).data?.rows ?? []
  const rows = hits.map(({ key, name, rep }) => ({ value: key, label: name, rep }))
  const known = value && !rows.some((row) => row.value === value.key)
  const type = (text: string) => {
    setTyped(text)
    if (!composing.current && text !== value?.name) setQuery(text.trim())
  }
  return (
    <Select
      ref={fieldRef}
      label={t('reports.customer')}
      placeholder={t('reports.customer_hint')}
      searchable
      withAsterisk
      size="md"
      error={error}
      nothingFoundMessage={t('reports.nobody')}
      value={value?.key ?? null}
      searchValue={typed}
      onSearchChange={type}
      // The server searches; it knows readings and widths.
      filter={({ options }) => options}
      data={known ? [{ value: value.key, label: value.name }, ...rows] : rows}
      onChange={(key) => {
        const row = hits.find((hit) => hit.key === key)
        if (row) onChoose({ key: row.key, name: row.name })
        if (key === null) onChoose(null)
      }}
      onCompositionStart={() => {
        composing.current = true
      }}
      onCompositionEnd={(event) => {
        composing.current = false
        setQuery(event.currentTarget.value.trim())
      }}
    />
  )
}
