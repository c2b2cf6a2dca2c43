/** One condition: a sentence to press; pressed, its editor opens below. */
import { ActionIcon, Button, Menu, UnstyledButton } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { type KeyboardEvent, memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Vocabulary } from '@/api/types'
import { type Leaf, type Step, segmentsIn } from '@/domain/condition-tree'
import { Num } from '@/features/session'
import { isComposing, nameOf } from '@/ui/keys'
import classes from './builder.module.css'
import { Grip } from './drag'
import { SoFar } from './funnel'
import { LeafEditor } from './leaf-editor'

type RowProps = {
  leaf: Leaf
  sentence: string
  count: number | null
  /** How many come to this row and how many are left behind it; null until that is counted. */
  before: number | null
  after: number | null
  open: boolean
  faults: string[] | undefined
  step: (step: Step) => void
  keyStep: (step: Step) => void
  vocabulary: Vocabulary
}

export const Row = memo(
  ({ leaf, sentence, count, before, after, open, faults, step, keyStep, vocabulary }: RowProps) => {
    const { t } = useTranslation()
    const { id } = leaf
    const gone = segmentsIn(leaf.draft).some((segment) => vocabulary.segments.every((known) => known.id !== segment))
    const strokes: Record<string, Step> = {
      '!': { type: 'negate', id },
      Delete: { type: 'remove', id },
      'alt+ArrowUp': { type: 'move', id, step: -1 },
      'alt+ArrowDown': { type: 'move', id, step: 1 },
      'alt+ArrowRight': { type: 'move_in', id },
      'alt+ArrowLeft': { type: 'move_out', id },
      'mod+d': { type: 'copy', id },
      g: { type: 'wrap', id, head: 'any' },
    }
    const onKeyDown = (event: KeyboardEvent) => {
      const stroke = strokes[nameOf(event)]
      if (!stroke || isComposing(event.nativeEvent)) return
      event.preventDefault()
      event.stopPropagation()
      keyStep(stroke)
    }
    return (
      <div
        className={classes.row}
        data-part={id}
        data-open={open || undefined}
        data-faulty={faults ? true : undefined}
        data-gone={gone || undefined}
      >
        <div className={classes.line}>
          <Grip id={id} />
          <UnstyledButton
            className={classes.chip}
            data-sentence
            data-node={id}
            aria-expanded={open}
            onClick={() => step({ type: 'open', id: open ? null : id })}
            onKeyDown={onKeyDown}
          >
            {sentence}
          </UnstyledButton>
          {count !== null && (
            <span className={classes.alone} title={t('builder.alone_explained')}>
              {t('builder.alone')} <Num n={count} />
            </span>
          )}
          {before !== null && after !== null && <SoFar before={before} after={after} />}
          <RowMenu id={id} step={step} />
        </div>
        {faults?.map((message) => (
          <p key={message} className={classes.fault} role="alert">
            {message}
          </p>
        ))}
        {gone && !open && (
          <p className={classes.fault}>
            {!faults && t('builder.gone')}{' '}
            <Button size="compact-xs" variant="light" onClick={() => step({ type: 'open', id })}>
              {t('builder.replace')}
            </Button>
          </p>
        )}
        {open && <LeafEditor leaf={leaf} step={step} vocabulary={vocabulary} />}
      </div>
    )
  },
)
Row.displayName = 'Row'

const RowMenu = ({ id, step }: { id: string; step: (step: Step) => void }) => {
  const { t } = useTranslation()
  return (
    <Menu width={230}>
      <Menu.Target>
        <ActionIcon aria-label={t('builder.row_menu')}>
          <IconDots size={16} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item rightSection="!" onClick={() => step({ type: 'negate', id })}>
          {t('builder.negate')}
        </Menu.Item>
        <Menu.Item rightSection="Alt ↑" onClick={() => step({ type: 'move', id, step: -1 })}>
          {t('builder.up')}
        </Menu.Item>
        <Menu.Item rightSection="Alt ↓" onClick={() => step({ type: 'move', id, step: 1 })}>
          {t('builder.down')}
        </Menu.Item>
        <Menu.Item rightSection="Alt →" onClick={() => step({ type: 'move_in', id })}>
          {t('builder.move_in')}
        </Menu.Item>
        <Menu.Item rightSection="Alt ←" onClick={() => step({ type: 'move_out', id })}>
          {t('builder.move_out')}
        </Menu.Item>
        <Menu.Item rightSection="⌘ D" onClick={() => step({ type: 'copy', id })}>
          {t('builder.copy')}
        </Menu.Item>
        <Menu.Item rightSection="G" onClick={() => step({ type: 'wrap', id, head: 'any' })}>
          {t('builder.wrap_any')}
        </Menu.Item>
        <Menu.Item onClick={() => step({ type: 'wrap', id, head: 'all' })}>{t('builder.wrap_all')}</Menu.Item>
        <Menu.Item rightSection="Del" onClick={() => step({ type: 'remove', id })}>
          {t('action.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
