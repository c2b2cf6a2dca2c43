/** Keys that work on a page: the topmost layer that knows the stroke takes it. */
import { createContext, type ReactNode, use, useEffect, useEffectEvent, useMemo, useRef } from 'react'
import { follow, isComposing, isField, type Sequence } from './keys'

type Handler = (event: KeyboardEvent) => void
export type Shortcuts = Record<string, Handler>
type Layer = { current: Shortcuts }

const Layers = createContext<{ add: (layer: Layer) => () => void } | null>(null)

export const ShortcutLayers = ({ enabled, children }: { enabled: boolean; children: ReactNode }) => {
  const layers = useRef<Layer[]>([])
  const composing = useRef(false)
  const sequence = useRef<Sequence>({ waitingFor: null, at: 0 })

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || isComposing(event, composing.current)) return
    const typing = isField(event.target as Element | null as HTMLElement | null)
    const { sequence: next, name } = follow(sequence.current, event, event.timeStamp)
    sequence.current = typing ? { waitingFor: null, at: 0 } : next
    if (name === null) return
    // In a field only strokes with ⌘ or Ctrl keep their meaning; in a dialog the page below is out of reach.
    const held = name.startsWith('mod+')
    if (!held && (typing || !enabled)) return
    if (typing && name !== 'mod+k' && name !== 'mod+s') return
    if (document.querySelector('[data-modal-open]') && name !== 'mod+k') return
    for (const layer of layers.current.toReversed()) {
      const handler = layer.current[name]
      if (!handler) continue
      event.preventDefault()
      handler(event)
      return
    }
  })

  useEffect(() => {
    const start = () => {
      composing.current = true
    }
    const end = () => {
      // After this task: Safari sends the confirming Enter only after the composition has ended.
      setTimeout(() => {
        composing.current = false
      })
    }
    const onKey = (event: KeyboardEvent) => onKeyDown(event)
    document.addEventListener('compositionstart', start)
    document.addEventListener('compositionend', end)
    document.addEventListener('keydown', onKey)
    return () => {
      document.removeEventListener('compositionstart', start)
      document.removeEventListener('compositionend', end)
      document.removeEventListener('keydown', onKey)
    }
  }, [])

  const registry = useMemo(
    () => ({
      add: (layer: Layer) => {
        layers.current = [...layers.current, layer]
        return () => {
          layers.current = layers.current.filter((other) => other !== layer)
        }
      },
    }),
    [],
  )
  return <Layers value={registry}>{children}</Layers>
}

/** The strokes (`j`, `mod+k`, `g t`) a part of the page answers to while it is shown. */
export const useShortcuts = (shortcuts: Shortcuts) => {
  const layers = use(Layers)
  const layer = useRef(shortcuts)
  useEffect(() => {
    layer.current = shortcuts
  })
  useEffect(() => layers?.add(layer), [layers])
}
