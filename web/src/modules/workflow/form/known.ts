// What a form asks for and the program already knows (x-known): read, put there, and said to be so.

import { api, ask } from '@/api/api'
import { today } from '@/lib/format'
import { isAborted } from '@/lib/problem'
import { fieldsOf, type Answer, type Schema } from './schema'

/** Of whom and where, as a case knows it. */
export interface About {
  organisation: string
  person: string
  variables: Answer
}

/** What the case holds, by its name there. */
export const OF_CASE = 'case.'

/** Of a committee's meeting those are due who hold a post, of others those who may vote. */
async function voters(about: About, signal: AbortSignal): Promise<number | null> {
  if (about.variables.kind === 'committee_meeting') {
    const params = { path: { organisation: about.organisation } }
    const page = await ask(api.GET('/api/v1/organisations/{organisation}', { params, signal }))
    return new Set(page.posts.map((post) => post.person)).size || null
  }
  const query = { stage: 'full', status: 'normal' }
  const params = { path: { organisation: about.organisation }, query }
  const address = '/api/v1/organisations/{organisation}/members/count'
  return Number((await ask(api.GET(address, { params, signal }))).members)
}

async function lastPaid(about: About, signal: AbortSignal): Promise<string | null> {
  if (about.person === '0') return null
  const month = today().slice(0, 7)
  const params = { path: { organisation: about.organisation }, query: { from: month, to: month } }
  const address = '/api/v1/organisations/{organisation}/payments'
  const { items } = await ask(api.GET(address, { params, signal }))
  return items.find((one) => one.person === about.person)?.last_paid ?? null
}

async function holder(about: About, signal: AbortSignal): Promise<string | null> {
  const title = about.variables.title
  const params = { path: { organisation: about.organisation } }
  const page = await ask(api.GET('/api/v1/organisations/{organisation}', { params, signal }))
  return page.posts.find((post) => post.title === title)?.person ?? null
}

const READERS: Record<string, (about: About, signal: AbortSignal) => Promise<unknown>> = {
  'registry.voters': voters,
  'dues.last_paid': lastPaid,
  'registry.post': holder,
}

async function one(source: string, about: About, signal: AbortSignal): Promise<unknown> {
  if (source.startsWith(OF_CASE)) return about.variables[source.slice(OF_CASE.length)] ?? null
  try {
    return (await READERS[source]?.(about, signal)) ?? null
  } catch (error) {
    if (isAborted(error)) throw error
    return null // whoever may not read it fills it in
  }
}

/**
 * A row for each entry of a list of the case, which may be ids; of an agenda, for each that is
 * voted on.
 */
export function knownRows(schema: Schema, variables: Answer): Answer[] | undefined {
  for (const [name, { 'x-known': source }] of fieldsOf(schema.items ?? {})) {
    if (!source?.startsWith(OF_CASE)) continue
    const entries = variables[source.slice(OF_CASE.length)]
    if (!Array.isArray(entries)) continue
    if (entries.every((entry) => typeof entry === 'string'))
      return entries.map((entry) => ({ [name]: entry as string }))
    const voted = (entries as Answer[]).filter((entry) => entry.vote === true)
    const rows = voted.length > 0 ? voted : (entries as Answer[])
    return rows.map((entry) => ({ [name]: entry[name] ?? null }))
  }
  return undefined
}

export async function readKnown(form: Schema, about: About, signal: AbortSignal): Promise<Answer> {
  const fields = fieldsOf(form)
  const places = fields.filter(([, schema]) => schema['x-known'])
  const values = await Promise.all(
    places.map(([, schema]) => one(schema['x-known'] ?? '', about, signal)),
  )
  const rows = fields.flatMap(([name, schema]) => {
    const known = knownRows(schema, about.variables)
    return known ? [[name, known] as const] : []
  })
  return Object.fromEntries([...rows, ...places.map(([name], index) => [name, values[index]])])
}
