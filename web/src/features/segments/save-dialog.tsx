/** Before a changed definition takes effect: what it said and what it says, who comes in and who goes out, and who else is touched. */
import { Button, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Preview, Segment } from '@/api/types'
import { MovedPeople } from '@/features/conditions'
import { AsOf } from '@/features/session'
import { type Filled, Purpose } from './about-fields'
import { CareFields } from './care-fields'
import classes from './save-dialog.module.css'
import { SegmentLinks } from './segment-links'

type SaveDialogProps = {
  segment: Segment
  /** What the count says of the new definition; null while it is being asked. */
  preview: Preview | null
  filled: Filled
  set: (part: Partial<Filled>) => void
  opened: boolean
  saving: boolean
  onSave: () => void
  onClose: () => void
}

export const SaveDialog = ({ segment, preview, filled, set, opened, saving, onSave, onClose }: SaveDialogProps) => {
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size={640}
      title={t('segments.save_title', { name: segment.name })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className={classes.dialog}>
        <Sentences before={segment.sentence} after={preview?.sentence ?? null} />
        {preview?.change && (
          <div className={classes.moved}>
            <MovedPeople moved={preview.change.enters} direction="enters" />
            <MovedPeople moved={preview.change.leaves} direction="leaves" />
            <AsOf at={preview.as_of} />
          </div>
        )}
        {0 < segment.used_by.length && (
          <p className={classes.touched}>
            {t('segments.also_touched')} <SegmentLinks ids={segment.used_by} />
          </p>
        )}
        <div className={classes.asked}>
          <Purpose filled={filled} set={set} />
          <CareFields owner={filled.owner} review_on={filled.review_on} set={set} />
        </div>
        <p className={classes.note}>{t('segments.save_note', { version: segment.version })}</p>
        <div className={classes.choices}>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button data-autofocus onClick={onSave} loading={saving} disabled={preview === null}>
            {t('segments.save_now')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

/** Two definitions as sentences, one above the other. */
export const Sentences = ({ before, after }: { before: string | null; after: string | null }) => {
  const { t } = useTranslation()
  return (
    <dl className={classes.sentences}>
      <div data-side="before">
        <dt>{t('segments.before')}</dt>
        <dd data-sentence>{before ?? t('segments.unreadable')}</dd>
      </div>
      <div data-side="after">
        <dt>{t('segments.after')}</dt>
        <dd data-sentence>{after ?? '…'}</dd>
      </div>
    </dl>
  )
}
