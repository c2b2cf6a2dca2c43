/** One file on its way in: shape → check → commit → done. Which part shows follows from its state alone. */

import { Button, Progress } from '@mantine/core'
import { IconArrowRight, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Import, ImportState } from '@/api/types'
import { formatDate, formatNumber } from '@/domain/format'
import { paths } from '@/domain/paths'
import { Num, useLanguage, useWhen } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { Panel } from '@/ui/page'
import classes from './import-steps.module.css'
import { canUndo, UndoButton } from './imports-list'
import { Mapping, missingFields } from './mapping'
import { Mended } from './mended'
import { Alert } from './notice'
import { Problems } from './problems'
import { ReadOtherwise } from './read-otherwise'
import { useImportStep } from './use-import-step'

const STEPS = ['shape', 'check', 'commit', 'done'] as const
const AT: Record<ImportState, number> = {
  read: 0,
  checking: 1,
  checked: 2,
  committing: 2,
  committed: 3,
  undone: 3,
  failed: 0,
  cancelled: 0,
}

export const ImportSteps = ({ told }: { told: Import }) => {
  const { t } = useTranslation()
  const { state } = told
  const mayChange = state === 'read' || state === 'checked' || state === 'cancelled'
  return (
    <>
      <ol className={classes.steps}>
        {STEPS.map((step, at) => (
          <li key={step} aria-current={at === AT[state] ? 'step' : undefined} data-past={at < AT[state] || undefined}>
            <span aria-hidden>{at < AT[state] ? <IconCheck size={13} stroke={2.4} /> : at + 1}</span>
            {t(`imports.step.${step}`)}
          </li>
        ))}
      </ol>
      {told.error && <Alert tone="bad">{told.error}</Alert>}
      {state === 'undone' && <Alert tone="plain">{t('imports.is_undone')}</Alert>}
      {state === 'cancelled' && <Alert tone="plain">{t('imports.is_cancelled')}</Alert>}
      <Now told={told} />
      {told.problems_total > 0 && <Problems told={told} />}
      {0 < told.mended.length + told.left_out.length && <Mended told={told} />}
      <ReadOtherwise told={told} />
      <Mapping told={told} disabled={!mayChange} />
    </>
  )
}

/** What can be done next, on top. */
const Now = ({ told }: { told: Import }) => {
  switch (told.state) {
    case 'read':
    case 'cancelled':
      return <ToCheck told={told} />
    case 'checking':
    case 'committing':
      return <UnderWay told={told} />
    case 'checked':
      return <ToCommit told={told} />
    case 'committed':
      return <Done told={told} />
    case 'undone':
    case 'failed':
      return null
  }
}

const ToCheck = ({ told }: { told: Import }) => {
  const { t } = useTranslation()
  const { step } = useImportStep(told.id)
  const missing = missingFields(told)
  const unsure = told.columns.filter((column) => !column.sure).length
  return (
    <Panel>
      <div className={classes.now}>
        <div className={classes.say}>
          <p>{t('imports.say_shape', { kind: t(`imports.kind.${told.kind}`) })}</p>
          {missing.length > 0 ? (
            <p className={classes.missing}>
              {t('imports.missing', { fields: missing.map((field) => field.label).join('、') })}
            </p>
          ) : (
            unsure > 0 && <p className={classes.dim}>{t('imports.unsure_some', { count: unsure })}</p>
          )}
        </div>
        <Button
          disabled={missing.length > 0}
          loading={step.isPending}
          rightSection={<IconArrowRight size={15} stroke={1.7} />}
          onClick={() => step.mutate('check')}
        >
          {t('imports.check')}
        </Button>
      </div>
    </Panel>
  )
}

const UnderWay = ({ told }: { told: Import }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const { step } = useImportStep(told.id)
  const { progress } = told
  const share = progress?.total ? (100 * progress.done) / progress.total : 100
  const label = t(told.state === 'checking' ? 'imports.checking' : 'imports.committing')
  return (
    <Panel>
      <div className={classes.now}>
        <div className={classes.say} role="status">
          <p>{label}</p>
          <Progress value={share} animated={!progress?.total} aria-label={label} size="md" />
          {progress && (
            <p className={classes.dim}>
              {t('imports.progress', {
                done: formatNumber(progress.done, language),
                total: progress.total === null ? '?' : formatNumber(progress.total, language),
                speed: formatNumber(Math.round(progress.rows_per_second), language),
              })}
            </p>
          )}
        </div>
        <Button variant="default" loading={step.isPending} onClick={() => step.mutate('cancel')}>
          {t('action.cancel')}
        </Button>
      </div>
    </Panel>
  )
}

const Counts = ({ told }: { told: Import }) => {
  const { t } = useTranslation()
  const { counts } = told
  if (!counts) return null
  const parts = ['new', 'changed', 'unchanged', 'rejected'] as const
  return (
    <div className={classes.counts}>
      <div className={classes.bar} aria-hidden>
        {parts.map((part) => (
          <i key={part} data-part={part} style={{ flexGrow: counts[part] }} />
        ))}
      </div>
      <dl>
        {parts.map((part) => (
          <div key={part} data-part={part}>
            <dt>{t(`imports.count.${part}`)}</dt>
            <dd>
              <Num n={counts[part]} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

const ToCommit = ({ told }: { told: Import }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const { step } = useImportStep(told.id)
  const good = told.counts ? told.counts.rows - told.counts.rejected : 0
  return (
    <Panel title={t('imports.checked_title')}>
      <Counts told={told} />
      <div className={classes.now}>
        <p className={classes.dim}>
          {told.counts && told.counts.rejected > 0
            ? t('imports.rest_goes_in', { count: told.counts.rejected })
            : t('imports.all_good')}
        </p>
        <Button disabled={good === 0} loading={step.isPending} onClick={() => step.mutate('commit')}>
          {t('imports.commit', { rows: formatNumber(good, language) })}
        </Button>
      </div>
    </Panel>
  )
}

const Done = ({ told }: { told: Import }) => {
  const { t } = useTranslation()
  const when = useWhen()
  return (
    <Panel title={t('imports.done_title')}>
      <Counts told={told} />
      <div className={classes.now}>
        <p className={classes.changed}>
          {told.changed_segments === null
            ? t('imports.done')
            : t('imports.changed_segments', { count: told.changed_segments })}
        </p>
        <ButtonLink to={paths.segments} variant="default">
          {t('imports.see_segments')}
        </ButtonLink>
        {canUndo(told) && (
          <span className={classes.undo}>
            <UndoButton id={told.id} />
            {told.undo_until && (
              <span className={classes.dim}>
                {t('imports.undo_until', { date: formatDate(told.undo_until, when) })}
              </span>
            )}
          </span>
        )}
      </div>
    </Panel>
  )
}
