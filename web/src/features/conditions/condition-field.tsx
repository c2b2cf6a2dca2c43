/** A condition among the fields of a form: text, until it is the one being edited. */
import { Button } from '@mantine/core'
import { useEffect, useReducer } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft, Fault, Vocabulary } from '@/api/types'
import { startWriting, toDraft, write } from '@/domain/condition-tree'
import { Builder } from './builder'
import classes from './condition-field.module.css'
import { ConditionOutline } from './outline'
import { useSentences } from './sentences'

type ConditionFieldProps = {
  draft: Draft
  vocabulary: Vocabulary
  faults: Fault[]
  open: boolean
  onOpen: () => void
  onChange: (draft: Draft) => void
}

/** A condition as text; opened, it is written by clicking. */
export const ConditionField = ({ draft, vocabulary, faults, open, onOpen, onChange }: ConditionFieldProps) => {
  const { t } = useTranslation()
  const [writing, step] = useReducer(write, draft, startWriting)
  const sentences = useSentences(writing.root, undefined)
  const { root, past } = writing
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was written is told on, whoever hears it
  useEffect(() => {
    if (0 < past.length) onChange(toDraft(root))
  }, [root])
  if (open) {
    return <Builder writing={writing} step={step} sentences={sentences} vocabulary={vocabulary} faults={faults} />
  }
  return (
    <div className={classes.condition}>
      <ConditionOutline root={root} sentences={sentences} />
      {faults.map(({ path, message }) => (
        <span key={path} role="alert">
          {message}
        </span>
      ))}
      <Button variant="subtle" size="compact-sm" onClick={onOpen}>
        {t('action.edit')}
      </Button>
    </div>
  )
}
