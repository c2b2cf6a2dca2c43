export { RepChooser } from './rep-chooser'
export { TodayBoard } from './today-board'
