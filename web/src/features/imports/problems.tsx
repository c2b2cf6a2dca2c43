/** Rows that cannot go in: where, what stands there, why, and how to mend it — here, or in the file. */
import { Button, Kbd, TextInput } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Import } from '@/api/types'
import { formatNumber } from '@/domain/format'
import { files } from '@/domain/paths'
import { useLanguage } from '@/features/session'
import { Panel } from '@/ui/page'
import classes from './import-steps.module.css'
import { RowTable } from './row-table'
import { useImportStep } from './use-import-step'

type Problem = Import['problems'][number]
type Change = { row: number; column: string | null; value: string | null }

const keyOf = ({ row, column }: { row: number; column: string | null }) => `${row}\n${column ?? ''}`

export const Problems = ({ told }: { told: Import }) => {
  const { t } = useTranslation()
  const mayMend = told.state === 'checked' || told.state === 'read'
  const [changes, setChanges] = useState<Map<string, Change>>(new Map())
  const [edited, setEdited] = useState<string | null>(null)
  const { step, choose } = useImportStep(told.id)
  const note = (change: Change) => setChanges(new Map(changes).set(keyOf(change), change))
  const forget = (key: string) => setChanges(new Map([...changes].filter(([known]) => known !== key)))
  const checkAgain = async () => {
    const all = [...changes.values()]
    const mend = all.flatMap(({ row, column, value }) =>
      value === null || column === null ? [] : [{ row, column, value }],
    )
    const leave_out = all.flatMap(({ row, value }) => (value === null ? [{ row, out: true }] : []))
    await choose.mutateAsync({ mend, leave_out })
    setChanges(new Map())
    step.mutate('check')
  }
  const next = (key: string) => {
    const at = told.problems.findIndex((problem) => keyOf(problem) === key)
    const following = told.problems
      .slice(at + 1)
      .find((problem) => problem.column !== null && !changes.has(keyOf(problem)))
    setEdited(following ? keyOf(following) : null)
  }
  return (
    <Panel
      title={t('imports.problems', { count: told.problems_total })}
      aside={
        <Button
          component="a"
          href={files.problems(told.id)}
          download
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={14} stroke={1.6} />}
        >
          CSV
        </Button>
      }
    >
      <RowTable heads={[t('imports.value'), t('imports.reason')]} does={mayMend ? t('imports.mend.do') : undefined}>
        {told.problems.map((problem) => {
          const key = keyOf(problem)
          return (
            <ProblemRow
              key={`${key} ${problem.reason}`}
              problem={problem}
              change={changes.get(key)}
              mayMend={mayMend && 0 < problem.row}
              isEdited={edited === key}
              onEdit={() => setEdited(key)}
              onClose={() => setEdited(null)}
              onChange={(value) => {
                note({ row: problem.row, column: problem.column, value })
                next(key)
              }}
              onForget={() => forget(key)}
            />
          )
        })}
      </RowTable>
      {told.problems.length < told.problems_total && (
        <p className={classes.dim}>
          {t('imports.more_problems', { count: told.problems_total - told.problems.length })}
        </p>
      )}
      {mayMend && (
        <div className={classes.now}>
          <p className={classes.dim}>
            {0 < changes.size ? t('imports.mend.changes', { count: changes.size }) : t('imports.mend.hint')}
          </p>
          <Button
            disabled={changes.size === 0}
            loading={choose.isPending || step.isPending}
            onClick={() => void checkAgain()}
          >
            {t('imports.mend.check')}
          </Button>
        </div>
      )}
    </Panel>
  )
}

type ProblemRowProps = {
  problem: Problem
  change: Change | undefined
  mayMend: boolean
  isEdited: boolean
  onEdit: () => void
  onClose: () => void
  onChange: (value: string | null) => void
  onForget: () => void
}

const ProblemRow = ({ problem, change, mayMend, isEdited, onEdit, onClose, onChange, onForget }: ProblemRowProps) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const [text, setText] = useState(problem.value)
  const { row, column } = problem
  const cell = t('imports.mend.cell', { row, column: column ?? '' })
  return (
    <tr data-changed={change !== undefined || undefined}>
      <td>{formatNumber(row, language)}</td>
      <td>{column ?? '–'}</td>
      <td className={classes.value}>
        {isEdited ? (
          <TextInput
            aria-label={cell}
            autoFocus
            size="xs"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return
              if (event.key === 'Enter') onChange(text)
              if (event.key === 'Escape') onClose()
            }}
          />
        ) : (
          <>
            <span className={change ? classes.was : undefined}>{problem.value || '–'}</span>
            {change && (change.value === null ? ` → ${t('imports.mend.left_out')}` : ` → ${change.value || '–'}`)}
          </>
        )}
      </td>
      <td>
        {problem.reason}
        {problem.fix && <div className={classes.dim}>{problem.fix}</div>}
      </td>
      {mayMend && (
        <td className={classes.mend}>
          {isEdited ? (
            <>
              <Kbd size="xs">Enter</Kbd> <Kbd size="xs">Esc</Kbd>
            </>
          ) : change ? (
            <Button size="compact-xs" variant="default" onClick={onForget}>
              {t('action.undo')}
            </Button>
          ) : (
            <>
              {column !== null && (
                <Button
                  size="compact-xs"
                  variant="light"
                  aria-label={`${cell}: ${t('imports.mend.do')}`}
                  onClick={onEdit}
                >
                  {t('imports.mend.do')}
                </Button>
              )}
              <Button
                size="compact-xs"
                variant="default"
                aria-label={`${cell}: ${t('imports.mend.leave_out')}`}
                onClick={() => onChange(null)}
              >
                {t('imports.mend.leave_out')}
              </Button>
            </>
          )}
        </td>
      )}
    </tr>
  )
}
