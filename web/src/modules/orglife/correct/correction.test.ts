import { describe, expect, it } from 'vitest'
import { correctionOf, meetingOf, periodBeside, rosterOf, type Activity } from './correction'

const person = (id: string) => ({ person: id, name: `n${id}`, number: `no${id}` })
const activity: Activity = {
  activity: '9',
  organisation: '7',
  organisation_name: 'o',
  kind: 'lecture',
  held_on: '2026-06-15',
  period: '2026-06',
  topic: 't',
  place: 'p',
  due: 5,
  present: 4,
  others: '',
  resolutions: 'a\nb',
  source: 'manual',
  participants: [person('1'), person('2')],
  unseen: 1,
}
const members = [
  { person: '2', name: 'n2', more: 'no2' },
  { person: '3', name: 'n3', more: 'no3' },
]
const roster = rosterOf(activity, members)

it('begins with who was there ticked, and whoever belongs there now not', () => {
  expect(roster.map((one) => one.person)).toEqual(['1', '2', '3'])
  expect(meetingOf(activity, members).absent).toEqual(['3'])
})

describe('what is sent', () => {
  it('is what is on record where nothing was changed', () => {
    expect(correctionOf(activity, meetingOf(activity, members), roster)).toEqual({
      organisation: '7',
      kind: 'lecture',
      held_on: '2026-06-15',
      period: '2026-06',
      topic: 't',
      place: 'p',
      due: 5,
      present: 4,
      resolutions: 'a\nb',
      participants: ['1', '2'],
    })
  })
  it('counts by the ticks that were changed, unless a number was typed', () => {
    const meeting = { ...meetingOf(activity, members), absent: [] }
    expect(correctionOf(activity, meeting, roster)).toMatchObject({ present: 5 })
    expect(correctionOf(activity, { ...meeting, present: 9 }, roster)).toMatchObject({ present: 9 })
    const bare = { ...activity, present: null }
    const all = { ...meetingOf(bare, members), absent: [] }
    expect(correctionOf(bare, all, roster)).toMatchObject({ present: 4 })
  })
  it('keeps the period, unless the day lies elsewhere and was chosen', () => {
    const meeting = { ...meetingOf(activity, members), heldOn: '2026-07-01' }
    expect(periodBeside(activity, '2026-07-01')).toBe('2026-06')
    expect(correctionOf(activity, meeting, roster)).toMatchObject({ period: '2026-06' })
    const chosen = correctionOf(activity, { ...meeting, period: '' }, roster)
    expect(chosen).not.toHaveProperty('period')
  })
})
