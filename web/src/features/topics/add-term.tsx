/** Adds words that were heard to a topic of the dictionary; past texts are read again by it. */
import { Button, Modal, Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import { dictionaryQuery } from '@/api/query'
import { useLanguage } from '@/features/session'
import classes from './dictionary-view.module.css'

export const AddTerm = ({ term: given, onClose }: { term: string; onClose: () => void }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const queries = useQueryClient()
  const dictionary = useQuery(dictionaryQuery).data
  const [term, setTerm] = useState(given.slice(0, 60))
  const [topic, setTopic] = useState<string | null>('competitor')
  const [why, setWhy] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (!dictionary || !topic) return
    setSaving(true)
    setWhy(null)
    try {
      await answer(
        client.POST('/api/v1/dictionary/terms', { body: { expected: dictionary.version, topic, term: term.trim() } }),
      )
      await queries.invalidateQueries({ queryKey: ['dictionary'] })
      await queries.invalidateQueries({ queryKey: ['reports'] })
      notifications.show({ message: t('topics.added', { term: term.trim() }), withBorder: true })
      onClose()
    } catch (error) {
      setWhy(isRefused(error) && error.status !== 0 ? error.message : t('state.unreachable'))
    } finally {
      setSaving(false)
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('topics.add_words')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form className={classes.dialog} onSubmit={(event) => void save(event)}>
        <TextInput
          data-autofocus
          label={t('topics.words')}
          description={t('topics.words_hint')}
          value={term}
          error={why}
          onChange={(event) => setTerm(event.currentTarget.value)}
        />
        <Select
          label={t('reports.topic')}
          value={topic}
          data={(dictionary?.topics ?? []).map(({ id, name }) => ({ value: id, label: name[language] }))}
          onChange={setTopic}
        />
        <div className={classes.ends}>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={saving} disabled={!dictionary || term.trim().length < 2}>
            {t('topics.add')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
