/** 提案とマッチング: what is offered, whom each offer fits best, and what customers need. */
import { SegmentedControl } from '@mantine/core'
import { IconArrowLeft, IconPlus, IconTargetArrow } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { offersQuery } from '@/api/query'
import type { Offer } from '@/api/types'
import { paths } from '@/domain/paths'
import {
  CriterionList,
  MatchSheet,
  NeedCatalogue,
  OfferActions,
  OfferCustomersGrid,
  OfferList,
  OfferSpread,
  ReviewView,
  TogetherView,
} from '@/features/offers'
import { RefusedState, useMay } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { Page, Panel } from '@/ui/page'
import { Banner, Empty, Waiting } from '@/ui/states'

const route = getRouteApi('/app/offers')

export type OffersAsked = {
  offer?: string
  /** Of the catalogue: the needs, or what is bought together. Of one offer: how everybody stands, or what it is made of. */
  tab?: 'needs' | 'together' | 'all' | 'review' | 'about'
  variant?: string
  q?: string
  /** The customer whose sheet is open. */
  c?: string
}

export const OffersPage = () => {
  const { t } = useTranslation()
  const { offer: id, tab } = route.useSearch()
  const navigate = useNavigate()
  const may = useMay('edit_segments')
  const { data, error, refetch } = useQuery(offersQuery)
  const offer = data?.offers.find((each) => each.id === id)
  if (offer) return <OneOffer offer={offer} />
  return (
    <Page
      title={t('offers.title')}
      lead={<p style={{ margin: 0 }}>{t('offers.lead')}</p>}
      actions={
        may && (
          <ButtonLink to={paths.newOffer} leftSection={<IconPlus size={15} stroke={1.7} />}>
            {t('offers.new')}
          </ButtonLink>
        )
      }
    >
      <SegmentedControl
        aria-label={t('offers.views')}
        style={{ alignSelf: 'start', flex: 'none' }}
        value={tab === 'needs' || tab === 'together' ? tab : 'offers'}
        onChange={(chosen) =>
          void navigate({
            to: paths.offers,
            search: chosen === 'needs' || chosen === 'together' ? { tab: chosen } : {},
            replace: true,
          })
        }
        data={[
          { value: 'offers', label: t('offers.tab_offers') },
          { value: 'needs', label: t('offers.needs') },
          { value: 'together', label: t('offers.together') },
        ]}
      />
      {tab === 'needs' ? (
        <NeedCatalogue />
      ) : tab === 'together' ? (
        <TogetherView />
      ) : data && data.offers.length === 0 ? (
        <Empty icon={<IconTargetArrow size={30} stroke={1.4} aria-hidden />} sentence={t('offers.empty')} />
      ) : data ? (
        <OfferList offers={data.offers} />
      ) : error ? (
        <RefusedState error={error} what={t('offers.failed')} onRetry={() => void refetch()} />
      ) : (
        <Waiting rows={3} height={200} label={t('state.loading')} />
      )}
    </Page>
  )
}

const OneOffer = ({ offer }: { offer: Offer }) => {
  const { t } = useTranslation()
  const asked = route.useSearch()
  const { tab, variant, q, c } = asked
  const navigate = useNavigate()
  const view = tab === 'all' || tab === 'review' || tab === 'about' ? tab : 'customers'
  const go = (next: Partial<OffersAsked>) =>
    void navigate({ to: paths.offers, search: { ...asked, ...next }, replace: true })
  return (
    <Page
      fill={view === 'customers'}
      title={offer.name}
      lead={offer.summary && <p style={{ margin: 0 }}>{offer.summary}</p>}
      actions={
        <>
          <ButtonLink to={paths.offers} variant="default" leftSection={<IconArrowLeft size={15} stroke={1.7} />}>
            {t('offers.all')}
          </ButtonLink>
          <OfferActions offer={offer} />
        </>
      }
    >
      <SegmentedControl
        aria-label={t('offers.views')}
        style={{ alignSelf: 'start', flex: 'none' }}
        value={view}
        onChange={(chosen) => go({ tab: chosen === 'customers' ? undefined : (chosen as 'all' | 'review' | 'about') })}
        data={[
          { value: 'customers', label: t('offers.tab_customers') },
          { value: 'all', label: t('offers.tab_all') },
          { value: 'review', label: t('offers.tab_review') },
          { value: 'about', label: t('offers.tab_about') },
        ]}
      />
      {offer.faults.map(({ path, message }) => (
        <Banner key={path + message}>
          {path} {message}
        </Banner>
      ))}
      {view === 'about' ? (
        <About offer={offer} />
      ) : view === 'review' ? (
        <ReviewView offer={offer} />
      ) : offer.state !== 'in_force' ? (
        <Empty sentence={t('offers.not_in_force')} />
      ) : view === 'all' ? (
        <OfferSpread offer={offer} />
      ) : (
        <OfferCustomersGrid
          offer={offer}
          variant={variant}
          q={q ?? ''}
          chosen={c}
          onVariant={(next) => go({ variant: next })}
          onSearch={(text) => go({ q: text || undefined })}
          onOpen={(key) => go({ c: key })}
        />
      )}
      <MatchSheet offer={offer.id} customer={c} onClose={() => go({ c: undefined })} />
    </Page>
  )
}

/** What the offer is made of, as sentences. */
const About = ({ offer }: { offer: Offer }) => {
  const { t } = useTranslation()
  return (
    <>
      <Panel title={t('offers.criteria')}>
        <CriterionList offer={offer} />
        <ul>
          {offer.criteria.map(({ id, name, sentence, arrange }) => (
            <li key={id} style={{ fontSize: 13.5, lineHeight: 1.8 }}>
              <b>{name}</b> <span data-sentence>{sentence}</span>
              {arrange && ` — ${t('offers.change')}: ${arrange}`}
            </li>
          ))}
        </ul>
      </Panel>
      {(offer.requires || offer.has) && (
        <Panel title={t('offers.whom')}>
          {offer.requires && (
            <p style={{ margin: 0 }}>
              {t('offers.form.requires')}: {offer.requires}
            </p>
          )}
          {offer.has && (
            <p style={{ margin: 0 }}>
              {t('offers.form.has')}: {offer.has}
            </p>
          )}
        </Panel>
      )}
    </>
  )
}
