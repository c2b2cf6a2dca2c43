/** Writes a condition: rows are text, and only the one row being edited is a form. */
import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'
import { type Dispatch, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Fault, Vocabulary } from '@/api/types'
import { nodeAt, type Step, type Writing } from '@/domain/condition-tree'
import { useShortcuts } from '@/ui/shortcuts'
import { BranchRows } from './branch'
import classes from './builder.module.css'
import type { Sentences } from './sentences'

type BuilderProps = {
  writing: Writing
  step: Dispatch<Step>
  sentences: Sentences
  vocabulary: Vocabulary
  faults: Fault[]
}

export const Builder = ({ writing, step, sentences, vocabulary, faults }: BuilderProps) => {
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

  return (
    <div className={classes.builder}>
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
      <BranchRows
        node={root}
        isRoot
        open={open}
        step={step}
        sentences={sentences}
        vocabulary={vocabulary}
        faults={faultsByNode}
      />
    </div>
  )
}
