/** A secret or a link that is shown this one time. */
import { Button, CopyButton, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './settings.module.css'

export const ShownOnce = ({
  title,
  explained,
  secret,
  onClose,
}: {
  title: string
  explained: string
  secret: string | null
  onClose: () => void
}) => {
  const { t } = useTranslation()
  return (
    <Modal
      opened={secret !== null}
      onClose={onClose}
      title={title}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <p className={classes.explained}>{explained}</p>
      <code className={classes.secret}>{secret}</code>
      <div className={classes.end}>
        <CopyButton value={secret ?? ''}>
          {({ copied, copy }) => <Button onClick={copy}>{t(copied ? 'action.copied' : 'action.copy')}</Button>}
        </CopyButton>
        <Button variant="default" onClick={onClose}>
          {t('action.close')}
        </Button>
      </div>
    </Modal>
  )
}
