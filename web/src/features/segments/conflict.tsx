/** Someone else saved first: what they have now, beside what is about to be saved. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { segmentQuery } from '@/api/query'
import type { Draft } from '@/api/types'
import { formatDateTime } from '@/domain/format'
import { useWhen } from '@/features/session'
import { SegmentDefinition } from './segment-definition'
import classes from './segment-form.module.css'

type ConflictProps = { id: string; mine: Draft; message: string; onKeepMine: (version: number) => void }

export const Conflict = ({ id, mine, message, onKeepMine }: ConflictProps) => {
  const { t } = useTranslation()
  const when = useWhen()
  const theirs = useQuery({ ...segmentQuery(id), staleTime: 0, refetchOnMount: 'always' }).data
  return (
    <section className={classes.conflict} role="alert">
      <p>{message}</p>
      {theirs && (
        <>
          <p>
            {t('segments.changed_by', {
              who: theirs.changed_by ?? t('segments.someone'),
              time: formatDateTime(theirs.changed_at, when),
              version: theirs.version,
            })}
          </p>
          <div className={classes.two}>
            <div>
              <h3>{t('segments.theirs')}</h3>
              <SegmentDefinition condition={theirs.condition} />
            </div>
            <div>
              <h3>{t('segments.mine')}</h3>
              <SegmentDefinition condition={mine} />
            </div>
          </div>
          <div className={classes.choices}>
            <Button onClick={() => onKeepMine(theirs.version)}>{t('segments.keep_mine')}</Button>
          </div>
        </>
      )}
    </section>
  )
}
