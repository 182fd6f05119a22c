// Which rules ask for which kind of activity: those of this module are named after it.

export const KIND_RULES = [
  'orglife/members_meeting',
  'orglife/committee_meeting',
  'orglife/lecture',
  'orglife/theme_day',
  'orglife/life_meeting',
] as const

export function kindOfRule(rule: string): string {
  return rule.split('/')[1] ?? ''
}
