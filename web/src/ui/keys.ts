/** Which key means what. A key pressed while kana are being composed, or inside a field, means nothing here. */

export type Stroke = {
  key: string
  keyCode?: number
  isComposing?: boolean
  ctrlKey?: boolean
  metaKey?: boolean
  altKey?: boolean
  shiftKey?: boolean
}

/** Safari ends the composition before it sends the Enter that confirmed it, so the code 229 and our own flag count as well. */
export const isComposing = (stroke: Stroke, composingFlag = false) =>
  composingFlag || stroke.isComposing === true || stroke.keyCode === 229

type Field = { tagName: string; isContentEditable?: boolean; getAttribute?: (name: string) => string | null }

export const isField = (element: Field | null): boolean => {
  if (!element) return false
  if (element.isContentEditable) return true
  if (element.tagName === 'INPUT') {
    return !['checkbox', 'radio', 'button', 'submit', 'file'].includes(element.getAttribute?.('type') ?? 'text')
  }
  return element.tagName === 'TEXTAREA' || element.tagName === 'SELECT'
}

/** `mod+k` for ⌘K and Ctrl+K, `shift+?` is just `?`. Letters in full width, as typed with the kana keyboard on, count too. */
export const nameOf = (stroke: Stroke): string => {
  const key = stroke.key.length === 1 ? stroke.key.normalize('NFKC').toLowerCase() : stroke.key
  const mod = stroke.ctrlKey || stroke.metaKey ? 'mod+' : ''
  const alt = stroke.altKey ? 'alt+' : ''
  const shift = stroke.shiftKey && (key.length > 1 || /[a-z]/.test(key)) ? 'shift+' : ''
  return `${mod}${alt}${shift}${key}`
}

export type Sequence = { waitingFor: 'g' | null; at: number }
export const GO_WITHIN_MS = 1_200

/**
 * Follows `g` + letter. Gives the name of the whole stroke, or null while it waits for the letter.
 *
 *   g ──▶ waiting ──t──▶ "g t"
 *            └─ 1.2 s ──▶ forgotten
 */
export const follow = (
  sequence: Sequence,
  stroke: Stroke,
  now: number,
): { sequence: Sequence; name: string | null } => {
  const name = nameOf(stroke)
  const rested: Sequence = { waitingFor: null, at: now }
  if (sequence.waitingFor === 'g' && now - sequence.at < GO_WITHIN_MS && /^[a-z]$/.test(name)) {
    return { sequence: rested, name: `g ${name}` }
  }
  if (name === 'g') return { sequence: { waitingFor: 'g', at: now }, name: null }
  return { sequence: rested, name }
}
