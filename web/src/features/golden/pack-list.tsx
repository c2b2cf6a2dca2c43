/** All segments of a trade in one click, and out again: each says what it needs that is not there yet. */
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import type { Pack, PackInstalled } from '@/api/types'
import { useLabels } from '@/features/conditions'
import { Panel } from '@/ui/page'
import { Tag } from '@/ui/tag'
import { useTellUndo } from '@/ui/undo-notice'
import classes from './golden.module.css'
import { Messages } from './golden-cards'

export const PackList = ({ packs, mayEdit }: { packs: Pack[]; mayEdit: boolean }) => {
  const { t } = useTranslation()
  return (
    <Panel title={t('golden_page.packs')}>
      <p className={classes.lead}>{t('golden_page.packs_lead')}</p>
      <ul className={classes.packs}>
        {packs.map((pack) => (
          <PackCard key={pack.id} pack={pack} mayEdit={mayEdit} />
        ))}
      </ul>
    </Panel>
  )
}

const PackCard = ({ pack, mayEdit }: { pack: Pack; mayEdit: boolean }) => {
  const { t } = useTranslation()
  const labels = useLabels()
  const { install, remove } = usePack(pack)
  const n = pack.segments.length
  const missing = [...new Set(pack.segments.flatMap((segment) => segment.missing))]
  const others = pack.segments.filter(({ state }) => state === 'other').length
  const said = missing.map((name) => (labels.event(name) === name ? labels.attribute(name) : labels.event(name)))
  return (
    <li className={classes.pack}>
      <h3>{pack.name}</h3>
      <p className={classes.purpose}>{pack.lead}</p>
      <div className={classes.tags}>
        <Tag
          {...(pack.installed === n
            ? { tone: 'purchase' as const, icon: <IconCheck size={13} stroke={2} aria-hidden /> }
            : {})}
        >
          {t('golden_page.installed', { n: pack.installed, of: n })}
        </Tag>
        {0 < said.length && (
          <Tag tone="warn" title={said.join(', ')} icon={<IconAlertTriangle size={13} stroke={1.8} aria-hidden />}>
            {t('golden_page.missing', { count: said.length })}
          </Tag>
        )}
      </div>
      <details className={classes.messages}>
        <summary>{t('golden_page.what_is_in')}</summary>
        <ul className={classes.inside}>
          {pack.segments.map((segment) => (
            <li key={segment.id}>
              <b>{segment.name}</b>
              <span data-sentence>{segment.sentence}</span>
              {0 < segment.missing.length && <em>{t('templates.missing', { what: segment.missing.join(', ') })}</em>}
              <Messages segment={segment} />
            </li>
          ))}
        </ul>
      </details>
      {mayEdit && (
        <div className={classes.buttons}>
          {pack.installed < n && (
            <Button
              variant="light"
              loading={install.isPending}
              disabled={remove.isPending}
              aria-label={t('golden_page.install_of', { name: pack.name })}
              onClick={() => install.mutate(false)}
            >
              {t('golden_page.install')}
            </Button>
          )}
          {0 < others && (
            <Button variant="default" loading={install.isPending} onClick={() => install.mutate(true)}>
              {t('golden_page.replace', { count: others })}
            </Button>
          )}
          {0 < pack.installed && (
            <Button
              variant="subtle"
              color="gray"
              loading={remove.isPending}
              disabled={install.isPending}
              aria-label={t('golden_page.remove_of', { name: pack.name })}
              onClick={() => remove.mutate()}
            >
              {t('action.remove')}
            </Button>
          )}
        </div>
      )}
    </li>
  )
}

/** Putting in and taking out; what was put in can be taken back from the notice. */
const usePack = (pack: Pack) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const params = { path: { id: pack.id } }
  const asked = async () => {
    await Promise.all(
      ['packs', 'segments', 'segment', 'vocabulary'].map((what) => queries.invalidateQueries({ queryKey: [what] })),
    )
  }
  const failed = (error: Error) => notifications.show({ color: 'red', message: error.message })
  const tellUndo = useTellUndo()
  const remove = useMutation({
    mutationFn: () => answer(client.POST('/api/v1/packs/{id}/remove', { params })),
    onSuccess: async (came) => {
      await asked()
      notifications.show({ message: t('golden_page.removed_toast', { count: came.removed.length, name: pack.name }) })
    },
    onError: failed,
  })
  const undo = useMutation({
    mutationFn: async (came: PackInstalled) => {
      for (const { id, before } of came.replaced) {
        const path = { id, version: before }
        await answer(client.POST('/api/v1/segments/{id}/versions/{version}/restore', { params: { path } }))
      }
      // Those that others refer to go last.
      for (const id of came.added.toReversed()) {
        await answer(client.DELETE('/api/v1/segments/{id}', { params: { path: { id } } })).catch(failed)
      }
    },
    onSuccess: asked,
    onError: failed,
  })
  const install = useMutation({
    mutationFn: (replace: boolean) => answer(client.POST('/api/v1/packs/{id}/install', { params, body: { replace } })),
    onSuccess: async (came) => {
      await asked()
      const said = { count: came.added.length + came.replaced.length, name: pack.name }
      tellUndo(`pack ${pack.id}`, t('golden_page.installed_toast', said), () => undo.mutate(came))
    },
    onError: failed,
  })
  return { install, remove }
}
