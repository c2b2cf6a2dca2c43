/** The tree of reasons: ✓ or ✗ on each leaf, found against asked, the records that count. */
import { IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Reason } from '@/api/types'
import { formatDateTime } from '@/domain/format'
import { Moment, useWhen } from '@/features/session'
import classes from './why-drawer.module.css'

export const WhyTree = ({ reason }: { reason: Reason }) => (
  <ul className={classes.tree}>
    <Branch reason={reason} />
  </ul>
)

const Branch = ({ reason }: { reason: Reason }) => {
  const { t } = useTranslation()
  const when = useWhen()
  const { holds, found, threshold, evidence, evidence_total: total, may_change_at: flips, children } = reason
  const isLeaf = children.length === 0
  return (
    <li className={classes.reason} data-holds={holds} data-leaf={isLeaf || undefined}>
      <div className={classes.line}>
        <span className={classes.mark}>
          {holds ? (
            <IconCheck size={14} stroke={2.4} aria-label={t('why.holds')} />
          ) : (
            <IconX size={14} stroke={2.4} aria-label={t('why.holds_not')} />
          )}
        </span>
        <span className={classes.sentence}>{isLeaf ? reason.sentence : groupWord(reason, t)}</span>
      </div>
      {(found || threshold) && (
        <dl className={classes.values}>
          {found && (
            <div>
              <dt>{t('why.found')}</dt>
              <dd>{found}</dd>
            </div>
          )}
          {threshold && (
            <div>
              <dt>{t('why.asked')}</dt>
              <dd>{threshold}</dd>
            </div>
          )}
        </dl>
      )}
      {evidence.length > 0 && (
        <ul className={classes.evidence}>
          {evidence.map((item) => (
            <li key={`${item.at} ${item.text}`}>
              <Moment at={item.at} exact />
              <span>{item.text}</span>
            </li>
          ))}
          {evidence.length < total && (
            <li className={classes.rest}>{t('why.more_evidence', { count: total - evidence.length })}</li>
          )}
        </ul>
      )}
      {isLeaf && flips && <p className={classes.flip}>{t('why.flips', { time: formatDateTime(flips, when) })}</p>}
      {!isLeaf && (
        <ul className={classes.tree}>
          {children.map((child, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the tree is a picture of one moment and never reordered
            <Branch key={at} reason={child} />
          ))}
        </ul>
      )}
    </li>
  )
}

type Translate = ReturnType<typeof useTranslation>['t']

const groupWord = ({ kind, sentence }: Reason, t: Translate): string => {
  if (kind === 'all' || kind === 'any' || kind === 'not') return t(`why.group.${kind}`)
  return sentence
}
