export { LiveDot } from './live-dot'
export { LiveUpdates, useLiveState } from './live-updates'
