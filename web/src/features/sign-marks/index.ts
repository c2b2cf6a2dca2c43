export { Momentum } from './momentum'
export { SignBadge, SignRing, UrgentMark } from './sign-badge'
