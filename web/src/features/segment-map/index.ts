export { Care } from './care'
export { FlowPeople, FlowPicture } from './flow'
export { Matrix, type Pair } from './matrix'
export { Treemap } from './treemap'
