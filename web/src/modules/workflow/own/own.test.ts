import { expect, it } from 'vitest'
import { standingOf } from './own'

it('says where it stands: a step, a day that it waits for, or at rest', () => {
  const one = { status: 'running', step: '支部签署', waits_until_ms: null }
  expect(standingOf(one)).toBe('own_step')
  expect(standingOf({ ...one, status: 'suspended' })).toBe('own_rests')
  expect(standingOf({ ...one, step: '', waits_until_ms: '1767225600000' })).toBe('own_waits')
  expect(standingOf({ ...one, step: '' })).toBe('own_goes_on')
})
