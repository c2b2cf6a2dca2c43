/** なぜ？ Why someone is in a segment, or is not: every leaf with what was found, what was asked, and what it rests on. */
import { Autocomplete } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { customerHitsQuery, whyOfDraftQuery, whyQuery } from '@/api/query'
import type { Draft, Why } from '@/api/types'
import { formatDateTime } from '@/domain/format'
import { paths } from '@/domain/paths'
import { nextFlip } from '@/domain/why'
import { AsOf, Moment, RefusedState, useWhen } from '@/features/session'
import { SideDrawer } from '@/ui/side-drawer'
import { Waiting } from '@/ui/states'
import classes from './why-drawer.module.css'
import { WhyTree } from './why-tree'

/** Of what is asked: a saved segment, or a condition that is still being written. */
type Asked = { segment: string } | { condition: Draft }
type WhyDrawerProps = { asked: Asked; customer: string | undefined; onClose: () => void }

export const WhyDrawer = ({ asked, customer, onClose }: WhyDrawerProps) => {
  const { t } = useTranslation()
  return (
    <SideDrawer opened={customer !== undefined} onClose={onClose} size={520} title={t('why.title')}>
      {customer !== undefined && <Answer asked={asked} customer={customer} />}
    </SideDrawer>
  )
}

const Answer = ({ asked, customer }: { asked: Asked; customer: string }) => {
  const { t } = useTranslation()
  const saved = 'segment' in asked
  const ofSegment = useQuery({ ...whyQuery(saved ? asked.segment : '', customer), enabled: saved })
  const ofDraft = useQuery({ ...whyOfDraftQuery(saved ? {} : asked.condition, customer), enabled: !saved })
  const { data: why, error, refetch } = saved ? ofSegment : ofDraft
  if (why) return <Because why={why} />
  if (error) return <RefusedState error={error} what={t('why.failed')} onRetry={() => void refetch()} />
  return <Waiting rows={5} label={t('state.loading')} />
}

const Because = ({ why }: { why: Why }) => {
  const { t } = useTranslation()
  const when = useWhen()
  const flips = why.may_change_at ?? nextFlip(why.tree)
  const customer = why.customer.name
  // A condition that is not saved has no name yet.
  const verdict = why.segment.id
    ? t(why.member ? 'why.is_in' : 'why.is_out', { customer, segment: why.segment.name })
    : t(why.member ? 'why.fits' : 'why.fits_not', { customer })
  return (
    <div className={classes.why}>
      <div className={classes.verdict} data-holds={why.member}>
        {why.member ? <IconCheck size={18} stroke={2} aria-hidden /> : <IconX size={18} stroke={2} aria-hidden />}
        <div>
          <p>{verdict}</p>
          <p className={classes.aside}>
            {why.member && why.since && (
              <span>
                {t('why.since')} <Moment at={why.since} exact />
              </span>
            )}
            <span>{flips ? t('why.next_flip', { time: formatDateTime(flips, when) }) : t('why.no_flip')}</span>
            <AsOf at={why.as_of} />
          </p>
        </div>
      </div>
      <WhyTree reason={why.tree} />
      <Link to={paths.customer} params={{ key: why.customer.key }} className={classes.open}>
        {t('why.open_customer', { customer })}
      </Link>
    </div>
  )
}

/** "Why isn't X here?": anyone can be asked about, not only who is listed. */
export const WhyBox = ({ onAsk, width = 230 }: { onAsk: (key: string) => void; width?: number | string }) => {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [query, setQuery] = useState('')
  const composing = useRef(false)
  const hits = useQuery({ ...customerHitsQuery(query), enabled: query !== '' })
  const rows = query === '' ? [] : (hits.data?.rows ?? [])
  const labelOf = (row: { name: string; key: string }) => `${row.name} (${row.key})`
  const type = (next: string) => {
    setText(next)
    if (!composing.current) setQuery(next.replace(/ \([^)]*\)$/, '').trim())
  }
  return (
    <Autocomplete
      w={width}
      value={text}
      placeholder={t('why.ask_anyone')}
      aria-label={t('why.ask_anyone')}
      data={rows.map(labelOf)}
      filter={({ options }) => options}
      onChange={type}
      onCompositionStart={() => {
        composing.current = true
      }}
      onCompositionEnd={(event) => {
        composing.current = false
        setQuery(event.currentTarget.value.trim())
      }}
      onOptionSubmit={(label) => {
        const row = rows.find((each) => labelOf(each) === label)
        if (row) onAsk(row.key)
      }}
    />
  )
}
