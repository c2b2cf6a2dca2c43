export { KeysPanel } from './keys-panel'
export { LookPanel } from './look-panel'
export { PeoplePanel } from './people-panel'
export { WorkspacePanel } from './workspace-panel'
