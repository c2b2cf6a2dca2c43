/** One pair: two records side by side, the sum behind how likely they are one, and what to do. */
import { Button } from '@mantine/core'
import { IconArrowsSplit, IconClock, IconLink, IconLinkOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { PairRow } from '@/api/types'
import { formatPercent } from '@/domain/format'
import { paths } from '@/domain/paths'
import { Moment, useLanguage } from '@/features/session'
import { Tag } from '@/ui/tag'
import classes from './pair-card.module.css'

export type Decision = 'same' | 'different' | 'later'

type PairCardProps = { pair: PairRow; onDecide: (decision: Decision | null) => void }

export const PairCard = ({ pair, onDecide }: PairCardProps) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  return (
    <div className={classes.card}>
      <div className={classes.fields}>
        <table>
          <thead>
            <tr>
              <th aria-label={t('pairs.field')} />
              {[pair.a, pair.b].map((party) => (
                <th key={party.key} scope="col">
                  <Link to={paths.customer} params={{ key: party.key }}>
                    {party.name}
                  </Link>
                  <span className={classes.about}>
                    {party.key} ・ {t('pairs.events', { count: party.events })} ・ <Moment at={party.last_event_at} />
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pair.fields.map((field) => (
              <tr key={field.label} data-agree={agreement(field)}>
                <th scope="row">{field.label}</th>
                <td>{field.a ?? '–'}</td>
                <td>
                  {field.b ?? '–'}
                  <Agreement field={field} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={classes.why}>
        {pair.probability !== null && pair.weight !== null && (
          <p className={classes.likely}>
            {t('pairs.likely')} <b>{formatPercent(pair.probability, language)}</b>
            {pair.decided && <Decided decided={pair.decided} />}
          </p>
        )}
        {pair.probability === null && pair.decided && <Decided decided={pair.decided} />}
        <Waterfall pair={pair} />
        <div className={classes.buttons}>
          <Choice what="same" pair={pair} onDecide={onDecide} />
          <Choice what="different" pair={pair} onDecide={onDecide} />
          <Choice what="later" pair={pair} onDecide={onDecide} />
          {pair.decided && (
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconArrowsSplit size={14} stroke={1.7} />}
              onClick={() => onDecide(null)}
            >
              {t('pairs.take_back')}
            </Button>
          )}
        </div>
      </div>
    </div>
  )
}

type Field = PairRow['fields'][number]

const agreement = (field: Field): 'unknown' | 'same' | 'differs' =>
  field.a === null || field.b === null ? 'unknown' : field.same ? 'same' : 'differs'

const Agreement = ({ field }: { field: Field }) => {
  const { t } = useTranslation()
  const found = agreement(field)
  return found === 'unknown' ? null : <span className={classes.agree}>{t(`pairs.agree.${found}`)}</span>
}

const ICONS = { same: IconLink, different: IconLinkOff, later: IconClock }

const Choice = ({ what, pair, onDecide }: PairCardProps & { what: Decision }) => {
  const { t } = useTranslation()
  const Icon = ICONS[what]
  if (pair.decided?.what === what && !pair.decided.by_rule) return null
  return (
    <Button
      size="compact-sm"
      variant={what === 'same' && !pair.decided ? 'filled' : 'default'}
      leftSection={<Icon size={14} stroke={1.7} />}
      aria-label={t(`pairs.choose.${what}`, { a: pair.a.name, b: pair.b.name })}
      onClick={() => onDecide(what)}
    >
      {t(`pairs.${what}`)}
    </Button>
  )
}

const Decided = ({ decided }: { decided: NonNullable<PairRow['decided']> }) => {
  const { t } = useTranslation()
  return (
    <span className={classes.decided}>
      <Tag tone={decided.held_back ? 'warn' : decided.what === 'same' ? 'purchase' : 'plain'}>
        {t(decided.held_back ? 'pairs.held_back' : decided.by_rule ? 'pairs.decided_by_rule' : `pairs.${decided.what}`)}
      </Tag>
      <Moment at={decided.at} />
    </span>
  )
}

/** The sum as bars that begin where the one before ended; the same in words and numbers. */
const Waterfall = ({ pair }: { pair: PairRow }) => {
  const { t } = useTranslation()
  if (pair.steps.length === 0) return <p className={classes.none}>{t('pairs.no_sum')}</p>
  let sum = 0
  const bars = pair.steps.map((step) => {
    const from = sum
    sum += step.bits
    return { ...step, from, to: sum }
  })
  const ends = bars.flatMap(({ from, to }) => [from, to])
  const least = Math.min(0, ...ends)
  const reach = Math.max(1, Math.max(0, ...ends) - least)
  const at = (bits: number) => `${(100 * (bits - least)) / reach}%`
  return (
    <table className={classes.sum}>
      <caption>{t('pairs.sum')}</caption>
      <tbody>
        {bars.map(({ said, bits, from, to }) => (
          <tr key={said}>
            <th scope="row">{said}</th>
            <td aria-hidden>
              <span className={classes.track}>
                <i
                  data-sign={bits < 0 ? 'minus' : 'plus'}
                  style={{ insetInlineStart: at(Math.min(from, to)), width: `${(100 * Math.abs(bits)) / reach}%` }}
                />
              </span>
            </td>
            <td>{bits < 0 ? bits.toFixed(1).replace('-', '−') : `+${bits.toFixed(1)}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
