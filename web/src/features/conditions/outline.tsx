/** A condition to read: rows of text under what joins them. */
import { useTranslation } from 'react-i18next'
import { type Branch, childrenOf, type Node } from '@/domain/condition-tree'
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
  const word = useWordOf(node)
  const said = node.kind === 'branch' ? null : sentences(node)
  if (said) {
    return (
      <div className={classes.chip}>
        <span data-sentence>{said.sentence}</span>
        {said.count !== null && (
          <span className={classes.alone} title={t('builder.alone_explained')}>
            <Num n={said.count} />
          </span>
        )}
      </div>
    )
  }
  const children = childrenOf(node)

  return (
    <div className={classes.group} data-some={node.kind === 'scope' || undefined}>
      {(children.length > 1 || node.not || node.kind !== 'branch') && (
        <span className={classes.head}>{node.not ? t('builder.not_group', { group: word }) : word}</span>
      )}
      {children.map((child) => (
        <Part key={child.id} node={child} sentences={sentences} />
      ))}
    </div>
  )
}

/** What joins the rows of a part. */
const useWordOf = (node: Node): string => {
  const { t } = useTranslation()
  switch (node.kind) {
    case 'branch':
      return node.head === 'all' ? t('builder.all') : t('builder.any')
    case 'scope':
      if (node.head === 'some') return t('builder.some_of', { property: String(node.words.some) })
      return node.head === 'contacts' ? t('builder.contacts') : t('builder.company')
    case 'points':
      return t('builder.points')
    case 'leaf':
      return ''
  }
}
