export { SignBadge, SignRing } from './sign-badge'
