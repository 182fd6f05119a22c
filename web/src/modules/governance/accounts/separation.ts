// Which roles one account may not hold beside each other, told before it is tried: the server
// decides (identity/roles), this explains.

import type { Role } from './accounts'

/** Permissions that show nothing of members; all others do (src/api/permissions.hpp). */
export const WITHOUT_MEMBERS = new Set([
  'audit.read',
  'identity.grant_roles',
  'identity.manage_accounts',
  'identity.read_accounts',
  'identity.reset_factors',
  'insight.manage',
  'system.manage',
])

function seesMembers(role: Role): boolean {
  return role.permissions.some((permission) => !WITHOUT_MEMBERS.has(permission))
}

function clash(administrator: Role, beside: Role): boolean {
  if (administrator.separated === 'none') return false
  const other = beside.separated !== 'none' && beside.separated !== administrator.separated
  return other || seesMembers(beside)
}

/** The role among those held that stands against another; undefined where none does. */
export function standsAgainst(role: Role, held: readonly Role[]): Role | undefined {
  return held.find((other) => clash(role, other) || clash(other, role))
}
