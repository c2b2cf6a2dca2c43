/** The forms of leaves that compare a customer with their own past: trend, rhythm, sequence. */
import { ActionIcon, Button, NumberInput, Select, Switch } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Draft, Json } from '@/api/types'
import {
  filtersOf,
  isObject,
  MEASURES,
  needsProperty,
  windowDraft,
  windowOf,
  withFilters,
  without,
  withWindow,
} from '@/domain/leaf'
import classes from '../builder.module.css'
import type { FieldsProps } from '../leaf-editor'
import { Filters } from './comparison'
import { SpanField, WindowField, WordField } from './parts'
import { eventChoices } from './simple-leaves'

const part = (value: Json | undefined): Draft => (isObject(value) ? value : {})

export const TrendFields = ({ draft, write, vocabulary }: FieldsProps) => {
  const { t } = useTranslation()
  const trend = part(draft.trend)
  const event = String(trend.event)
  const measure = String(trend.measure ?? 'count')
  const properties = vocabulary.events.find(({ name }) => name === event)?.properties ?? []
  const writeTrend = (next: Draft) => write({ ...draft, trend: next })
  const chooseMeasure = (next: string) => {
    if (!needsProperty(next)) return writeTrend({ ...without(trend, 'of'), measure: next })
    writeTrend({ ...trend, measure: next, of: trend.of ?? properties[0]?.key ?? '' })
  }
  return (
    <>
      <div className={classes.fields}>
        <WordField
          free
          label={t('builder.event')}
          value={event}
          choices={eventChoices(vocabulary, t('builder.any_event'))}
          onChange={(next) => writeTrend({ ...without(trend, 'where'), event: next })}
        />
        <Select
          label={t('builder.measure_label')}
          w={140}
          value={measure}
          data={MEASURES.map((each) => ({ value: each, label: t(`builder.measure.${each}`) }))}
          onChange={(next) => next && chooseMeasure(next)}
        />
        {needsProperty(measure) && (
          <WordField
            free
            width={150}
            label={t('builder.of')}
            value={String(trend.of ?? '')}
            choices={properties.map(({ key, label }) => ({ value: key, label }))}
            onChange={(of) => writeTrend({ ...trend, of })}
          />
        )}
      </div>
      <div className={classes.fields}>
        <WindowField
          label={t('builder.trend_now')}
          window={windowOf(part(draft.now)) ?? { kind: 'always' }}
          without={['always']}
          onChange={(window) => write({ ...draft, now: windowDraft(window) })}
        />
        <TrendChange is={part(draft.is)} onChange={(is) => write({ ...draft, is })} />
      </div>
      <div className={classes.fields}>
        <WindowField
          label={t('builder.trend_before')}
          window={windowOf(part(draft.before)) ?? { kind: 'always' }}
          without={['always']}
          onChange={(window) => write({ ...draft, before: windowDraft(window) })}
        />
        <NumberInput
          label={t('builder.base_at_least')}
          w={130}
          min={0}
          value={draft.base_at_least === undefined ? '' : Number(draft.base_at_least)}
          onChange={(next) =>
            write(next === '' ? without(draft, 'base_at_least') : { ...draft, base_at_least: String(next) })
          }
        />
      </div>
      <Filters
        label={t('builder.where')}
        event={event}
        value={trend.where}
        vocabulary={vocabulary}
        onChange={(filters) => writeTrend(withFilters(trend, 'where', filters))}
      />
    </>
  )
}

const TrendChange = ({ is, onChange }: { is: Draft; onChange: (is: Draft) => void }) => {
  const { t } = useTranslation()
  const [operator = 'at_most', bound] = Object.entries(is)[0] ?? []
  const [unit = 'percent', of] = Object.entries(part(bound))[0] ?? []
  return (
    <>
      <Select
        label={t('builder.compared')}
        w={124}
        value={operator}
        data={(['at_most', 'at_least'] as const).map((each) => ({
          value: each,
          label: t(`builder.amount.${each}`),
        }))}
        onChange={(next) => next && onChange({ [next]: part(bound) })}
      />
      <NumberInput
        aria-label={t('builder.bound')}
        w={88}
        value={Number(of)}
        onChange={(next) =>
          next !== '' && onChange({ [operator]: { [unit]: typeof of === 'string' ? String(next) : Number(next) } })
        }
      />
      <Select
        aria-label={t('builder.unit')}
        w={190}
        value={unit}
        data={[
          { value: 'percent', label: t('builder.percent_of_before') },
          { value: 'plus', label: t('builder.plus_before') },
        ]}
        onChange={(next) => onChange({ [operator]: next === 'plus' ? { plus: String(of) } : { percent: String(of) } })}
      />
    </>
  )
}

