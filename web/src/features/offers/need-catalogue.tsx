/** The needs that offers meet: what shows each of them, what to ask, and which offers meet it. */
import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import { needsQuery, vocabularyQuery } from '@/api/query'
import type { Draft, Fault, Need, NeedDefinition } from '@/api/types'
import { UNNAMED } from '@/domain/names'
import { paths } from '@/domain/paths'
import { ConditionField } from '@/features/conditions'
import { RefusedState, useMay, useRefused } from '@/features/session'
import { BothLanguages } from '@/ui/both-languages'
import { Panel } from '@/ui/page'
import { Empty, Waiting } from '@/ui/states'
import { useTellUndo } from '@/ui/undo-notice'
import { OF_OFFERS } from './offer-actions'
import classes from './offers.module.css'

const NOTHING = { all: [] } as unknown as Draft
const EMPTY: NeedDefinition = { id: '', name: UNNAMED, question: UNNAMED }

export const NeedCatalogue = () => {
  const { t } = useTranslation()
  const may = useMay('edit_segments')
  const [editing, setEditing] = useState<string | 'new' | null>(null)
  const { data, error, refetch } = useQuery(needsQuery)
  const retire = useRetire()
  if (!data) {
    return error ? (
      <RefusedState error={error} what={t('offers.failed')} onRetry={() => void refetch()} />
    ) : (
      <Waiting rows={4} label={t('state.loading')} />
    )
  }
  const needs = data.needs.filter(({ retired }) => !retired)
  return (
    <div className={classes.form}>
      {needs.length === 0 && editing === null && <Empty sentence={t('offers.needs_empty')} />}
      {needs.map((need) =>
        editing === need.id ? (
          <NeedForm key={need.id} start={need.definition} version={need.version} onDone={() => setEditing(null)} />
        ) : (
          <Panel
            key={need.id}
            title={need.name}
            aside={
              may && (
                <>
                  <ActionIcon variant="subtle" aria-label={t('action.edit')} onClick={() => setEditing(need.id)}>
                    <IconPencil size={15} stroke={1.6} />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    aria-label={t('action.remove')}
                    disabled={0 < need.met_by.length}
                    title={0 < need.met_by.length ? t('offers.need_used') : undefined}
                    onClick={() => retire.mutate(need)}
                  >
                    <IconTrash size={15} stroke={1.6} />
                  </ActionIcon>
                </>
              )
            }
          >
            <NeedTold need={need} />
          </Panel>
        ),
      )}
      {editing === 'new' && <NeedForm start={EMPTY} version={null} onDone={() => setEditing(null)} />}
      {may && editing === null && (
        <Button
          style={{ justifySelf: 'start' }}
          leftSection={<IconPlus size={15} stroke={1.6} />}
          onClick={() => setEditing('new')}
        >
          {t('offers.new_need')}
        </Button>
      )}
    </div>
  )
}

const NeedTold = ({ need }: { need: Need }) => {
  const { t } = useTranslation()
  const said = [
    [t('offers.form.question'), need.question],
    [t('offers.kind.stated'), need.stated_when],
    [t('offers.kind.latent'), need.latent_when],
  ].filter(([, text]) => text)
  return (
    <>
      {said.map(([label, text]) => (
        <p key={label} style={{ margin: '0 0 4px', fontSize: 13.5 }}>
          <span className={classes.dim}>{label}</span> {text}
        </p>
      ))}
      <p className={classes.dim} style={{ margin: 0 }}>
        {t('offers.met_by')}:{' '}
        {need.met_by.length === 0
          ? t('offers.met_by_none')
          : need.met_by.map(({ id, name }, at) => (
              <span key={id}>
                {0 < at && '・'}
                <Link to={paths.offers} search={{ offer: id }}>
                  {name}
                </Link>
              </span>
            ))}
      </p>
      {need.faults.map(({ path, message }) => (
        <p key={path + message} role="alert" className={classes.fault}>
          {path} {message}
        </p>
      ))}
    </>
  )
}

type NeedFormProps = { start: NeedDefinition; version: number | null; onDone: () => void }

