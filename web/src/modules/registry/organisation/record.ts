// The fields of an organisation's record as texts, and what becomes of them where two correct it.

import type { Shape } from '@/api/api'

export const FIELDS = [
  'kind',
  'unit_name',
  'credit_code',
  'unit_kind',
  'division',
  'elected',
  'term_years',
  'extended_to',
  'phone',
] as const
export type FieldName = (typeof FIELDS)[number]
export type Texts = Record<FieldName, string>

/** The telephone is masked where it is read: the form begins without it, and sends it if typed. */
export function textsOf(record: Shape<'registry.OrganisationFields'>): Texts {
  const entries = FIELDS.map((name) => [name, name === 'phone' ? '' : String(record[name] ?? '')])
  return Object.fromEntries(entries) as Texts
}

/** What was changed of what was seen. */
export function changesOf(seen: Texts, mine: Texts): Partial<Texts> {
  const changed = FIELDS.filter((name) => mine[name].trim() !== seen[name])
  return Object.fromEntries(changed.map((name) => [name, mine[name].trim()]))
}

export interface Merged {
  mine: Texts
  /** Changed by both, to different values: the person decides. */
  clashes: FieldName[]
}

/** Takes over what another changed since it was seen, but where this person changed it, too. */
export function merge(seen: Texts, now: Texts, mine: Texts): Merged {
  const own = changesOf(seen, mine)
  const clashes = FIELDS.filter(
    (name) => name in own && now[name] !== seen[name] && now[name] !== own[name],
  )
  return { mine: { ...now, ...own }, clashes }
}

export interface RecordDraft {
  seen: Texts
  mine: Texts
}

function areTexts(value: unknown): value is Texts {
  const texts = value as Partial<Texts> | null | undefined
  return !!texts && FIELDS.every((name) => typeof texts[name] === 'string')
}

export function isRecordDraft(value: unknown): value is RecordDraft {
  const one = value as Partial<RecordDraft> | null
  return areTexts(one?.seen) && areTexts(one.mine)
}

const SETS: Partial<Record<string, string>> = {
  kind: 'organisation_kind',
  unit_kind: 'unit_kind',
}
const DAYS = new Set(['elected', 'extended_to', 'founded', 'ended'])

/** What a field holds, in the words of people. */
export function wordsOf(
  field: string,
  value: string,
  word: (set: string, code: string) => string,
  day: (value: string) => string,
): string {
  const set = SETS[field]
  if (set && value) return word(set, value)
  return DAYS.has(field) ? day(value) : value
}
