export { DictionaryView } from './dictionary-view'
export { MentionsView } from './mentions-view'
export { WeekBoard } from './week-board'
