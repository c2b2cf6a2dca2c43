/** A sentence that must be seen. */
import type { ReactNode } from 'react'
import classes from './import-steps.module.css'

export const Alert = ({ tone, children }: { tone: 'bad' | 'plain'; children: ReactNode }) => (
  <p className={classes.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
    {children}
  </p>
)
