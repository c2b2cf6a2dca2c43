/** What can be done with an offer as a whole: edit, switch off and on. */
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPencil, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import type { Offer } from '@/api/types'
import { paths } from '@/domain/paths'
import { useMay, useRefused } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'

const icon = { size: 15, stroke: 1.6 } as const
/** The answers that depend on which offers there are. */
export const OF_OFFERS = [
  ['offers'],
  ['offer'],
  ['needs'],
  ['offer-customers'],
  ['match'],
  ['customer-offers'],
  ['today'],
]

export const OfferActions = ({ offer }: { offer: Offer }) => {
  const { t } = useTranslation()
  const may = useMay('edit_segments')
  const turn = useTurn(offer)
  if (!may) return null
  const isOff = offer.state === 'off'
  return (
    <>
      <ButtonLink
        to={paths.editOffer}
        params={{ id: offer.id }}
        variant="default"
        leftSection={<IconPencil {...icon} />}
      >
        {t('action.edit')}
      </ButtonLink>
      <Button
        variant={isOff ? 'filled' : 'default'}
        leftSection={isOff ? <IconPlayerPlay {...icon} /> : <IconPlayerPause {...icon} />}
        loading={turn.isPending}
        onClick={() => turn.mutate(isOff)}
      >
        {t(isOff ? 'sign.switch_on' : 'sign.switch_off')}
      </Button>
    </>
  )
}

const useTurn = (offer: Offer) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const refused = useRefused(t('offers.not_done'))
  const path = { params: { path: { id: offer.id } } }
  return useMutation({
    mutationFn: async (on: boolean) => {
      if (on) await answer(client.POST('/api/v1/offers/{id}/restore', path))
      else await answer(client.DELETE('/api/v1/offers/{id}', path))
    },
    onSuccess: async (_, on) => {
      await Promise.all(OF_OFFERS.map((queryKey) => queries.invalidateQueries({ queryKey })))
      notifications.show({ message: t(on ? 'sign.is_on' : 'sign.is_off', { name: offer.name }) })
    },
    onError: refused,
  })
}
