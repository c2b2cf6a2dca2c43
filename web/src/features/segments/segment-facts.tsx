/** Beside the members: the definition, what the segment is for, and where it comes from. */
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Segment } from '@/api/types'
import { formatDateTime, formatPlainDay } from '@/domain/format'
import { useWhen } from '@/features/session'
import { Panel } from '@/ui/page'
import { Tag } from '@/ui/tag'
import { GoldenTag } from './golden'
import { ProfilePanel } from './profile-panel'
import { SegmentDefinition } from './segment-definition'
import classes from './segment-facts.module.css'
import { SegmentLinks } from './segment-links'
import { SegmentSizePanel } from './size-panel'
import { VersionsPanel } from './versions-panel'

export const SegmentFacts = ({ segment }: { segment: Segment }) => {
  const { t } = useTranslation()
  const when = useWhen()
  return (
    <div className={classes.facts}>
      <Panel title={t('segments.definition')}>
        {segment.faults.map((fault) => (
          <p key={fault.path} className={classes.fault}>
            <IconAlertTriangle size={15} stroke={1.7} aria-hidden />
            {fault.message}
          </p>
        ))}
        <SegmentDefinition condition={segment.condition} />
      </Panel>
      <Panel title={t('sizes.title')}>
        <SegmentSizePanel id={segment.id} />
      </Panel>
      <Panel title={t('segments.about')}>
        <dl className={classes.list}>
          <Fact name={t('segments.purpose')}>{segment.purpose ?? '–'}</Fact>
          <Fact name={t('segments.next_action')}>
            {segment.next_action ?? <Tag tone="warn">{t('segments.no_action')}</Tag>}
          </Fact>
          <Fact name={t('segments.golden')}>{segment.golden ? <GoldenTag golden={segment.golden} /> : '–'}</Fact>
          <Fact name={t('segments.owner')}>{segment.owner ?? '–'}</Fact>
          <Fact name={t('segments.review')}>
            <Review segment={segment} />
          </Fact>
          <Fact name={t('segments.used_by')}>
            {segment.used_by.length === 0 && t('segments.not_used')}
            <SegmentLinks ids={segment.used_by} />
          </Fact>
          <Fact name={t('segments.origin')}>
            {t(`origin.${segment.origin}`)} · v{segment.version}
          </Fact>
          <Fact name={t('segments.changed')}>
            {formatDateTime(segment.changed_at, when)} · {segment.changed_by ?? t(`origin.${segment.origin}`)}
          </Fact>
          <Fact name={t('segments.id')}>
            <code>{segment.id}</code>
          </Fact>
        </dl>
      </Panel>
      <Panel title={t('profile.title')}>
        <ProfilePanel key={segment.id} id={segment.id} />
      </Panel>
      <Panel title={t('versions.panel')}>
        <VersionsPanel segment={segment} />
      </Panel>
    </div>
  )
}

const Review = ({ segment }: { segment: Segment }) => {
  const { t } = useTranslation()
  const when = useWhen()
  const { review_on, reviewed_on, review_overdue } = segment
  return (
    <>
      {review_on === null ? (
        t('segments.no_review')
      ) : review_overdue ? (
        <Tag tone="warn">{t('segments.overdue_since', { day: formatPlainDay(review_on, when) })}</Tag>
      ) : (
        t('segments.review_by', { day: formatPlainDay(review_on, when) })
      )}
      {' · '}
      {reviewed_on === null
        ? t('segments.reviewed_never')
        : t('segments.reviewed_last', { day: formatPlainDay(reviewed_on, when) })}
    </>
  )
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
)
