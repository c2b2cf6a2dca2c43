/** The forms of leaves that compare a customer with their own past: trend, rhythm, sequence. */
import { ActionIcon, Button, NumberInput, Select, Switch } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Draft, Json } from '@/api/types'
import { filtersOf, isObject, windowDraft, windowOf, withFilters, without, withWindow } from '@/domain/leaf-parts'
import classes from '../builder.module.css'
import type { FieldsProps } from '../leaf-editor'
import { Filters } from './comparison'
import { MeasuredField, partOf } from './measured-leaves'
import { SpanField, WindowField, WordField } from './parts'
import { eventChoices } from './simple-leaves'

export const TrendFields = ({ draft, write, vocabulary }: FieldsProps) => {
  const { t } = useTranslation()
  return (
    <>
      <MeasuredField
        eventLabel={t('builder.event')}
        part={partOf(draft.trend)}
        vocabulary={vocabulary}
        onChange={(trend) => write({ ...draft, trend })}
      />
      <div className={classes.fields}>
        <WindowField
          label={t('builder.trend_now')}
          window={windowOf(partOf(draft.now)) ?? { kind: 'always' }}
          without={['always']}
          onChange={(window) => write({ ...draft, now: windowDraft(window) })}
        />
        <TrendChange is={partOf(draft.is)} onChange={(is) => write({ ...draft, is })} />
      </div>
      <div className={classes.fields}>
        <WindowField
          label={t('builder.trend_before')}
          window={windowOf(partOf(draft.before)) ?? { kind: 'always' }}
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
    </>
  )
}

const TrendChange = ({ is, onChange }: { is: Draft; onChange: (is: Draft) => void }) => {
  const { t } = useTranslation()
  const [operator = 'at_most', bound] = Object.entries(is)[0] ?? []
  const [unit = 'percent', of] = Object.entries(partOf(bound))[0] ?? []
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
        onChange={(next) => next && onChange({ [next]: partOf(bound) })}
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
          value={Number(draft.overdue_by ?? 1)}
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
      <DefaultGap draft={draft} write={write} vocabulary={vocabulary} />
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

const GAP_KINDS = ['none', 'fixed', 'attribute', 'property'] as const
type GapKind = (typeof GAP_KINDS)[number]

const gapKind = (gap: Json | undefined): GapKind => {
  if (gap === undefined) return 'none'
  return isObject(gap) ? ('attribute' in gap ? 'attribute' : 'property') : 'fixed'
}

/** The rhythm taken for a customer with too few gaps: a length, or one kept with the customer or with what was bought. */
const DefaultGap = ({ draft, write, vocabulary }: FieldsProps) => {
  const { t } = useTranslation()
  const gap = draft.default_gap
  const kind = gapKind(gap)
  const told = partOf(gap)
  const otherwise = typeof told.else === 'string' ? told.else : undefined
  const properties = vocabulary.events.find(({ name }) => name === draft.rhythm)?.properties ?? []
  const words = kind === 'attribute' ? vocabulary.attributes : properties
  const choose = (next: GapKind) => {
    if (next === 'none') return write(without(draft, 'default_gap'))
    if (next === 'fixed') return write({ ...draft, default_gap: otherwise ?? '30d' })
    const first = (next === 'attribute' ? vocabulary.attributes : properties)[0]?.key ?? ''
    write({ ...draft, default_gap: { [next]: first, else: typeof gap === 'string' ? gap : (otherwise ?? '30d') } })
  }
  return (
    <div className={classes.fields}>
      <Select
        label={t('builder.default_gap')}
        w={230}
        value={kind}
        data={GAP_KINDS.map((each) => ({ value: each, label: t(`builder.gap.${each}`) }))}
        onChange={(next) => next && choose(next as GapKind)}
      />
      {kind === 'fixed' && (
        <SpanField
          hideLabel
          label={t('builder.length')}
          value={String(gap)}
          onChange={(default_gap) => write({ ...draft, default_gap })}
        />
      )}
      {(kind === 'attribute' || kind === 'property') && (
        <>
          <WordField
            free
            hideLabel
            label={t(`builder.gap.${kind}`)}
            value={String(told[kind])}
            choices={words.map(({ key, label }) => ({ value: key, label }))}
            onChange={(next) => write({ ...draft, default_gap: { ...told, [kind]: next } })}
          />
          <SpanField
            label={t('builder.gap_else')}
            value={otherwise ?? '30d'}
            onChange={(span) => write({ ...draft, default_gap: { ...told, else: span } })}
          />
        </>
      )}
    </div>
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
              value={String(partOf(draft[key]).event)}
              choices={choices}
              onChange={(event) => write({ ...draft, [key]: { event } })}
            />
          )}
          {isObject(draft[key]) && (
            <Filters
              label={t('builder.where')}
              event={String(partOf(draft[key]).event)}
              value={partOf(draft[key]).where}
              vocabulary={vocabulary}
              onChange={(filters) => write({ ...draft, [key]: withFilters(partOf(draft[key]), 'where', filters) })}
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
