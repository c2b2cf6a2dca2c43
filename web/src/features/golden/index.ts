export { GoldenCards } from './golden-cards'
export { PackList } from './pack-list'
export { RfmNamed, STAGES, Stages, TEMPERATURES } from './stages'
