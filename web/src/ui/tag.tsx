/** A word with its colour role and, where it stands for a kind, an icon: never colour alone. */
import type { ReactNode } from 'react'
import classes from './tag.module.css'

export type Tone = 'plain' | 'brand' | 'purchase' | 'upsell' | 'churn' | 'follow_up' | 'replenishment' | 'warn'

export const Tag = ({
  tone = 'plain',
  icon,
  title,
  children,
}: {
  tone?: Tone
  icon?: ReactNode
  title?: string
  children: ReactNode
}) => (
  <span className={classes.tag} data-tone={tone} title={title}>
    {icon}
    <span className={classes.word}>{children}</span>
  </span>
)
