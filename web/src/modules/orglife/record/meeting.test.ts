import { describe, expect, it } from 'vitest'
import { bodyOf, covers, isMeeting, missedPeriod, periodOfLight, type Light } from './meeting'

const light = (evidence: Record<string, unknown>) => ({ evidence }) as unknown as Light
const meeting = {
  organisation: '7',
  kind: 'theme_day',
  heldOn: '2026-11-28',
  place: ' ',
  topic: ' 清理河道 ',
  others: '',
  resolutions: '',
  absent: ['2'],
}
const roster = ['1', '2', '3'].map((person) => ({ person, name: person, more: '' }))

describe('the period of a light', () => {
  it.each([
    [{ period_first: '2026-10-01', period_last: '2026-10-31' }, '2026-10'],
    [{ period_first: '2026-07-01', period_last: '2026-09-30' }, '2026Q3'],
    [{ year: 2025 }, '2025'],
    [{ members: 51 }, undefined],
  ])('of %j is %s', (evidence, period) => {
    expect(periodOfLight(light(evidence))).toBe(period)
  })

  it.each([
    ['2026-10', '2026-10-31', true],
    ['2026-10', '2026-11-01', false],
    ['2026Q3', '2026-09-30', true],
    ['2026Q3', '2026-10-01', false],
    ['2026Q3', '2025-09-30', false],
    ['2025', '2025-12-31', true],
    ['2025', '2026-01-01', false],
  ])('%s covers %s: %s', (period, day, within) => {
    expect(covers(period, day)).toBe(within)
  })

  it('is missed where the day lies elsewhere', () => {
    const october = light({ period_first: '2026-10-01', period_last: '2026-10-31' })
    expect(missedPeriod(october, '2026-11-28')).toBe('2026-10')
    expect(missedPeriod(october, '2026-10-28')).toBeUndefined()
    expect(missedPeriod(undefined, '2026-11-28')).toBeUndefined()
  })
})

describe('what is sent', () => {
  it('counts who of the roster was there, and leaves out what is empty', () => {
    expect(bodyOf(meeting, roster, undefined)).toEqual({
      kind: 'theme_day',
      held_on: '2026-11-28',
      topic: '清理河道',
      due: 3,
      present: 2,
      participants: ['1', '3'],
    })
  })
  it('counts for the missed period, unless the person decided for the day', () => {
    expect(bodyOf(meeting, [], '2026-10')).toMatchObject({ period: '2026-10' })
    expect(bodyOf({ ...meeting, period: '' }, [], '2026-10')).not.toHaveProperty('period')
  })
  it('gives the counts as typed where there is no roster', () => {
    expect(bodyOf({ ...meeting, due: 9, present: 8 }, [], undefined)).toMatchObject({
      due: 9,
      present: 8,
    })
  })
})

it('knows a draft from what is none', () => {
  expect(isMeeting(meeting)).toBe(true)
  expect(isMeeting({ ...meeting, absent: undefined })).toBe(false)
  expect(isMeeting(null)).toBe(false)
})
