// The modules: every folder of src/modules with an index.ts. Nothing is listed by hand.

import type { RouteRecordRaw } from 'vue-router'
import type { useSession } from '@/api/session'
import type { Module, NavGroup, NavItem } from '@/lib/module'
import { registerRemedies } from '@/lib/remedies'

const found = import.meta.glob<{ default: Module }>('../modules/*/index.ts', { eager: true })

export const modules: readonly Module[] = Object.values(found).map((file) => file.default)

registerRemedies(modules.flatMap((module) => module.remedies ?? []))

/** The routes of all, each of which knows its module. */
export function moduleRoutes(): RouteRecordRaw[] {
  return modules.flatMap((module) =>
    module.routes.map(
      (route) => ({ ...route, meta: { ...route.meta, module: module.id } }) as RouteRecordRaw,
    ),
  )
}

/** The lines of the navigation that whoever is signed in may open. */
export function openNav(session: ReturnType<typeof useSession>): NavItem[] {
  const own = Boolean(session.me?.account.person)
  return modules
    .flatMap((module) => module.nav)
    .filter((item) => (!item.permission || session.may(item.permission)) && (!item.own || own))
}

export function navItems(group: NavGroup, session: ReturnType<typeof useSession>): NavItem[] {
  return openNav(session)
    .filter((item) => item.group === group)
    .sort((one, other) => one.order - other.order)
}
