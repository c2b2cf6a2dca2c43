export { AxisFields, ShownFields } from './axis-fields'
export { CellPeople } from './cell-people'
export { type CellAt, Grid } from './grid'
