/** 提案前シート: before a proposal, how well the offer fits this customer, why, what to ask and what to change. Can be printed. */
import { Button } from '@mantine/core'
import { IconCheck, IconMinus, IconPrinter, IconQuestionMark, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { matchQuery } from '@/api/query'
import type { CriterionFit, Met, OfferMatch, VariantFit } from '@/api/types'
import { paths } from '@/domain/paths'
import { WhyTree } from '@/features/conditions'
import { LevelFigure, MatchBar } from '@/features/offer-marks'
import { AsOf, RefusedState, useMay } from '@/features/session'
import { SideDrawer } from '@/ui/side-drawer'
import { Banner, Waiting } from '@/ui/states'
import { AmountFigure } from './amount'
import classes from './match-sheet.module.css'
import { NeedList } from './need-list'
import { ProposalsPart } from './proposals'

type MatchSheetProps = { offer: string; customer: string | undefined; onClose: () => void }

export const MatchSheet = ({ offer, customer, onClose }: MatchSheetProps) => {
  const { t } = useTranslation()
  return (
    <SideDrawer opened={customer !== undefined} onClose={onClose} size={600} title={t('offers.sheet')}>
      {customer !== undefined && <Sheet offer={offer} customer={customer} />}
    </SideDrawer>
  )
}

const Sheet = ({ offer, customer }: { offer: string; customer: string }) => {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(matchQuery(offer, customer))
  if (data) return <Told match={data} />
  if (error) return <RefusedState error={error} what={t('offers.failed')} onRetry={() => void refetch()} />
  return <Waiting rows={6} label={t('state.loading')} />
}

const Told = ({ match }: { match: OfferMatch }) => {
  const { t } = useTranslation()
  const mayRecord = useMay('record_outcome')
  return (
    <article className={classes.sheet}>
      <header className={classes.head}>
        <div>
          <h2>
            <Link to={paths.customer} params={{ key: match.customer.key }}>
              {match.customer.name}
            </Link>
          </h2>
          <p>
            {match.offer.name} <AmountFigure amount={match.amount} />
          </p>
          <p className={classes.dim}>
            {match.rep && `${t('customer.rep')}: ${match.rep} · `}
            <AsOf at={match.as_of} />
          </p>
        </div>
        <LevelFigure level={match.level} atMost={match.at_most} large />
      </header>
      <MatchBar pieces={match.criteria} />
      {match.owned && <Banner>{t('offers.already')}</Banner>}
      {!match.can_be_offered && <Banner>{t('offers.not_for')}</Banner>}

      <section>
        <h3>{t('offers.why')}</h3>
        <ul className={classes.criteria}>
          {match.criteria.map((one) => (
            <Criterion key={one.id} one={one} />
          ))}
        </ul>
      </section>
      <Ask match={match} />
      {0 < match.needs.length && (
        <section>
          <h3>{t('offers.needs')}</h3>
          <NeedList customer={match.customer.key} needs={match.needs} mayRecord={mayRecord} />
        </section>
      )}
      <Arrange match={match} />
      <ProposalsPart match={match} />
      <div className={classes.actions}>
        <Button variant="default" leftSection={<IconPrinter size={15} stroke={1.7} />} onClick={() => window.print()}>
          {t('offers.print')}
        </Button>
      </div>
    </article>
  )
}

export const StateMark = ({ state }: { state: Met }) => {
  const { t } = useTranslation()
  const label = t(`offers.met.${state}`)
  const icon = { size: 14, stroke: 2.2, 'aria-label': label } as const
  const marks = {
    met: <IconCheck {...icon} />,
    settled: <IconMinus {...icon} />,
    unknown: <IconQuestionMark {...icon} />,
    unmet: <IconX {...icon} />,
  }
  return (
    <span className={classes.mark} data-state={state}>
      {marks[state]}
    </span>
  )
}

const Criterion = ({ one }: { one: CriterionFit }) => {
  const { t } = useTranslation()
  return (
    <li>
      <details>
        <summary>
          <StateMark state={one.state} />
          <span>
            {one.name}
            {one.why.found && one.kind !== 'need' && <small> {one.why.found}</small>}
          </span>
          <b>
            {one.state === 'met' ? `+${one.points}` : one.state === 'unknown' ? `? ${one.points}` : '0'}
            <small>/{one.points}</small>
          </b>
        </summary>
        <p data-sentence className={classes.dim}>
          {one.sentence}
        </p>
        <WhyTree reason={one.why} />
      </details>
      {one.state === 'unmet' && one.arrange && (
        <p className={classes.arrange}>
          {t('offers.change')}: {one.arrange}
        </p>
      )}
    </li>
  )
}

const Ask = ({ match }: { match: OfferMatch }) => {
  const { t } = useTranslation()
  if (match.ask.length === 0) return null
  return (
    <section>
      <h3>{t('offers.ask')}</h3>
      <ol className={classes.ask}>
        {match.ask.map(({ fact, points }) => (
          <li key={fact}>
            <span>{fact}</span>
            <small>{t('offers.settles', { n: points })}</small>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** How the proposal can be changed so that it fits better. */
const Arrange = ({ match }: { match: OfferMatch }) => {
  const { t } = useTranslation()
  if (match.variants.length === 0) return null
  return (
    <section>
      <h3>{t('offers.variants')}</h3>
      <ul className={classes.variants}>
        {match.variants.map((variant) => (
          <Variant key={variant.id} variant={variant} match={match} />
        ))}
      </ul>
    </section>
  )
}

const Variant = ({ variant, match }: { variant: VariantFit; match: OfferMatch }) => {
  const { t } = useTranslation()
  const pieces = match.criteria.map((one, at) => ({ ...one, state: variant.states[at] ?? one.state }))
  return (
    <li data-better={variant.id === match.better || undefined}>
      <div>
        <b>{variant.name}</b> {variant.id === match.better && <small>{t('offers.suggested')}</small>}
        {variant.change && <p>{variant.change}</p>}
        <p className={classes.dim}>
          <AmountFigure amount={variant.amount} />
        </p>
      </div>
      <LevelFigure level={variant.level} atMost={variant.at_most} />
      <MatchBar pieces={pieces} />
    </li>
  )
}
