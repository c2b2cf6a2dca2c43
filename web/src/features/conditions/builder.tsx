/** Writes a condition: rows are text, and only the one row being edited is a form. */
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'
import { type Dispatch, useCallback, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Fault, Vocabulary } from '@/api/types'
import { nodeAt, type Step, type Writing } from '@/domain/condition-tree'
import { useShortcuts } from '@/ui/shortcuts'
import { BranchRows } from './branch'
import classes from './builder.module.css'
import { CarryRows } from './drag'
import { type Funnel, NOT_COUNTED } from './funnel'
import type { Sentences } from './sentences'

type BuilderProps = {
  writing: Writing
  step: Dispatch<Step>
  sentences: Sentences
  vocabulary: Vocabulary
  faults: Fault[]
  /** How many are left behind each row; left out where nobody is counted. */
  funnel?: Funnel
}

export const Builder = ({ writing, step, sentences, vocabulary, faults, funnel = NOT_COUNTED }: BuilderProps) => {
  const { t } = useTranslation()
  const { root, open, past, future } = writing
  const faultsByNode = useMemo(() => {
    const byNode = new Map<string, string[]>()
    for (const fault of faults) {
      const { id } = nodeAt(root, fault.path)
      byNode.set(id, [...(byNode.get(id) ?? []), fault.message])
    }
    return byNode
  }, [faults, root])
  useShortcuts({
    'mod+z': () => step({ type: 'undo' }),
    'mod+shift+z': () => step({ type: 'redo' }),
    'mod+y': () => step({ type: 'redo' }),
    n: () => document.querySelector<HTMLElement>(`[data-add="${root.id}"]`)?.click(),
    Escape: () => step({ type: 'open', id: null }),
  })

  const place = useRef<HTMLDivElement>(null)
  // A row that moves is drawn anew, and one that leaves takes the focus with it: after a key the focus goes on from there.
  const wanted = useRef<string[]>([])
  const keyStep = useCallback(
    (next: Step) => {
      wanted.current = 'id' in next && next.id ? nearest(place.current, next.id) : []
      step(next)
    },
    [step],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus is put back after each change of the tree
  useEffect(() => {
    for (const id of wanted.current) {
      const row = rowIn(place.current, id)
      if (!row) continue
      row.focus()
      break
    }
    wanted.current = []
  }, [root])
  const walk = (by: number) => {
    const rows = rowsIn(place.current)
    const at = rows.indexOf(document.activeElement as HTMLElement)
    rows[at === -1 ? (by === 1 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))]?.focus()
  }
  useShortcuts({
    ArrowDown: () => walk(1),
    ArrowUp: () => walk(-1),
  })
  useEffect(() => {
    // Closed by a key or a button inside it, an editor gives the focus back to its row.
    if (open === null) return
    const row = rowIn(place.current, open)
    return () => {
      const lost = document.activeElement === document.body || !document.activeElement?.isConnected
      if (lost) row?.focus()
    }
  }, [open])

  return (
    <div className={classes.builder} ref={place} data-old={funnel.old || undefined}>
      <div className={classes.tools}>
        <Tooltip label={t('action.undo')}>
          <ActionIcon aria-label={t('action.undo')} disabled={past.length === 0} onClick={() => step({ type: 'undo' })}>
            <IconArrowBackUp size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('builder.redo')}>
          <ActionIcon
            aria-label={t('builder.redo')}
            disabled={future.length === 0}
            onClick={() => step({ type: 'redo' })}
          >
            <IconArrowForwardUp size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </div>
      <CarryRows>
        <BranchRows
          node={root}
          isRoot
          open={open}
          step={step}
          keyStep={keyStep}
          sentences={sentences}
          vocabulary={vocabulary}
          faults={faultsByNode}
          funnel={funnel}
        />
      </CarryRows>
    </div>
  )
}

const rowsIn = (place: HTMLElement | null) => [...(place?.querySelectorAll<HTMLElement>('[data-node]') ?? [])]
const rowIn = (place: HTMLElement | null, id: string) => rowsIn(place).find((row) => row.dataset.node === id)

/** A row and its neighbours, in the order in which the focus looks for one that is still there. */
const nearest = (place: HTMLElement | null, id: string): string[] => {
  const ids = rowsIn(place).map((row) => row.dataset.node ?? '')
  const at = ids.indexOf(id)
  return [id, ids[at + 1], ids[at - 1]].filter((each): each is string => each !== undefined)
}
