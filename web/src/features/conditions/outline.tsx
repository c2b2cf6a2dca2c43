/** A condition to read: rows of text under what joins them. */
import { useTranslation } from 'react-i18next'
import type { Branch, Node } from '@/domain/condition-tree'
import { Num } from '@/features/session'
import classes from './outline.module.css'
import type { Sentences } from './sentences'

export const ConditionOutline = ({ root, sentences }: { root: Branch; sentences: Sentences }) => (
  <div className={classes.outline}>
    <Part node={root} sentences={sentences} />
  </div>
)

const Part = ({ node, sentences }: { node: Node; sentences: Sentences }) => {
  const { t } = useTranslation()
  if (node.kind === 'leaf') {
    const { sentence, count } = sentences(node)
    return (
      <div className={classes.chip}>
        <span>{sentence}</span>
        {count !== null && (
          <span className={classes.alone} title={t('builder.alone_explained')}>
            <Num n={count} />
          </span>
        )}
      </div>
    )
  }
  const children = node.kind === 'branch' ? node.children : [node.child]
  const word = node.kind === 'branch' ? t(`builder.${node.head}`) : t('builder.some_of', { property: node.property })
  return (
    <div className={classes.group} data-some={node.kind === 'some' || undefined}>
      {(children.length > 1 || node.not || node.kind === 'some') && (
        <span className={classes.head}>{node.not ? t('builder.not_group', { group: word }) : word}</span>
      )}
      {children.map((child) => (
        <Part key={child.id} node={child} sentences={sentences} />
      ))}
    </div>
  )
}
