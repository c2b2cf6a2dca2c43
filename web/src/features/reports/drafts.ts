/** A report that is not sent yet, kept in this browser so that nothing typed is lost. */
import type { NewReport } from '@/api/types'

export type Draft = {
  customer: { key: string; name: string } | null
  contact: string | null
  issue: string
  remark: string
  text: string
  temperature: NonNullable<NewReport['temperature']> | null
  hunch: NonNullable<NewReport['hunch']> | null
}

export const NOTHING: Draft = {
  customer: null,
  contact: null,
  issue: '',
  remark: '',
  text: '',
  temperature: null,
  hunch: null,
}

const KEY = 'kizashi.report-draft'

export const isEmpty = (draft: Draft) =>
  [draft.issue, draft.remark, draft.text].every((text) => text.trim() === '') && !draft.temperature && !draft.hunch

/** The draft that was left; none when there is none, or when it cannot be read any more. */
export const draftLeft = (): Draft | null => {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    if (typeof read !== 'object' || read === null) return null
    const draft = { ...NOTHING, ...read } as Draft
    return isEmpty(draft) ? null : draft
  } catch {
    return null
  }
}

export const keepDraft = (draft: Draft) => {
  try {
    if (isEmpty(draft)) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, JSON.stringify(draft))
  } catch {
    // A browser that keeps nothing: the form still works.
  }
}
