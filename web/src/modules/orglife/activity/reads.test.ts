import { expect, it } from 'vitest'
import { outBy } from './reads'

const change = (kind: string, ms: number, subject: string, rule: string | null = null) => ({
  kind,
  subject,
  rule,
  recorded_ms: String(ms),
})

it('tells which lights went out by an activity', () => {
  const changes = [
    change('insight.light_out', 200_000, '7', 'orglife/lecture'),
    change('insight.light_out', 100_300, '7', 'orglife/theme_day'),
    change('insight.light_lit', 100_300, '7', 'orglife/lecture'),
    change('insight.light_out', 100_200, '7', 'dues/unpaid'),
    change('orglife.activity_recorded', 100_000, '41'),
    change('insight.light_out', 99_000, '7', 'orglife/members_meeting'),
  ]
  expect(outBy(changes, '41')).toEqual(['orglife/theme_day'])
  expect(outBy(changes, '42')).toBeUndefined()
})
