/** What belongs to something in the page, beside it: the page stays in sight, and Esc closes. */
import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

type SideDrawerProps = { opened: boolean; onClose: () => void; title: string; size: number; children: ReactNode }

export const SideDrawer = (props: SideDrawerProps) => {
  const { t } = useTranslation()
  return (
    <Drawer
      position="right"
      overlayProps={{ backgroundOpacity: 0.15 }}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      {...props}
    />
  )
}
