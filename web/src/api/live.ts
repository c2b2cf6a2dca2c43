/**
 * One event stream per browser, whatever the number of tabs: HTTP/1.1 allows six connections per host.
 *
 *   tab A  ── holds the lock ──▶ EventSource ──▶ BroadcastChannel ──▶ tab B, tab C
 *
 * When tab A closes, the lock passes on and the next tab opens the stream. Without a stream every tab asks again every 15 s.
 */
import type { Changed, Hello, ImportProgress } from './types'

export type LiveState = 'live' | 'behind' | 'off'
export type LiveMessage =
  | { type: 'hello'; told: Hello }
  | { type: 'changed'; told: Changed }
  | { type: 'import'; told: ImportProgress }
  | { type: 'state'; told: LiveState }
  | { type: 'ask' }

const POLL_EVERY_MS = 15_000
const SILENT_AFTER_MS = 40_000

type Hears = { onMessage: (message: LiveMessage) => void; onPoll: () => void }

/** Starts listening; the function returned stops it. */
export const listen = ({ onMessage, onPoll }: Hears): (() => void) => {
  const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('kizashi-live') : null
  const stop = new AbortController()
  let state: LiveState = 'behind'
  let leads = false

  const tell = (message: LiveMessage) => {
    if (message.type === 'state') state = message.told
    onMessage(message)
    if (leads) channel?.postMessage(message)
  }
  if (channel) {
    channel.onmessage = ({ data: message }: MessageEvent<LiveMessage>) => {
      if (message.type === 'ask') {
        if (leads) channel.postMessage({ type: 'state', told: state } satisfies LiveMessage)
        return
      }
      if (message.type === 'state') state = message.told
      onMessage(message)
    }
    channel.postMessage({ type: 'ask' } satisfies LiveMessage)
  }

  const lead = async () => {
    leads = true
    await openStream(tell, stop.signal)
  }
  if (navigator.locks && channel) {
    navigator.locks.request('kizashi-live', { signal: stop.signal }, lead).catch(() => undefined)
  } else {
    void lead()
  }
  const poll = setInterval(() => {
    if (state !== 'live') onPoll()
  }, POLL_EVERY_MS)

  return () => {
    stop.abort()
    clearInterval(poll)
    channel?.close()
  }
}

/** Keeps a stream open until the signal; opens it again, a little later each time, when it was refused for good. */
const openStream = (tell: (message: LiveMessage) => void, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    let source: EventSource | null = null
    let heardAt = Date.now()
    let tries = 0
    let again: ReturnType<typeof setTimeout> | undefined

    const hear = (type: 'hello' | 'changed' | 'import') => (event: MessageEvent<string>) => {
      heardAt = Date.now()
      tries = 0
      tell({ type: 'state', told: 'live' })
      tell({ type, told: JSON.parse(event.data) } as LiveMessage)
    }
    const open = () => {
      source = new EventSource('/api/v1/stream')
      source.onopen = () => {
        heardAt = Date.now()
        tell({ type: 'state', told: 'live' })
      }
      source.onerror = () => {
        tell({ type: 'state', told: source?.readyState === EventSource.CLOSED ? 'off' : 'behind' })
        if (source?.readyState !== EventSource.CLOSED) return
        tries += 1
        again = setTimeout(open, Math.min(30_000, 1_000 * 2 ** tries))
      }
      for (const type of ['hello', 'changed', 'import'] as const) source.addEventListener(type, hear(type))
    }
    // The server's comments keep the connection but are not seen here, so silence alone proves nothing while it is open.
    const watch = setInterval(() => {
      if (source?.readyState === EventSource.CONNECTING && SILENT_AFTER_MS < Date.now() - heardAt) {
        tell({ type: 'state', told: 'off' })
      }
    }, 5_000)
    signal.addEventListener('abort', () => {
      clearInterval(watch)
      clearTimeout(again)
      source?.close()
      resolve()
    })
    open()
  })
