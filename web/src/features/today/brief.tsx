/** What to know before the call: the reason, what it rests on, what to say, whom to ask for. */
import { ActionIcon, Anchor } from '@mantine/core'
import { IconArrowRight, IconMail, IconPhone, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { OfferFit, Outcome, TodayRow } from '@/api/types'
import { paths } from '@/domain/paths'
import { JudgeSign } from '@/features/judging'
import { LevelFigure } from '@/features/offer-marks'
import { Moment, useStandardWords } from '@/features/session'
import { Momentum, SignBadge, SignRing, UrgentMark } from '@/features/sign-marks'
import classes from './brief.module.css'
import { OutcomeBar } from './outcome-bar'
import type { Said } from './record-outcome'

type BriefProps = {
  row: TodayRow
  mayRecord: boolean
  onRecord: (outcome: Outcome, said: Said) => void
  onJudge: (right: boolean) => void
  onClose: () => void
}

export const Brief = ({ row, mayRecord, onRecord, onJudge, onClose }: BriefProps) => {
  const { t } = useTranslation()
  const { contactRole } = useStandardWords()
  const { customer, contact } = row
  return (
    <section className={classes.brief} aria-label={t('today.brief', { name: customer.name })}>
      <div className={classes.scroll}>
        <header className={classes.head}>
          <SignRing sign={row.sign} size={46} />
          <div className={classes.title}>
            <h2>
              <Link to={paths.customer} params={{ key: customer.key }} className={classes.name}>
                {customer.name}
                <IconArrowRight size={15} stroke={1.7} aria-hidden />
              </Link>
            </h2>
            <div className={classes.signs}>
              {row.sign.urgent && <UrgentMark />}
              <SignBadge kind={row.sign.kind} name={row.sign.name} />
              <span className={classes.since}>
                {t('today.since')} <Moment at={row.sign.since} />
              </span>
            </div>
          </div>
          <ActionIcon className={classes.close} aria-label={t('action.close')} onClick={onClose}>
            <IconX size={16} />
          </ActionIcon>
        </header>

        <p className={classes.reason} data-sentence>
          {row.reason}
        </p>
        <Momentum momentum={row.momentum} />
        {mayRecord && <JudgeSign asks keys judgedRight={row.sign.judged_right} onJudge={onJudge} />}

        {contact && (
          <div className={classes.contact}>
            <div>
              <b>{contact.name ?? contact.key}</b>
              <span>{[contact.title, contact.role && contactRole(contact.role)].filter(Boolean).join(' · ')}</span>
            </div>
            <div className={classes.reach}>
              {contact.phone && (
                <Anchor href={`tel:${contact.phone}`} id="call" className={classes.link}>
                  <IconPhone size={14} stroke={1.7} aria-hidden />
                  {contact.phone}
                </Anchor>
              )}
              {contact.email && (
                <Anchor href={`mailto:${contact.email}`} className={classes.link}>
                  <IconMail size={14} stroke={1.7} aria-hidden />
                  {contact.email}
                </Anchor>
              )}
            </div>
            <span className={classes.recent}>
              {row.recent_contact_at ? (
                <>
                  {t('today.recent_contact')} <Moment at={row.recent_contact_at} />
                </>
              ) : (
                t('today.no_recent_contact')
              )}
            </span>
          </div>
        )}

        <h3>{t('today.next_action')}</h3>
        <p className={classes.action}>{row.next_action}</p>
        {row.script && (
          <>
            <h3>{t('today.script')}</h3>
            <blockquote className={classes.script}>{row.script}</blockquote>
          </>
        )}

        {row.offer && <BestOffer customer={customer.key} fit={row.offer} />}
        {row.next && (
          <>
            <h3>{t('offers.next')}</h3>
            <p className={classes.action}>
              {row.next.item}
              <span className={classes.since}> {row.next.sentence}</span>
            </p>
          </>
        )}

        <h3>{t('today.evidence')}</h3>
        <ul className={classes.evidence}>
          {row.evidence.map((item) => (
            <li key={`${item.at} ${item.text}`}>
              <Moment at={item.at} exact />
              <span>{item.text}</span>
            </li>
          ))}
          {row.evidence.length === 0 && <li>{t('today.no_evidence')}</li>}
        </ul>

        {row.other_signs.length > 0 && (
          <>
            <h3>{t('today.other_signs')}</h3>
            <ul className={classes.others}>
              {row.other_signs.map((sign) => (
                <li key={sign.id}>
                  <SignRing sign={sign} size={26} />
                  <SignBadge kind={sign.kind} name={sign.name} />
                  <span className={classes.since}>
                    <Moment at={sign.since} />
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      {mayRecord && <OutcomeBar key={customer.key} onRecord={onRecord} />}
    </section>
  )
}

/** What fits this customer best, so that the call can end in a proposal. */
const BestOffer = ({ customer, fit }: { customer: string; fit: OfferFit }) => {
  const { t } = useTranslation()
  return (
    <>
      <h3>{t('offers.best_offer')}</h3>
      <p className={classes.action}>
        <Link to={paths.offers} search={{ offer: fit.offer.id, c: customer }} className={classes.offer}>
          {fit.offer.name}
        </Link>{' '}
        <LevelFigure level={fit.level} atMost={fit.at_most} />
        {fit.ask_first && (
          <span className={classes.since}>
            {' '}
            {t('offers.ask_first')}: {fit.ask_first.fact}
          </span>
        )}
      </p>
    </>
  )
}
