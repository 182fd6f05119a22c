// A meeting as it is written down: what the form holds, and what is sent of it.

import type { Shape } from '@/api/api'
import { kindOfRule } from './rules'

export type Light = Shape<'insight.ListedLight'>

export interface Meeting {
  organisation: string
  kind: string
  heldOn: string
  place: string
  topic: string
  others: string
  resolutions: string
  /** The period it counts for; empty: that of its day; undefined: not decided by the person. */
  period?: string | undefined
  /** Persons of the roster who were not there. */
  absent: string[]
  /** Where there is no roster. */
  due?: number | undefined
  present?: number | undefined
}

export interface RosterPerson {
  person: string
  name: string
  more: string
}

export function isMeeting(value: unknown): value is Meeting {
  const one = value as Partial<Meeting> | null
  return (
    typeof one?.organisation === 'string' &&
    [one.kind, one.heldOn, one.place, one.topic, one.others, one.resolutions ?? ''].every(
      (text) => typeof text === 'string',
    ) &&
    Array.isArray(one.absent)
  )
}

/** As the server counts them, in signs. */
export const MOST_RESOLUTIONS = 4000

const MONTHS_A_QUARTER = 3

/** `2026-10`, `2026Q3` or `2025`: the period that a light says is missing. */
export function periodOfLight(light: Pick<Light, 'evidence'>): string | undefined {
  const { period_first: first, period_last: last, year } = light.evidence
  if (typeof year === 'number') return String(year)
  if (typeof first !== 'string' || typeof last !== 'string') return undefined
  if (first.slice(0, 7) === last.slice(0, 7)) return first.slice(0, 7)
  const month = Number(first.slice(5, 7))
  return `${first.slice(0, 4)}Q${Math.ceil(month / MONTHS_A_QUARTER)}`
}

/** Whether a day lies in a period. */
export function covers(period: string, day: string): boolean {
  if (period[4] !== 'Q') return day.startsWith(period)
  const quarter = Math.ceil(Number(day.slice(5, 7)) / MONTHS_A_QUARTER)
  return day.slice(0, 4) === period.slice(0, 4) && String(quarter) === period[5]
}

/** The light of an organisation that a meeting of this kind may put out. */
export function lightOf(lights: readonly Light[], kind: string): Light | undefined {
  return lights.find((light) => kindOfRule(light.rule) === kind)
}

/** The period that is missing and that the day does not lie in: there is something to decide. */
export function missedPeriod(light: Light | undefined, heldOn: string): string | undefined {
  const period = light && periodOfLight(light)
  return period && heldOn && !covers(period, heldOn) ? period : undefined
}

/** What is sent. Who is on the roster and not named absent was there. */
export function bodyOf(
  meeting: Meeting,
  roster: readonly RosterPerson[],
  missed: string | undefined,
) {
  const away = new Set(meeting.absent)
  const there = roster.filter((one) => !away.has(one.person)).map((one) => one.person)
  const counted = roster.length > 0
  const due = counted ? roster.length : meeting.due
  const present = counted ? there.length : meeting.present
  const period = missed === undefined ? '' : (meeting.period ?? missed)
  return {
    kind: meeting.kind,
    held_on: meeting.heldOn,
    topic: meeting.topic.trim(),
    ...(meeting.place.trim() && { place: meeting.place.trim() }),
    ...(meeting.others.trim() && { others: meeting.others.trim() }),
    ...(meeting.resolutions.trim() && { resolutions: meeting.resolutions.trim() }),
    ...(period && { period }),
    ...(due !== undefined && { due }),
    ...(present !== undefined && { present }),
    ...(there.length > 0 && { participants: there }),
  }
}

/** What is asked for beside the roster; of a joint meeting (联席会议), which organisations came. */
export const othersText = (kind: string) =>
  kind === 'joint_meeting' ? 'orglife.organisations' : 'orglife.others'
