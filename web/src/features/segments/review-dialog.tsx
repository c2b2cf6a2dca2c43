/** Says that a segment was looked at and is good as it is, and when it is to be looked at next. */
import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import { segmentQuery } from '@/api/query'
import type { Segment } from '@/api/types'
import { monthsAfter, REVIEW_AFTER_MONTHS } from '@/domain/review'
import { useReasonOf, useRefused } from '@/features/session'
import { useTellUndo } from '@/ui/undo-notice'
import { useToday } from './care-fields'
import classes from './save-dialog.module.css'

const MONTHS = [1, 3, 6, 12]

export const ReviewDialog = ({ segment, onClose }: { segment: Segment; onClose: () => void }) => {
  const { t } = useTranslation()
  const today = useToday()
  const reasonOf = useReasonOf()
  const [next, setNext] = useState(() => monthsAfter(today, REVIEW_AFTER_MONTHS))
  const review = useReview(segment, onClose)
  return (
    <Modal
      opened
      onClose={onClose}
      size={460}
      title={t('segments.review_title', { name: segment.name })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className={classes.dialog}>
        <p className={classes.note}>{t('segments.review_explained')}</p>
        <TextInput
          type="date"
          label={t('segments.review_next')}
          min={today}
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <div className={classes.quick}>
          {MONTHS.map((months) => (
            <Button key={months} size="compact-xs" variant="light" onClick={() => setNext(monthsAfter(today, months))}>
              {t('segments.after_months', { count: months })}
            </Button>
          ))}
        </div>
        {review.error && (
          <p role="alert" className={classes.note}>
            {reasonOf(review.error)}
          </p>
        )}
        <div className={classes.choices}>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button data-autofocus loading={review.isPending} onClick={() => review.mutate(next || null)}>
            {t('segments.review_keep')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

const useReview = (segment: Segment, onDone: () => void) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const tellUndo = useTellUndo()
  const { id, version } = segment
  const seen = async (changed: unknown) => {
    queries.setQueryData(segmentQuery(id).queryKey, changed as Segment)
    await Promise.all([['segments'], ['versions', id]].map((queryKey) => queries.invalidateQueries({ queryKey })))
  }
  const undo = useMutation({
    mutationFn: () =>
      answer(client.POST('/api/v1/segments/{id}/versions/{version}/restore', { params: { path: { id, version } } })),
    onSuccess: seen,
    onError: useRefused(t('versions.not_restored')),
  })
  return useMutation({
    mutationFn: (next_on: string | null) =>
      answer(client.POST('/api/v1/segments/{id}/review', { params: { path: { id } }, body: { version, next_on } })),
    onSuccess: async (reviewed) => {
      onDone()
      tellUndo(`review ${id}`, t('segments.reviewed_toast', { name: segment.name }), () => undo.mutate())
      await seen(reviewed)
    },
  })
}
