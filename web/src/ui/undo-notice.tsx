/** What was just done, said for ten seconds with the way back: a button, or Ctrl+Z where the page has that key. */
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type ReactNode, useCallback, useRef } from 'react'
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

/** `tell` shows one message by its id; `undoLast` takes back what was told last and can still be taken back. */
export const useUndoNotice = () => {
  const { t } = useTranslation()
  const last = useRef<(() => void) | null>(null)
  const tell = useCallback(
    (id: string, said: string, undo: () => void) => {
      const takeBack = () => {
        notifications.hide(id)
        last.current = null
        undo()
      }
      last.current = takeBack
      notifications.show({
        id,
        autoClose: UNDO_FOR_MS,
        withBorder: true,
        message: (
          <NoticeLine label={t('action.undo')} onPress={takeBack}>
            {said}
          </NoticeLine>
        ),
        onClose: () => {
          if (last.current === takeBack) last.current = null
        },
        closeButtonProps: { 'aria-label': t('action.close') },
      })
    },
    [t],
  )
  const undoLast = useCallback(() => last.current?.(), [])
  return { tell, undoLast }
}
