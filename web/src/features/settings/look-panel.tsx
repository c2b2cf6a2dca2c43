/** How the app looks and listens here, in this browser. */
import { SegmentedControl, Switch, useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Language } from '@/api/types'
import { useKeysEnabled } from '@/features/navigation'
import { useLanguage } from '@/features/session'
import { Panel } from '@/ui/page'
import classes from './settings.module.css'

export const LookPanel = () => {
  const { t } = useTranslation()
  const { language, choose } = useLanguage()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [keys, setKeys] = useKeysEnabled()
  return (
    <Panel title={t('settings.look')}>
      <dl className={classes.look}>
        <div>
          <dt>{t('settings.language')}</dt>
          <dd>
            <SegmentedControl
              aria-label={t('settings.language')}
              value={language}
              onChange={(next) => void choose(next as Language)}
              data={[
                { value: 'ja', label: '日本語' },
                { value: 'en', label: 'English' },
              ]}
            />
          </dd>
        </div>
        <div>
          <dt>{t('settings.scheme')}</dt>
          <dd>
            <SegmentedControl
              aria-label={t('settings.scheme')}
              value={colorScheme}
              onChange={(next) => setColorScheme(next as typeof colorScheme)}
              data={(['light', 'dark', 'auto'] as const).map((scheme) => ({
                value: scheme,
                label: t(`settings.scheme_${scheme}`),
              }))}
            />
          </dd>
        </div>
        <div>
          <dt>{t('settings.single_keys')}</dt>
          <dd>
            <Switch
              checked={keys}
              aria-label={t('settings.single_keys')}
              description={t('settings.single_keys_explained')}
              onChange={(event) => setKeys(event.currentTarget.checked)}
            />
          </dd>
        </div>
      </dl>
    </Panel>
  )
}
