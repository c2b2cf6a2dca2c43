/** Which event is a purchase and which of its properties names the product: any that there are, chosen or typed. */
import { Autocomplete } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { vocabularyQuery } from '@/api/query'

export type Goods = { event: string; property: string }

export const GoodsFields = ({ goods, onGoods }: { goods: Goods; onGoods: (goods: Goods) => void }) => {
  const { t } = useTranslation()
  const events = useQuery(vocabularyQuery).data?.events ?? []
  const properties = events.find(({ name }) => name === goods.event)?.properties ?? []
  const once = (names: string[]) => [...new Set(names)]
  return (
    <>
      <Autocomplete
        label={t('due.event')}
        value={goods.event}
        data={once(events.map(({ name }) => name))}
        onChange={(event) => onGoods({ ...goods, event })}
      />
      <Autocomplete
        label={t('due.property')}
        value={goods.property}
        data={once(properties.map(({ key }) => key))}
        onChange={(property) => onGoods({ ...goods, property })}
      />
    </>
  )
}
