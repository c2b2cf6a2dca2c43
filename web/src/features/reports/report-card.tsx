/** One report: who, when, what was written, and what was found in it. */
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { HitShown, Report } from '@/api/types'
import { paths } from '@/domain/paths'
import { Moment } from '@/features/session'
import { Tag, type Tone } from '@/ui/tag'
import { MarkedText } from './marked-text'
import classes from './report-card.module.css'
import { useVerdict } from './use-verdict'

const WARMTH: Record<string, Tone> = { now: 'purchase', comparing: 'follow_up', cold: 'plain' }
const HUNCH: Record<string, Tone> = { rising: 'upsell', steady: 'plain', at_risk: 'churn' }

export const ReportCard = ({ report, actions }: { report: Report; actions?: ReactNode }) => {
  const { t } = useTranslation()
  const judge = useVerdict()
  const hits = report.texts.flatMap((text) => text.hits)
  return (
    <div className={classes.card}>
      <header className={classes.head}>
        <Link to={paths.customer} params={{ key: report.customer.key }} className={classes.name}>
          {report.customer.name}
        </Link>
        {report.contact && <span>{report.contact}</span>}
        {report.event !== 'reported' && <Tag>{report.label}</Tag>}
        {isWarmth(report.temperature) && (
          <Tag tone={WARMTH[report.temperature] ?? 'plain'}>{t(`reports.temperature.${report.temperature}`)}</Tag>
        )}
        {isHunch(report.hunch) && <Tag tone={HUNCH[report.hunch] ?? 'plain'}>{t(`reports.hunch.${report.hunch}`)}</Tag>}
        <span className={classes.who}>
          {report.rep && <span>{report.rep}</span>}
          <Moment at={report.at} exact />
        </span>
      </header>
      {report.texts.map((text) => (
        <div key={text.field} className={classes.text}>
          <span className={classes.label}>{text.label}</span>
          <MarkedText
            text={text}
            {...(judge ? { onJudge: (hit: HitShown, right: boolean | null) => void judge(report, hit, right) } : {})}
          />
        </div>
      ))}
      <footer className={classes.foot}>
        <Topics hits={hits} />
        {report.texts.flatMap((text) =>
          text.hints.map((hint) => (
            <span key={`${text.field}:${hint.quote}`} className={classes.hint} title={hint.quote}>
              {hint.says}
            </span>
          )),
        )}
        {actions && <span className={classes.actions}>{actions}</span>}
      </footer>
    </div>
  )
}

/** The topics that come up, each once. */
const Topics = ({ hits }: { hits: HitShown[] }) => {
  const topics = new Map(hits.filter((hit) => hit.counts).map((hit) => [hit.topic, hit.name]))
  return [...topics].map(([topic, name]) => (
    <Link key={topic} to={paths.reports} search={{ topic }} className={classes.topic}>
      <Tag tone="follow_up">{name}</Tag>
    </Link>
  ))
}

const isWarmth = (word: string | null): word is 'now' | 'comparing' | 'cold' =>
  word === 'now' || word === 'comparing' || word === 'cold'
const isHunch = (word: string | null): word is 'rising' | 'steady' | 'at_risk' =>
  word === 'rising' || word === 'steady' || word === 'at_risk'
