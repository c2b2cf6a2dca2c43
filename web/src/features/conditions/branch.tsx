/** A group of rows, with what joins them and the way to add more. */
import { ActionIcon, Menu, NumberInput, SegmentedControl } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Vocabulary } from '@/api/types'
import type { Branch, Node, Points, Scope, Step } from '@/domain/condition-tree'
import { AMOUNT_OPERATORS, amountDraft, amountOf } from '@/domain/leaf-parts'
import { Num } from '@/features/session'
import { isComposing, nameOf } from '@/ui/keys'
import { AddBox } from './add-box'
import classes from './builder.module.css'
import { DropRows, Grip } from './drag'
import { AmountField } from './fields/parts'
import { ScopeWords } from './fields/scope-words'
import { type Funnel, SoFar } from './funnel'
import { Row } from './row'
import type { Sentences } from './sentences'

export type Shared = {
  open: string | null
  step: (step: Step) => void
  /** The same, from a key: where the focus is afterwards is seen to. */
  keyStep: (step: Step) => void
  sentences: Sentences
  vocabulary: Vocabulary
  faults: ReadonlyMap<string, string[]>
  funnel: Funnel
}

export const BranchRows = ({ node, isRoot = false, ...shared }: Shared & { node: Branch; isRoot?: boolean }) => {
  const { t } = useTranslation()
  const { step, vocabulary } = shared
  const label = t(`builder.${node.head}`)
  return (
    <fieldset className={classes.group} data-part={node.id} data-not={node.not || undefined}>
      <legend className={classes.legend}>
        {node.not && <span>{t('builder.not')}</span>}
        <SegmentedControl
          aria-label={t('builder.joined')}
          value={node.head}
          onChange={(head) => step({ type: 'set_head', id: node.id, head: head as Branch['head'] })}
          data={[
            { value: 'all', label: t('builder.all') },
            { value: 'any', label: t('builder.any') },
          ]}
        />
        {!isRoot && <GroupMenu node={node} {...shared} />}
      </legend>
      <DropRows
        group={node.id}
        step={step}
        rows={node.children.map((child) => <Part key={child.id} node={child} {...shared} />)}
        nothing={t('builder.empty')}
      />
      <Faults messages={shared.faults.get(node.id)} />
      <AddBox
        parent={node.id}
        word={t('builder.add_condition')}
        label={t('builder.add_to', { group: label })}
        step={step}
        vocabulary={vocabulary}
      />
    </fieldset>
  )
}

const Part = ({ node, ...shared }: Shared & { node: Node }) => {
  switch (node.kind) {
    case 'branch':
      return <BranchRows node={node} {...shared} />
    case 'scope':
      return <ScopeRows node={node} {...shared} />
    case 'points':
      return <PointsRows node={node} {...shared} />
    case 'leaf': {
      const said = shared.sentences(node)
      const left = shared.funnel.left.get(node.id)
      return (
        <Row
          leaf={node}
          sentence={said?.sentence ?? ''}
          count={said?.count ?? null}
          before={left?.before ?? null}
          after={left?.after ?? null}
          open={shared.open === node.id}
          faults={shared.faults.get(node.id)}
          step={shared.step}
          keyStep={shared.keyStep}
          vocabulary={shared.vocabulary}
        />
      )
    }
  }
}

/** Conditions about something inside: one product, the people at a company. */
const ScopeRows = ({ node, ...shared }: Shared & { node: Scope }) => {
  const { t } = useTranslation()
  const said = shared.sentences(node)
  return (
    <fieldset className={classes.group} data-part={node.id} data-not={node.not || undefined} data-scope={node.head}>
      <legend className={classes.legend}>
        {node.not && <span>{t('builder.not')}</span>}
        <ScopeWords scope={node} step={shared.step} vocabulary={shared.vocabulary} />
        <GroupMenu node={node} {...shared} />
      </legend>
      <Faults messages={shared.faults.get(node.id)} />
      {said && (
        <p className={classes.said} data-sentence>
          {said.sentence} {said.count !== null && <Alone n={said.count} />}
        </p>
      )}
      <Part node={node.child} {...shared} />
    </fieldset>
  )
}

