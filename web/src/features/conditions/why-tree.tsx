/** The tree of reasons: ✓ or ✗ on each leaf, found against asked, the records that count. */
import { UnstyledButton } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useState } from 'react'
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

/** A turned-around leaf is one row: its own sentence, with what was found for the leaf inside. */
const asRow = (reason: Reason): Reason => {
  const [inner, more] = reason.children
  if (reason.kind !== 'not' || !inner || more || inner.children.length > 0) return reason
  const { sentence, holds, may_change_at } = reason
  // What the inner leaf asked for is the opposite of what this row asks for.
  return { ...inner, kind: 'leaf', sentence, holds, may_change_at, threshold: null }
}

const Branch = ({ reason: told }: { reason: Reason }) => {
  const reason = asRow(told)
  const { t } = useTranslation()
  const when = useWhen()
  const { holds, found, threshold, evidence, evidence_total: total, may_change_at: flips, children } = reason
  const isLeaf = children.length === 0
  const groups: Record<string, string> = {
    all: t('why.group.all'),
    any: t('why.group.any'),
    not: t('why.group.not'),
  }
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
        <span className={classes.sentence} data-sentence>
          {isLeaf ? reason.sentence : (groups[reason.kind] ?? reason.sentence)}
        </span>
      </div>
      {isLeaf && (found || threshold) && (
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
      {evidence.length > 0 && <EvidenceList evidence={evidence} total={total} />}
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

const SHOWN_AT_FIRST = 4

const EvidenceList = ({ evidence, total }: { evidence: Reason['evidence']; total: number }) => {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const shown = all ? evidence : evidence.slice(0, SHOWN_AT_FIRST)
  return (
    <ul className={classes.evidence}>
      {shown.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two records may be alike in everything
        <li key={at}>
          <Moment at={item.at} exact />
          <span>{item.text}</span>
        </li>
      ))}
      {shown.length < total && (
        <li className={classes.rest}>
          {all || evidence.length <= SHOWN_AT_FIRST ? (
            t('why.more_evidence', { count: total - shown.length })
          ) : (
            <UnstyledButton className={classes.more} onClick={() => setAll(true)}>
              {t('why.more_evidence', { count: total - shown.length })}
            </UnstyledButton>
          )}
        </li>
      )}
    </ul>
  )
}
