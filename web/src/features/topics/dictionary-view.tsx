/** The dictionary of topics: what is looked for, how often it is found, how often people said that it was right. */
import { Button, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconChevronRight, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dictionaryQuery } from '@/api/query'
import type { Dictionary } from '@/api/types'
import { formatPercent } from '@/domain/format'
import { paths } from '@/domain/paths'
import { ReadingBar } from '@/features/reports'
import { Num, RefusedState, useLanguage, useMay } from '@/features/session'
import { Waiting } from '@/ui/states'
import { Tag } from '@/ui/tag'
import { AddTerm } from './add-term'
import classes from './dictionary-view.module.css'
import { RuleEditor } from './rule-editor'
import { Versions } from './versions'

/** Rules that people say are right less often than this are to be looked at. */
const LOOK_AT = 0.6
const ENOUGH = 5

type Topic = Dictionary['topics'][number]
type RuleFound = Topic['rules'][number]

export const DictionaryView = () => {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(dictionaryQuery)
  const mayEdit = useMay('edit_segments')
  const [editing, setEditing] = useState<{ topic: string; rule: string | null } | null>(null)
  const [adding, setAdding] = useState(false)
  if (!data) {
    return error ? (
      <RefusedState error={error} what={t('topics.dictionary_failed')} onRetry={() => void refetch()} />
    ) : (
      <Waiting rows={8} label={t('state.loading')} />
    )
  }
  return (
    <>
      <div className={classes.head}>
        <span>
          {data.version === 0 ? t('topics.built_in') : t('topics.version', { version: data.version })} ・{' '}
          {t('topics.texts', { count: data.texts })}
        </span>
        {mayEdit && (
          <Button leftSection={<IconPlus size={14} stroke={1.8} />} onClick={() => setAdding(true)}>
            {t('topics.add_words')}
          </Button>
        )}
        <Versions dictionary={data} mayEdit={mayEdit} />
      </div>
      <ReadingBar far={data.reading} />
      {data.topics.map((topic) => (
        <TopicRules
          key={topic.id}
          topic={topic}
          onEdit={mayEdit ? (rule) => setEditing({ topic: topic.id, rule }) : null}
        />
      ))}
      {adding && <AddTerm term="" onClose={() => setAdding(false)} />}
      {editing && <RuleEditor dictionary={data} {...editing} onClose={() => setEditing(null)} />}
    </>
  )
}

type Edit = ((rule: string | null) => void) | null

const TopicRules = ({ topic, onEdit }: { topic: Topic; onEdit: Edit }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  return (
    <div className={classes.topic}>
      <Link to={paths.reports} search={{ topic: topic.id }} className={classes.count}>
        {t('topics.texts', { count: topic.texts })}
      </Link>
      <details>
        <summary>
          <IconChevronRight size={15} stroke={1.8} aria-hidden className={classes.turn} />
          <h2>{topic.name[language]}</h2>
          <Tag tone={topic.is_sign ? 'churn' : 'plain'}>{t(topic.is_sign ? 'topics.is_sign' : 'topics.is_remark')}</Tag>
        </summary>
        <table className={classes.rules}>
          <thead>
            <tr>
              <th scope="col">{t('topics.rule')}</th>
              <th scope="col">{t('topics.counted')}</th>
              <th scope="col">{t('topics.not_counted')}</th>
              <th scope="col">{t('topics.precision')}</th>
              <th scope="col">{t('topics.since')}</th>
            </tr>
          </thead>
          <tbody>
            {topic.rules.map((rule) => (
              <tr key={rule.id}>
                <th scope="row">
                  {onEdit ? (
                    <UnstyledButton className={classes.rule} onClick={() => onEdit(rule.id)}>
                      {rule.id}
                    </UnstyledButton>
                  ) : (
                    rule.id
                  )}
                </th>
                <td>
                  <Link to={paths.reports} search={{ rule: `${topic.id}/${rule.id}` }}>
                    <Num n={rule.counted} />
                  </Link>
                </td>
                <td>
                  <Num n={rule.not_counted} />
                </td>
                <td>
                  <Precision rule={rule} />
                </td>
                <td>v{rule.since}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {onEdit && (
          <Button
            variant="default"
            size="compact-sm"
            className={classes.newRule}
            leftSection={<IconPlus size={13} stroke={1.8} />}
            onClick={() => onEdit(null)}
          >
            {t('topics.new_rule')}
          </Button>
        )}
      </details>
    </div>
  )
}

const Precision = ({ rule }: { rule: RuleFound }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const judged = rule.right + rule.wrong
  if (judged === 0) return <span className={classes.none}>{t('topics.not_judged')}</span>
  const share = rule.right / judged
  const weak = ENOUGH <= judged && share < LOOK_AT
  return (
    <span title={t('topics.right_of', { right: rule.right, judged })} className={weak ? classes.weak : undefined}>
      {weak && <IconAlertTriangle size={14} stroke={1.8} aria-label={t('topics.look_at')} />}
      {formatPercent(share, language)} ({rule.right}/{judged})
    </span>
  )
}
