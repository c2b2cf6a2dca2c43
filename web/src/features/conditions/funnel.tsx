/** How many are left behind each row, read from the first to the last: a number, and a bar of those who came to the row. */
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preview } from '@/api/types'
import { type Branch, nodeAt } from '@/domain/condition-tree'
import { Num } from '@/features/session'
import classes from './builder.module.css'

export type Left = { before: number; after: number }
/** By the ids of rows and groups. `old`: what is written now is still being counted. */
export type Funnel = { left: ReadonlyMap<string, Left>; old: boolean }

export const NOT_COUNTED: Funnel = { left: new Map(), old: false }

/** What was counted last stays until the next is known: a number fades, but is not taken away. */
export const useFunnel = (root: Branch, preview: Preview | undefined): Funnel => {
  const last = useRef<Funnel['left']>(new Map())
  return useMemo(() => {
    if (!preview) return { left: last.current, old: true }
    last.current = new Map(preview.funnel.map(({ path, ...left }) => [nodeAt(root, path).id, left]))
    return { left: last.current, old: false }
  }, [root, preview])
}

export const SoFar = ({ before, after }: Left) => {
  const { t } = useTranslation()
  const share = before === 0 ? 0 : (after / before) * 100
  return (
    <span className={classes.soFar} title={t('builder.so_far_explained', { before, after })}>
      <span>
        {t('builder.so_far')} <Num n={after} />
      </span>
      <span className={classes.bar} aria-hidden>
        <i style={{ width: `${share}%` }} />
      </span>
    </span>
  )
}
