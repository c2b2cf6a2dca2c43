/** One rule of a topic: what is looked for, sentences that must and must not match, and a place to try it. */
import { Button, Modal, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import type { Dictionary, DictionaryDraft, Fault, Rule } from '@/api/types'
import { MarkedText } from '@/features/reports'
import { useLanguage } from '@/features/session'
import classes from './dictionary-view.module.css'
import { lines, newRule, withoutRule, withRule } from './drafts'

type RuleEditorProps = { dictionary: Dictionary; topic: string; rule: string | null; onClose: () => void }

const TRY_AFTER_MS = 400
const LISTS = ['find', 'unless', 'yes', 'no'] as const

export const RuleEditor = ({ dictionary, topic: id, rule: ruleId, onClose }: RuleEditorProps) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const topic = dictionary.draft.topics.find((each) => each.id === id)
  const before = topic?.rules.find((each) => each.id === ruleId) ?? newRule(topic?.rules ?? [])
  const [rule, setRule] = useState<Rule>(before)
  const [text, setText] = useState('')
  const draft = withRule(dictionary.draft, id, ruleId, rule)
  const { save, saving, faults } = useSaveDictionary(dictionary.version, onClose)
  return (
    <Modal
      opened
      onClose={onClose}
      size={760}
      title={t('topics.edit_rule', { topic: topic?.name[language] ?? id, rule: rule.id })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className={classes.dialog}>
        {ruleId === null && (
          <TextInput
            label={t('topics.rule_id')}
            value={rule.id}
            onChange={(event) => setRule({ ...rule, id: event.currentTarget.value })}
          />
        )}
        {LISTS.map((list) => (
          <Textarea
            key={list}
            label={t(`topics.list.${list}`)}
            description={t(`topics.list_hint.${list}`)}
            autosize
            minRows={2}
            maxRows={9}
            value={rule[list].join('\n')}
            onChange={(event) => setRule({ ...rule, [list]: event.currentTarget.value.split('\n') })}
          />
        ))}
        <TextInput
          label={t('topics.try')}
          placeholder={t('topics.try_hint')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Tried draft={draft} text={text} />
        {0 < faults.length && <Faults faults={faults} />}
        <div className={classes.ends}>
          {ruleId !== null && (
            <Button
              variant="subtle"
              color="red"
              disabled={topic?.rules.length === 1}
              title={topic?.rules.length === 1 ? t('topics.last_rule') : undefined}
              onClick={() => void save(withoutRule(dictionary.draft, id, ruleId))}
            >
              {t('topics.remove_rule')}
            </Button>
          )}
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button loading={saving} onClick={() => void save(draft)}>
            {t('topics.save')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

/** Puts a dictionary in force; the server tries its examples first. */
export const useSaveDictionary = (expected: number, onSaved: () => void) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [saving, setSaving] = useState(false)
  const [faults, setFaults] = useState<Fault[]>([])
  const save = async (draft: DictionaryDraft) => {
    setSaving(true)
    setFaults([])
    try {
      const body = { expected, draft: tidied(draft) as unknown as Record<string, never> }
      await answer(client.PUT('/api/v1/dictionary', { body }))
      await queries.invalidateQueries({ queryKey: ['dictionary'] })
      onSaved()
    } catch (error) {
      const message = isRefused(error) && error.status !== 0 ? error.message : t('state.unreachable')
      setFaults(isRefused(error) && 0 < error.faults.length ? error.faults : [{ path: '', message }])
    } finally {
      setSaving(false)
    }
  }
  return { save, saving, faults }
}

/** Empty lines are no patterns. */
const tidied = (draft: DictionaryDraft): DictionaryDraft => ({
  ...draft,
  topics: draft.topics.map((topic) => ({
    ...topic,
    rules: topic.rules.map((rule) => ({
      ...rule,
      find: lines(rule.find),
      unless: lines(rule.unless),
      yes: lines(rule.yes),
      no: lines(rule.no),
    })),
  })),
})

export const Faults = ({ faults }: { faults: Fault[] }) => (
  <ul className={classes.faults} role="alert">
    {faults.map((fault) => (
      <li key={`${fault.path}${fault.message}`}>
        {fault.message} {fault.path && <code>{fault.path}</code>}
      </li>
    ))}
  </ul>
)

const Tried = ({ draft, text }: { draft: DictionaryDraft; text: string }) => {
  const { t } = useTranslation()
  const [asked] = useDebouncedValue({ draft, text }, TRY_AFTER_MS)
  const body = { draft: tidied(asked.draft) as unknown as Record<string, never>, text: asked.text }
  const { data } = useQuery({
    queryKey: ['try-dictionary', JSON.stringify(body)],
    queryFn: ({ signal }) => answer(client.POST('/api/v1/dictionary/try', { body, signal })),
    enabled: asked.text.trim() !== '',
    retry: false,
  })
  if (!data || asked.text.trim() === '') return null
  return (
    <div className={classes.tried} aria-live="polite">
      {data.text && <MarkedText text={data.text} />}
      {data.text?.hits.length === 0 && <p className={classes.none}>{t('topics.nothing_found')}</p>}
      {0 < data.faults.length && <Faults faults={data.faults} />}
    </div>
  )
}
