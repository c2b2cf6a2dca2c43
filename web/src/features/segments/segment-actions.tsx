/** What can be done with a segment as a whole. */
import { ActionIcon, Button, Menu } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import {
  IconArchive,
  IconArchiveOff,
  IconArrowsJoin2,
  IconCode,
  IconCopy,
  IconDots,
  IconDownload,
  IconEyeCheck,
  IconPencil,
} from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import type { Segment } from '@/api/types'
import { files, paths } from '@/domain/paths'
import { useMay, useRefused } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { useTellUndo } from '@/ui/undo-notice'
import { ReviewDialog } from './review-dialog'

const icon = { size: 15, stroke: 1.6 } as const

export const SegmentActions = ({ segment }: { segment: Segment }) => {
  const { t } = useTranslation()
  const mayEdit = useMay('edit_segments')
  const navigate = useNavigate()
  const clipboard = useClipboard()
  const retire = useRetire(segment)
  const [reviews, setReviews] = useState(false)
  const json = JSON.stringify({ id: segment.id, names: segment.names, condition: segment.condition }, null, 2)
  const copy = () => {
    clipboard.copy(json)
    notifications.show({ message: t('segments.copied') })
  }
  return (
    <>
      <Button
        component="a"
        href={files.members(segment.id)}
        download
        variant="default"
        leftSection={<IconDownload {...icon} />}
      >
        CSV
      </Button>
      {mayEdit && !segment.retired && (
        <ButtonLink
          to={paths.editSegment}
          params={{ id: segment.id }}
          variant="default"
          leftSection={<IconPencil {...icon} />}
        >
          {t('action.edit')}
        </ButtonLink>
      )}
      <Menu width={220}>
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label={t('action.more')}>
            <IconDots {...icon} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCode {...icon} />} onClick={copy}>
            {t('segments.copy_json')}
          </Menu.Item>
          {mayEdit && (
            <Menu.Item
              leftSection={<IconCopy {...icon} />}
              onClick={() => void navigate({ to: paths.newSegment, search: { from: segment.id } })}
            >
              {t('segments.duplicate')}
            </Menu.Item>
          )}
          {mayEdit && !segment.retired && (
            <Menu.Item leftSection={<IconEyeCheck {...icon} />} onClick={() => setReviews(true)}>
              {t('segments.review_now')}
            </Menu.Item>
          )}
          {mayEdit && !segment.retired && (
            <Menu.Item
              leftSection={<IconArrowsJoin2 {...icon} />}
              onClick={() => void navigate({ to: paths.map, search: { view: 'matrix', row: segment.id } })}
            >
              {t('segments.merge_begin')}
            </Menu.Item>
          )}
          {mayEdit && (
            <Menu.Item
              leftSection={segment.retired ? <IconArchiveOff {...icon} /> : <IconArchive {...icon} />}
              onClick={() => retire.mutate(!segment.retired)}
            >
              {t(segment.retired ? 'segments.restore' : 'segments.retire')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {reviews && <ReviewDialog segment={segment} onClose={() => setReviews(false)} />}
    </>
  )
}

const useRetire = (segment: Segment) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const tellUndo = useTellUndo()
  const params = { path: { id: segment.id } }
  const mutation = useMutation({
    mutationFn: (retired: boolean) =>
      retired
        ? answer(client.DELETE('/api/v1/segments/{id}', { params }))
        : answer(client.POST('/api/v1/segments/{id}/restore', { params })),
    onSuccess: async (_, retired) => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['segments'] }),
        queries.invalidateQueries({ queryKey: ['segment', segment.id] }),
      ])
      if (!retired) return
      const said = t('segments.retired_toast', { name: segment.name })
      tellUndo(`segment ${segment.id}`, said, () => mutation.mutate(false))
    },
    onError: useRefused(t('segments.not_retired')),
  })
  return mutation
}
