/** A group of rows, with what joins them and the way to add more. */
import { ActionIcon, Button, Menu, SegmentedControl, TextInput } from '@mantine/core'
import { IconDots, IconPlus } from '@tabler/icons-react'
import { type Dispatch, memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Vocabulary } from '@/api/types'
import type { Branch, Node, Some, Step } from '@/domain/condition-tree'
import { LEAF_KINDS, newLeaf } from '@/domain/leaf'
import classes from './builder.module.css'
import { Row } from './row'
import type { Sentences } from './sentences'

type Shared = {
  open: string | null
  step: Dispatch<Step>
  sentences: Sentences
  vocabulary: Vocabulary
  faults: ReadonlyMap<string, string[]>
}

export const BranchRows = ({ node, isRoot = false, ...shared }: Shared & { node: Branch; isRoot?: boolean }) => {
  const { t } = useTranslation()
  const { step, vocabulary, faults } = shared
  const label = t(`builder.${node.head}`)
  return (
    <fieldset className={classes.group} data-not={node.not || undefined}>
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
        {!isRoot && <GroupMenu node={node} step={step} />}
      </legend>
      <div className={classes.rows}>
        {node.children.map((child) => (
          <Part key={child.id} node={child} {...shared} />
        ))}
        {node.children.length === 0 && <p className={classes.nothing}>{t('builder.empty')}</p>}
      </div>
      {faults.get(node.id)?.map((message) => (
        <p key={message} className={classes.fault} role="alert">
          {message}
        </p>
      ))}
      <AddMenu parent={node.id} label={t('builder.add_to', { group: label })} step={step} vocabulary={vocabulary} />
    </fieldset>
  )
}

const Part = ({ node, ...shared }: Shared & { node: Node }) => {
  switch (node.kind) {
    case 'branch':
      return <BranchRows node={node} {...shared} />
    case 'some':
      return <SomeRows node={node} {...shared} />
    case 'leaf': {
      const said = shared.sentences(node)
      return (
        <Row
          leaf={node}
          sentence={said?.sentence ?? ''}
          count={said?.count ?? null}
          open={shared.open === node.id}
          faults={shared.faults.get(node.id)}
          step={shared.step}
          vocabulary={shared.vocabulary}
        />
      )
    }
  }
}

const SomeRows = ({ node, ...shared }: Shared & { node: Some }) => {
  const { t } = useTranslation()
  const { step, faults } = shared
  const said = shared.sentences(node)
  return (
    <fieldset className={classes.group} data-not={node.not || undefined}>
      <legend className={classes.legend}>
        {node.not && <span>{t('builder.not')}</span>}
        <span>{t('builder.some')}</span>
        <TextInput
          w={140}
          aria-label={t('builder.some_property')}
          value={node.property}
          onChange={(event) =>
            step({ type: 'set_some', id: node.id, property: event.currentTarget.value, of: node.of })
          }
        />
        <span>{t('builder.some_satisfies')}</span>
        <GroupMenu node={node} step={step} />
      </legend>
      {faults.get(node.id)?.map((message) => (
        <p key={message} className={classes.fault} role="alert">
          {message}
        </p>
      ))}
      {said && <p className={classes.unknown}>{said.sentence}</p>}
      <Part node={node.child} {...shared} />
    </fieldset>
  )
}

const GroupMenu = ({ node, step }: { node: Branch | Some; step: Dispatch<Step> }) => {
  const { t } = useTranslation()
  const { id } = node
  return (
    <Menu width={200}>
      <Menu.Target>
        <ActionIcon aria-label={t('builder.group_menu')}>
          <IconDots size={16} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => step({ type: 'negate', id })}>{t('builder.negate')}</Menu.Item>
        <Menu.Item onClick={() => step({ type: 'move', id, step: -1 })}>{t('builder.up')}</Menu.Item>
        <Menu.Item onClick={() => step({ type: 'move', id, step: 1 })}>{t('builder.down')}</Menu.Item>
        {node.kind === 'branch' && !node.not && (
          <Menu.Item onClick={() => step({ type: 'unwrap', id })}>{t('builder.unwrap')}</Menu.Item>
        )}
        <Menu.Item onClick={() => step({ type: 'remove', id })}>{t('action.remove')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

type AddMenuProps = { parent: string; label: string; step: Dispatch<Step>; vocabulary: Vocabulary }

const AddMenu = memo(({ parent, label, step, vocabulary }: AddMenuProps) => {
  const { t } = useTranslation()
  const event = vocabulary.events[0]
  const words = {
    event: event?.name ?? '',
    attribute: vocabulary.attributes[0]?.key ?? '',
    segment: vocabulary.segments[0]?.id ?? '',
    property: event?.properties[0]?.key ?? '',
  }
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <Button
          data-add={parent}
          className={classes.add}
          variant="light"
          leftSection={<IconPlus size={15} stroke={1.8} />}
          aria-label={label}
        >
          {t('builder.add_condition')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {LEAF_KINDS.map((kind) => (
          <Menu.Item key={kind} onClick={() => step({ type: 'add', parent, draft: newLeaf(kind, words) })}>
            {t(`builder.kind.${kind}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => step({ type: 'add_group', parent, head: 'any' })}>{t('builder.add_any')}</Menu.Item>
        <Menu.Item onClick={() => step({ type: 'add_group', parent, head: 'all' })}>{t('builder.add_all')}</Menu.Item>
        <Menu.Item onClick={() => step({ type: 'add_some', parent, property: words.property || 'product' })}>
          {t('builder.add_some')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
})
AddMenu.displayName = 'AddMenu'
