/** The models: what each foretells, how well, and how far it is when it is being learnt. */
import { Button, Progress } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconPlayerPlay, IconPlayerStop, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import type { Model } from '@/api/types'
import { paths } from '@/domain/paths'
import { Moment, useLanguage } from '@/features/session'
import { useTellUndo } from '@/ui/undo-notice'
import classes from './models.module.css'

type ModelListProps = { models: Model[]; chosen: string | undefined; mayEdit: boolean }

export const ModelList = ({ models, chosen, mayEdit }: ModelListProps) => (
  <ul className={classes.cards}>
    {models.map((model) => (
      <ModelItem key={model.id} model={model} chosen={model.id === chosen} mayEdit={mayEdit} />
    ))}
  </ul>
)

const ModelItem = ({ model, chosen, mayEdit }: { model: Model; chosen: boolean; mayEdit: boolean }) => {
  const { t } = useTranslation()
  const { learn, cancel, remove } = useModel(model)
  const { card, progress } = model
  return (
    <li className={classes.card} data-chosen={chosen || undefined}>
      <h2>
        <Link to={paths.models} search={{ model: model.id }}>
          {model.name}
        </Link>
      </h2>
      {model.sentence !== model.name && <p className={classes.dim}>{model.sentence}</p>}
      <Verdict model={model} />
      {progress && (
        <div role="status" aria-live="polite">
          <p className={classes.dim}>
            {t(`models.stage.${progress.stage}`)}{' '}
            {0 < progress.of && t('models.far', { done: progress.done, of: progress.of })}
          </p>
          <Progress
            value={progress.of === 0 ? 3 : (100 * progress.done) / progress.of}
            aria-label={t(`models.stage.${progress.stage}`)}
          />
        </div>
      )}
      {!progress && model.refused && (
        <p className={classes.refused} role="alert">
          <IconAlertTriangle size={15} stroke={1.7} aria-hidden />
          {model.refused}
        </p>
      )}
      {card && (
        <p className={classes.dim}>
          {t('models.learnt')} <Moment at={card.learnt_at} /> · {t('models.scored', { count: card.scored })}
        </p>
      )}
      {mayEdit && (
        <div className={classes.buttons}>
          {progress ? (
            <Button
              variant="default"
              leftSection={<IconPlayerStop size={14} stroke={1.8} aria-hidden />}
              loading={cancel.isPending}
              onClick={() => cancel.mutate()}
            >
              {t('models.stop')}
            </Button>
          ) : (
            <Button
              variant="light"
              leftSection={<IconPlayerPlay size={14} stroke={1.8} aria-hidden />}
              loading={learn.isPending}
              onClick={() => learn.mutate()}
            >
              {t(card ? 'models.learn_again' : 'models.learn')}
            </Button>
          )}
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconTrash size={14} stroke={1.7} aria-hidden />}
            onClick={() => remove.mutate()}
          >
            {t('action.remove')}
          </Button>
        </div>
      )}
    </li>
  )
}

/** How good it is, in one line. */
const Verdict = ({ model: { card } }: { model: Model }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const two = new Intl.NumberFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    maximumFractionDigits: 2,
    minimumFractionDigits: 2,
  })
  const won = card?.learners.find((learner) => learner.won)
  if (won) {
    return (
      <p className={classes.verdict}>
        <b>{two.format(won.auc.value)}</b>
        <span title={won.name}>
          {t('models.auc')} {two.format(won.auc.low)}–{two.format(won.auc.high)} ·{' '}
          {t('models.lift', { lift: two.format(won.lift.value) })}
        </span>
      </p>
    )
  }
  if (card?.value) {
    const { foretold, came, checked_days } = card.value
    return (
      <p className={classes.verdict}>
        {foretold !== null && came !== null && checked_days !== null ? (
          <>
            <b>{new Intl.NumberFormat(undefined, { style: 'percent' }).format(foretold / Math.max(1, came))}</b>
            <span>{t('models.foretold', { days: checked_days })}</span>
          </>
        ) : (
          <span>{t('models.unchecked')}</span>
        )}
      </p>
    )
  }
  return null
}

const useModel = (model: Model) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const params = { path: { id: model.id } }
  const again = () => queries.invalidateQueries({ queryKey: ['models'] })
  const failed = (error: Error) => notifications.show({ color: 'red', message: error.message })
  const tellUndo = useTellUndo()
  const learn = useMutation({
    mutationFn: () => answer(client.POST('/api/v1/models/{id}/learn', { params })),
    onSuccess: again,
    onError: failed,
  })
  const cancel = useMutation({
    mutationFn: () => answer(client.POST('/api/v1/models/{id}/cancel', { params })),
    onSuccess: again,
    onError: failed,
  })
  const back = useMutation({
    mutationFn: () => {
      const { names, learn: what, horizon_days, seed } = model
      return answer(client.PUT('/api/v1/models/{id}', { params, body: { names, learn: what, horizon_days, seed } }))
    },
    onSuccess: again,
    onError: failed,
  })
  const remove = useMutation({
    mutationFn: () => answer(client.DELETE('/api/v1/models/{id}', { params })),
    onSuccess: async () => {
      await again()
      tellUndo(`model ${model.id}`, t('models.removed', { name: model.name }), () => back.mutate())
    },
    onError: failed,
  })
  return { learn, cancel, remove }
}
