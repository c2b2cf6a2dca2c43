/** Writes an offer: what it gives, which needs it meets, what makes it fit, and how it can be changed. */
import { Button, TagsInput, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import { needsQuery, offerQuery, vocabularyQuery } from '@/api/query'
import type { Draft, Fault, Names, OfferDefinition, OfferShown } from '@/api/types'
import { filled, UNNAMED } from '@/domain/names'
import { ConditionField } from '@/features/conditions'
import { RefusedState } from '@/features/session'
import { BothLanguages } from '@/ui/both-languages'
import { Page, Panel } from '@/ui/page'
import { useShortcuts } from '@/ui/shortcuts'
import { Waiting } from '@/ui/states'
import { CriterionFields } from './criterion-fields'
import { NeedsMet } from './needs-met'
import { OF_OFFERS } from './offer-actions'
import classes from './offers.module.css'
import { RangeFields, TraitFields } from './trait-fields'
import { VariantFields } from './variant-fields'

const NOTHING = { all: [] } as unknown as Draft

export const emptyOffer: OfferDefinition = { id: '', name: UNNAMED, summary: UNNAMED, criteria: [] }

type OfferFormProps = {
  title: string
  start: OfferDefinition
  /** The version that is changed; null for a new offer. */
  version: number | null
  onSaved: (id: string) => void
  onCancel: () => void
}

export const OfferForm = ({ title, start, version, onSaved, onCancel }: OfferFormProps) => {
  const { t } = useTranslation()
  const vocabulary = useQuery(vocabularyQuery)
  const needs = useQuery(needsQuery)
  const [offer, setOffer] = useState(start)
  const [open, setOpen] = useState<string | null>(null)
  const save = useSave(version, onSaved)
  const refusal = isRefused(save.error) ? save.error : null
  const set = (part: Partial<OfferDefinition>) => setOffer((before) => ({ ...before, ...part }))
  const faultsAt = (place: string): Fault[] =>
    (refusal?.faults ?? []).flatMap((fault) =>
      fault.path.startsWith(place) ? [{ ...fault, path: fault.path.slice(place.length) }] : [],
    )
  useShortcuts({ 'mod+s': () => save.mutate(offer) })
  if (!vocabulary.data || !needs.data) {
    const failed = [vocabulary, needs].find(({ error }) => error)
    return (
      <Page title={title}>
        {failed?.error ? (
          <RefusedState error={failed.error} what={t('builder.no_vocabulary')} onRetry={() => void failed.refetch()} />
        ) : (
          <Waiting rows={4} label={t('state.loading')} />
        )}
      </Page>
    )
  }
  const condition = (key: 'requires' | 'has') => (
    <Panel title={t(`offers.form.${key}`)}>
      {offer[key] ? (
        <>
          <ConditionField
            draft={offer[key]}
            vocabulary={vocabulary.data}
            faults={faultsAt(`/${key}`)}
            open={open === key}
            onOpen={() => setOpen(key)}
            onChange={(draft) => set({ [key]: draft })}
          />
          <Button variant="subtle" onClick={() => setOffer(({ [key]: _, ...rest }) => rest)}>
            {t('action.remove')}
          </Button>
        </>
      ) : (
        <Button
          variant="default"
          onClick={() => {
            set({ [key]: NOTHING })
            setOpen(key)
          }}
        >
          {t(`offers.form.add_${key}`)}
        </Button>
      )}
    </Panel>
  )
  const said = (key: 'name' | 'summary') => ({
    value: offer[key],
    label: (language: 'ja' | 'en') => t(`offers.form.${key}_${language}`),
    onChange: (text: Names) => set({ [key]: text }),
  })
  return (
    <Page
      title={title}
      actions={
        <>
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <Button onClick={() => save.mutate(offer)} loading={save.isPending} aria-keyshortcuts="Control+S">
            {t('action.save')}
          </Button>
        </>
      }
    >
      {refusal && (
        <div role="alert" className={classes.fault}>
          {refusal.status === 0 ? t('state.unreachable') : refusal.message}
          <ul>
            {refusal.faults.map(({ path, message }) => (
              <li key={path + message}>
                {path} {message}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className={classes.form}>
        <Panel title={t('segments.about')}>
          <div className={classes.fields}>
            {version === null && (
              <TextInput
                label={t('sign.form.id')}
                description={t('sign.form.id_explained')}
                value={offer.id}
                onChange={(event) => set({ id: event.currentTarget.value })}
              />
            )}
            <BothLanguages {...said('name')} />
            <BothLanguages {...said('summary')} long />
            <RangeFields
              from={t('offers.form.amount_from')}
              to={t('offers.form.amount_to')}
              range={offer.amount}
              onChange={(amount) => set({ amount })}
            />
            <TagsInput
              label={t('offers.form.products')}
              description={t('offers.form.products_explained')}
              value={offer.products ?? []}
              onChange={(products) => set({ products })}
            />
          </div>
        </Panel>
        <Panel title={t('offers.form.needs')}>
          <NeedsMet
            met={offer.needs ?? []}
            needs={needs.data.needs}
            faults={faultsAt('/needs')}
            onChange={(met) => set({ needs: met })}
          />
        </Panel>
        <Panel title={t('offers.form.criteria')}>
          <CriterionFields
            criteria={offer.criteria ?? []}
            traits={Object.keys(offer.traits ?? {})}
            vocabulary={vocabulary.data}
            faultsAt={faultsAt}
            open={open}
            onOpen={setOpen}
            onChange={(criteria) => set({ criteria })}
          />
        </Panel>
        <Panel title={t('offers.form.traits')}>
          <p className={classes.dim}>{t('offers.form.traits_explained')}</p>
          <TraitFields traits={offer.traits ?? {}} onChange={(traits) => set({ traits })} />
        </Panel>
        <Panel title={t('offers.variants')}>
          <VariantFields
            variants={offer.variants ?? []}
            offer={offer}
            needs={needs.data.needs}
            faults={faultsAt('/variants')}
            onChange={(variants) => set({ variants })}
          />
        </Panel>
        {condition('requires')}
        {condition('has')}
      </div>
    </Page>
  )
}

const useSave = (version: number | null, onSaved: (id: string) => void) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (offer: OfferDefinition) => {
      const definition = { ...offer, name: filled(offer.name) } as never
      const told =
        version === null
          ? await answer(client.POST('/api/v1/offers', { body: { definition } }))
          : await answer(
              client.PUT('/api/v1/offers/{id}', { params: { path: { id: offer.id } }, body: { definition, version } }),
            )
      return told as unknown as OfferShown
    },
    onSuccess: async (told) => {
      await Promise.all(OF_OFFERS.map((queryKey) => queries.invalidateQueries({ queryKey })))
      queries.setQueryData(offerQuery(told.id).queryKey, told)
      notifications.show({ message: t('segments.saved', { name: told.name }) })
      onSaved(told.id)
    },
  })
}