export const RhythmFields = ({ draft, write, vocabulary }: FieldsProps) => {
  const { t } = useTranslation()
  const event = String(draft.rhythm)
  return (
    <>
      <div className={classes.fields}>
        <WordField
          free
          label={t('builder.event')}
          value={event}
          choices={eventChoices(vocabulary, t('builder.any_event'))}
          onChange={(next) => write({ ...without(draft, 'where'), rhythm: next })}
        />
        <NumberInput
          label={t('builder.overdue_by')}
          w={130}
          min={0.1}
          step={0.1}
          prefix="× "
          value={Number(draft.overdue_by)}
          onChange={(next) => next !== '' && write({ ...draft, overdue_by: String(next) })}
        />
        <NumberInput
          label={t('builder.gaps_at_least')}
          w={130}
          min={1}
          allowDecimal={false}
          value={draft.gaps_at_least === undefined ? '' : Number(draft.gaps_at_least)}
          onChange={(next) =>
            write(next === '' ? without(draft, 'gaps_at_least') : { ...draft, gaps_at_least: Number(next) })
          }
        />
      </div>
      <div className={classes.fields}>
        <Switch
          checked={draft.default_gap !== undefined}
          label={t('builder.default_gap')}
          onChange={(event_) =>
            write(event_.currentTarget.checked ? { ...draft, default_gap: '30d' } : without(draft, 'default_gap'))
          }
        />
        {draft.default_gap !== undefined && (
          <SpanField
            hideLabel
            label={t('builder.default_gap')}
            value={String(draft.default_gap)}
            onChange={(default_gap) => write({ ...draft, default_gap })}
          />
        )}
      </div>
      <Filters
        label={t('builder.where')}
        event={event}
        value={draft.where}
        vocabulary={vocabulary}
        onChange={(filters) => write(withFilters(draft, 'where', filters))}
      />
    </>
  )
}

const ABSENCES = ['never_between', 'never_since'] as const

export const SequenceFields = ({ draft, write, vocabulary }: FieldsProps) => {
  const { t } = useTranslation()
  const steps = filtersOf(draft.sequence)
  const choices = eventChoices(vocabulary, t('builder.any_event'))
  const first = vocabulary.events[0]?.name ?? ''
  const writeSteps = (next: Draft[]) => write({ ...draft, sequence: next })
  const thenNo = isObject(draft.then_no) ? draft.then_no : null
  return (
    <>
      {steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity; two may be alike
        <div key={at} className={classes.list}>
          <div className={classes.fields}>
            <WordField
              free
              label={t('builder.step', { n: at + 1 })}
              value={String(step.event)}
              choices={choices}
              onChange={(event) => writeSteps(steps.with(at, { ...without(step, 'where'), event }))}
            />
            {at > 0 && (
              <Switch
                mb={7}
                checked={step.within !== undefined}
                label={t('builder.within')}
                onChange={(event) =>
                  writeSteps(
                    steps.with(at, event.currentTarget.checked ? { ...step, within: '7d' } : without(step, 'within')),
                  )
                }
              />
            )}
            {at > 0 && typeof step.within === 'string' && (
              <SpanField
                hideLabel
                label={t('builder.within')}
                value={step.within}
                onChange={(within) => writeSteps(steps.with(at, { ...step, within }))}
              />
            )}
            {steps.length > 1 && (
              <ActionIcon
                size={30}
                aria-label={t('builder.remove_step', { n: at + 1 })}
                onClick={() => writeSteps(steps.toSpliced(at, 1))}
              >
                <IconX size={15} />
              </ActionIcon>
            )}
          </div>
          <Filters
            label={t('builder.where')}
            event={String(step.event)}
            value={step.where}
            vocabulary={vocabulary}
            onChange={(filters) => writeSteps(steps.with(at, withFilters(step, 'where', filters)))}
          />
        </div>
      ))}
      <div>
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={13} stroke={1.8} />}
          onClick={() => writeSteps([...steps, { event: first, within: '7d' }])}
        >
          {t('builder.add_step')}
        </Button>
      </div>
      <div className={classes.fields}>
        <WindowField
          label={t('builder.when')}
          window={windowOf(draft) ?? { kind: 'always' }}
          onChange={(window) => write(withWindow(draft, window))}
        />
      </div>
      {ABSENCES.map((key) => (
        <div key={key} className={classes.fields}>
          <Switch
            mb={7}
            checked={draft[key] !== undefined}
            label={t(`builder.${key}`)}
            onChange={(event) =>
              write(event.currentTarget.checked ? { ...draft, [key]: { event: first } } : without(draft, key))
            }
          />
          {isObject(draft[key]) && (
            <WordField
              free
              hideLabel
              label={t(`builder.${key}`)}
              value={String(part(draft[key]).event)}
              choices={choices}
              onChange={(event) => write({ ...draft, [key]: { event } })}
            />
          )}
          {isObject(draft[key]) && (
            <Filters
              label={t('builder.where')}
              event={String(part(draft[key]).event)}
              value={part(draft[key]).where}
              vocabulary={vocabulary}
              onChange={(filters) => write({ ...draft, [key]: withFilters(part(draft[key]), 'where', filters) })}
            />
          )}
        </div>
      ))}
      <div className={classes.fields}>
        <Switch
          mb={7}
          checked={thenNo !== null}
          label={t('builder.then_no')}
          onChange={(event) =>
            write(
              event.currentTarget.checked
                ? { ...draft, then_no: { event: first, for: '3d' } }
                : without(draft, 'then_no'),
            )
          }
        />
        {thenNo && (
          <>
            <WordField
              free
              hideLabel
              label={t('builder.then_no')}
              value={String(thenNo.event)}
              choices={choices}
              onChange={(event) => write({ ...draft, then_no: { ...without(thenNo, 'where'), event } })}
            />
            <SpanField
              hideLabel
              label={t('builder.length')}
              value={String(thenNo.for)}
              onChange={(span) => write({ ...draft, then_no: { ...thenNo, for: span } })}
            />
            <Filters
              label={t('builder.where')}
              event={String(thenNo.event)}
              value={thenNo.where}
              vocabulary={vocabulary}
              onChange={(filters) => write({ ...draft, then_no: withFilters(thenNo, 'where', filters) })}
            />
          </>
        )}
      </div>
    </>
  )
}
