// A discussion: the notes of those who see an object.

import { api, ask, type Page, type Shape } from '@/api/api'

export type Note = Shape<'liaison.ShownNote'>
export type Somebody = Shape<'liaison.Mentionable'>

/** What is discussed: its kind, and its id; of a light `module.rule.id`. */
export interface About {
  about: string
  object: string
}

const PAGE = 20
/** Signs of a note, and of the reason why one is removed. */
export const MOST_NOTE = 4000
export const MOST_REASON = 500

const NOTES = '/api/v1/discussions/{about}/{object}/notes'

export function readNotes(
  path: About,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<Note>> {
  const query = { limit: PAGE, ...(after && { after }) }
  return ask(api.GET(NOTES, { params: { path, query }, signal }))
}

export function writeNote(key: string, path: About, text: string, mentions: string[]) {
  const params = { path, header: { 'Idempotency-Key': key } }
  return ask(api.POST(NOTES, { params, body: { text, mentions } }))
}

export async function readSomebody(
  path: About,
  name: string,
  signal: AbortSignal,
): Promise<readonly Somebody[]> {
  const params = { path, query: { ...(name && { name }) } }
  return (
    await ask(api.GET('/api/v1/discussions/{about}/{object}/mentionable', { params, signal }))
  ).items
}

export function takeBack(key: string, note: string) {
  const params = { path: { note }, header: { 'Idempotency-Key': key } }
  return ask(api.DELETE('/api/v1/notes/{note}', { params }))
}

export function removeNote(key: string, note: string, reason: string) {
  const params = { path: { note }, header: { 'Idempotency-Key': key } }
  return ask(api.POST('/api/v1/notes/{note}/removal', { params, body: { reason } }))
}
