/** A text in which every found place is marked and can be asked why; whoever may, says whether it is right. */
import { Button, Popover } from '@mantine/core'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HitShown, TextShown } from '@/api/types'
import classes from './marked-text.module.css'

type MarkedTextProps = { text: TextShown; onJudge?: (hit: HitShown, right: boolean | null) => void }

export const MarkedText = ({ text, onJudge }: MarkedTextProps) => (
  <p className={classes.text}>
    {text.pieces.map((piece, at) => {
      const hits = piece.hits.map((place) => text.hits[place]).filter((hit) => hit !== undefined)
      const [first] = hits
      // Pieces have no identity and never move.
      const key = `${at} ${piece.text}`
      return first ? (
        <Mark key={key} text={piece.text} hits={[first, ...hits.slice(1)]} onJudge={onJudge} />
      ) : (
        <span key={key}>{piece.text}</span>
      )
    })}
  </p>
)

type Judge = MarkedTextProps['onJudge']
type MarkProps = { text: string; hits: [HitShown, ...HitShown[]]; onJudge: Judge }

const Mark = ({ text, hits, onJudge }: MarkProps) => {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const counts = hits.some((hit) => hit.counts)
  const names = [...new Set(hits.map((hit) => hit.name))].join('・')
  return (
    <Popover opened={opened} onChange={setOpened} width={300} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes.mark}
          data-counts={counts || undefined}
          data-wrong={hits.some((hit) => hit.verdict === false) || undefined}
          aria-label={t(counts ? 'reports.found' : 'reports.found_not', { text, name: names })}
          onClick={() => setOpened(!opened)}
        >
          {text}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        {hits.map((hit) => (
          <Hit key={`${hit.rule}:${hit.begin}`} hit={hit} onJudge={onJudge} />
        ))}
      </Popover.Dropdown>
    </Popover>
  )
}

const Hit = ({ hit, onJudge }: { hit: HitShown; onJudge: Judge }) => {
  const { t } = useTranslation()
  const judge = (right: boolean) => onJudge?.(hit, hit.verdict === right ? null : right)
  return (
    <div className={classes.hit}>
      <b>{hit.name}</b>
      <span>
        {[
          t(`reports.polarity.${hit.polarity as Polarity}`),
          t(`reports.subject.${hit.subject as Subject}`),
          t(`reports.grade.${hit.grade as Grade}`),
        ].join(' ・ ')}
      </span>
      <span className={classes.rule}>
        {t(hit.counts ? 'reports.counts' : 'reports.counts_not')} [{hit.rule}]
      </span>
      {onJudge && (
        <span className={classes.verdict}>
          <Button
            size="compact-xs"
            variant={hit.verdict === true ? 'filled' : 'default'}
            aria-pressed={hit.verdict === true}
            leftSection={<IconCheck size={13} stroke={2} />}
            onClick={() => judge(true)}
          >
            {t('reports.right')}
          </Button>
          <Button
            size="compact-xs"
            variant={hit.verdict === false ? 'filled' : 'default'}
            aria-pressed={hit.verdict === false}
            leftSection={<IconX size={13} stroke={2} />}
            onClick={() => judge(false)}
          >
            {t('reports.wrong')}
          </Button>
        </span>
      )}
    </div>
  )
}

type Polarity = 'affirmed' | 'denied' | 'resolved' | 'postponed' | 'hypothetical' | 'hearsay' | 'undecided'
type Subject = 'customer' | 'us' | 'other'
type Grade = 'told' | 'stated' | 'hearsay' | 'guess'
