/** The pages before the app: sign in, set up, join. */
import { SegmentedControl } from '@mantine/core'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Language } from '@/api/types'
import { paths } from '@/domain/paths'
import { AccessForm, type AccessKind, useLanguage, useSession } from '@/features/session'
import classes from './access-page.module.css'

const signIn = getRouteApi(paths.signIn)
const setup = getRouteApi(paths.setup)
const join = getRouteApi(paths.join)

export const SignInPage = () => {
  const { next } = signIn.useSearch()
  const navigate = useNavigate()
  const session = useSession()
  const { t } = useTranslation()
  // Only an address of our own may follow: `//elsewhere` would lead away.
  const to = next?.startsWith('/') && !next.startsWith('//') ? next : paths.today
  return (
    <Access
      kind="sign_in"
      note={session?.setup_needed ? t('access.setup_needed') : undefined}
      onDone={() => void navigate({ href: to })}
    />
  )
}

export const SetupPage = () => {
  const { token } = setup.useSearch()
  const navigate = useNavigate()
  return <Access kind="setup" token={token} onDone={() => void navigate({ to: paths.today })} />
}

export const JoinPage = () => {
  const { token } = join.useSearch()
  const navigate = useNavigate()
  return <Access kind="join" token={token} onDone={() => void navigate({ to: paths.today })} />
}

type AccessProps = { kind: AccessKind; token?: string | undefined; note?: string | undefined; onDone: () => void }

const Access = ({ kind, token, note, onDone }: AccessProps) => {
  const { t } = useTranslation()
  const { language, choose } = useLanguage()
  const hasToken = kind === 'sign_in' || Boolean(token)
  return (
    <main className={classes.page}>
      <div className={classes.box}>
        <p className={classes.logo}>
          <span lang="ja" className={classes.mark}>
            兆し
            <i aria-hidden />
          </span>
          <span lang="en" className={classes.latin}>
            Kizashi
          </span>
        </p>
        <h1>{t(`access.${kind}_title`)}</h1>
        <p className={classes.lead}>{t(`access.${kind}_lead`)}</p>
        {note && <p className={classes.note}>{note}</p>}
        {hasToken ? (
          <AccessForm kind={kind} token={token ?? ''} onDone={onDone} />
        ) : (
          <p className={classes.note} role="alert">
            {t('access.no_token')}
          </p>
        )}
        <div className={classes.language}>
          <SegmentedControl
            aria-label={t('settings.language')}
            value={language}
            onChange={(next) => void choose(next as Language)}
            data={[
              { value: 'ja', label: <span lang="ja">日本語</span> },
              { value: 'en', label: <span lang="en">English</span> },
            ]}
          />
        </div>
      </div>
    </main>
  )
}
