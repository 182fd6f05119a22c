// Forms of the pack: the part of JSON Schema that they use, what stands in them at first, and what is
// sent of them.

import { language } from '@/lib/texts'

export interface Schema {
  type?: string
  title?: string
  format?: string
  enum?: readonly string[]
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  maxLength?: number
  /** The first and last day that the step takes, as the server worked them out. */
  formatMinimum?: string
  formatMaximum?: string
  required?: readonly string[]
  properties?: Record<string, Schema>
  items?: Schema
  /** What the field is filled with at first, as the server made it of a text of the pack. */
  default?: string
  'x-title-en'?: string
  'x-basis'?: string
  /** What it costs whoever fills it in. */
  'x-minutes'?: number
  /** Where the value already stands: prefilled, not asked. */
  'x-known'?: string
  'x-pick'?: string
  'x-kind'?: string
  'x-under'?: string
  'x-stage'?: string
  /** How many lines a text usually takes. */
  'x-lines'?: number
  'x-unit'?: string
  /** Of a list: the member of its items whose day may be carried to the others. */
  'x-repeat'?: string
  /** Of a field in a row: asked only where the row's field of this name reads like this. */
  'x-asked-when'?: Record<string, string>
  /** Holds a form of its own, which whoever drafts it cannot make up in a field. */
  'x-asks'?: boolean
  'x-enum'?: Record<string, { zh: string; en: string }>
}

export type Answer = Record<string, unknown>

export type Kind =
  | 'choice'
  | 'yes_no'
  | 'date'
  | 'month'
  | 'text'
  | 'lines'
  | 'number'
  | 'cents'
  | 'person'
  | 'organisation'
  | 'form'
  | 'persons'
  | 'rows'
  | 'texts'

function kindOfList(schema: Schema): Kind {
  if (schema.items?.type === 'object') return 'rows'
  return schema['x-pick'] === 'person' ? 'persons' : 'texts'
}

/** How a field is asked for. */
export function kindOf(schema: Schema): Kind {
  const pick = schema['x-pick']
  if (schema.enum) return 'choice'
  if (schema.type === 'array') return kindOfList(schema)
  if (schema.type === 'boolean') return 'yes_no'
  if (schema.type === 'integer' || schema.type === 'number')
    return schema['x-unit'] === 'cents' ? 'cents' : 'number'
  if (pick === 'person' || pick === 'organisation' || pick === 'form') return pick
  if (schema.format === 'date' || schema.format === 'month') return schema.format
  return schema['x-lines'] ? 'lines' : 'text'
}

/** Of a field for an organisation that may stand outside of one's scope: where it is found. */
export function addresseeOf(schema: Schema): 'committee' | 'sibling' | undefined {
  if (schema['x-kind'] === 'committee') return 'committee'
  const sibling = schema['x-kind'] === 'lasting_branch' && schema['x-under'] === 'committee'
  return sibling ? 'sibling' : undefined
}

/** A title in the user's language. */
export function titleOf(schema: Schema, name: string): string {
  return (language() === 'en' && schema['x-title-en']) || schema.title || name
}

export function choicesOf(schema: Schema): { value: string; text: string }[] {
  const words = schema['x-enum'] ?? {}
  return (schema.enum ?? []).map((value) => ({ value, text: words[value]?.[language()] ?? value }))
}

export function fieldsOf(form: Schema): [string, Schema][] {
  return Object.entries(form.properties ?? {}).filter(([, schema]) => !schema['x-asks'])
}

/** The fields of a row that are asked for: those in doubt only where it leaves the doubt. */
export function askedIn(items: Schema, row: Answer): [string, Schema][] {
  return fieldsOf(items).filter(([name, schema]) => {
    const when = Object.entries(schema['x-asked-when'] ?? {})
    if (row[name]) return true
    return when.every(([field, like]) => new RegExp(like).test(String(row[field] ?? '')))
  })
}

/** What stands in a form at first: what the case holds, else what is known elsewhere. */
export function firstAnswer(form: Schema, variables: Answer, known: Answer = {}): Answer {
  const answer: Answer = {}
  for (const [name, schema] of fieldsOf(form))
    answer[name] = variables[name] ?? known[name] ?? schema.default ?? null
  return answer
}

function isBlank(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() === ''
  return value === null || value === undefined || isEmptyList(value)
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

/** What is wrong with a form, before it is sent: names of fields, `items[0].cents` of rows. */
export function missingIn(form: Schema, answer: Answer, path = ''): string[] {
  const missing = (form.required ?? [])
    .filter((name) => isBlank(answer[name]))
    .map((name) => path + name)
  for (const [name, schema] of fieldsOf(form)) {
    const rows = answer[name]
    if (kindOf(schema) !== 'rows' || !schema.items || !Array.isArray(rows)) continue
    for (const [index, row] of rows.entries())
      missing.push(...missingIn(schema.items, row as Answer, `${path}${name}[${index}].`))
  }
  return missing
}

function blankless(schema: Schema, value: unknown): unknown {
  if (isBlank(value)) return null
  if (kindOf(schema) !== 'rows' || !schema.items || !Array.isArray(value)) return value
  const names = fieldsOf(schema.items).map(([name]) => name)
  // Rows leave out what is blank: a schema of rows need not allow null. Nor does it what came along
  // with a row that was proposed.
  return value.map((row: Answer) =>
    Object.fromEntries(
      names.filter((name) => !isBlank(row[name])).map((name) => [name, row[name]]),
    ),
  )
}

/** All fields, blank ones as null: nothing of an earlier round stays unseen. */
export function sentAnswer(form: Schema, answer: Answer): Answer {
  const sent: Answer = {}
  for (const [name, schema] of fieldsOf(form)) sent[name] = blankless(schema, answer[name])
  return sent
}

const CENTS = /^(\d{1,13})(?:\.(\d{1,2}))?$/

/** `12.5` as 1250, exactly; undefined for what is no amount. */
export function readCents(text: string): number | undefined {
  const found = CENTS.exec(text.normalize('NFKC').replaceAll(/[\s,]/g, ''))
  if (!found) return undefined
  return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
}

export function writeCents(cents: unknown): string {
  if (typeof cents !== 'number' || !Number.isInteger(cents)) return ''
  const digits = String(Math.abs(cents)).padStart(3, '0')
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** English titles of the fields of forms, by their Chinese ones. */
export function englishTitles(files: readonly { name: string; content: string }[]) {
  const titles = new Map<string, string>()
  for (const file of files) {
    if (!file.name.endsWith('.json')) continue
    for (const [, schema] of fieldsOf(JSON.parse(file.content) as Schema))
      if (schema.title && schema['x-title-en']) titles.set(schema.title, schema['x-title-en'])
  }
  return titles
}
