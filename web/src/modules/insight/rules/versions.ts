// Versions of a rule, and what each changed, in the order in which a page says it.

import type { Shape } from '@/api/api'

export type RuleVersion = Shape<'insight.RuleVersion'>

/** What people read of a rule. */
export const SHOWN = ['title', 'basis', 'why', 'remedy', 'severity', 'parameters'] as const
const ALL = [...SHOWN, 'query', 'rows_query'] as const

/** The names of what is otherwise than before; its number and its first day are told anyway. */
export function changesOf(version: RuleVersion | undefined): (typeof ALL)[number][] {
  return ALL.filter((name) => version?.changed.includes(name))
}
