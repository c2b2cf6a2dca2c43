/** How a sign did on the past: tried in the background, with what counts as right, intervals, lead times and bands. */
import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import { signProofQuery } from '@/api/query'
import type { ProofResult, Sign, SignProof } from '@/api/types'
import { formatNumber, formatPercent, formatRange } from '@/domain/format'
import { AsOf, RefusedState, useMay, useWhen } from '@/features/session'
import { type BarRow, BarTable } from '@/ui/bar-table'
import { Panel } from '@/ui/page'
import { Banner, Empty, Waiting } from '@/ui/states'
import { Tag, type Tone } from '@/ui/tag'
import { WorkProgress } from '@/ui/work-progress'
import { ForetoldEditor } from './foretold-editor'
import classes from './sign-proof.module.css'

const TONES: Record<ProofResult['verdict'], Tone> = {
  foretells: 'purchase',
  unclear: 'plain',
  misleads: 'churn',
  too_little: 'warn',
}

export const SignProofPanel = ({ sign }: { sign: Pick<Sign, 'id' | 'kind'> }) => {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(signProofQuery(sign.id))
  if (!data) {
    return error ? (
      <RefusedState error={error} what={t('proof.failed')} onRetry={() => void refetch()} />
    ) : (
      <Waiting rows={5} label={t('state.loading')} />
    )
  }
  return (
    <div className={classes.proof}>
      <Work id={sign.id} proof={data} />
      {data.result && <Result result={data.result} />}
      {!data.result && data.state !== 'running' && (
        <Empty icon={<IconHistory size={30} stroke={1.4} aria-hidden />} sentence={t('proof.never')} />
      )}
      <CountsAs kind={sign.kind} proof={data} />
    </div>
  )
}

/** What is going on, and the button for it. */
const Work = ({ id, proof }: { id: string; proof: SignProof }) => {
  const { t } = useTranslation()
  const { language } = useWhen()
  const queries = useQueryClient()
  const may = useMay('edit_segments')
  const path = { params: { path: { id } } }
  const settled = { onSuccess: (told: unknown) => queries.setQueryData(signProofQuery(id).queryKey, told as SignProof) }
  const begin = useMutation({
    mutationFn: () => answer(client.POST('/api/v1/signs/{id}/backtest', { ...path, body: {} })),
    ...settled,
  })
  const cancel = useMutation({
    mutationFn: () => answer(client.DELETE('/api/v1/signs/{id}/backtest', path)),
    ...settled,
  })
  const refusal = [begin.error, cancel.error].find((error) => error !== null)
  const { done, total } = proof.progress ?? { done: 0, total: 0 }
  return (
    <div className={classes.work}>
      {proof.state === 'running' ? (
        <WorkProgress
          done={done}
          total={total}
          label={t('proof.progress')}
          said={
            total === 0
              ? t('proof.waiting')
              : t('proof.running', { done: formatNumber(done, language), total: formatNumber(total, language) })
          }
          stop={may ? { label: t('action.cancel'), busy: cancel.isPending, onStop: () => cancel.mutate() } : undefined}
        />
      ) : (
        <>
          <Button
            variant={proof.result ? 'default' : 'filled'}
            onClick={() => begin.mutate()}
            loading={begin.isPending}
            disabled={!may}
            title={may ? undefined : t('proof.may_not')}
          >
            {t(proof.result ? 'proof.again' : 'proof.begin')}
          </Button>
          {proof.state === 'cancelled' && <span>{t('proof.cancelled')}</span>}
          {proof.error && <span role="alert">{proof.error}</span>}
        </>
      )}
      {refusal && <span role="alert">{isRefused(refusal, 0) ? t('state.unreachable') : refusal.message}</span>}
    </div>
  )
}

