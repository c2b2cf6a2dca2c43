/** Who is signed in, what they may do, and how they read times and numbers: asked once, known everywhere. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { speak } from '@/api/client'
import { sessionQuery } from '@/api/query'
import { useServerNow } from '@/api/server-clock'
import type { Language, Permission, User } from '@/api/types'
import { chooseLanguage } from '@/i18n'

type Session = Awaited<ReturnType<NonNullable<typeof sessionQuery.queryFn>>>
/** What the formatters of instants need. */
type When = { language: Language; timeZone: string; now: number }

const SessionTold = createContext<Session | undefined>(undefined)
const WhenTold = createContext<When>({ language: 'ja', timeZone: 'Asia/Tokyo', now: 0 })

const asLanguage = (tag: string): Language => (tag === 'en' ? 'en' : 'ja')

/** A list shows hundreds of instants: none of them asks for the session by itself. */
export const SessionProvider = ({ children }: { children: ReactNode }) => {
  const session = useQuery(sessionQuery).data
  const { i18n } = useTranslation()
  const language = asLanguage(i18n.language)
  const timeZone = session?.workspace.time_zone ?? 'Asia/Tokyo'
  const now = useServerNow()
  const when = useMemo(() => ({ language, timeZone, now }), [language, timeZone, now])
  return (
    <SessionTold value={session}>
      <WhenTold value={when}>{children}</WhenTold>
    </SessionTold>
  )
}

export const useSession = () => use(SessionTold)
export const useWhen = () => use(WhenTold)

/** The person signed in; null on the pages before that. */
export const useMe = (): User | null => useSession()?.user ?? null

export const useMay = (permission: Permission) => useMe()?.may.includes(permission) ?? false

export const useLanguage = () => {
  const queries = useQueryClient()
  const { language } = useWhen()
  const choose = async (next: Language) => {
    speak(next)
    await chooseLanguage(next)
    // Sentences come from the server in the language asked for.
    await queries.invalidateQueries()
  }
  return { language, choose }
}
