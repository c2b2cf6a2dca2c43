/** Narrows what was written: by writer, topic, kind and days. All of it stands in the address. */
import { Button, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { dictionaryQuery, type ReportsAsked } from '@/api/query'
import { useLanguage, useMay } from '@/features/session'
import { SearchField } from '@/ui/search-field'

const ALL = '*'

type ReportsFilterProps = { asked: ReportsAsked; reps: string[]; onAsk: (part: ReportsAsked) => void }

export const ReportsFilter = ({ asked, reps, onAsk }: ReportsFilterProps) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const seesDictionary = useMay('see_segments')
  const topics = useQuery({ ...dictionaryQuery, enabled: seesDictionary }).data?.topics ?? []
  const given = (value: string | null) => (value === null || value === ALL ? undefined : value)
  const known = asked.rep && !reps.includes(asked.rep) ? [asked.rep, ...reps] : reps
  const chips = (['customer', 'term', 'rule'] as const).filter((part) => asked[part])
  return (
    <>
      {chips.map((part) => (
        <Button
          key={part}
          variant="light"
          rightSection={<IconX size={13} stroke={1.8} aria-hidden />}
          aria-label={t('reports.drop_filter', { what: asked[part] ?? '' })}
          onClick={() => onAsk({ [part]: undefined })}
        >
          {asked[part]}
        </Button>
      ))}
      <SearchField
        value={asked.words ?? ''}
        label={t('reports.words')}
        clearLabel={t('reports.drop_filter', { what: asked.words ?? '' })}
        width={190}
        rest={300}
        onSearch={(words) => onAsk({ words: words.trim() === '' ? undefined : words })}
      />
      <Select
        aria-label={t('reports.kind')}
        w={140}
        value={asked.event ?? ALL}
        data={[
          { value: ALL, label: t('reports.any_kind') },
          { value: 'reported', label: t('reports.only_reports') },
        ]}
        onChange={(event) => onAsk({ event: given(event) })}
      />
      <Select
        aria-label={t('reports.topic')}
        searchable
        w={170}
        value={asked.topic ?? ALL}
        data={[
          { value: ALL, label: t('reports.any_topic') },
          ...topics.map(({ id, name }) => ({ value: id, label: name[language] })),
        ]}
        onChange={(topic) => onAsk({ topic: given(topic) })}
      />
      <Select
        aria-label={t('reports.writer')}
        searchable
        w={150}
        value={asked.rep ?? ALL}
        data={[{ value: ALL, label: t('reports.any_writer') }, ...known]}
        onChange={(rep) => onAsk({ rep: given(rep) })}
      />
      {(['from', 'to'] as const).map((end) => (
        <TextInput
          key={end}
          type="date"
          w={140}
          aria-label={t(`reports.${end}`)}
          value={asked[end] ?? ''}
          onChange={(event) => onAsk({ [end]: event.currentTarget.value || undefined })}
        />
      ))}
    </>
  )
}
