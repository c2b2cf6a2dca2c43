export { InventoryView } from './inventory-view'
