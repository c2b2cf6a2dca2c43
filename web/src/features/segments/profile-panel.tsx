/** What the members are more often than everybody else, for sure; and a persona drafted from it. */
import { Button, CopyButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { profileQuery } from '@/api/query'
import type { SegmentProfile } from '@/api/types'
import { formatNumber, formatPercent } from '@/domain/format'
import { paths } from '@/domain/paths'
import { RefusedState, useLanguage, useMay } from '@/features/session'
import { ButtonLink } from '@/ui/button-link'
import { Waiting } from '@/ui/states'
import classes from './profile-panel.module.css'

/** Everybody is read for it, so it waits to be asked. */
export const ProfilePanel = ({ id }: { id: string }) => {
  const { t } = useTranslation()
  const [asked, setAsked] = useState(false)
  const { data, error, refetch } = useQuery({ ...profileQuery(id), enabled: asked })
  if (!asked) {
    return (
      <Button variant="light" onClick={() => setAsked(true)}>
        {t('profile.ask')}
      </Button>
    )
  }
  if (error && !data) return <RefusedState error={error} what={t('profile.failed')} onRetry={() => void refetch()} />
  return data ? <Profile profile={data} /> : <Waiting rows={4} label={t('state.loading')} />
}

const Profile = ({ profile }: { profile: SegmentProfile }) => {
  const { t } = useTranslation()
  const { language } = useLanguage()
  const mayEdit = useMay('edit_segments')
  const share = (n: number, of: number) => (of === 0 ? '–' : formatPercent(n / of, language))
  const lift = new Intl.NumberFormat(language === 'ja' ? 'ja-JP' : 'en-GB', { maximumFractionDigits: 1 })
  return (
    <div className={classes.profile}>
      <p className={classes.persona}>{profile.persona}</p>
      {0 < profile.traits.length && (
        <>
          <div className={classes.buttons}>
            <CopyButton value={profile.persona}>
              {({ copied, copy }) => (
                <Button size="compact-sm" variant="default" onClick={copy}>
                  {t(copied ? 'action.copied' : 'action.copy')}
                </Button>
              )}
            </CopyButton>
            {mayEdit && profile.condition && (
              <ButtonLink
                size="compact-sm"
                variant="light"
                to={paths.newSegment}
                search={{ draft: JSON.stringify(profile.condition) }}
              >
                {t('profile.make')}
              </ButtonLink>
            )}
          </div>
          <table className={classes.traits}>
            <thead>
              <tr>
                <th scope="col">{t('profile.trait')}</th>
                <th scope="col">{t('profile.members')}</th>
                <th scope="col">{t('profile.rest')}</th>
                <th scope="col">{t('profile.lift')}</th>
              </tr>
            </thead>
            <tbody>
              {profile.traits.map((trait) => (
                <tr key={trait.sentence}>
                  <td data-sentence>{trait.sentence}</td>
                  <td title={formatNumber(trait.members, language)}>{share(trait.members, profile.members)}</td>
                  <td title={formatNumber(trait.rest, language)}>{share(trait.rest, profile.rest)}</td>
                  <td title={t('profile.at_least', { lift: lift.format(trait.at_least) })}>
                    {trait.lift === null ? '–' : `×${lift.format(trait.lift)}`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <p className={classes.dim}>
        {t('profile.how', {
          members: formatNumber(profile.members, language),
          rest: formatNumber(profile.rest, language),
          compared: formatNumber(profile.compared, language),
        })}
      </p>
    </div>
  )
}
