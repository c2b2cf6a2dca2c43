/** What came and went among signs. */
import { SegmentedControl } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '@/domain/paths'
import { SignFeed } from '@/features/signs'
import { ButtonLink } from '@/ui/button-link'
import { Page } from '@/ui/page'

const route = getRouteApi('/app/signs/feed')
const KINDS = ['purchase', 'upsell', 'churn', 'replenishment', 'follow_up'] as const

export const FeedPage = () => {
  const { t } = useTranslation()
  const asked = route.useSearch()
  const navigate = useNavigate()
  const choose = (chosen: string) => {
    const kind = KINDS.find((kind) => kind === chosen)
    void navigate({
      to: paths.feed,
      search: {
        sign: asked.sign,
        ...(kind ? { of: kind } : {}),
        ...(chosen === 'urgent' ? { urgent: '1' as const } : {}),
      },
      replace: true,
    })
  }
  return (
    <Page
      fill
      title={t('feed.title')}
      lead={<p style={{ margin: 0 }}>{t('feed.lead')}</p>}
      actions={
        <ButtonLink to={paths.signs} variant="default" leftSection={<IconArrowLeft size={15} stroke={1.7} />}>
          {t('sign.all')}
        </ButtonLink>
      }
    >
      <SegmentedControl
        aria-label={t('feed.kind')}
        style={{ alignSelf: 'start', flex: 'none', maxWidth: '100%', overflowX: 'auto' }}
        value={asked.urgent ? 'urgent' : (asked.of ?? 'all')}
        onChange={choose}
        data={[
          { value: 'all', label: t('feed.all') },
          { value: 'urgent', label: t('feed.urgent') },
          ...KINDS.map((kind) => ({ value: kind, label: t(`sign.kind.${kind}`) })),
        ]}
      />
      <SignFeed asked={asked} />
    </Page>
  )
}
