export { TemplateGallery } from './gallery'
