// What a form asks for and the program already knows (x-known): read, put there, and said to be so.

import { api, ask } from '@/api/api'
import { isAborted } from '@/lib/problem'
import { fieldsOf, type Answer, type Schema } from './schema'

/** Of whom and where, as a case knows it. */
export interface About {
  organisation: string
  person: string
  variables: Answer
}

async function voters(about: About, signal: AbortSignal): Promise<number> {
  const query = { stage: 'full', status: 'normal' }
  const params = { path: { organisation: about.organisation }, query }
  const address = '/api/v1/organisations/{organisation}/members/count'
  return Number((await ask(api.GET(address, { params, signal }))).members)
}

async function lastPaid(about: About, signal: AbortSignal): Promise<string | null> {
  if (about.person === '0') return null
  const month = new Date().toISOString().slice(0, 7)
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
  if (source.startsWith('case.')) return about.variables[source.slice('case.'.length)] ?? null
  try {
    return (await READERS[source]?.(about, signal)) ?? null
  } catch (error) {
    if (isAborted(error)) throw error
    return null // whoever may not read it fills it in
  }
}

export async function readKnown(form: Schema, about: About, signal: AbortSignal): Promise<Answer> {
  const fields = fieldsOf(form).filter(([, schema]) => schema['x-known'])
  const values = await Promise.all(
    fields.map(([, schema]) => one(schema['x-known'] ?? '', about, signal)),
  )
  return Object.fromEntries(fields.map(([name], index) => [name, values[index]]))
}
