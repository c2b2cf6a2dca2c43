/** How many of those who fit can be reached by telephone, by mail and by post: counted when somebody asks. */
import { Button } from '@mantine/core'
import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { previewQuery } from '@/api/query'
import type { Draft } from '@/api/types'
import { CHANNEL_NAMES, reachedBy } from '@/domain/channels'
import { formatPercent } from '@/domain/format'
import { paths } from '@/domain/paths'
import { Num, useLanguage, useReasonOf } from '@/features/session'
import classes from './live-count.module.css'

export const Reach = ({ condition, count }: { condition: Draft; count: number }) => {
  const { t } = useTranslation()
  const written = JSON.stringify(condition)
  const [asked, setAsked] = useState('')
  return (
    <section>
      <h3>{t('reach.title')}</h3>
      {asked === written ? (
        <Channels condition={condition} count={count} />
      ) : (
        <Button size="compact-xs" variant="light" disabled={count === 0} onClick={() => setAsked(written)}>
          {t('reach.ask')}
        </Button>
      )}
    </section>
  )
}

const Channels = ({ condition, count }: { condition: Draft; count: number }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const reasonOf = useReasonOf()
  const answers = useQueries({
    queries: CHANNEL_NAMES.map((channel) => ({
      ...previewQuery(reachedBy(condition, channel)),
      placeholderData: undefined,
    })),
  })
  const failed = answers.find(({ error }) => error !== null)?.error
  if (failed) return <p role="alert">{reasonOf(failed)}</p>
  return (
    <ul className={classes.overlap}>
      {CHANNEL_NAMES.map((channel, at) => {
        const n = answers[at]?.data?.count
        const share = n === undefined || count === 0 ? 0 : n / count
        return (
          <li key={channel}>
            <Link
              to={paths.newSegment}
              search={{ draft: JSON.stringify(reachedBy(condition, channel)) }}
              target="_blank"
              title={t(`reach.explained.${channel}`)}
            >
              {t(`reach.${channel}`)}
            </Link>
            <span className={classes.bar} aria-hidden>
              <i style={{ width: `${share * 100}%` }} />
            </span>
            <span className={classes.figures}>
              {n === undefined ? (
                '…'
              ) : (
                <>
                  <Num n={n} /> · {formatPercent(share, language)}
                </>
              )}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
