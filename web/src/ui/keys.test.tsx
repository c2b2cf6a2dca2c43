import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { follow, GO_WITHIN_MS, isComposing, isField, nameOf, type Sequence } from './keys'
import { matches } from './search'
import { ShortcutLayers, type Shortcuts, useShortcuts } from './shortcuts'

describe('strokes', () => {
  it('have one name whatever the width and the modifier key', () => {
    expect(nameOf({ key: 'K', metaKey: true })).toBe('mod+k')
    expect(nameOf({ key: 'k', ctrlKey: true })).toBe('mod+k')
    expect(nameOf({ key: 'ｊ' })).toBe('j')
    expect(nameOf({ key: '?', shiftKey: true })).toBe('?')
    expect(nameOf({ key: 'z', metaKey: true, shiftKey: true })).toBe('mod+shift+z')
    expect(nameOf({ key: 'ArrowUp', altKey: true })).toBe('alt+ArrowUp')
  })
  it('mean nothing while kana are composed', () => {
    expect(isComposing({ key: 'Enter', isComposing: true })).toBe(true)
    expect(isComposing({ key: 'Enter', keyCode: 229 })).toBe(true)
    expect(isComposing({ key: 'Enter', keyCode: 13 }, true)).toBe(true)
    expect(isComposing({ key: 'Enter', keyCode: 13 })).toBe(false)
  })
  it('follow g with a letter, for a moment only', () => {
    const rested: Sequence = { waitingFor: null, at: 0 }
    const g = follow(rested, { key: 'g' }, 1000)
    expect(g.name).toBeNull()
    expect(follow(g.sequence, { key: 't' }, 1500).name).toBe('g t')
    expect(follow(g.sequence, { key: 't' }, 1000 + GO_WITHIN_MS).name).toBe('t')
  })
  it('rest in fields, not on boxes to tick', () => {
    const input = document.createElement('input')
    expect(isField(input)).toBe(true)
    input.type = 'checkbox'
    expect(isField(input)).toBe(false)
    expect(isField(document.createElement('button'))).toBe(false)
    expect(isField(null)).toBe(false)
  })
})

describe('shortcuts on a page', () => {
  let place: HTMLElement
  let unmount: () => void
  const pressed = vi.fn()
  const Listener = ({ shortcuts }: { shortcuts: Shortcuts }) => {
    useShortcuts(shortcuts)
    return <input aria-label="field" />
  }
  const show = async (enabled: boolean) => {
    const root = createRoot(place)
    await act(() =>
      root.render(
        <ShortcutLayers enabled={enabled}>
          <Listener
            shortcuts={{ j: () => pressed('below'), 'mod+k': () => pressed('palette'), 1: () => pressed('one') }}
          />
          <Listener shortcuts={{ j: () => pressed('above') }} />
        </ShortcutLayers>,
      ),
    )
    unmount = () => act(() => root.unmount())
  }
  const press = (key: string, init: KeyboardEventInit = {}, target: Element = document.body) =>
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }))

  beforeEach(() => {
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
    place = document.body.appendChild(document.createElement('div'))
    pressed.mockClear()
  })
  afterEach(() => {
    unmount()
    place.remove()
  })

  it('go to the topmost layer that knows them', async () => {
    await show(true)
    press('j')
    press('1')
    expect(pressed.mock.calls).toEqual([['above'], ['one']])
  })
  it('rest inside fields and while composing, except for ⌘K', async () => {
    await show(true)
    const field = place.querySelector('input') as HTMLInputElement
    press('1', {}, field)
    press('1', { isComposing: true })
    document.dispatchEvent(new CompositionEvent('compositionstart'))
    press('1')
    expect(pressed).not.toHaveBeenCalled()
    document.dispatchEvent(new CompositionEvent('compositionend'))
    await new Promise((resolve) => setTimeout(resolve))
    press('k', { ctrlKey: true }, field)
    press('1')
    expect(pressed.mock.calls).toEqual([['palette'], ['one']])
  })
  it('can be switched off, and ⌘K stays', async () => {
    await show(false)
    press('1')
    press('k', { metaKey: true })
    expect(pressed.mock.calls).toEqual([['palette']])
  })
})

describe('search', () => {
  it('sees one word in any width, case and kana', () => {
    expect(matches('ﾛｸﾞｲﾝ', 'ログイン')).toBe(true)
    expect(matches('ろぐいん', 'ログイン')).toBe(true)
    expect(matches('ＰＲＯ plan', 'The Pro', 'plan')).toBe(true)
    expect(matches('購入 なし', '購入', null)).toBe(false)
    expect(matches('', 'anything')).toBe(true)
  })
  it.each(['購入', 'こうにゅう', 'コウニュウ', 'kounyuu', 'konyu', 'Kōnyū', '再購入'])(
    'finds 再購入の促進 by %s',
    (query) => {
      expect(matches(query, '再購入の促進')).toBe(true)
    },
  )
  it.each(['shiryou', 'siryou', 'siryoseikyu', 'しりょうせい', '資料', 'request'])('finds 資料請求 by %s', (query) => {
    expect(matches(query, '資料請求', 'Materials requested')).toBe(true)
  })
  it('does not find everything', () => {
    expect(matches('kyumin', '資料請求')).toBe(false)
    expect(matches('きゅうみん', '資料請求')).toBe(false)
    expect(matches('roguin', 'ログイン')).toBe(true)
    expect(matches('x', 'ログイン')).toBe(false)
  })
})
