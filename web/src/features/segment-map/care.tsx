/** What a look over all segments finds: nearly the same, wholly inside another, nobody in, nobody's and nothing's, due for a review. */
import { Button } from '@mantine/core'
import {
  IconArrowsJoin2,
  IconCalendarExclamation,
  IconCalendarOff,
  IconCircleDashed,
  IconCopy,
  IconTrendingUp,
  IconUserQuestion,
  type TablerIcon,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Relations, SegmentRow } from '@/api/types'
import { formatPercent, formatPlainDay } from '@/domain/format'
import { type Finding, findings } from '@/domain/overlap'
import { paths } from '@/domain/paths'
import { type Ailment, ailmentsOf } from '@/domain/segment-list'
import { Num, useLanguage, useWhen } from '@/features/session'
import { Panel } from '@/ui/page'
import classes from './care.module.css'

type CareProps = {
  relations: Relations
  rows: SegmentRow[]
  /** How many customers there are. */
  everybody: number
  /** What can be done with two: comparing them, merging them. */
  pairLinks: (a: string, b: string) => ReactNode
}

type Of<Kind extends Finding['kind']> = Extract<Finding, { kind: Kind }>

export const Care = ({ relations, rows, everybody, pairLinks }: CareProps) => {
  const when = useWhen()
  const found = useMemo(() => findings(relations, everybody), [relations, everybody])
  const of = <Kind extends Finding['kind']>(kind: Kind) => found.filter((each): each is Of<Kind> => each.kind === kind)
  const named = new Map(rows.map((row) => [row.id, row.name]))
  const segment = (id: string) => (
    <Link to={paths.segment} params={{ id }}>
      {named.get(id) ?? id}
    </Link>
  )
  const pair = (a: string, sign: string, b: string, share: number) => (
    <li key={`${a}${sign}${b}`}>
      {segment(a)}
      <span className={classes.sign}>{sign}</span>
      {segment(b)}
      <Share share={share} />
      {pairLinks(a, b)}
    </li>
  )
  const alone = (id: string, more?: ReactNode) => (
    <li key={id}>
      {segment(id)}
      {more && <span className={classes.share}>{more}</span>}
    </li>
  )
  const ails = (ailment: Ailment) => rows.filter((row) => ailmentsOf(row).includes(ailment))
  const unused = rows.filter((row) => row.used_by.length === 0 && !row.next_action)
  const due = ({ review_on }: SegmentRow) => review_on && formatPlainDay(review_on, when)
  const moved = ({ entered_7d, left_7d }: SegmentRow) => (
    <>
      +<Num n={entered_7d} /> −<Num n={left_7d} />
    </>
  )
  return (
    <div className={classes.care}>
      <Group icon={IconCopy} kind="same" items={of('same')} draw={(each) => pair(each.a, '≈', each.b, each.likeness)} />
      <Group
        icon={IconArrowsJoin2}
        kind="inside"
        items={of('inside')}
        draw={(each) => pair(each.inner, '⊂', each.outer, each.share)}
      />
      <Group icon={IconCircleDashed} kind="empty" items={of('empty')} draw={({ id }) => alone(id)} />
      <Group icon={IconCircleDashed} kind="unused" items={unused} draw={({ id }) => alone(id)} />
      <Group
        icon={IconCalendarExclamation}
        kind="overdue"
        items={ails('overdue')}
        draw={(row) => alone(row.id, due(row))}
      />
      <Group icon={IconCalendarOff} kind="no_review" items={ails('no_review')} draw={({ id }) => alone(id)} />
      <Group icon={IconTrendingUp} kind="jumped" items={ails('jumped')} draw={(row) => alone(row.id, moved(row))} />
      <Group icon={IconUserQuestion} kind="no_owner" items={ails('no_owner')} draw={({ id }) => alone(id)} />
    </div>
  )
}

const Share = ({ share }: { share: number }) => {
  const { language } = useLanguage()
  return <span className={classes.share}>{formatPercent(share, language)}</span>
}

type GroupProps<Item> = {
  icon: TablerIcon
  kind: Finding['kind'] | 'unused' | 'overdue' | 'no_review' | 'jumped' | 'no_owner'
  items: Item[]
  draw: (item: Item) => ReactNode
}

/** So many stand there at first, and four times as many more at each press. */
const AT_FIRST = 12

const Group = <Item,>({ icon: Icon, kind, items, draw }: GroupProps<Item>) => {
  const { t } = useTranslation()
  const [shown, setShown] = useState(AT_FIRST)
  const n = items.length
  return (
    <Panel
      title={
        <span className={classes.title}>
          <Icon size={16} stroke={1.6} aria-hidden /> {t(`map.care.${kind}`)}
        </span>
      }
      aside={t(kind === 'same' || kind === 'inside' ? 'map.care.pairs' : 'segments.how_many', { count: n })}
    >
      <p className={classes.help}>{n === 0 ? t('map.care.none') : t(`map.care.${kind}_help`)}</p>
      {0 < n && <ul className={classes.list}>{items.slice(0, shown).map(draw)}</ul>}
      {shown < n && (
        <Button size="compact-xs" variant="subtle" mt={6} onClick={() => setShown(shown + 4 * AT_FIRST)}>
          {t('map.care.more', { count: n - shown })}
        </Button>
      )}
    </Panel>
  )
}
