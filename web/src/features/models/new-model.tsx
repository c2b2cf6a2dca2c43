/** A new model in two choices: what it foretells, and of which of the workspace's own events. */
import { Button, NumberInput, Select } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import { vocabularyQuery } from '@/api/query'
import type { Model, Vocabulary } from '@/api/types'
import { Panel } from '@/ui/page'
import classes from './models.module.css'

type Kind = 'purchase' | 'churn' | 'upsell' | 'lookalike' | 'value'
/** The ids that models begin with; those of signs are taken. */
const IDS: Record<Kind, string> = {
  purchase: 'will-buy',
  churn: 'will-leave',
  upsell: 'will-move-up',
  lookalike: 'lookalike',
  value: 'value',
}
const KINDS: readonly Kind[] = ['purchase', 'churn', 'upsell', 'lookalike', 'value']

type Asked = { event: string; segment: string; days: number }

/** The first of these names that is in use. */
const firstOf = ({ events }: Vocabulary, ...names: string[]) =>
  names.find((name) => events.some((event) => event.name === name)) ?? events[0]?.name ?? ''

const beginning = (kind: Kind, words: Vocabulary): Asked => ({
  event: {
    purchase: () => firstOf(words, 'purchased'),
    churn: () => firstOf(words, 'cancelled', 'login', 'visited', 'purchased'),
    upsell: () => firstOf(words, 'plan_upgraded', 'upgraded', 'deal_moved', 'purchased'),
    lookalike: () => '',
    value: () => firstOf(words, 'purchased'),
  }[kind](),
  segment: words.segments.find(({ id }) => id === 'golden-loyal' || id === 'loyal')?.id ?? words.segments[0]?.id ?? '',
  days: kind === 'value' ? 365 : 30,
})

const learnOf = (kind: Kind, { event, segment, days }: Asked, words: Vocabulary): Model['learn'] => {
  const number = words.events.find(({ name }) => name === event)?.properties.find((each) => each.kind === 'number')?.key
  switch (kind) {
    case 'lookalike':
      return { kind, segment }
    case 'value':
      return { kind, event, amount: number ?? 'amount' }
    case 'churn':
      // A cancellation happens; a customer who only stays away stops.
      return event === 'cancelled'
        ? { kind: 'happens', event, property: null, value: null }
        : { kind: 'stops', event, active_days: Math.max(30, days * 2) }
    case 'purchase':
    case 'upsell':
      return { kind: 'happens', event, property: null, value: null }
  }
}

export const NewModel = ({ taken, onMade }: { taken: string[]; onMade: (id: string) => void }) => {
  const { t } = useTranslation()
  const words = useQuery(vocabularyQuery).data
  const queries = useQueryClient()
  const [kind, setKind] = useState<Kind>('purchase')
  const [changed, setChanged] = useState<Partial<Asked>>({})
  const make = useMutation({
    mutationFn: async ({ id, learn, days }: { id: string; learn: Model['learn']; days: number }) => {
      const params = { path: { id } }
      await answer(client.PUT('/api/v1/models/{id}', { params, body: { learn, horizon_days: days } }))
      return answer(client.POST('/api/v1/models/{id}/learn', { params }))
    },
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['models'] })
      onMade(id)
    },
    onError: (error) => notifications.show({ color: 'red', message: error.message }),
  })
  if (!words) return null
  const asked = { ...beginning(kind, words), ...changed }
  const free = (base: string) =>
    [base, ...Array.from({ length: 99 }, (_, n) => `${base}-${n + 2}`)].find((id) => !taken.includes(id)) ?? base
  const ready = kind === 'lookalike' ? asked.segment !== '' : asked.event !== ''
  return (
    <Panel title={t('models.new')}>
      <div className={classes.form}>
        <Select
          label={t('models.what')}
          allowDeselect={false}
          value={kind}
          data={KINDS.map((each) => ({ value: each, label: t(`models.kind.${each}`) }))}
          onChange={(next) => {
            setKind((next ?? 'purchase') as Kind)
            setChanged({})
          }}
        />
        {kind === 'lookalike' ? (
          <Select
            label={t('models.of_segment')}
            searchable
            allowDeselect={false}
            value={asked.segment}
            data={words.segments.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(segment) => segment && setChanged({ ...changed, segment })}
          />
        ) : (
          <Select
            label={t(kind === 'churn' && asked.event !== 'cancelled' ? 'models.event_stops' : 'models.event')}
            searchable
            allowDeselect={false}
            value={asked.event}
            data={words.events.map(({ name, label }) => ({ value: name, label }))}
            onChange={(event) => event && setChanged({ ...changed, event })}
          />
        )}
        {kind !== 'lookalike' && (
          <NumberInput
            label={t('models.days')}
            w={130}
            min={1}
            max={730}
            value={asked.days}
            onChange={(days) => typeof days === 'number' && setChanged({ ...changed, days })}
          />
        )}
        <Button
          disabled={!ready}
          loading={make.isPending}
          onClick={() => make.mutate({ id: free(IDS[kind]), learn: learnOf(kind, asked, words), days: asked.days })}
        >
          {t('models.begin')}
        </Button>
      </div>
      <p className={classes.dim}>{t(`models.help.${kind}`)}</p>
    </Panel>
  )
}
