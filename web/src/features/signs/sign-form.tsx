/** Writes a sign: what it is called, what it says, and its parts. Parts are text, and only the one being edited is a form. */
import { ActionIcon, Button, Checkbox, NumberInput, Select, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import { signQuery, vocabularyQuery } from '@/api/query'
import type { Draft, Fault, Names, SignDefinition, SignKind, SignShown } from '@/api/types'
import { filled, UNNAMED } from '@/domain/names'
import { ConditionField } from '@/features/conditions'
import { RefusedState } from '@/features/session'
import { BothLanguages } from '@/ui/both-languages'
import { Page, Panel } from '@/ui/page'
import { useShortcuts } from '@/ui/shortcuts'
import { Waiting } from '@/ui/states'
import classes from './sign-form.module.css'

const KINDS: SignKind[] = ['purchase', 'upsell', 'churn', 'replenishment', 'follow_up']
const NOTHING = { all: [] } as unknown as Draft

export const emptySign: SignDefinition = {
  id: '',
  kind: 'churn',
  name: UNNAMED,
  explanation: UNNAMED,
  next_action: UNNAMED,
  script: UNNAMED,
  horizon_days: 30,
  threshold: 50,
  draft: true,
  parts: [{ name: UNNAMED, weight: 60, condition: NOTHING }],
}

type SignFormProps = {
  title: string
  start: SignDefinition
  /** The version that is changed; null for a new sign. */
  version: number | null
  onSaved: (id: string) => void
  onCancel: () => void
}

export const SignForm = ({ title, start, version, onSaved, onCancel }: SignFormProps) => {
  const { t } = useTranslation()
  const vocabulary = useQuery(vocabularyQuery)
  const [sign, setSign] = useState(start)
  const [open, setOpen] = useState<number | 'requires' | null>(null)
  const save = useSave(version, onSaved)
  const refusal = isRefused(save.error) ? save.error : null
  const set = (part: Partial<SignDefinition>) => setSign((before) => ({ ...before, ...part }))
  const setPart = (at: number, part: Partial<SignDefinition['parts'][number]>) =>
    setSign((before) => ({ ...before, parts: before.parts.map((one, n) => (n === at ? { ...one, ...part } : one)) }))
  const faultsAt = (place: string): Fault[] =>
    (refusal?.faults ?? []).flatMap((fault) =>
      fault.path.startsWith(place) ? [{ ...fault, path: fault.path.slice(place.length) }] : [],
    )
  useShortcuts({ 'mod+s': () => save.mutate(sign) })
  if (!vocabulary.data) {
    return (
      <Page title={title}>
        {vocabulary.error ? (
          <RefusedState
            error={vocabulary.error}
            what={t('builder.no_vocabulary')}
            onRetry={() => void vocabulary.refetch()}
          />
        ) : (
          <Waiting rows={4} label={t('state.loading')} />
        )}
      </Page>
    )
  }
  const said = (key: 'name' | 'explanation' | 'next_action' | 'script') => ({
    value: sign[key],
    label: (language: 'ja' | 'en') => t(`sign.form.${key}_${language}`),
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
          <Button onClick={() => save.mutate(sign)} loading={save.isPending} aria-keyshortcuts="Control+S">
            {t('action.save')}
          </Button>
        </>
      }
    >
      {refusal && (
        <p role="alert" className={classes.refusal}>
          {refusal.status === 0 ? t('state.unreachable') : refusal.message}
          {refusal.faults
            .filter(({ path }) => !path.startsWith('/parts/') && !path.startsWith('/requires'))
            .map(({ path, message }) => ` ${path} ${message}`)}
        </p>
      )}
      <div className={classes.form}>
        <Panel title={t('sign.form.parts')}>
          <ol className={classes.parts}>
            {sign.parts.map((part, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other identity than their place
              <li key={at}>
                <div className={classes.head}>
                  <NumberInput
                    className={classes.weight}
                    aria-label={t('sign.form.weight')}
                    min={0}
                    max={100}
                    allowDecimal={false}
                    value={part.weight}
                    onChange={(weight) => setPart(at, { weight: Number(weight) || 0 })}
                  />
                  <NumberInput
                    className={classes.weight}
                    aria-label={t('sign.form.cap')}
                    title={t('sign.form.cap')}
                    placeholder={t('sign.form.cap_short')}
                    min={0}
                    max={100}
                    allowDecimal={false}
                    value={part.cap ?? ''}
                    onChange={(cap) => setPart(at, { cap: cap === '' ? undefined : Number(cap) })}
                  />
                  <TextInput
                    className={classes.weight}
                    aria-label={t('sign.form.half_life')}
                    title={t('sign.form.half_life')}
                    placeholder={t('sign.form.half_life_short')}
                    value={part.half_life ?? ''}
                    onChange={(event) => setPart(at, { half_life: event.currentTarget.value || undefined })}
                  />
                  <TextInput
                    aria-label={t('sign.form.part_ja')}
                    placeholder={t('sign.form.part_ja')}
                    value={part.name.ja}
                    onChange={(event) => setPart(at, { name: { ...part.name, ja: event.currentTarget.value } })}
                  />
                  <TextInput
                    aria-label={t('sign.form.part_en')}
                    placeholder={t('sign.form.part_en')}
                    value={part.name.en}
                    onChange={(event) => setPart(at, { name: { ...part.name, en: event.currentTarget.value } })}
                  />
                  <ActionIcon
                    variant="subtle"
                    aria-label={t('action.remove')}
                    disabled={sign.parts.length === 1}
                    title={sign.parts.length === 1 ? t('sign.form.last_part') : undefined}
                    onClick={() => set({ parts: sign.parts.filter((_, n) => n !== at) })}
                  >
                    <IconTrash size={15} stroke={1.6} />
                  </ActionIcon>
                </div>
                <ConditionField
                  draft={part.condition}
                  vocabulary={vocabulary.data}
                  faults={faultsAt(`/parts/${at}/condition`)}
                  open={open === at}
                  onOpen={() => setOpen(at)}
                  onChange={(condition) => setPart(at, { condition })}
                />
                {[...faultsAt(`/parts/${at}/cap`), ...faultsAt(`/parts/${at}/half_life`)].map(({ message }) => (
                  <span key={message} role="alert" className={classes.refusal}>
                    {message}
                  </span>
                ))}
              </li>
            ))}
          </ol>
          <Button
            variant="default"
            leftSection={<IconPlus size={15} stroke={1.6} />}
            onClick={() => {
              setOpen(sign.parts.length)
              set({ parts: [...sign.parts, { name: UNNAMED, weight: 20, condition: NOTHING }] })
            }}
          >
            {t('sign.form.add_part')}
          </Button>
        </Panel>
        <Panel title={t('sign.form.requires')}>
          {sign.requires ? (
            <>
              <ConditionField
                draft={sign.requires}
                vocabulary={vocabulary.data}
                faults={faultsAt('/requires')}
                open={open === 'requires'}
                onOpen={() => setOpen('requires')}
                onChange={(requires) => set({ requires })}
              />
              <Button variant="subtle" onClick={() => set({ requires: null })}>
                {t('action.remove')}
              </Button>
            </>
          ) : (
            <Button
              variant="default"
              onClick={() => {
                set({ requires: NOTHING })
                setOpen('requires')
              }}
            >
              {t('sign.form.add_requires')}
            </Button>
          )}
        </Panel>
        <Panel title={t('segments.about')}>
          <div className={classes.about}>
            {version === null && (
              <TextInput
                label={t('sign.form.id')}
                description={t('sign.form.id_explained')}
                value={sign.id}
                onChange={(event) => set({ id: event.currentTarget.value })}
              />
            )}
            <Select
              label={t('sign.form.kind')}
              value={sign.kind}
              allowDeselect={false}
              data={KINDS.map((kind) => ({ value: kind, label: t(`sign.kind.${kind}`) }))}
              onChange={(kind) => kind && set({ kind: kind as SignKind })}
            />
            <NumberInput
              label={t('sign.form.threshold')}
              min={1}
              max={100}
              allowDecimal={false}
              value={sign.threshold}
              onChange={(threshold) => set({ threshold: Number(threshold) || 0 })}
            />
            <NumberInput
              label={t('sign.form.horizon')}
              min={1}
              max={730}
              allowDecimal={false}
              value={sign.horizon_days}
              onChange={(days) => set({ horizon_days: Number(days) || 1 })}
            />
            <Checkbox
              label={t('sign.form.urgent')}
              checked={sign.urgent ?? false}
              onChange={(event) => set({ urgent: event.currentTarget.checked })}
            />
            <BothLanguages {...said('name')} />
            <BothLanguages {...said('next_action')} />
            <BothLanguages {...said('explanation')} long />
            <BothLanguages {...said('script')} long />
          </div>
        </Panel>
      </div>
    </Page>
  )
}

const useSave = (version: number | null, onSaved: (id: string) => void) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (sign: SignDefinition) => {
      const definition = { ...sign, name: filled(sign.name) } as never
      const told =
        version === null
          ? await answer(client.POST('/api/v1/signs', { body: { definition } }))
          : await answer(
              client.PUT('/api/v1/signs/{id}', {
                params: { path: { id: sign.id } },
                body: { definition, version },
              }),
            )
      return told as unknown as SignShown
    },
    onSuccess: async (told) => {
      queries.setQueryData(signQuery(told.id).queryKey, told)
      await Promise.all(
        [['signs'], ['sign-customers', told.id], ['sign-proof', told.id], ['today']].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      )
      notifications.show({ message: t('segments.saved', { name: told.name }) })
      onSaved(told.id)
    },
  })
}
