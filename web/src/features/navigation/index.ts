import { lazy } from 'react'

export { KeyHelp } from './key-help'
export { type NavItem, useNavItems } from './nav-items'
export { SideNav } from './side-nav'
export { useKeysEnabled } from './use-keys-enabled'

/** Fetched when it is first opened. */
export const Palette = lazy(() => import('./palette'))
