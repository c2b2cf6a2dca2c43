/** 兆し: the catalogue, and who carries the chosen one. */

import { SegmentedControl } from '@mantine/core'
import { IconArrowLeft, IconHistory, IconPlus, IconSearch, IconSparkles } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { signsQuery } from '@/api/query'
import type { Sign } from '@/api/types'
import { paths } from '@/domain/paths'
import { AsOf, RefusedState, useMay } from '@/features/session'
import { SignBadge, UrgentMark } from '@/features/sign-marks'
import { SignActions, SignCatalogue, SignCustomers, SignProofPanel, SignStanding } from '@/features/signs'
import { ButtonLink } from '@/ui/button-link'
import { Page } from '@/ui/page'
import { Banner, Empty, Waiting } from '@/ui/states'

const route = getRouteApi('/app/signs')

export const SignsPage = () => {
  const { t } = useTranslation()
  const { sign: id, past } = route.useSearch()
  const navigate = useNavigate()
  const may = useMay('edit_segments')
  const { data, error, refetch } = useQuery(signsQuery)
  const sign = data?.signs.find((each) => each.id === id)
  if (sign) {
    return (
      <Page
        fill
        title={sign.name}
        lead={<p style={{ margin: 0 }}>{sign.explanation}</p>}
        aside={
          <>
            {sign.urgent && <UrgentMark />}
            <SignBadge kind={sign.kind} />
            <span>
              {sign.state === 'in_force' ? t('figure.customers', { count: sign.count }) : t(`sign.state.${sign.state}`)}
            </span>
            {data && <AsOf at={data.as_of} />}
          </>
        }
        actions={
          <>
            <ButtonLink to={paths.signs} variant="default" leftSection={<IconArrowLeft size={15} stroke={1.7} />}>
              {t('sign.all')}
            </ButtonLink>
            <SignActions sign={sign} />
          </>
        }
      >
        <SegmentedControl
          aria-label={t('proof.views')}
          style={{ alignSelf: 'start', flex: 'none' }}
          value={past ? 'past' : 'now'}
          onChange={(chosen) =>
            void navigate({
              to: paths.signs,
              search: { sign: sign.id, ...(chosen === 'past' ? { past: '1' as const } : {}) },
              replace: true,
            })
          }
          data={[
            { value: 'now', label: t('proof.tab_customers') },
            { value: 'past', label: t('proof.tab') },
          ]}
        />
        <SignStanding standing={sign.standing} />
        {sign.faults.map(({ path, message }) => (
          <Banner key={path + message}>{message}</Banner>
        ))}
        {past ? (
          <SignProofPanel sign={sign} />
        ) : sign.state === 'in_force' ? (
          <SignCustomers sign={sign} />
        ) : (
          <Empty sentence={t('sign.not_in_force')} />
        )}
      </Page>
    )
  }
  return (
    <Page
      title={t('nav.signs')}
      lead={<p style={{ margin: 0 }}>{t('sign.lead')}</p>}
      aside={data && <AsOf at={data.as_of} />}
      actions={
        <>
          <ButtonLink to={paths.feed} variant="default" leftSection={<IconHistory size={15} stroke={1.7} />}>
            {t('feed.title')}
          </ButtonLink>
          {may && (
            <>
              <ButtonLink to={paths.patterns} variant="default" leftSection={<IconSearch size={15} stroke={1.7} />}>
                {t('patterns.title')}
              </ButtonLink>
              <ButtonLink to={paths.newSign} leftSection={<IconPlus size={15} stroke={1.7} />}>
                {t('sign.new')}
              </ButtonLink>
            </>
          )}
        </>
      }
    >
      {data && data.signs.length === 0 ? (
        <Empty icon={<IconSparkles size={30} stroke={1.4} aria-hidden />} sentence={t('sign.empty')} />
      ) : data ? (
        <>
          {data.signs.every(({ urgent }) => !urgent) && may && <NoLoyal />}
          <Doubted signs={data.signs} />
          <SignCatalogue signs={data.signs} />
        </>
      ) : error ? (
        <RefusedState error={error} what={t('sign.failed')} onRetry={() => void refetch()} />
      ) : (
        <Waiting rows={4} height={180} label={t('state.loading')} />
      )}
    </Page>
  )
}

/** What comes before everything else needs to know who is loyal. */
const NoLoyal = () => {
  const { t } = useTranslation()
  return (
    <Banner>
      {t('sign.no_loyal')} <Link to={paths.templates}>{t('sign.no_loyal_action')}</Link>
    </Banner>
  )
}

/** Signs in force that people or the past speak against. */
const Doubted = ({ signs }: { signs: Sign[] }) => {
  const { t } = useTranslation()
  const doubted = signs.filter(({ standing, state }) => standing.counts_half && state === 'in_force')
  if (doubted.length === 0) return null
  const names = doubted.map(({ name }) => name).join('、')
  return <Banner>{t('standing.notice', { count: doubted.length, names })}</Banner>
}
