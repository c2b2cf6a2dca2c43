/** ゴールデン・セグメント: the four at a glance, the way customers go, and packs to begin with. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { packsQuery, segmentsQuery } from '@/api/query'
import { GoldenCards, PackList, RfmNamed, STAGES, Stages, TEMPERATURES } from '@/features/golden'
import { AsOf, RefusedState, useMay } from '@/features/session'
import { Page } from '@/ui/page'
import { Waiting } from '@/ui/states'

export const GoldenPage = () => {
  const { t } = useTranslation()
  const mayEdit = useMay('edit_segments')
  const segments = useQuery(segmentsQuery)
  const packs = useQuery(packsQuery)
  const rows = segments.data?.segments.filter((row) => !row.retired && row.faults.length === 0)
  const error = segments.error ?? packs.error
  const retry = () => {
    void segments.refetch()
    void packs.refetch()
  }
  return (
    <Page
      title={t('golden_page.title')}
      lead={<p style={{ margin: 0 }}>{t('golden_page.lead')}</p>}
      aside={segments.data && <AsOf at={segments.data.as_of} />}
    >
      {rows && packs.data ? (
        <>
          <GoldenCards segments={rows} packs={packs.data.packs} mayEdit={mayEdit} />
          <Stages
            title={t('golden_page.lifecycle')}
            lead={t('golden_page.lifecycle_lead')}
            ids={STAGES}
            segments={rows}
            packs={packs.data.packs}
          />
          <Stages
            title={t('golden_page.temperature')}
            lead={t('golden_page.temperature_lead')}
            ids={TEMPERATURES}
            segments={rows}
            packs={packs.data.packs}
          />
          <RfmNamed segments={rows} packs={packs.data.packs} />
          <PackList packs={packs.data.packs} mayEdit={mayEdit} />
        </>
      ) : error ? (
        <RefusedState error={error} what={t('golden_page.failed')} onRetry={retry} />
      ) : (
        <Waiting rows={4} height={150} label={t('state.loading')} />
      )}
    </Page>
  )
}
