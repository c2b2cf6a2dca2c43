/** 兆し: the catalogue, and who carries the chosen one. */

import { SegmentedControl } from '@mantine/core'
import { IconArrowLeft, IconSparkles } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { signsQuery } from '@/api/query'
import { paths } from '@/domain/paths'
import { AsOf, RefusedState } from '@/features/session'
import { SignBadge, SignCatalogue, SignCustomers, SignProofPanel } from '@/features/signs'
import { ButtonLink } from '@/ui/button-link'
import { Page } from '@/ui/page'
import { Empty, Waiting } from '@/ui/states'

const route = getRouteApi('/app/signs')

export const SignsPage = () => {
  const { t } = useTranslation()
  const { sign: id, tab } = route.useSearch()
  const navigate = useNavigate()
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
            <SignBadge kind={sign.kind} />
            <span>{t('figure.customers', { count: sign.count })}</span>
            {data && <AsOf at={data.as_of} />}
          </>
        }
        actions={
          <ButtonLink to={paths.signs} variant="default" leftSection={<IconArrowLeft size={15} stroke={1.7} />}>
            {t('sign.all')}
          </ButtonLink>
        }
      >
        <SegmentedControl
          aria-label={t('proof.views')}
          style={{ alignSelf: 'start', flex: 'none' }}
          value={tab ?? 'now'}
          onChange={(chosen) =>
            void navigate({
              to: paths.signs,
              search: { sign: sign.id, ...(chosen === 'past' ? { tab: 'past' as const } : {}) },
              replace: true,
            })
          }
          data={[
            { value: 'now', label: t('proof.tab_customers') },
            { value: 'past', label: t('proof.tab') },
          ]}
        />
        {tab === 'past' ? <SignProofPanel sign={sign} /> : <SignCustomers sign={sign} />}
      </Page>
    )
  }
  return (
    <Page
      title={t('nav.signs')}
      lead={<p style={{ margin: 0 }}>{t('sign.lead')}</p>}
      aside={data && <AsOf at={data.as_of} />}
    >
      {data && data.signs.length === 0 ? (
        <Empty icon={<IconSparkles size={30} stroke={1.4} aria-hidden />} sentence={t('sign.empty')} />
      ) : data ? (
        <SignCatalogue signs={data.signs} />
      ) : error ? (
        <RefusedState error={error} what={t('sign.failed')} onRetry={() => void refetch()} />
      ) : (
        <Waiting rows={4} height={180} label={t('state.loading')} />
      )}
    </Page>
  )
}
