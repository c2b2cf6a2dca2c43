/** 設定: people, keys, look, workspace. */
import { useTranslation } from 'react-i18next'
import { useMay } from '@/features/session'
import {
  BackupsPanel,
  KeysPanel,
  LookPanel,
  PeoplePanel,
  TagsPanel,
  WatchPanel,
  WorkspacePanel,
} from '@/features/settings'
import { Page } from '@/ui/page'
import classes from './settings-page.module.css'

export const SettingsPage = () => {
  const { t } = useTranslation()
  const managesPeople = useMay('manage_people')
  const managesKeys = useMay('manage_keys')
  const takesBackups = useMay('take_backups')
  return (
    <Page title={t('nav.settings')}>
      <div className={classes.panels}>
        {managesPeople && <PeoplePanel />}
        {managesKeys && <KeysPanel />}
        {managesKeys && <TagsPanel />}
        {managesKeys && <WatchPanel />}
        {takesBackups && <BackupsPanel />}
        <LookPanel />
        <WorkspacePanel />
        {!managesPeople && <p className={classes.note}>{t('settings.ask_owner')}</p>}
      </div>
    </Page>
  )
}
