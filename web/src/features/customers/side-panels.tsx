/** What is known of a customer beside the timeline: signs, memberships, people, deals, attributes. */
import { Anchor } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Customer, CustomerSign } from '@/api/types'
import { formatDateTime, formatYen } from '@/domain/format'
import { paths } from '@/domain/paths'
import { JudgeSign, useJudge } from '@/features/judging'
import { Moment, useLanguage, useMay, useStandardWords, useWhen } from '@/features/session'
import { Momentum, SignBadge, SignRing, UrgentMark } from '@/features/sign-marks'
import { Panel } from '@/ui/page'
import { Tag } from '@/ui/tag'
import classes from './side-panels.module.css'

export const SignsPanel = ({ customer }: { customer: Customer }) => {
  const { signs } = customer
  const { t } = useTranslation()
  const when = useWhen()
  const mayJudge = useMay('record_outcome')
  const judge = useJudge()
  return (
    <Panel title={t('nav.signs')}>
      {signs.length === 0 && <p className={classes.none}>{t('customer.no_signs')}</p>}
      {signs.map((sign) => (
        <details key={sign.id} className={classes.sign} open={sign === signs[0]}>
          <summary>
            <SignRing sign={sign} />
            <span className={classes.signText}>
              <span className={classes.signHead}>
                {sign.urgent && <UrgentMark />}
                <SignBadge kind={sign.kind} name={sign.name} />
                <span className={classes.dim}>
                  <Moment at={sign.since} />
                </span>
              </span>
              <span className={classes.sentence} data-sentence>
                {sign.sentence}
              </span>
            </span>
          </summary>
          <Momentum momentum={sign.momentum} />
          {mayJudge && (
            <JudgeSign
              asks
              keys={sign === signs[0]}
              judgedRight={sign.judged_right}
              onJudge={(right) => void judge({ sign: sign.id, customer }, right)}
            />
          )}
          <ul className={classes.parts}>
            {sign.parts.map((part) => (
              <SignPart key={part.sentence} part={part} />
            ))}
          </ul>
          <p className={classes.explained}>
            {sign.explanation} {t('sign.threshold', { n: sign.threshold })}{' '}
            {sign.steady_until && t('sign.steady_until', { time: formatDateTime(sign.steady_until, when) })}
          </p>
        </details>
      ))}
    </Panel>
  )
}

/** A part of a sign: what it adds, what was found, and the newest records behind it with their age. */
const SignPart = ({ part }: { part: CustomerSign['parts'][number] }) => {
  const { t } = useTranslation()
  return (
    <li data-holds={part.holds}>
      {part.holds ? (
        <IconCheck size={14} stroke={2.2} aria-label={t('why.holds')} />
      ) : (
        <IconX size={14} stroke={2.2} aria-label={t('why.holds_not')} />
      )}
      <span>
        <span title={part.name ? part.sentence : undefined}>{part.name || part.sentence}</span>
        {part.found && <span className={classes.dim}> {part.found}</span>}
        {part.evidence.map((record) => (
          <span key={`${record.at} ${record.text}`} className={classes.record}>
            <Moment at={record.at} /> {record.text}
          </span>
        ))}
      </span>
      <b title={t('sign.points', { n: part.points, most: part.most })}>
        {part.holds ? `+${part.points}` : '0'}
        <small>/{part.most}</small>
      </b>
    </li>
  )
}

export const MembershipsPanel = ({ customer }: { customer: Customer }) => {
  const { t } = useTranslation()
  return (
    <Panel title={t('customer.memberships')}>
      {customer.memberships.length === 0 && <p className={classes.none}>{t('customer.no_memberships')}</p>}
      <ul className={classes.list}>
        {customer.memberships.map((row) => (
          <li key={row.segment}>
            <Link to={paths.segment} params={{ id: row.segment }} className={classes.strong}>
              {row.name}
            </Link>
            <span className={classes.dim}>
              {t('why.since')} <Moment at={row.since} />
              {row.may_change_at && (
                <>
                  {' · '}
                  {t('why.may_change')} <Moment at={row.may_change_at} />
                </>
              )}
            </span>
            <Link
              to={paths.segment}
              params={{ id: row.segment }}
              search={{ why: customer.key }}
              className={classes.why}
            >
              {t('why.ask')}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

export const ContactsPanel = ({ contacts }: { contacts: Customer['contacts'] }) => {
  const { t } = useTranslation()
  const { contactRole } = useStandardWords()
  if (contacts.length === 0) return null
  return (
    <Panel title={t('customer.contacts')}>
      <ul className={classes.list}>
        {contacts.map((contact) => (
          <li key={contact.key} className={classes.contact}>
            <span>
              <span className={classes.strong}>{contact.name ?? contact.key}</span>{' '}
              {contact.title && <span className={classes.dim}>{contact.title}</span>}
            </span>
            {contact.role && <Tag tone="brand">{contactRole(contact.role)}</Tag>}
            <span className={classes.reach}>
              {contact.phone && <Anchor href={`tel:${contact.phone}`}>{contact.phone}</Anchor>}
              {contact.email && <Anchor href={`mailto:${contact.email}`}>{contact.email}</Anchor>}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

export const DealsPanel = ({ deals }: { deals: Customer['deals'] }) => {
  const { t } = useTranslation()
  const { dealStage } = useStandardWords()
  const { language } = useLanguage()
  if (deals.length === 0) return null
  return (
    <Panel title={t('customer.deals')}>
      <ul className={classes.list}>
        {deals.map((deal) => (
          <li key={deal.key}>
            <span className={classes.strong}>{deal.name}</span>
            <span className={classes.dim}>
              {dealStage(deal.stage)} · <Moment at={deal.changed_at} />
            </span>
            {deal.amount && <span className={classes.amount}>{formatYen(deal.amount, language)}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** What is shown in a place of its own: outlook, offers, and beside the name. */
const ELSEWHERE = /^(score|need|tag|list):/

/** A value that has stood longer than this is no news: its date would only be noise. */
const NEWS_FOR_MS = 180 * 86_400_000

export const AttributesPanel = ({ attributes }: { attributes: Customer['attributes'] }) => {
  const { t } = useTranslation()
  const { now } = useWhen()
  const worded = (value: string) => (value === 'true' ? t('builder.yes') : value === 'false' ? t('builder.no') : value)
  return (
    <Panel title={t('customer.attributes')}>
      {attributes.length === 0 && <p className={classes.none}>{t('customer.no_attributes')}</p>}
      <dl className={classes.attributes}>
        {attributes
          .filter(({ key }) => !ELSEWHERE.test(key))
          .map((attribute) => (
            <div key={attribute.key}>
              <dt title={attribute.key}>{attribute.label}</dt>
              <dd>
                {worded(attribute.value)}{' '}
                {NEWS_FOR_MS > now - Date.parse(attribute.since) && (
                  <span className={classes.dim}>
                    <Moment at={attribute.since} />
                  </span>
                )}
              </dd>
            </div>
          ))}
      </dl>
    </Panel>
  )
}
