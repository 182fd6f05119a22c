// Procedures that may be opened: which, by whom, about whom, and how each begins.

import { api, ask } from '@/api/api'
import { language } from '@/lib/texts'
import {
  readDefinition,
  readProcesses,
  type Definition,
  type Version,
} from '../definitions/definitions'
import { plainBasis, type ElementWords } from '../definitions/words'
import { OF_CASE } from '../form/known'
import { fieldsOf, type Answer, type Schema } from '../form/schema'

export interface Startable {
  version: Version
  definition: Definition
  /** One of the roles held may open it, or nobody's in particular. */
  mine: boolean
}

/** About a member on record: they cannot begin without one. Others are about an organisation. */
const ABOUT_PERSON: ReadonlySet<string> = new Set([
  'transfer',
  'transfer_within',
  'status',
  'dues_base',
])
/** Of a new applicant there is nobody on record yet, of one who moved here there is. */
const MAY_BE_ABOUT_PERSON: ReadonlySet<string> = new Set(['development'])

/** One case a year: it begins with the year that its first form names. */
const YEARLY: ReadonlySet<string> = new Set(['dues_base', 'year_plan', 'appraisal'])

/** The year that a first form asks for; undefined where it asks for none, or none is typed yet. */
export function yearIn(process: string, form: Schema | undefined, answer: Answer) {
  const asked = form?.properties?.year?.type === 'integer' && YEARLY.has(process)
  const year = Number(answer.year)
  return asked && Number.isInteger(year) && year >= 2000 && year <= 2100 ? year : undefined
}

export const needsPerson = (process: string) => ABOUT_PERSON.has(process)
export const takesPerson = (process: string) =>
  ABOUT_PERSON.has(process) || MAY_BE_ABOUT_PERSON.has(process)

/** What is of a year: how far from this one it may be, as the server takes it. */
const YEARS: Record<string, readonly number[]> = { year_plan: [0, 1], appraisal: [0, -1] }

/** The years that a procedure may be of, the usual one first; none: it is of no year. */
export const yearsOf = (process: string, thisYear: number) =>
  (YEARS[process] ?? []).map((step) => thisYear + step)

/** One organisation has another do something: who sends it is said beside where it goes. */
export const isSent = ({ words }: Definition) => words.start.at === 'sender'

export async function readStartable(
  roles: readonly string[],
  signal: AbortSignal,
): Promise<Startable[]> {
  const versions = await readProcesses(signal)
  const definitions = await Promise.all(versions.map(({ id }) => readDefinition(id)))
  return versions.flatMap((version, index) => {
    const definition = definitions[index]
    if (!definition) return []
    const { role, at } = definition.words.start
    return [{ version, definition, mine: !role || at === 'person' || roles.includes(role) }]
  })
}

/** The steps of people in the order of the file. */
export function stepsOf(definition: Definition): ElementWords[] {
  return [...definition.words.elements.values()].filter((one) =>
    /^(user|manual)Task$/.test(one.kind),
  )
}

/** Whether the case itself works out what is asked for, and so has to be there first. */
const isProposed = (form: Schema) =>
  fieldsOf(form).some(([, field]) => field['x-known']?.startsWith(OF_CASE))

/**
 * The form of the first step, if it has one, is there as soon as the case is, and asks for nothing
 * that the case itself proposes.
 */
export function firstForm(definition: Definition): Schema | undefined {
  if (definition.words.start.waits) return undefined
  const form = stepsOf(definition)[0]?.form
  const file = definition.files.find((one) => one.name === `${form}.json`)
  if (!file) return undefined
  const schema = JSON.parse(file.content) as Schema
  if (isProposed(schema)) return undefined
  const article = definition.articles[plainBasis(schema['x-basis'] ?? '')]
  return language() === 'en' && article ? { ...schema, 'x-basis': article } : schema
}

/**
 * What an address says of a form: texts for the fields of those names, where the field takes them.
 * Whatever else it holds is left out.
 */
export function givenIn(form: Schema | undefined, query: Record<string, unknown>): Answer {
  const given: Answer = {}
  for (const [name, schema] of form ? fieldsOf(form) : []) {
    const said = query[name]
    if (schema.type !== 'string' || typeof said !== 'string' || !said) continue
    if (!schema.enum || schema.enum.includes(said)) given[name] = said
  }
  return given
}

export interface Begin {
  process: string
  organisation: string
  person: string
  /** Of what one organisation has another do. */
  sender: string
  /** Of what is of a year. */
  year?: number | undefined
}

function body({ process, person, sender, year }: Begin) {
  return {
    process,
    ...(person && { person }),
    ...(sender && { sender }),
    ...(year && { variables: { year } }),
  }
}

/** Whether it may be begun there, and how it would stand; throws the refusal. */
export function tryStart(begin: Begin, signal: AbortSignal) {
  const params = { path: { organisation: begin.organisation }, query: { preview: true } }
  const address = '/api/v1/organisations/{organisation}/cases'
  return ask(api.POST(address, { params, body: body(begin), signal }))
}

export function startCase(key: string, begin: Begin) {
  const params = {
    path: { organisation: begin.organisation },
    header: { 'Idempotency-Key': key },
  }
  const address = '/api/v1/organisations/{organisation}/cases'
  return ask(api.POST(address, { params, body: body(begin) }))
}

/** Begins, and answers the first step; a refusal of the answer leaves the case at that step. */
export function answerFirst(key: string, task: string, variables: Answer) {
  const params = { path: { task }, header: { 'Idempotency-Key': key } }
  const asked = { verb: 'approve' as const, variables }
  return ask(api.POST('/api/v1/tasks/{task}/actions', { params, body: asked }))
}
