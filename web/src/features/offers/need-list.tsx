/** What is known of a customer's needs: recorded by people, or shown by reports, signs and behaviour. One key records. */
import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { NeedHeld, NeedKind } from '@/api/types'
import { Moment } from '@/features/session'
import { Tag, type Tone } from '@/ui/tag'
import classes from './offers.module.css'
import { useNoteNeed } from './use-note-need'

const TONES: Record<NeedKind, Tone> = { stated: 'purchase', latent: 'upsell', absent: 'plain', unknown: 'plain' }
const KINDS: NeedKind[] = ['stated', 'latent', 'absent', 'unknown']

type NeedListProps = { customer: string; needs: NeedHeld[]; mayRecord: boolean }

export const NeedList = ({ customer, needs, mayRecord }: NeedListProps) => {
  const { t } = useTranslation()
  const note = useNoteNeed(customer)
  if (needs.length === 0) return <p className={classes.dim}>{t('offers.no_needs')}</p>
  return (
    <ul className={classes.needs}>
      {needs.map((need) => (
        <li key={need.id}>
          <span>
            <b>{need.name}</b>
          </span>
          {mayRecord ? (
            <SegmentedControl
              size="xs"
              aria-label={t('offers.record_need', { need: need.name })}
              value={need.kind}
              data={KINDS.map((kind) => ({ value: kind, label: t(`offers.kind.${kind}`) }))}
              onChange={(kind) => void note(need, kind as NeedKind)}
            />
          ) : (
            <Tag tone={TONES[need.kind]}>{t(`offers.kind.${need.kind}`)}</Tag>
          )}
          <NeedSaid need={need} />
        </li>
      ))}
    </ul>
  )
}

/** Where a need is known from; of an unknown one, what to ask. */
const NeedSaid = ({ need }: { need: NeedHeld }) => {
  const { t } = useTranslation()
  if (need.kind === 'unknown') return need.question ? <span className={classes.dim}>{need.question}</span> : null
  return (
    <span className={classes.dim}>
      {need.source && t(`offers.source.${need.source}`)}
      {need.by && ` ${need.by}`}
      {need.since && (
        <>
          {' · '}
          <Moment at={need.since} />
        </>
      )}
      {(need.note ?? need.shown_by) && `: ${need.note ?? need.shown_by}`}
    </span>
  )
}
