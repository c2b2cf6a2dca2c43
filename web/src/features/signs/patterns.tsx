/** What behaviour foretold an outcome: searched in the background, told with how much surer than chance, made a draft by one click. */
import { Button, NumberInput, SegmentedControl } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import { patternsQuery } from '@/api/query'
import type { PatternRow, Patterns, SignKind } from '@/api/types'
import { formatNumber, formatPercent } from '@/domain/format'
import { paths } from '@/domain/paths'
import { AsOf, RefusedState, useMay, useWhen } from '@/features/session'
import { Panel } from '@/ui/page'
import { Empty, Waiting } from '@/ui/states'
import { WorkProgress } from '@/ui/work-progress'
import classes from './patterns.module.css'

const KINDS: SignKind[] = ['purchase', 'upsell', 'churn', 'replenishment', 'follow_up']

export const PatternSearch = ({ kind, onKind }: { kind: SignKind; onKind: (kind: SignKind) => void }) => {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(patternsQuery(kind))
  return (
    <div className={classes.search}>
      <SegmentedControl
        aria-label={t('patterns.kind')}
        className={classes.kinds}
        value={kind}
        onChange={(chosen) => onKind(chosen as SignKind)}
        data={KINDS.map((value) => ({ value, label: t(`sign.kind.${value}`) }))}
      />
      {!data && error && <RefusedState error={error} what={t('patterns.failed')} onRetry={() => void refetch()} />}
      {!data && !error && <Waiting rows={4} label={t('state.loading')} />}
      {data && (
        <>
          <p className={classes.foretold} data-sentence>
            {t('patterns.foretold', { outcome: data.foretold.outcome })}
          </p>
          <Work kind={kind} shown={data} />
          {data.result && <Found result={data.result} kind={kind} />}
        </>
      )}
    </div>
  )
}

const Work = ({ kind, shown }: { kind: SignKind; shown: Patterns }) => {
  const { t } = useTranslation()
  const { language } = useWhen()
  const queries = useQueryClient()
  const may = useMay('edit_segments')
  const [horizon, setHorizon] = useState(30)
  const path = { params: { path: { kind } } }
  const settled = {
    onSuccess: (told: unknown) => queries.setQueryData(patternsQuery(kind).queryKey, told as Patterns),
  }
  const begin = useMutation({
    mutationFn: () => answer(client.POST('/api/v1/patterns/{kind}', { ...path, body: { horizon_days: horizon } })),
    ...settled,
  })
  const cancel = useMutation({ mutationFn: () => answer(client.DELETE('/api/v1/patterns/{kind}', path)), ...settled })
  const { done, total } = shown.progress ?? { done: 0, total: 0 }
  if (shown.state === 'running') {
    return (
      <WorkProgress
        done={done}
        total={total}
        label={t('patterns.progress')}
        said={
          total === 0
            ? t('proof.waiting')
            : t('proof.running', { done: formatNumber(done, language), total: formatNumber(total, language) })
        }
        stop={may ? { label: t('action.cancel'), busy: cancel.isPending, onStop: () => cancel.mutate() } : undefined}
      />
    )
  }
  return (
    <div className={classes.work}>
      <NumberInput
        className={classes.horizon}
        label={t('patterns.horizon')}
        min={1}
        max={365}
        allowDecimal={false}
        value={horizon}
        onChange={(days) => setHorizon(Number(days) || 30)}
      />
      <Button
        onClick={() => begin.mutate()}
        loading={begin.isPending}
        disabled={!may}
        title={may ? undefined : t('proof.may_not')}
      >
        {t(shown.result ? 'patterns.again' : 'patterns.begin')}
      </Button>
      {shown.state === 'cancelled' && <span>{t('proof.cancelled')}</span>}
      {shown.error && <span role="alert">{shown.error}</span>}
      {begin.error && (
        <span role="alert">{isRefused(begin.error, 0) ? t('state.unreachable') : begin.error.message}</span>
      )}
    </div>
  )
}

const Found = ({ result, kind }: { result: NonNullable<Patterns['result']>; kind: SignKind }) => {
  const { t } = useTranslation()
  const { language } = useWhen()
  const make = useMake(kind)
  const may = useMay('edit_segments')
  const times = new Intl.NumberFormat(language, { maximumSignificantDigits: 2 })
  const share = (n: number) => formatPercent(n, language)
  if (result.patterns.length === 0) {
    return <Empty sentence={t('patterns.nothing', { searched: formatNumber(result.searched, language) })} />
  }
  return (
    <Panel
      title={t('patterns.found', { n: result.patterns.length, searched: formatNumber(result.searched, language) })}
      aside={<AsOf at={result.as_of} />}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label={t('patterns.table')}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('patterns.sentence')}</th>
              <th scope="col">{t('patterns.lift')}</th>
              <th scope="col">{t('patterns.right')}</th>
              <th scope="col">{t('patterns.coverage')}</th>
              <th scope="col">{t('patterns.lead')}</th>
              <th scope="col">{t('patterns.make')}</th>
            </tr>
          </thead>
          <tbody>
            {result.patterns.map((row) => (
              <tr key={row.definition.id}>
                <th scope="row" data-sentence>
                  {row.sentence}
                </th>
                <td title={`${times.format(row.lift.low)}–${times.format(row.lift.high)}`}>
                  {t('patterns.times', { n: times.format(row.lift.times) })}
                </td>
                <td>
                  {share(row.right.share)} <small>({share(row.base.share)})</small>
                </td>
                <td>{share(row.coverage.share)}</td>
                <td>{t('patterns.days', { n: row.median_lead_days })}</td>
                <td>
                  <Button
                    size="compact-sm"
                    variant="default"
                    leftSection={<IconPlus size={13} stroke={1.7} />}
                    disabled={!may}
                    title={may ? undefined : t('proof.may_not')}
                    loading={make.isPending && make.variables === row}
                    aria-label={t('patterns.make_of', { sentence: row.sentence })}
                    onClick={() => make.mutate(row)}
                  >
                    {t('patterns.make')}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className={classes.note}>{t('patterns.explained', { days: result.horizon_days })}</p>
    </Panel>
  )
}

const useMake = (kind: SignKind) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: (row: PatternRow) =>
      answer(client.POST('/api/v1/signs', { body: { definition: row.definition as never } })),
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['signs'] })
      void navigate({ to: paths.signs, search: { sign: made.id, past: '1' } })
    },
    onError: (error) =>
      notifications.show({
        color: 'red',
        message: isRefused(error) && error.status !== 0 ? error.message : t('state.unreachable'),
      }),
    meta: { kind },
  })
}
