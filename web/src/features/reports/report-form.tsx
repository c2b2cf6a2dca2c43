/** Writing a daily report in half a minute: whom, what troubles them, what was said; found topics show while one types. */
import { Button, Kbd, SegmentedControl, Select, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { customerQuery, readTextsQuery } from '@/api/query'
import { isComposing } from '@/ui/keys'
import { Tag } from '@/ui/tag'
import { CustomerChooser } from './customer-chooser'
import { type Draft, draftLeft, isEmpty, keepDraft, NOTHING } from './drafts'
import { MarkedText } from './marked-text'
import classes from './report-form.module.css'
import { useSendReport } from './use-send-report'

const TEMPERATURES = ['now', 'comparing', 'cold'] as const
const HUNCHES = ['rising', 'steady', 'at_risk'] as const
const UNSAID = '-'
const READ_AFTER_MS = 450

export const ReportForm = ({ customer }: { customer: Draft['customer'] }) => {
  const { t } = useTranslation()
  const [left] = useState(() => (customer ? null : draftLeft()))
  const [draft, setDraft] = useState<Draft>(left ?? { ...NOTHING, customer })
  const [restored, setRestored] = useState(left !== null)
  const [wanting, setWanting] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  const issue = useRef<HTMLTextAreaElement>(null)
  const write = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }))
  useEffect(() => keepDraft(draft), [draft])

  const clear = () => {
    setDraft({ ...NOTHING })
    setRestored(false)
    setWanting(false)
    chooser.current?.focus()
  }
  const { send, sending } = useSendReport({ onSent: clear, onUndone: setDraft })
  const says = [draft.issue, draft.remark, draft.text].some((text) => text.trim() !== '')
  const submit = () => {
    if (!draft.customer || !says) {
      setWanting(true)
      if (draft.customer) issue.current?.focus()
      else chooser.current?.focus()
      return
    }
    void send(draft)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      submit()
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: one key sends from any field
    <div className={classes.form} onKeyDown={onKeyDown}>
      {restored && (
        <p className={classes.restored} role="status">
          {t('reports.restored')}
          <Button size="compact-xs" variant="default" onClick={clear}>
            {t('reports.discard')}
          </Button>
        </p>
      )}
      <div className={classes.who}>
        <CustomerChooser
          key={draft.customer?.key ?? 'nobody'}
          fieldRef={chooser}
          value={draft.customer}
          onChoose={(chosen) => write({ customer: chosen, contact: null })}
          error={wanting && !draft.customer ? t('reports.choose_customer') : undefined}
        />
        <ContactChooser
          customer={draft.customer?.key}
          value={draft.contact}
          onChoose={(contact) => write({ contact })}
        />
      </div>
      {(['issue', 'remark', 'text'] as const).map((field) => (
        <Textarea
          key={field}
          ref={field === 'issue' ? issue : undefined}
          label={t(`reports.field.${field}`)}
          description={t(`reports.field_hint.${field}`)}
          size="md"
          autosize
          minRows={field === 'text' ? 4 : 1}
          maxRows={14}
          value={draft[field]}
          error={wanting && !says && field === 'issue' ? t('reports.write_something') : undefined}
          onChange={(event) => write({ [field]: event.currentTarget.value })}
        />
      ))}
      <div className={classes.choices}>
        <Choice
          label={t('reports.temperature_label')}
          value={draft.temperature}
          choices={TEMPERATURES.map((word) => ({ value: word, label: t(`reports.temperature.${word}`) }))}
          onChoose={(temperature) => write({ temperature })}
        />
        <Choice
          label={t('reports.hunch_label')}
          value={draft.hunch}
          choices={HUNCHES.map((word) => ({ value: word, label: t(`reports.hunch.${word}`) }))}
          onChoose={(hunch) => write({ hunch })}
        />
      </div>
      <Found draft={draft} />
      <div className={classes.send}>
        <Button size="md" loading={sending} onClick={submit} rightSection={<Kbd size="xs">⌘ ↵</Kbd>}>
          {t('reports.send')}
        </Button>
        <span>{isEmpty(draft) ? '' : t('reports.kept')}</span>
      </div>
    </div>
  )
}

const ContactChooser = (props: {
  customer: string | undefined
  value: string | null
  onChoose: (contact: string | null) => void
}) => {
  const { t } = useTranslation()
  const { customer, value, onChoose } = props
  const contacts = useQuery({ ...customerQuery(customer ?? ''), enabled: customer !== undefined }).data?.contacts ?? []
  if (contacts.length === 0) return null
  const said = (name: string | null, title: string | null, key: string) =>
    [name ?? key, title].filter(Boolean).join(' ')
  return (
    <Select
      label={t('reports.contact')}
      size="md"
      clearable
      value={value}
      data={contacts.map(({ key, name, title }) => ({ value: key, label: said(name, title, key) }))}
      onChange={onChoose}
    />
  )
}

type ChoiceProps<Word extends string> = {
  label: string
  value: Word | null
  choices: { value: Word; label: string }[]
  onChoose: (word: Word | null) => void
}

const Choice = <Word extends string>({ label, value, choices, onChoose }: ChoiceProps<Word>) => (
  <fieldset className={classes.choice}>
    <legend>{label}</legend>
    <SegmentedControl
      size="sm"
      fullWidth
      aria-label={label}
      value={value ?? UNSAID}
      data={[{ value: UNSAID, label: '–' }, ...choices]}
      onChange={(word) => onChoose(choices.find((choice) => choice.value === word)?.value ?? null)}
    />
  </fieldset>
)

/** What would be found in it, as the server reads it. */
const Found = ({ draft }: { draft: Draft }) => {
  const { t } = useTranslation()
  const [{ issue, remark, text }] = useDebouncedValue(draft, READ_AFTER_MS)
  const says = [issue, remark, text].some((one) => one.trim() !== '')
  const { data } = useQuery({ ...readTextsQuery({ issue, remark, text }), enabled: says })
  const texts = says ? (data?.texts ?? []).filter((one) => 0 < one.hits.length || 0 < one.hints.length) : []
  if (texts.length === 0) return null
  return (
    <section className={classes.found} aria-label={t('reports.found_so_far')}>
      <h2>{t('reports.found_so_far')}</h2>
      {texts.map((one) => (
        <div key={one.field}>
          <MarkedText text={one} />
          <p className={classes.tags}>
            {[...new Map(one.hits.filter((hit) => hit.counts).map((hit) => [hit.topic, hit.name]))].map(
              ([id, name]) => (
                <Tag key={id} tone="follow_up">
                  {name}
                </Tag>
              ),
            )}
            {one.hints.map((hint) => (
              <Tag key={hint.quote}>{hint.says}</Tag>
            ))}
          </p>
        </div>
      ))}
    </section>
  )
}
