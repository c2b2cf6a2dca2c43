/** Changes what signs of a kind foretell, and for whom it can come. */
import { Button, Checkbox } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useReducer, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import { foretoldQuery, vocabularyQuery } from '@/api/query'
import type { Draft, Fault, ForetoldKind, SignKind, Vocabulary } from '@/api/types'
import { startWriting, toDraft, write } from '@/domain/condition-tree'
import { Builder, useSentences } from '@/features/conditions'
import { RefusedState } from '@/features/session'
import { Waiting } from '@/ui/states'
import classes from './sign-proof.module.css'

type EditorProps = { kind: SignKind; onDone: () => void }

export const ForetoldEditor = ({ kind, onDone }: EditorProps) => {
  const { t } = useTranslation()
  const vocabulary = useQuery(vocabularyQuery)
  const foretold = useQuery(foretoldQuery)
  const now = foretold.data?.kinds.find((one) => one.kind === kind)
  const error = vocabulary.error ?? foretold.error
  if (vocabulary.data && now) return <Form vocabulary={vocabulary.data} now={now} kind={kind} onDone={onDone} />
  if (error) return <RefusedState error={error} what={t('proof.failed')} onRetry={() => void foretold.refetch()} />
  return <Waiting rows={2} label={t('state.loading')} />
}

/** Everyone is no condition; this is what a first one begins with. */
const NOTHING: Draft = { all: [] } as unknown as Draft

const Form = ({ vocabulary, now, kind, onDone }: EditorProps & { vocabulary: Vocabulary; now: ForetoldKind }) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [outcome, stepOutcome] = useReducer(write, now.outcome, startWriting)
  const [among, stepAmong] = useReducer(write, now.among ?? NOTHING, startWriting)
  const [limited, setLimited] = useState(now.among !== null)
  const path = { params: { path: { kind } } }
  const onSuccess = async () => {
    await Promise.all(['foretold', 'sign-proof'].map((key) => queries.invalidateQueries({ queryKey: [key] })))
    onDone()
  }
  const save = useMutation({
    mutationFn: () => {
      const body = { outcome: toDraft(outcome.root), among: limited ? toDraft(among.root) : null }
      return answer(client.PUT('/api/v1/foretold/{kind}', { ...path, body: body as never }))
    },
    onSuccess,
  })
  const reset = useMutation({
    mutationFn: () => answer(client.DELETE('/api/v1/foretold/{kind}', path)),
    onSuccess,
  })
  const refusal = isRefused(save.error) ? save.error : null
  const faultsOf = (place: string): Fault[] =>
    (refusal?.faults ?? []).flatMap((fault) =>
      fault.path.startsWith(place) ? [{ ...fault, path: fault.path.slice(place.length) }] : [],
    )
  const outcomeSentences = useSentences(outcome.root, undefined)
  const amongSentences = useSentences(among.root, undefined)
  return (
    <div className={classes.editor}>
      <h3>{t('proof.outcome')}</h3>
      <Builder
        writing={outcome}
        step={stepOutcome}
        sentences={outcomeSentences}
        vocabulary={vocabulary}
        faults={faultsOf('/outcome')}
      />
      <Checkbox
        label={t('proof.limit')}
        checked={limited}
        onChange={(event) => setLimited(event.currentTarget.checked)}
      />
      {limited && (
        <Builder
          writing={among}
          step={stepAmong}
          sentences={amongSentences}
          vocabulary={vocabulary}
          faults={faultsOf('/among')}
        />
      )}
      {refusal && <span role="alert">{refusal.status === 0 ? t('state.unreachable') : refusal.message}</span>}
      <div className={classes.buttons}>
        <Button onClick={() => save.mutate()} loading={save.isPending}>
          {t('action.save')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('action.cancel')}
        </Button>
        {!now.is_built_in && (
          <Button variant="subtle" onClick={() => reset.mutate()} loading={reset.isPending}>
            {t('proof.reset')}
          </Button>
        )}
      </div>
    </div>
  )
}
