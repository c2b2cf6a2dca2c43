/** Work that goes on in the background: how far it is, and the way to stop it. */
import { Button, Progress } from '@mantine/core'
import classes from './work-progress.module.css'

type WorkProgressProps = {
  /** What is done, of how much; of 0 while that is not known. */
  done: number
  total: number
  /** How far it is, in words. */
  said: string
  /** What goes on, for those who do not see the bar. */
  label: string
  /** Left out for those who may not stop it. */
  stop?: { label: string; busy: boolean; onStop: () => void } | undefined
}

export const WorkProgress = ({ done, total, said, label, stop }: WorkProgressProps) => (
  <div className={classes.work}>
    <span role="status">{said}</span>
    <Progress className={classes.bar} value={total === 0 ? 0 : (100 * done) / total} aria-label={label} />
    {stop && (
      <Button variant="default" onClick={stop.onStop} loading={stop.busy}>
        {stop.label}
      </Button>
    )}
  </div>
)
