export { DropZone } from './drop-zone'
export { ImportSteps } from './import-steps'
export { ImportsList } from './imports-list'
