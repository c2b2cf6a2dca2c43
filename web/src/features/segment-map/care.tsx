/** What a look over all segments finds: nearly the same, wholly inside another, nobody in, nobody's and nothing's. */
import { IconArrowsJoin2, IconCircleDashed, IconCopy, IconUserQuestion, type TablerIcon } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Relations, SegmentRow } from '@/api/types'
import { formatPercent } from '@/domain/format'
import { type Finding, findings } from '@/domain/overlap'
import { paths } from '@/domain/paths'
import { useLanguage } from '@/features/session'
import { Panel } from '@/ui/page'
import classes from './care.module.css'

type CareProps = {
  relations: Relations
  rows: SegmentRow[]
  /** How many customers there are. */
  everybody: number
  /** Opens the two beside each other in the matrix. */
  pairLink: (a: string, b: string) => ReactNode
}

export const Care = ({ relations, rows, everybody, pairLink }: CareProps) => {
  const { t } = useTranslation()
  const found = findings(relations, everybody)
  const of = <Kind extends Finding['kind']>(kind: Kind) =>
    found.filter((each): each is Extract<Finding, { kind: Kind }> => each.kind === kind)
  const nameless = new Map(rows.map((row) => [row.id, row.name]))
  const segment = (id: string) => (
    <Link to={paths.segment} params={{ id }}>
      {nameless.get(id) ?? id}
    </Link>
  )
  const unused = rows.filter((row) => row.used_by.length === 0 && !row.next_action)
  const ownerless = rows.filter((row) => !row.owner)
  return (
    <div className={classes.care}>
      <Group icon={IconCopy} title={t('map.care.same')} help={t('map.care.same_help')} n={of('same').length}>
        {of('same').map((each) => (
          <li key={`${each.a}=${each.b}`}>
            {segment(each.a)}
            <span className={classes.sign}>≈</span>
            {segment(each.b)}
            <Share share={each.likeness} />
            {pairLink(each.a, each.b)}
          </li>
        ))}
      </Group>
      <Group
        icon={IconArrowsJoin2}
        title={t('map.care.inside')}
        help={t('map.care.inside_help')}
        n={of('inside').length}
      >
        {of('inside').map((each) => (
          <li key={`${each.inner}<${each.outer}`}>
            {segment(each.inner)}
            <span className={classes.sign}>⊂</span>
            {segment(each.outer)}
            <Share share={each.share} />
            {pairLink(each.inner, each.outer)}
          </li>
        ))}
      </Group>
      <Group icon={IconCircleDashed} title={t('map.care.empty')} help={t('map.care.empty_help')} n={of('empty').length}>
        {of('empty').map((each) => (
          <li key={each.id}>{segment(each.id)}</li>
        ))}
      </Group>
      <Group icon={IconCircleDashed} title={t('map.care.unused')} help={t('map.care.unused_help')} n={unused.length}>
        {unused.map((row) => (
          <li key={row.id}>{segment(row.id)}</li>
        ))}
      </Group>
      <Group
        icon={IconUserQuestion}
        title={t('map.care.ownerless')}
        help={t('map.care.ownerless_help')}
        n={ownerless.length}
      >
        {ownerless.map((row) => (
          <li key={row.id}>{segment(row.id)}</li>
        ))}
      </Group>
    </div>
  )
}

const Share = ({ share }: { share: number }) => {
  const { language } = useLanguage()
  return <span className={classes.share}>{formatPercent(share, language)}</span>
}

type GroupProps = { icon: TablerIcon; title: string; help: string; n: number; children: ReactNode }

const Group = ({ icon: Icon, title, help, n, children }: GroupProps) => {
  const { t } = useTranslation()
  return (
    <Panel
      title={
        <span className={classes.title}>
          <Icon size={16} stroke={1.6} aria-hidden /> {title}
        </span>
      }
      aside={t('segments.how_many', { count: n })}
    >
      <p className={classes.help}>{n === 0 ? t('map.care.none') : help}</p>
      {0 < n && <ul className={classes.list}>{children}</ul>}
    </Panel>
  )
}