const Result = ({ result }: { result: ProofResult }) => {
  const { t } = useTranslation()
  const when = useWhen()
  const share = (n: number) => formatPercent(n, when.language)
  const number = (n: number) => formatNumber(n, when.language)
  const rate = (key: string, name: string, of: ProofResult['base'], dim = false): BarRow[] =>
    of
      ? [
          {
            key,
            name,
            long: 8 < name.length,
            share: of.share,
            low: of.low,
            high: of.high,
            dim,
            figure: `${share(of.share)} (${share(of.low)}–${share(of.high)})`,
            from: t('proof.of', { hits: number(of.hits), of: number(of.of), customers: number(of.customers) }),
          },
        ]
      : []
  const head = { name: t('proof.what'), bar: t('proof.bar'), figure: t('proof.share'), from: t('proof.seen') }
  const mostLeads = Math.max(1, ...result.leads.map(({ n }) => n))
  return (
    <>
      {result.is_out_of_date && <Banner>{t('proof.out_of_date')}</Banner>}
      <div className={classes.verdict}>
        <Tag tone={TONES[result.verdict]}>{t(`proof.verdict.${result.verdict}`)}</Tag>
        <AsOf at={result.as_of} />
        {result.from && result.to && (
          <span>
            {t('proof.dates', {
              n: number(result.n_dates),
              step: result.step_days,
              ...formatRange(result.from, result.to, when),
            })}
          </span>
        )}
      </div>
      <p className={classes.sentence}>{result.sentence}</p>
      <div className={classes.two}>
        <Panel title={t('proof.right_title')}>
          <BarTable
            caption={t('proof.right_caption', { days: result.horizon_days })}
            head={head}
            rows={[
              ...rate('right', t('proof.right'), result.right),
              ...rate('plain', t('proof.plain', { rule: result.plain_rule }), result.plain, true),
              ...rate('base', t('proof.base'), result.base, true),
              ...rate('caught', t('proof.caught'), result.caught),
            ]}
          />
          {result.lift && (
            <p className={classes.lift}>
              {t('proof.lift', times(result.lift, when.language))}
              {result.over_plain && t('proof.over_plain', times(result.over_plain, when.language))}
            </p>
          )}
        </Panel>
        <Panel title={t('proof.bands_title')}>
          <BarTable
            caption={t('proof.bands_caption')}
            head={head}
            rows={result.bands.flatMap((band) => {
              const name = band.from === band.to ? `${band.from}` : `${band.from}–${band.to}`
              if (band.rate && band.is_enough) return rate(name, name, band.rate)
              const from = band.rate ? t('proof.looks', { of: number(band.rate.of) }) : ''
              return [{ key: name, name, share: 0, figure: t('proof.too_little'), from, dim: true }]
            })}
          />
        </Panel>
        {result.drift && (
          <Panel title={t('proof.drift')}>
            <BarTable
              caption={result.drift_sentence ?? ''}
              head={head}
              rows={[
                ...rate('before', t('proof.before'), result.drift.before, true),
                ...rate('lately', t('proof.lately'), result.drift.lately),
              ]}
            />
            <p className={classes.lift}>{t('proof.drift_how')}</p>
          </Panel>
        )}
        {0 < result.leads.length && (
          <Panel title={t('proof.leads_title')}>
            <BarTable
              caption={t('proof.leads_caption', { days: result.median_lead_days, step: result.step_days })}
              head={{ name: t('proof.days_before'), bar: t('proof.bar'), figure: t('proof.times') }}
              rows={result.leads.map((lead) => ({
                key: `${lead.from_days}`,
                name: lead.from_days === lead.to_days ? `${lead.from_days}` : `${lead.from_days}–${lead.to_days}`,
                share: lead.n / mostLeads,
                figure: number(lead.n),
              }))}
            />
          </Panel>
        )}
      </div>
    </>
  )
}

type Ratio = { times: number; low: number; high: number }
const times = ({ times, low, high }: Ratio, language: 'ja' | 'en') => {
  const said = (n: number) => new Intl.NumberFormat(language, { maximumSignificantDigits: n < 10 ? 2 : 3 }).format(n)
  return { times: said(times), low: said(low), high: said(high) }
}

/** What counts as right, and for whom; opened, it can be changed. */
const CountsAs = ({ kind, proof }: { kind: Sign['kind']; proof: SignProof }) => {
  const { t } = useTranslation()
  const may = useMay('edit_segments')
  const [open, setOpen] = useState(false)
  return (
    <Panel title={t('proof.counts_as')}>
      <dl className={classes.counts}>
        <dt>{t('proof.outcome')}</dt>
        <dd data-sentence>{proof.foretold.outcome}</dd>
        <dt>{t('proof.among')}</dt>
        <dd data-sentence>{proof.foretold.among ?? t('proof.everyone')}</dd>
      </dl>
      {open ? (
        <ForetoldEditor kind={kind} onDone={() => setOpen(false)} />
      ) : (
        <Button
          variant="default"
          disabled={!may}
          title={may ? undefined : t('proof.may_not')}
          onClick={() => setOpen(true)}
        >
          {t('proof.change')}
        </Button>
      )}
    </Panel>
  )
}
