/** What can be done with a sign as a whole: edit, take into force, switch off and on. */
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPencil, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import { signQuery } from '@/api/query'
import type { Sign, SignShown } from '@/api/types'
import { paths } from '@/domain/paths'
import { useMay } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'

const icon = { size: 15, stroke: 1.6 } as const

export const SignActions = ({ sign }: { sign: Sign }) => {
  const { t } = useTranslation()
  const may = useMay('edit_segments')
  const turn = useTurn(sign)
  if (!may) return null
  const isOn = sign.state === 'in_force'
  return (
    <>
      <ButtonLink to={paths.editSign} params={{ id: sign.id }} variant="default" leftSection={<IconPencil {...icon} />}>
        {t('action.edit')}
      </ButtonLink>
      <Button
        variant={isOn ? 'default' : 'filled'}
        leftSection={isOn ? <IconPlayerPause {...icon} /> : <IconPlayerPlay {...icon} />}
        loading={turn.isPending}
        disabled={sign.state === 'faulty'}
        title={sign.state === 'faulty' ? t('sign.faulty_explained') : undefined}
        onClick={() => turn.mutate(!isOn)}
      >
        {t(isOn ? 'sign.switch_off' : 'sign.switch_on')}
      </Button>
    </>
  )
}

/** Switches on or off; a draft is taken into force by a version that is none. */
const useTurn = (sign: Sign) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { id } = sign
  const path = { params: { path: { id } } }
  return useMutation({
    mutationFn: async (on: boolean): Promise<SignShown> => {
      if (!on) return (await answer(client.DELETE('/api/v1/signs/{id}', path))) as unknown as SignShown
      let told = (await answer(client.GET('/api/v1/signs/{id}', path))) as unknown as SignShown
      if (told.state === 'off') {
        told = (await answer(client.POST('/api/v1/signs/{id}/restore', path))) as unknown as SignShown
      }
      if (told.state !== 'draft') return told
      const body = { definition: { ...told.definition, draft: false } as never, version: told.version }
      return (await answer(client.PUT('/api/v1/signs/{id}', { ...path, body }))) as unknown as SignShown
    },
    onSuccess: async (told, on) => {
      queries.setQueryData(signQuery(id).queryKey, told)
      await Promise.all(
        [['signs'], ['sign-customers', id], ['today']].map((queryKey) => queries.invalidateQueries({ queryKey })),
      )
      notifications.show({ message: t(on ? 'sign.is_on' : 'sign.is_off', { name: sign.name }) })
    },
    onError: (error) =>
      notifications.show({
        color: 'red',
        message: isRefused(error) && error.status !== 0 ? error.message : t('state.unreachable'),
      }),
  })
}
