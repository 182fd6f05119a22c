// A meeting on record as it is corrected: what the form begins with, and what is sent of it.

import type { Shape } from '@/api/api'
import { covers, type Meeting, type RosterPerson } from '../record/meeting'

export type Activity = Shape<'orglife.ActivityPage'>

/** Who was there first, then whoever else belongs to the organisation by now. */
export function rosterOf(activity: Activity, members: readonly RosterPerson[]): RosterPerson[] {
  const there = activity.participants.map((one) => ({ ...one, more: one.number }))
  const named = new Set(there.map((one) => one.person))
  return [...there, ...members.filter((one) => !named.has(one.person))]
}

export function meetingOf(activity: Activity, members: readonly RosterPerson[]): Meeting {
  const named = new Set(activity.participants.map((one) => one.person))
  return {
    organisation: activity.organisation,
    kind: activity.kind,
    heldOn: activity.held_on,
    place: activity.place,
    topic: activity.topic,
    others: activity.others,
    resolutions: activity.resolutions,
    absent: members.filter((one) => !named.has(one.person)).map((one) => one.person),
    due: activity.due ?? undefined,
    present: activity.present ?? undefined,
  }
}

/** The period it counts for, where its day lies in another: there is something to decide. */
export function periodBeside(activity: Activity, heldOn: string): string | undefined {
  const { period } = activity
  return period && heldOn && !covers(period, heldOn) ? period : undefined
}

/**
 * What is sent. How many were present follows the ticks, by as many as were changed: guests and
 * whoever cannot be seen are in the number on record.
 */
export function correctionOf(
  activity: Activity,
  meeting: Meeting,
  roster: readonly RosterPerson[],
) {
  const away = new Set(meeting.absent)
  const there = roster.filter((one) => !away.has(one.person)).map((one) => one.person)
  const changed = there.length - activity.participants.length
  const present = changed === 0 ? meeting.present : countAfter(activity, meeting, there.length)
  const beside = periodBeside(activity, meeting.heldOn)
  const period = beside && meeting.period === '' ? '' : activity.period
  const others = meeting.others.trim()
  const resolutions = meeting.resolutions.trim()
  return {
    organisation: activity.organisation,
    kind: meeting.kind,
    held_on: meeting.heldOn,
    topic: meeting.topic.trim(),
    ...(meeting.place.trim() && { place: meeting.place.trim() }),
    ...(others && { others }),
    ...(resolutions && { resolutions }),
    ...(period && { period }),
    ...(meeting.due !== undefined && { due: meeting.due }),
    ...(present !== undefined && { present }),
    ...(there.length > 0 && { participants: there }),
  }
}

/** A number that the person typed stands; that on record goes along with the ticks. */
function countAfter(activity: Activity, meeting: Meeting, there: number): number | undefined {
  const typed = meeting.present !== (activity.present ?? undefined)
  if (typed) return meeting.present
  if (activity.present === null) return there + activity.unseen
  return Math.max(activity.present + there - activity.participants.length, 0)
}
