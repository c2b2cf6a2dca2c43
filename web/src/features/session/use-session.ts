/** Who is signed in, what they may do, and how they read times and numbers. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { speak } from '@/api/client'
import { sessionQuery } from '@/api/query'
import { useServerNow } from '@/api/server-clock'
import type { Language, Permission, User } from '@/api/types'
import { chooseLanguage } from '@/i18n'

export const useSession = () => useQuery(sessionQuery).data

/** The person signed in; null on the pages before that. */
export const useMe = (): User | null => useSession()?.user ?? null

export const useMay = (permission: Permission) => useMe()?.may.includes(permission) ?? false

export const useLanguage = () => {
  const { i18n } = useTranslation()
  const queries = useQueryClient()
  const language: Language = i18n.language === 'en' ? 'en' : 'ja'
  const choose = async (next: Language) => {
    speak(next)
    await chooseLanguage(next)
    // Sentences come from the server in the language asked for.
    await queries.invalidateQueries()
  }
  return { language, choose }
}

/** What the formatters of instants need. */
export const useWhen = () => {
  const { language } = useLanguage()
  const timeZone = useSession()?.workspace.time_zone ?? 'Asia/Tokyo'
  const now = useServerNow()
  return useMemo(() => ({ language, timeZone, now }), [language, timeZone, now])
}
