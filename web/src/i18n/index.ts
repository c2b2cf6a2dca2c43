/** Both languages of the app. Japanese is the source; English is fetched when it is wanted. */
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '@/api/types'
import ja from './ja.json'

const KEPT_UNDER = 'kizashi.language'

export const languages: readonly Language[] = ['ja', 'en']

const isLanguage = (text: string | null): text is Language => languages.includes(text as Language)

/** The language chosen here before, else the browser's. */
export const firstLanguage = (): Language => {
  const kept = localStorage.getItem(KEPT_UNDER)
  if (isLanguage(kept)) return kept
  return navigator.language.startsWith('ja') || !navigator.language ? 'ja' : 'en'
}

export const startLanguage = async (language: Language) => {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'ja',
    resources: { ja: { translation: ja } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  await loadWords(language)
  await show(language)
}

export const chooseLanguage = async (language: Language) => {
  localStorage.setItem(KEPT_UNDER, language)
  await loadWords(language)
  await show(language)
}

const loadWords = async (language: Language) => {
  if (i18next.hasResourceBundle(language, 'translation')) return
  const { default: words } = await import('./en.json')
  i18next.addResourceBundle(language, 'translation', words)
}

const show = async (language: Language) => {
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}
