// The archive of one person: what is read, which parts it has, how its values are said.

import { api, ask, askTagged, type Page, type Shape, type Tagged } from '@/api/api'
import type { Format } from '@/lib/format'
import { CODE_SET, type Codes } from '../codes'

export type Person = Shape<'registry.PersonPage'>
export type ArchiveField = Shape<'registry.ArchiveField'>
export type Light = Shape<'insight.ListedLight'>
export type Change = Shape<'governance.Change'>
export type FieldBefore = Shape<'registry.FieldBefore'>
export type Look = Shape<'governance.Look'>
export type Conflict = Shape<'intake.OpenConflict'>
export type Merger = Shape<'registry.ShownMerger'>

export const PARTS = [
  { id: 'basic', fields: ['name', 'sex', 'ethnic', 'birth', 'education', 'occupation'] },
  { id: 'contact', fields: ['citizen_id', 'phone', 'address'] },
  {
    id: 'membership',
    fields: [
      'stage',
      'joined',
      'confirmed',
      'probation_until',
      'status',
      'lost_since',
      'floating_since',
    ],
  },
] as const

/** Fields that have a name in the catalogue: conflicts and mergers may tell of others. */
export function isNamed(field: string): boolean {
  return field === 'number' || PARTS.some((part) => part.fields.some((one) => one === field))
}

/** What a person may correct here; all else comes from procedures and imports. */
export const CORRECTED = ['name', 'ethnic', 'education', 'occupation', 'phone', 'address'] as const
export type Corrected = (typeof CORRECTED)[number]

export function isCorrected(field: string): field is Corrected {
  return CORRECTED.some((one) => one === field)
}

export const SEALED = ['citizen_id', 'phone', 'address'] as const

/** Fields that say something only where they say it: `失去联系起`. */
const SELDOM = new Set(['probation_until', 'lost_since', 'floating_since'])

/** The page gives the name beside its fields; here it is one of them. */
export function fieldsOf(person: Person, names: readonly string[]): ArchiveField[] {
  const byName = new Map(person.fields.map((one) => [one.field, one]))
  return names.flatMap((field) => {
    const found = byName.get(field)
    if (field === 'name' && !found) {
      const told = { masked: false, source: '', since_ms: '0', contested: false }
      return [{ field, value: person.name, ...told }]
    }
    return found && (found.value || !SELDOM.has(field)) ? [found] : []
  })
}

export function valueOf(person: Person, field: string): string {
  return fieldsOf(person, [field])[0]?.value ?? ''
}

const DAYS = new Set(['joined', 'confirmed', 'probation_until', 'lost_since', 'floating_since'])

/** A value as people read it. */
export function wordsOf(field: string, value: string, codes: Codes, format: Format): string {
  if (CODE_SET[field]) return codes.label(field, value)
  return DAYS.has(field) || field === 'birth' ? format.day(value) : value
}

/** Whole years between a birth and a day; undefined where the year alone is known. */
export function ageOn(birth: string, day: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(birth)) return undefined
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4))
  return day.slice(5) < birth.slice(5) ? years - 1 : years
}

export function readPerson(person: string, signal?: AbortSignal): Promise<Tagged<Person>> {
  const params = { path: { person } }
  return askTagged(
    api.GET('/api/v1/persons/{person}', { params, ...(signal ? { signal } : {}) }),
  ) as Promise<Tagged<Person>>
}

export function correct(
  person: string,
  field: Corrected,
  value: string,
  tag: string,
  key: string,
): Promise<Tagged<Person>> {
  const params = {
    path: { person },
    header: { 'If-Match': tag, 'Idempotency-Key': key },
  }
  return askTagged(
    api.PATCH('/api/v1/persons/{person}', { params, body: { [field]: value } }),
  ) as Promise<Tagged<Person>>
}

export async function look(person: string, fields: readonly string[], purpose: string) {
  const params = { path: { person } }
  const body = { fields: [...fields], purpose }
  return (await ask(api.POST('/api/v1/persons/{person}/looks', { params, body }))).fields
}

export async function readLooks(person: string, signal: AbortSignal): Promise<Look[]> {
  const params = { path: { person } }
  return (await ask(api.GET('/api/v1/persons/{person}/looks', { params, signal }))).items
}

export async function readMergers(keep: string, signal: AbortSignal): Promise<Merger[]> {
  const params = { path: { keep } }
  return (await ask(api.GET('/api/v1/persons/{keep}/mergers', { params, signal }))).items
}

const MOST_READ = 200

/** What is lit for this person. */
export async function readLights(person: string, signal: AbortSignal): Promise<Light[]> {
  const params = { path: { person } }
  return (await ask(api.GET('/api/v1/persons/{person}/lights', { params, signal }))).items
}

export async function readChanges(
  person: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<Change>> {
  const params = { path: { person }, query: { limit: MOST_READ, ...(after && { after }) } }
  return ask(api.GET('/api/v1/persons/{person}/changes', { params, signal }))
}

/** What a field held before, the latest first. */
export async function readFieldHistory(
  source: { person: string; field: string },
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<FieldBefore>> {
  const A_FEW = 10
  const query = { field: source.field, limit: A_FEW, ...(after && { after }) }
  const params = { path: { person: source.person }, query }
  return ask(api.GET('/api/v1/persons/{person}/fields/history', { params, signal }))
}

export async function readRuleTitles(signal: AbortSignal): Promise<Map<string, string>> {
  const { items } = await ask(api.GET('/api/v1/rules', { signal }))
  return new Map(items.map((rule) => [rule.rule, rule.title]))
}

/** What other sources say of this person's contested fields, of the queue of all that wait. */
export async function readConflicts(person: Person, signal: AbortSignal): Promise<Conflict[]> {
  const query = { limit: MOST_READ }
  const { items } = await ask(api.GET('/api/v1/conflicts', { params: { query }, signal }))
  return items.filter((one) => one.subject === person.person)
}

export async function decideConflict(conflict: string, take: boolean): Promise<void> {
  const params = { path: { conflict } }
  await ask(api.PUT('/api/v1/conflicts/{conflict}/decision', { params, body: { take } }))
}
