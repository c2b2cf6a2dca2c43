export { SignBadge, SignRing } from './sign-badge'
export { SignCatalogue } from './sign-catalogue'
export { SignCustomers } from './sign-customers'
export { SignProofPanel } from './sign-proof'
