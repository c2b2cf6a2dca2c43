export { ChosenBar } from './chosen-bar'
export { EditDialog } from './edit-dialog'
export { EditsDrawer } from './edits-drawer'
