/** What surrounds every page: the way around, the live dot, language and scheme, the keys that work everywhere. */
import { ActionIcon, Kbd, SegmentedControl, Tooltip, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconDeviceDesktop, IconHelp, IconMoon, IconSearch, IconSun } from '@tabler/icons-react'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '@/api/types'
import { LiveDot, LiveUpdates } from '@/features/live'
import { KeyHelp, Palette, SideNav, useKeysEnabled, useNavItems } from '@/features/navigation'
import { UserMenu, useLanguage } from '@/features/session'
import { ShortcutLayers, useShortcuts } from '@/ui/shortcuts'
import { undoLast } from '@/ui/undo-notice'
import classes from './shell.module.css'

export const Shell = () => {
  const [keysEnabled] = useKeysEnabled()
  return (
    <ShortcutLayers enabled={keysEnabled}>
      <LiveUpdates>
        <Frame />
      </LiveUpdates>
    </ShortcutLayers>
  )
}

/** Stands before the pages, so that a page with an undo of its own (the builder) lies above it. */
const UndoKey = () => {
  useShortcuts({ 'mod+z': undoLast })
  return null
}

const Frame = () => {
  const { t } = useTranslation()
  const [palette, setPalette] = useState<'never' | 'open' | 'closed'>('never')
  const [help, setHelp] = useState(false)
  const navigate = useNavigate()
  const items = useNavItems()
  const openPalette = () => setPalette('open')
  useShortcuts({
    'mod+k': openPalette,
    '?': () => setHelp(true),
    ...Object.fromEntries(items.map((item) => [`g ${item.key}`, () => void navigate({ to: item.to })])),
  })

  return (
    <div className={classes.shell}>
      <UndoKey />
      <a href="#content" className={classes.skip}>
        {t('app.skip')}
      </a>
      <SideNav />
      <div className={classes.right}>
        <header className={classes.header}>
          <UnstyledButton className={classes.search} onClick={openPalette}>
            <IconSearch size={15} stroke={1.6} aria-hidden />
            <span className={classes.searchWord}>{t('palette.label')}</span>
            <Kbd size="xs" aria-hidden>
              ⌘K
            </Kbd>
          </UnstyledButton>
          <div className={classes.tools}>
            <LiveDot />
            <LanguageSwitch />
            <SchemeSwitch />
            <Tooltip label={t('keys.title')}>
              <ActionIcon aria-label={t('keys.title')} onClick={() => setHelp(true)} className={classes.wide}>
                <IconHelp size={17} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
            <UserMenu />
          </div>
        </header>
        <main id="content" tabIndex={-1} className={classes.main}>
          <Outlet />
        </main>
      </div>
      {palette !== 'never' && (
        <Suspense>
          <Palette opened={palette === 'open'} onClose={() => setPalette('closed')} />
        </Suspense>
      )}
      <KeyHelp opened={help} onClose={() => setHelp(false)} />
    </div>
  )
}

const LanguageSwitch = () => {
  const { t } = useTranslation()
  const { language, choose } = useLanguage()
  return (
    <SegmentedControl
      aria-label={t('settings.language')}
      value={language}
      onChange={(next) => void choose(next as Language)}
      data={[
        { value: 'ja', label: <span lang="ja">日本語</span> },
        { value: 'en', label: <span lang="en">EN</span> },
      ]}
    />
  )
}

const SCHEMES = ['auto', 'light', 'dark'] as const
const SCHEME_ICONS = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon }

const SchemeSwitch = () => {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const Icon = SCHEME_ICONS[colorScheme]
  const next = SCHEMES[(SCHEMES.indexOf(colorScheme) + 1) % SCHEMES.length] ?? 'auto'
  const label = t('settings.scheme_now', { scheme: t(`settings.scheme_${colorScheme}`) })
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={() => setColorScheme(next)}>
        <Icon size={17} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  )
}
