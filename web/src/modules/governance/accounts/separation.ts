// Which roles one account may not hold beside each other, told before it is tried: the server
// decides (identity/roles), this explains.

import type { ShownPermission } from '../roles/permissions'
import type { Role } from './accounts'

/** The server's words of permissions, by which it is known what shows anything of members. */
type Known = readonly Pick<ShownPermission, 'permission' | 'member_data'>[]

/** Of a permission that is not known here it is not told that it would clash. */
function seesMembers(role: Role, known: Known): boolean {
  const shows = new Set(known.filter((one) => one.member_data).map((one) => one.permission))
  return role.permissions.some((permission) => shows.has(permission))
}

function clash(administrator: Role, beside: Role, known: Known): boolean {
  if (administrator.separated === 'none') return false
  const other = beside.separated !== 'none' && beside.separated !== administrator.separated
  return other || seesMembers(beside, known)
}

/** The role among those held that stands against another; undefined where none does. */
export function standsAgainst(role: Role, held: readonly Role[], known: Known): Role | undefined {
  return held.find((other) => clash(role, other, known) || clash(other, role, known))
}
