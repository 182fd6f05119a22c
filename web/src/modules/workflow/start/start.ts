// Procedures that may be opened: which, by whom, about whom, and how each begins.

import { api, ask } from '@/api/api'
import {
  readDefinition,
  readProcesses,
  type Definition,
  type Version,
} from '../definitions/definitions'
import type { ElementWords } from '../definitions/words'
import { fieldsOf, type Answer, type Schema } from '../form/schema'

export interface Startable {
  version: Version
  definition: Definition
  /** One of the roles held may open it, or nobody's in particular. */
  mine: boolean
}

/** About a member on record: they cannot begin without one. Others are about an organisation. */
const ABOUT_PERSON: ReadonlySet<string> = new Set(['transfer', 'status', 'dues_base'])
/** Of a new applicant there is nobody on record yet, of one who moved here there is. */
const MAY_BE_ABOUT_PERSON: ReadonlySet<string> = new Set(['development'])

export const needsPerson = (process: string) => ABOUT_PERSON.has(process)
export const takesPerson = (process: string) =>
  ABOUT_PERSON.has(process) || MAY_BE_ABOUT_PERSON.has(process)

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

/** The form of the first step, if it has one, and is there as soon as the case is. */
export function firstForm(definition: Definition): Schema | undefined {
  if (definition.words.start.waits) return undefined
  const form = stepsOf(definition)[0]?.form
  const file = definition.files.find((one) => one.name === `${form}.json`)
  return file ? (JSON.parse(file.content) as Schema) : undefined
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
}

function body({ process, person, sender }: Begin) {
  return { process, ...(person && { person }), ...(sender && { sender }) }
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
