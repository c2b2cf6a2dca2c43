/** Learning what is bought again and again: what of, how far ahead, how far it is, and how well it told what came. */
import { Button, NumberInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import { replenishmentQuery } from '@/api/query'
import type { Replenishment } from '@/api/types'
import { formatNumber } from '@/domain/format'
import { AsOf, RefusedState, useLanguage, useMay, useRefused } from '@/features/session'
import { Panel } from '@/ui/page'
import { Waiting } from '@/ui/states'
import { WorkProgress } from '@/ui/work-progress'
import classes from './due.module.css'
import { GoodsFields } from './goods-fields'

export const LearnDue = () => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery(replenishmentQuery)
  const learntAt = data?.result?.as_of
  // A list that was made by what was learnt before is asked for anew.
  useEffect(() => {
    if (learntAt) void queries.invalidateQueries({ queryKey: ['due'] })
  }, [learntAt, queries])
  if (!data) {
    return error ? (
      <RefusedState error={error} what={t('due.failed')} onRetry={() => void refetch()} />
    ) : (
      <Waiting rows={2} label={t('state.loading')} />
    )
  }
  return (
    <Panel title={t('due.how_good')} aside={data.result && <AsOf at={data.result.as_of} />}>
      {data.result ? <Learnt result={data.result} /> : <p className={classes.none}>{t('due.never')}</p>}
      <Work shown={data} />
    </Panel>
  )
}

const Learnt = ({ result }: { result: NonNullable<Replenishment['result']> }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const number = (n: number) => formatNumber(n, language)
  return (
    <>
      <p className={classes.check} data-sentence>
        {result.sentence}
      </p>
      {result.learnt && (
        <p className={classes.dim}>
          {t('due.learnt_of', {
            customers: number(result.customers),
            habits: number(result.habits),
            lessons: result.lessons,
            of: number(result.lesson_habits),
          })}
          {1 < result.one_in && ` ${t('due.one_in', { n: number(result.one_in) })}`}
        </p>
      )}
    </>
  )
}

const Work = ({ shown }: { shown: Replenishment }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const queries = useQueryClient()
  const may = useMay('edit_segments')
  const refused = useRefused(t('due.not_done'))
  const [goods, setGoods] = useState({ event: shown.event, property: shown.property })
  const [within, setWithin] = useState(shown.result?.within_days ?? 14)
  const [least, setLeast] = useState(shown.result?.least_days ?? 4)
  const [silent, setSilent] = useState(shown.result?.silent_days ?? 120)
  const settled = {
    onSuccess: (told: Replenishment) => queries.setQueryData(replenishmentQuery.queryKey, told),
    onError: refused,
  }
  const begin = useMutation({
    mutationFn: () =>
      answer(
        client.POST('/api/v1/replenishment', {
          body: {
            event: goods.event.trim(),
            property: goods.property.trim(),
            within_days: within,
            least_days: least,
            silent_days: silent,
          },
        }),
      ),
    ...settled,
  })
  const cancel = useMutation({ mutationFn: () => answer(client.DELETE('/api/v1/replenishment')), ...settled })
  if (shown.state === 'running') {
    const { done, total } = shown.progress ?? { done: 0, total: 0 }
    return (
      <WorkProgress
        done={done}
        total={total}
        label={t('due.learning')}
        said={
          total === 0
            ? t('proof.waiting')
            : t('proof.running', { done: formatNumber(done, language), total: formatNumber(total, language) })
        }
        stop={may ? { label: t('action.cancel'), busy: cancel.isPending, onStop: () => cancel.mutate() } : undefined}
      />
    )
  }
  const days = (label: string, value: number, set: (days: number) => void, min: number, max: number) => (
    <NumberInput
      label={label}
      w={150}
      min={min}
      max={max}
      allowDecimal={false}
      value={value}
      onChange={(n) => set(Number(n) || min)}
    />
  )
  return (
    <>
      {may && (
        <details>
          <summary className={classes.dim}>{t('due.settings')}</summary>
          <div className={classes.tools}>
            <GoodsFields goods={goods} onGoods={setGoods} />
            {days(t('due.within'), within, setWithin, 1, 180)}
            {days(t('due.least'), least, setLeast, 2, 20)}
            {days(t('due.silent'), silent, setSilent, 7, 730)}
          </div>
        </details>
      )}
      <div className={classes.tools} style={{ marginTop: 8 }}>
        <Button
          size="xs"
          onClick={() => begin.mutate()}
          loading={begin.isPending}
          disabled={!may}
          title={may ? undefined : t('proof.may_not')}
        >
          {t(shown.result ? 'due.learn_again' : 'due.learn')}
        </Button>
        {shown.state === 'cancelled' && <span className={classes.dim}>{t('proof.cancelled')}</span>}
        {shown.error && <span role="alert">{shown.error}</span>}
      </div>
    </>
  )
}
