export { type DueAsked, DueFilter, DueList } from './due-list'
export { DuePanel } from './due-panel'
export { GoodsFields } from './goods-fields'
export { LearnDue } from './learn-due'
