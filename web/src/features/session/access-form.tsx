/** The three forms before the app: sign in, set up the first owner, join by invitation. */
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, client, isRefused } from '@/api/client'
import { charactersIn, isLongEnough, PASSWORD_AT_LEAST } from '@/domain/password'
import classes from './access-form.module.css'

export type AccessKind = 'sign_in' | 'setup' | 'join'

type AccessFormProps = { kind: AccessKind; token?: string; onDone: () => void }

export const AccessForm = ({ kind, token = '', onDone }: AccessFormProps) => {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [email, setEmail] = useState('')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [asking, setAsking] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const [asked, setAsked] = useState(false)
  const isNew = kind !== 'sign_in'
  const tooShort = isNew && !isLongEnough(password)

  const send = async () => {
    if (kind === 'setup')
      return answer(client.POST('/api/v1/session/setup', { body: { token, email, name, password } }))
    if (kind === 'join') return answer(client.POST('/api/v1/session/join', { body: { token, name, password } }))
    return answer(client.POST('/api/v1/session', { body: { email, password } }))
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    if (tooShort || (kind !== 'join' && !email) || (isNew && !name)) return
    setAsking(true)
    setRefusal(null)
    try {
      await send()
      await queries.resetQueries()
      onDone()
    } catch (error) {
      setRefusal(isRefused(error) && error.status !== 0 ? error.message : t('state.unreachable'))
    } finally {
      setAsking(false)
    }
  }
  const needed = (value: string) => (asked && !value ? t('access.needed') : null)

  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {refusal && (
        <p className={classes.refusal} role="alert">
          {refusal}
        </p>
      )}
      {kind !== 'join' && (
        <TextInput
          size="sm"
          label={t('access.email')}
          type="email"
          autoComplete="username"
          value={email}
          error={needed(email)}
          onChange={(event) => setEmail(event.currentTarget.value)}
          required
        />
      )}
      {isNew && (
        <TextInput
          size="sm"
          label={t('access.name')}
          autoComplete="name"
          value={name}
          error={needed(name)}
          onChange={(event) => setName(event.currentTarget.value)}
          required
        />
      )}
      <PasswordInput
        label={t('access.password')}
        description={isNew ? t('access.password_rule', { n: PASSWORD_AT_LEAST }) : undefined}
        autoComplete={isNew ? 'new-password' : 'current-password'}
        value={password}
        error={
          asked && tooShort ? t('access.password_short', { n: charactersIn(password), least: PASSWORD_AT_LEAST }) : null
        }
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('access.show_password') }}
        required
      />
      <Button type="submit" size="sm" loading={asking} fullWidth>
        {t(`access.${kind}`)}
      </Button>
    </form>
  )
}
