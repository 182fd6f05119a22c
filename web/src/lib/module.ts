// What a module says of itself in its index.ts; src/app/modules.ts finds them all.

import type { Component } from 'vue'
import type { RouteLocationRaw, RouteRecordRaw } from 'vue-router'
import type { Permission } from '@/api/api'

export type NavGroup = 'work' | 'data' | 'system'

/** A line of the side navigation. */
export interface NavItem {
  /** The name of the route it leads to. */
  route: string
  /** The key of its text, in the texts.toml at the module's root. */
  text: string
  icon: Component
  group: NavGroup
  /** Its place in the group, from small to large. */
  order: number
  /** Shown to those who hold it anywhere; without it to everybody. */
  permission?: Permission
  /** About oneself: only for accounts of people who are on record. */
  own?: boolean
}

/** What puts out a light: shown beside it, as its one action. */
export interface Remedy {
  /** The rules whose lights it puts out: `orglife/theme_day`. */
  rules: readonly string[]
  /** The key of the button's text, at the module's root. */
  text: string
  permission: Permission
  /** The form, prefilled with what the light knows. */
  to: (light: LightSubject) => RouteLocationRaw
}

/** What a remedy may know of a light. */
export interface LightSubject {
  rule: string
  subject_kind: string
  subject: string
  organisation: string
  due: string | null
}

export interface Module {
  /** The folder's name, and the first word of its texts. */
  id: string
  nav: readonly NavItem[]
  routes: readonly RouteRecordRaw[]
  /** What its pages ask for; a page says in its route's meta which of them it cannot do without. */
  permissions: readonly Permission[]
  remedies?: readonly Remedy[]
}

export function defineModule(module: Module): Module {
  return module
}

declare module 'vue-router' {
  interface RouteMeta {
    /** The key of the page's title: at a module's root, since it is said before the page is there. */
    title: string
    /** Without signing in. */
    open?: boolean
    /** Without the frame: sign-in, the wall screen. */
    bare?: boolean
    /** The page is shown to whoever holds it at any organisation. */
    permission?: Permission
    /** Set by src/app/modules.ts. */
    module?: string
  }
}
