/** Two segments become one: which one stays, what then refers to it, who comes and goes by that; and the way back. */
import { Button, Modal, SegmentedControl } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client } from '@/api/client'
import { mergeQuery } from '@/api/query'
import type { MergeCompared, Merged, SegmentRow } from '@/api/types'
import { MovedPeople } from '@/features/conditions'
import { AsOf, Num, useReasonOf, useRefused } from '@/features/session'
import { AfterAMoment, Waiting } from '@/ui/states'
import { useTellUndo } from '@/ui/undo-notice'
import classes from './merge-dialog.module.css'

type MergeDialogProps = {
  rows: SegmentRow[]
  a: string
  b: string
  onClose: () => void
  /** With the id of the one that stays. */
  onMerged: (kept: string) => void
}

/** The one that more refers to stays, else the one with an owner, else the larger. */
const firstKept = (a: SegmentRow | undefined, b: SegmentRow | undefined) => {
  const weight = (row: SegmentRow | undefined) =>
    row ? [row.used_by.length, Number(row.owner !== null), row.count] : [-1]
  const [one, other] = [weight(a), weight(b)]
  const at = one.findIndex((n, place) => n !== other[place])
  return (one[at] ?? 0) < (other[at] ?? 0) ? b : a
}

export const MergeDialog = ({ rows, a, b, onClose, onMerged }: MergeDialogProps) => {
  const { t } = useTranslation()
  const [one, other] = [a, b].map((id) => rows.find((row) => row.id === id))
  const [kept, setKept] = useState(firstKept(one, other)?.id ?? a)
  const gone = kept === a ? b : a
  const reasonOf = useReasonOf()
  const compared = useQuery(mergeQuery(gone, kept))
  const merge = useMerge(onMerged)
  if (!one || !other) return null
  const error = merge.error ?? compared.error
  return (
    <Modal
      opened
      onClose={onClose}
      size={640}
      title={t('map.merge.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className={classes.dialog}>
        <div className={classes.which}>
          <span id="merge-kept">{t('map.merge.kept')}</span>
          <SegmentedControl
            aria-labelledby="merge-kept"
            value={kept}
            data={[one, other].map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setKept}
          />
        </div>
        {[one, other].map((row) => (
          <p key={row.id} className={classes.segment} data-gone={row.id === gone || undefined}>
            <b>{row.name}</b> <Num n={row.count} />
            <span className={classes.fate}>{t(row.id === kept ? 'map.merge.stays' : 'map.merge.goes')}</span>
            <span data-sentence>{row.sentence}</span>
          </p>
        ))}
        {error && (
          <p role="alert" className={classes.refused}>
            {reasonOf(error)}
          </p>
        )}
        {compared.data && !compared.error && <Compared told={compared.data} />}
        {compared.isPending && (
          <AfterAMoment>
            <Waiting rows={2} label={t('state.loading')} />
          </AfterAMoment>
        )}
        <p className={classes.note}>{t('map.merge.note')}</p>
        <div className={classes.choices}>
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button
            data-autofocus
            disabled={!compared.data || compared.error !== null}
            loading={merge.isPending}
            onClick={() => compared.data && merge.mutate({ gone, kept, told: compared.data })}
          >
            {t('map.merge.now')}
          </Button>
        </div>
      </div>
    </Modal>
  )
}

/** What a merge changes, before it is done. */
const Compared = ({ told }: { told: MergeCompared }) => {
  const { t } = useTranslation()
  const touched = [...told.segments, ...told.signs.map((sign) => ({ ...sign, kind: 'sign' as const }))]
  return (
    <>
      <dl className={classes.figures}>
        <div>
          <dt>{t('map.both')}</dt>
          <dd>
            <Num n={told.both} />
          </dd>
        </div>
        {[
          { of: told.gone, moved: told.only_gone },
          { of: told.kept, moved: told.only_kept },
        ].map(({ of, moved }) => (
          <div key={of.id}>
            <dt>{t('map.only', { name: of.name })}</dt>
            <dd>
              <Num n={moved.count} />
            </dd>
          </div>
        ))}
        <AsOf at={told.as_of} />
      </dl>
      <section className={classes.touched}>
        {touched.length === 0 ? (
          <p className={classes.note}>{t('map.merge.nobody_refers')}</p>
        ) : (
          <h3>{t('map.merge.repointed', { count: touched.length })}</h3>
        )}
        <ul>
          {touched.map((row) => (
            <li key={`${row.kind} ${row.id}`}>
              <b>{row.name}</b> <span className={classes.fate}>{t(`map.merge.kind.${row.kind}`)}</span>
              {'enters' in row && (
                <span className={classes.moved}>
                  <MovedPeople moved={row.enters} direction="enters" />
                  <MovedPeople moved={row.leaves} direction="leaves" />
                </span>
              )}
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

const TOUCHED = [
  ['segments'],
  ['segment'],
  ['relations'],
  ['vocabulary'],
  ['members'],
  ['versions'],
  ['signs'],
  ['sign'],
]

const useMerge = (onMerged: (kept: string) => void) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const tellUndo = useTellUndo()
  const refresh = () => Promise.all(TOUCHED.map((queryKey) => queries.invalidateQueries({ queryKey })))
  const undo = useMutation({
    mutationFn: (merged: Merged) => answer(client.POST('/api/v1/segments/merges/undo', { body: merged })),
    onSuccess: refresh,
    onError: useRefused(t('map.merge.not_undone')),
  })
  return useMutation({
    mutationFn: ({ gone, kept }: { gone: string; kept: string; told: MergeCompared }) =>
      answer(client.POST('/api/v1/segments/{id}/merge', { params: { path: { id: gone } }, body: { into: kept } })),
    onSuccess: async (merged, { kept, told }) => {
      const said = t('map.merge.done', { gone: told.gone.name, kept: told.kept.name })
      tellUndo(`merge ${merged.gone.id}`, said, () => undo.mutate(merged))
      onMerged(kept)
      await refresh()
    },
  })
}
