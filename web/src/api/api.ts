// The client of the server's API, typed by its own OpenAPI document (gen/).

import createClient from 'openapi-fetch'
import type { components, paths } from './gen/schema'
import { send, sendAsNobody } from './http'

export type { Permission } from './gen/permissions'

/** A shape of the API by its name: `Shape<'registry.MemberRow'>`. */
export type Shape<Name extends keyof components['schemas']> = components['schemas'][Name]

/** A part of a list; `next` goes into `after`. */
export interface Page<Item> {
  items: Item[]
  next: string | null
}

export const api = createClient<paths>({ fetch: send })
/** Of what is open to all, asked as nobody. */
export const openApi = createClient<paths>({ fetch: sendAsNobody })

interface Answer<Data> {
  data?: Data
  response: Response
}

/** Of a list that is also given as a file, the page of JSON. */
type Body<Data> = Exclude<NonNullable<Data>, string>

/**
 * The body of an answer: `await ask(api.GET('/api/v1/rules'))`.
 * Throws a Problem where it was refused, an AbortError where the page has gone.
 */
export async function ask<Data>(call: Promise<Answer<Data>>): Promise<Body<Data>> {
  return (await call).data as Body<Data>
}

/** What was read, with the tag that an edit of it has to hold (If-Match). */
export interface Tagged<Data> {
  data: Data
  tag: string
}

export async function askTagged<Data>(call: Promise<Answer<Data>>): Promise<Tagged<Body<Data>>> {
  const { data, response } = await call
  return { data: data as Body<Data>, tag: response.headers.get('ETag') ?? '' }
}

/** A body that is a form with files: `api.POST(path, { params, ...formBody(form) })`. */
export function formBody(form: FormData) {
  // The document knows files as strings, and the client would make JSON of them.
  return { body: form as never, bodySerializer: (body: unknown) => body as FormData }
}

/** A new value for Idempotency-Key. */
export function newKey(): string {
  // randomUUID is there in secure contexts only, and an office's server may speak plain HTTP.
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
