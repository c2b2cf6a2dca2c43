/** The frame of a page: one heading, what to do here, then the content. */
import type { ReactNode } from 'react'
import classes from './page.module.css'

type PageProps = {
  title: string
  /** Beside the heading: a count, a time. */
  aside?: ReactNode
  actions?: ReactNode
  lead?: ReactNode
  /** The content fills the window and scrolls inside itself. */
  fill?: boolean
  children: ReactNode
}

export const Page = ({ title, aside, actions, lead, fill = false, children }: PageProps) => (
  <div className={classes.page} data-fill={fill || undefined}>
    <title>{`${title} · 兆し`}</title>
    <header className={classes.head}>
      <div className={classes.title}>
        <h1>{title}</h1>
        {aside && <div className={classes.aside}>{aside}</div>}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
    {lead && <div className={classes.lead}>{lead}</div>}
    {children}
  </div>
)

export const Panel = ({
  title,
  aside,
  children,
  flush = false,
}: {
  title?: ReactNode
  aside?: ReactNode
  children: ReactNode
  flush?: boolean
}) => (
  <section className={classes.panel}>
    {title && (
      <header className={classes.panelHead}>
        <h2>{title}</h2>
        {aside && <div className={classes.panelAside}>{aside}</div>}
      </header>
    )}
    <div className={flush ? classes.flush : classes.inside}>{children}</div>
  </section>
)
