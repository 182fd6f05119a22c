// What other modules may use of this one.

export { usePermissions } from './roles/permissions'
