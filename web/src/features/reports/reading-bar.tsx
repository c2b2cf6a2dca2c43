/** While past texts are read again: how far, and a way to stop. */
import { Button, Progress } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import type { ReadingFar } from '@/api/types'
import { useMay } from '@/features/session'
import classes from './reading-bar.module.css'

export const ReadingBar = ({ far }: { far: ReadingFar | null }) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const mayStop = useMay('edit_segments')
  if (!far) return null
  const stop = async () => {
    await answer(client.DELETE('/api/v1/dictionary/reading')).catch(() => null)
    await queries.invalidateQueries({ queryKey: ['dictionary'] })
  }
  return (
    <div className={classes.bar} role="status">
      <span>{t('reports.reading', { done: far.done, total: far.total })}</span>
      <Progress
        value={far.total === 0 ? 0 : (100 * far.done) / far.total}
        aria-label={t('reports.reading', { done: far.done, total: far.total })}
        className={classes.line}
      />
      {mayStop && (
        <Button size="compact-xs" variant="default" onClick={() => void stop()}>
          {t('reports.stop_reading')}
        </Button>
      )}
    </div>
  )
}
