// What happened to a person, as the archive knows it, the latest first.

import { today } from '@/lib/format'
import type { ArchiveField, Change, Person } from './archive'

export interface Event {
  id: string
  /** A day, or a moment in milliseconds. */
  day?: string
  ms?: number
  text: string
}

export interface Words {
  joined: string
  confirmed: string
  entered: (organisation: string) => string
  left: (organisation: string) => string
  took: (organisation: string, title: string) => string
  gaveUp: (organisation: string, title: string) => string
  corrected: (field: ArchiveField) => string
  change: (change: Change) => string
}

/** Told better by the fields themselves, by memberships and by posts. */
const TOLD_ELSEWHERE =
  /^registry\.(person_changed|person_recorded|post_recorded|post_changed|member_moved)$/

function memberships(person: Person, words: Words): Event[] {
  // In the order of time; the first one begins with joining, which is told by its own day.
  return person.memberships.flatMap((one) => {
    const id = `${one.organisation}${one.from}`
    const entered = { id: `e${id}`, day: one.from, text: words.entered(one.organisation_name) }
    const left = one.to && { id: `l${id}`, day: one.to, text: words.left(one.organisation_name) }
    return left ? [left, entered] : [entered]
  })
}

function posts(person: Person, words: Words): Event[] {
  return person.posts.flatMap((one) => {
    const took = {
      id: `t${one.post}`,
      day: one.from,
      text: words.took(one.organisation_name, one.title),
    }
    if (!one.to) return [took]
    return [
      { id: `g${one.post}`, day: one.to, text: words.gaveUp(one.organisation_name, one.title) },
      took,
    ]
  })
}

function sortKey(event: Event): string {
  return event.day ?? today(event.ms ?? 0)
}

export function eventsOf(person: Person, changes: readonly Change[], words: Words): Event[] {
  const value = (field: string) => person.fields.find((one) => one.field === field)?.value
  const days = [
    ['joined', words.joined],
    ['confirmed', words.confirmed],
  ] as const
  const events: Event[] = [
    ...changes
      .filter((one) => !TOLD_ELSEWHERE.test(one.kind))
      .map((one) => ({ id: `c${one.seq}`, day: one.happened, text: words.change(one) })),
    ...person.fields
      .filter((one) => Number(one.since_ms) > 0)
      .map((one) => ({
        id: `f${one.field}`,
        ms: Number(one.since_ms),
        text: words.corrected(one),
      })),
    ...posts(person, words),
    ...memberships(person, words),
    ...days.flatMap(([field, text]) => {
      const day = value(field)
      return day ? [{ id: field, day, text }] : []
    }),
  ]
  // Sorting is stable: of one day they stay as they were put.
  return events.sort((one, other) => sortKey(other).localeCompare(sortKey(one)))
}
