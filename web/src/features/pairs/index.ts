export { PairsQueue, type PairsSearch } from './pairs-queue'
