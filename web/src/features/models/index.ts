export { ModelCard } from './model-card'
export { ModelList } from './model-list'
export { NewModel } from './new-model'
export { ProspectList } from './prospects'