const NeedForm = ({ start, version, onDone }: NeedFormProps) => {
  const { t } = useTranslation()
  const vocabulary = useQuery(vocabularyQuery)
  const [need, setNeed] = useState(start)
  const [open, setOpen] = useState<'stated_when' | 'latent_when' | null>(null)
  const save = useSave(version, onDone)
  const refusal = isRefused(save.error) ? save.error : null
  const faultsAt = (place: string): Fault[] =>
    (refusal?.faults ?? []).flatMap((fault) =>
      fault.path.startsWith(place) ? [{ ...fault, path: fault.path.slice(place.length) }] : [],
    )
  const shown = (key: 'stated_when' | 'latent_when') => (
    <div>
      <p className={classes.dim}>{t(`offers.form.${key}`)}</p>
      {need[key] && vocabulary.data ? (
        <>
          <ConditionField
            draft={need[key]}
            vocabulary={vocabulary.data}
            faults={faultsAt(`/${key}`)}
            open={open === key}
            onOpen={() => setOpen(key)}
            onChange={(draft) => setNeed((before) => ({ ...before, [key]: draft }))}
          />
          <Button variant="subtle" onClick={() => setNeed(({ [key]: _, ...rest }) => rest)}>
            {t('action.remove')}
          </Button>
        </>
      ) : (
        <Button
          variant="default"
          onClick={() => {
            setNeed((before) => ({ ...before, [key]: NOTHING }))
            setOpen(key)
          }}
        >
          {t('offers.form.add_shown')}
        </Button>
      )}
    </div>
  )
  return (
    <Panel title={version === null ? t('offers.new_need') : need.name.ja || need.name.en}>
      {refusal && (
        <p role="alert" className={classes.fault}>
          {refusal.status === 0 ? t('state.unreachable') : refusal.message}
          {refusal.faults
            .filter(({ path }) => !path.includes('_when'))
            .map(({ path, message }) => ` ${path} ${message}`)}
        </p>
      )}
      <div className={classes.fields}>
        {version === null && (
          <TextInput
            label={t('sign.form.id')}
            description={t('sign.form.id_explained')}
            value={need.id}
            onChange={(event) => setNeed({ ...need, id: event.currentTarget.value })}
          />
        )}
        {(['name', 'question'] as const).map((key) => (
          <BothLanguages
            key={key}
            value={need[key]}
            label={(language) => t(`offers.form.${key}_${language}`)}
            onChange={(text) => setNeed({ ...need, [key]: text })}
          />
        ))}
      </div>
      {shown('stated_when')}
      {shown('latent_when')}
      <div className={classes.rowActions} style={{ marginTop: 12 }}>
        <Button onClick={() => save.mutate(need)} loading={save.isPending}>
          {t('action.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('action.cancel')}
        </Button>
      </div>
    </Panel>
  )
}

const useSave = (version: number | null, onDone: () => void) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (need: NeedDefinition) =>
      answer(
        client.PUT('/api/v1/needs/{id}', {
          params: { path: { id: need.id || '-' } },
          body: { definition: need as never, ...(version === null ? {} : { version }) },
        }),
      ),
    onSuccess: async () => {
      await Promise.all(OF_OFFERS.map((queryKey) => queries.invalidateQueries({ queryKey })))
      onDone()
    },
  })
}

/** Takes a need out of use; the message brings it back. */
const useRetire = () => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const tellUndo = useTellUndo()
  const refused = useRefused(t('offers.not_done'))
  const refresh = () => Promise.all(OF_OFFERS.map((queryKey) => queries.invalidateQueries({ queryKey })))
  const restore = async ({ id, definition, version }: Need) => {
    try {
      const body = { definition: definition as never, version }
      await answer(client.PUT('/api/v1/needs/{id}', { params: { path: { id } }, body }))
      await refresh()
    } catch (error) {
      refused(error)
    }
  }
  return useMutation({
    mutationFn: async (need: Need) => {
      const params = { path: { id: need.id } }
      return (await answer(client.DELETE('/api/v1/needs/{id}', { params }))) as unknown as Need
    },
    onSuccess: async (told) => {
      await refresh()
      tellUndo(`need-${told.id}`, t('offers.need_removed', { need: told.name }), () => void restore(told))
    },
    onError: refused,
  })
}
