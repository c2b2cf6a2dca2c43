/** The server's time, as last heard. "3 days ago" is said by this clock, not by the one of the machine one sits at. */
import { useSyncExternalStore } from 'react'

let ahead = 0
let shown = Date.now()
const listeners = new Set<() => void>()

const announce = () => {
  shown = Date.now() + ahead
  for (const listener of listeners) listener()
}

/** An answer said that it is `instant` at the server. */
export const heardTime = (instant: string) => {
  const at = Date.parse(instant)
  if (Number.isNaN(at)) return
  const heard = at - Date.now()
  // Small differences are the way of the answer, not of the clock.
  if (Math.abs(heard - ahead) < 5_000) return
  ahead = heard
  announce()
}

export const serverNow = () => Date.now() + ahead

setInterval(announce, 30_000)

/** The server's time in milliseconds, renewed twice a minute. */
export const useServerNow = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => shown,
  )
