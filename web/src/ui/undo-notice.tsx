/** What was just done, said for ten seconds with the way back: a button, or Ctrl+Z. */
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type ReactNode, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './undo-notice.module.css'

const UNDO_FOR_MS = 10_000

/** What a message says, with something to press beside it. */
export const NoticeLine = ({
  label,
  onPress,
  children,
}: {
  label: string
  onPress: () => void
  children: ReactNode
}) => (
  <span className={classes.line}>
    <span>{children}</span>
    <Button size="compact-xs" variant="light" onClick={onPress}>
      {label}
    </Button>
  </span>
)

/** What can still be taken back, the latest last: one list for the whole app, so that Ctrl+Z means what was done last. */
const open: (() => void)[] = []
const forget = (takeBack: () => void) => {
  const at = open.indexOf(takeBack)
  if (0 <= at) open.splice(at, 1)
}

/** Takes back what was told last and has not been taken back. */
export const undoLast = () => open.at(-1)?.()

/** Tells what was done, one message by its id, with the way back. */
export const useTellUndo = () => {
  const { t } = useTranslation()
  return useCallback(
    (id: string, said: string, undo: () => void) => {
      const takeBack = () => {
        forget(takeBack)
        notifications.hide(id)
        undo()
      }
      open.push(takeBack)
      notifications.show({
        id,
        autoClose: UNDO_FOR_MS,
        withBorder: true,
        message: (
          <NoticeLine label={t('action.undo')} onPress={takeBack}>
            {said}
          </NoticeLine>
        ),
        onClose: () => forget(takeBack),
        closeButtonProps: { 'aria-label': t('action.close') },
      })
    },
    [t],
  )
}
