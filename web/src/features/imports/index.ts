export { DropZone } from './drop-zone'
export { ImportSteps } from './import-steps'
export { ImportsList } from './imports-list'
export { WatchFolderLine } from './watch-folder'
