/** What was proposed to a customer: written down with the level as it is now, answered later, and taken back by Ctrl+Z. */
import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import { proposalsQuery } from '@/api/query'
import type { OfferMatch, Proposal } from '@/api/types'
import { newId } from '@/domain/id'
import { LevelFigure } from '@/features/offer-marks'
import { Moment, useMay, useRefused } from '@/features/session'
import { useTellUndo } from '@/ui/undo-notice'
import classes from './offers.module.css'

const TOUCHED = [['proposals'], ['offer-review'], ['customer'], ['timeline']]
const RESULTS = ['open', 'won', 'lost'] as const

const useProposing = (customer: string) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const tellUndo = useTellUndo()
  const refused = useRefused(t('offers.not_recorded'))
  const refresh = () => Promise.all(TOUCHED.map((queryKey) => queries.invalidateQueries({ queryKey })))
  const undo = async (batch: number) => {
    try {
      await answer(client.POST('/api/v1/batches/{batch}/undo', { params: { path: { batch } } }))
      await refresh()
    } catch (error) {
      refused(error)
    }
  }
  const recorded = async (id: string, said: string, batch: number) => {
    tellUndo(id, said, () => void undo(batch))
    await refresh()
  }
  const propose = useMutation({
    mutationFn: async (body: { offer: string; variant?: string; arrangement: string }) => {
      const id = newId()
      const taken = await answer(
        client.POST('/api/v1/customers/{key}/proposals', {
          params: { path: { key: customer } },
          body: { ...body, id },
        }),
      )
      await recorded(id, t('offers.proposed', { level: taken.level }), taken.batch)
    },
    onError: refused,
  })
  const close = useMutation({
    mutationFn: async ({ proposal, result }: { proposal: string; result: Proposal['result'] }) => {
      const id = newId()
      const params = { path: { key: customer, proposal } }
      const body = { result, id }
      const taken = await answer(client.POST('/api/v1/customers/{key}/proposals/{proposal}/answer', { params, body }))
      await recorded(id, t('offers.answered', { result: t(`offers.result.${result}`) }), taken.batch)
    },
    onError: refused,
  })
  return { propose, close }
}

export const ProposalsPart = ({ match }: { match: OfferMatch }) => {
  const { t } = useTranslation()
  const customer = match.customer.key
  const may = useMay('record_outcome')
  const { data } = useQuery(proposalsQuery(customer))
  const { propose, close } = useProposing(customer)
  const [arrangement, setArrangement] = useState('')
  const [variant, setVariant] = useState(match.better ?? '')
  const own = data?.proposals.filter(({ offer }) => offer === match.offer.id) ?? []
  return (
    <section>
      <h3>{t('offers.proposals')}</h3>
      {own.length === 0 && <p className={classes.dim}>{t('offers.no_proposals')}</p>}
      <ul className={classes.needs}>
        {own.map((one) => (
          <li key={one.id}>
            <span>
              <Moment at={one.at} exact /> <LevelFigure level={one.level} atMost={one.at_most} />{' '}
              {match.variants.find(({ id }) => id === one.variant)?.name}
            </span>
            <SegmentedControl
              size="xs"
              aria-label={t('offers.what_came')}
              value={one.result}
              disabled={!may}
              data={RESULTS.map((value) => ({ value, label: t(`offers.result.${value}`) }))}
              onChange={(result) => close.mutate({ proposal: one.id, result: result as Proposal['result'] })}
            />
            {one.arrangement && <span className={classes.dim}>{one.arrangement}</span>}
          </li>
        ))}
      </ul>
      {may && (
        <div className={classes.line} style={{ marginTop: 8 }}>
          <TextInput
            label={t('offers.arrangement')}
            required={data?.sheet_required ?? false}
            value={arrangement}
            onChange={(event) => setArrangement(event.currentTarget.value)}
          />
          {0 < match.variants.length && (
            <Select
              label={t('offers.as_variant')}
              value={variant}
              allowDeselect={false}
              data={[
                { value: '', label: t('offers.itself') },
                ...match.variants.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={(chosen) => setVariant(chosen ?? '')}
            />
          )}
          <Button
            loading={propose.isPending}
            onClick={() => propose.mutate({ offer: match.offer.id, arrangement, ...(variant ? { variant } : {}) })}
          >
            {t('offers.propose')}
          </Button>
        </div>
      )}
    </section>
  )
}
