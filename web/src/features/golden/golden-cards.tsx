/** The four golden segments side by side: how many, where they are going, how to treat them, and words to begin with. */
import { CopyButton } from '@mantine/core'
import { IconArrowRight, IconCompass } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Golden, Pack, PackSegment, SegmentRow } from '@/api/types'
import { paths } from '@/domain/paths'
import { GOLDEN, GoldenTag, SegmentSizePanel } from '@/features/segments'
import { Num } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { Sparkline } from '@/ui/sparkline'
import classes from './golden.module.css'

type CardsProps = { segments: SegmentRow[]; packs: Pack[]; mayEdit: boolean }

/** What is advised for a segment: by its id, else by its class, from the pack that is most in use. */
export const adviceFor = (
  packs: Pack[],
  row: { id: string; golden: Golden | null } | undefined,
  golden: Golden | null,
) => {
  const all = packs.toSorted((a, b) => b.installed - a.installed).flatMap(({ segments }) => segments)
  return all.find(({ id }) => id === row?.id) ?? all.find((each) => golden !== null && each.golden === golden)
}

export const GoldenCards = ({ segments, packs, mayEdit }: CardsProps) => (
  <ul className={classes.cards}>
    {GOLDEN.map((golden) => (
      <GoldenCard
        key={golden}
        golden={golden}
        rows={segments.filter((row) => row.golden === golden)}
        advice={adviceFor(
          packs,
          segments.find((row) => row.golden === golden),
          golden,
        )}
        mayEdit={mayEdit}
      />
    ))}
  </ul>
)

type CardProps = { golden: Golden; rows: SegmentRow[]; advice: PackSegment | undefined; mayEdit: boolean }

const GoldenCard = ({ golden, rows, advice, mayEdit }: CardProps) => {
  const { t } = useTranslation()
  return (
    <li className={classes.card} data-golden={golden}>
      <h2>
        <GoldenTag golden={golden} />
      </h2>
      {rows.map((row) => (
        <SizeRow key={row.id} row={row} />
      ))}
      {rows.length === 0 && <p className={classes.none}>{t('golden_page.none_yet')}</p>}
      {advice && (
        <>
          <p className={classes.purpose}>{advice.purpose}</p>
          <p className={classes.line}>
            <IconCompass size={15} stroke={1.7} aria-label={t('golden_page.principle')} />
            {advice.principle}
          </p>
          <p className={classes.line}>
            <IconArrowRight size={15} stroke={1.7} aria-label={t('segments.next_action')} />
            {rows[0]?.next_action ?? advice.next_action}
          </p>
          <Messages segment={advice} />
          {rows[0] && <Months id={rows[0].id} />}
        </>
      )}
      {rows.length === 0 && mayEdit && advice && (
        <ButtonLink
          to={paths.newSegment}
          search={{ draft: JSON.stringify(advice.condition) }}
          variant="light"
          className={classes.begin}
        >
          {t('golden_page.make')}
        </ButtonLink>
      )}
    </li>
  )
}

/** A segment by its name, its size, its last week and the last fortnight. */
export const SizeRow = ({ row }: { row: SegmentRow }) => {
  const { t } = useTranslation()
  return (
    <div className={classes.size}>
      <Link to={paths.segment} params={{ id: row.id }} className={classes.name} title={row.sentence}>
        {row.name}
      </Link>
      <Link
        to={paths.segment}
        params={{ id: row.id }}
        className={classes.count}
        aria-label={t('figure.customers', { count: row.count })}
      >
        <Num n={row.count} />
      </Link>
      <span className={classes.week} title={t('segments.in_a_week')}>
        +<Num n={row.entered_7d} /> −<Num n={row.left_7d} />
      </span>
      {row.sparkline ? (
        <Sparkline
          values={row.sparkline}
          label={t('golden_page.fortnight', { name: row.name })}
          width={84}
          height={24}
        />
      ) : null}
    </div>
  )
}

/** How large it was; everybody is walked through for it, so it waits to be opened. */
const Months = ({ id }: { id: string }) => {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  return (
    <details className={classes.messages} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>{t('sizes.title')}</summary>
      {opened && <SegmentSizePanel id={id} height={100} />}
    </details>
  )
}

/** Drafts of words, to be copied and changed. */
export const Messages = ({ segment }: { segment: PackSegment }) => {
  const { t } = useTranslation()
  if (segment.messages.length === 0) return null
  return (
    <details className={classes.messages}>
      <summary>{t('golden_page.messages', { count: segment.messages.length })}</summary>
      {segment.messages.map(({ channel, subject, body }) => (
        <figure key={body} className={classes.message}>
          <figcaption>
            {t(`golden_page.channel.${channel}`)}
            {subject && <b>{subject}</b>}
            <CopyButton value={subject ? `${subject}\n\n${body}` : body}>
              {({ copied, copy }) => (
                <button type="button" className={classes.copy} onClick={copy}>
                  {t(copied ? 'action.copied' : 'action.copy')}
                </button>
              )}
            </CopyButton>
          </figcaption>
          <p>{body}</p>
        </figure>
      ))}
    </details>
  )
}
