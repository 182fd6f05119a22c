// Which form puts out which light, as the modules say (Module.remedies).

import type { RouteLocationRaw } from 'vue-router'
import type { LightSubject, Remedy } from './module'

const byRule = new Map<string, Remedy>()

/** Said once, where the modules are gathered. Two remedies of one rule are a mistake. */
export function registerRemedies(remedies: readonly Remedy[]): void {
  for (const remedy of remedies) {
    for (const rule of remedy.rules) {
      if (byRule.has(rule)) throw new Error(`two remedies of ${rule}`)
      byRule.set(rule, remedy)
    }
  }
}

/** The remedy of a light, where the person may use it. */
export function remedyOf(
  light: LightSubject,
  may: (permission: Remedy['permission']) => boolean,
): Remedy | undefined {
  const remedy = byRule.get(light.rule)
  return remedy && may(remedy.permission) ? remedy : undefined
}

/** The page of a light: the rule in words, its evidence, what was said of it. */
export function pageOfLight(
  light: Pick<LightSubject, 'rule' | 'subject_kind' | 'subject'>,
): string {
  return `/lights/${light.rule}/${light.subject_kind}s/${light.subject}`
}

/** The page of whom or what a light is about. */
export function pageOfSubject(light: LightSubject): RouteLocationRaw {
  const noun = light.subject_kind === 'person' ? 'persons' : 'organisations'
  return `/${noun}/${light.subject}`
}