/** Each part adds its weight where it holds; the sum is compared. */
const PointsRows = ({ node, ...shared }: Shared & { node: Points }) => {
  const { t } = useTranslation()
  const { step, vocabulary } = shared
  const said = shared.sentences(node)
  const amount = amountOf(node.words.is) ?? { operator: 'at_least', of: 50 }
  return (
    <fieldset className={classes.group} data-part={node.id} data-not={node.not || undefined} data-scope="points">
      <legend className={classes.legend}>
        {node.not && <span>{t('builder.not')}</span>}
        <span>{t('builder.points')}</span>
        <span className={classes.inline}>
          <AmountField
            hideLabel
            label={t('builder.points_sum')}
            operators={AMOUNT_OPERATORS}
            amount={amount}
            onChange={(next) => step({ type: 'set_words', id: node.id, words: { is: amountDraft(next) } })}
          />
        </span>
        <GroupMenu node={node} {...shared} />
      </legend>
      <Faults messages={shared.faults.get(node.id)} />
      {said && (
        <p className={classes.said} data-sentence>
          {said.sentence} {said.count !== null && <Alone n={said.count} />}
        </p>
      )}
      <DropRows
        group={node.id}
        step={step}
        rows={node.parts.map(({ weight, child }) => (
          <div key={child.id} className={classes.weighed} data-part={child.id}>
            <NumberInput
              aria-label={t('builder.weight')}
              w={72}
              prefix={0 < Number(weight) ? '+' : ''}
              value={Number(weight)}
              onChange={(next) => next !== '' && step({ type: 'set_weight', id: child.id, weight: Number(next) })}
            />
            <Part node={child} {...shared} />
          </div>
        ))}
        nothing={t('builder.points_empty')}
      />
      <AddBox
        parent={node.id}
        word={t('builder.add_part')}
        label={t('builder.add_part')}
        step={step}
        vocabulary={vocabulary}
      />
    </fieldset>
  )
}

const Alone = ({ n }: { n: number }) => {
  const { t } = useTranslation()
  return (
    <span className={classes.alone} title={t('builder.alone_explained')}>
      {t('builder.alone')} <Num n={n} />
    </span>
  )
}

const Faults = ({ messages }: { messages: string[] | undefined }) =>
  messages?.map((message) => (
    <p key={message} className={classes.fault} role="alert">
      {message}
    </p>
  ))

type GroupMenuProps = Pick<Shared, 'step' | 'keyStep' | 'funnel'> & { node: Branch | Scope | Points }

const GroupMenu = ({ node, step, keyStep, funnel }: GroupMenuProps) => {
  const { t } = useTranslation()
  const { id } = node
  const strokes: Record<string, Step> = {
    '!': { type: 'negate', id },
    Delete: { type: 'remove', id },
    'alt+ArrowUp': { type: 'move', id, step: -1 },
    'alt+ArrowDown': { type: 'move', id, step: 1 },
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const stroke = strokes[nameOf(event)]
    if (!stroke || isComposing(event.nativeEvent)) return
    event.preventDefault()
    event.stopPropagation()
    keyStep(stroke)
  }
  const left = funnel.left.get(id)
  return (
    <>
      {left && <SoFar {...left} />}
      <Menu width={200}>
        <Menu.Target>
          <ActionIcon aria-label={t('builder.group_menu')} data-node={id} onKeyDown={onKeyDown}>
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
          <Menu.Item onClick={() => step({ type: 'copy', id })}>{t('builder.copy')}</Menu.Item>
          {node.kind === 'branch' && !node.not && (
            <Menu.Item onClick={() => step({ type: 'unwrap', id })}>{t('builder.unwrap')}</Menu.Item>
          )}
          <Menu.Item rightSection="Del" onClick={() => step({ type: 'remove', id })}>
            {t('action.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Grip id={id} />
    </>
  )
}
