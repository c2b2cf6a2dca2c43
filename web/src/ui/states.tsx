/** What a page shows when it has nothing, not yet anything, or no answer. */
import { Button, CopyButton, Skeleton } from '@mantine/core'
import { IconAlertTriangle, IconLock } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import classes from './states.module.css'

/** One sentence of what belongs here, one thing to press. */
export const Empty = ({ sentence, action, icon }: { sentence: string; action?: ReactNode; icon?: ReactNode }) => (
  <div className={classes.state}>
    {icon && <div className={classes.icon}>{icon}</div>}
    <p>{sentence}</p>
    {action}
  </div>
)

type FailedProps = {
  what: string
  why: string
  stillTrue?: string | undefined
  retry: { label: string; onClick: () => void }
  request: { id: string; label: string; copied: string } | null
}

export const Failed = ({ what, why, stillTrue, retry, request }: FailedProps) => (
  <div className={classes.state} role="alert">
    <IconAlertTriangle className={classes.icon} size={28} stroke={1.5} aria-hidden />
    <p className={classes.what}>{what}</p>
    <p>{why}</p>
    {stillTrue && <p>{stillTrue}</p>}
    <div className={classes.actions}>
      <Button onClick={retry.onClick}>{retry.label}</Button>
      {request && (
        <CopyButton value={request.id}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? request.copied : request.label}
            </Button>
          )}
        </CopyButton>
      )}
    </div>
  </div>
)

export const Forbidden = ({ sentence, who }: { sentence: string; who: string }) => (
  <div className={classes.state} role="alert">
    <IconLock className={classes.icon} size={28} stroke={1.5} aria-hidden />
    <p className={classes.what}>{sentence}</p>
    <p>{who}</p>
  </div>
)

/** The shape of rows to come. `label` is said to those who cannot see it. */
export const Waiting = ({ rows = 8, height = 40, label }: { rows?: number; height?: number; label: string }) => (
  <div className={classes.waiting} role="status" aria-label={label}>
    {Array.from({ length: rows }, (_, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no identity and never move
      <Skeleton key={at} height={height - 8} radius={4} />
    ))}
  </div>
)

/** Shows its content only when the wait is long enough to be noticed. */
export const AfterAMoment = ({ ms = 300, children }: { ms?: number; children: ReactNode }) => {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return shown ? children : null
}

export const Banner = ({ children, action }: { children: ReactNode; action?: ReactNode }) => (
  <div className={classes.banner} role="status">
    <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
    <span>{children}</span>
    {action}
  </div>
)
