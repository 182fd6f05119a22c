// Pairs that may be of one person, what tells them apart, and what a merger would move.

import { api, ask, type Page, type Shape } from '@/api/api'

export type Pair = Shape<'intake.PossibleDuplicate'>
export type Side = Shape<'intake.Side'>
export type Merged = Shape<'registry.PersonsMerged'>
export type Job = Shape<'api.Job'>

export const COMPARED = [
  'name',
  'sex',
  'birth',
  'organisation',
  'number',
  'citizen_id',
  'phone',
] as const

const AT_ONCE = 20
/** A row of a workbook that was refused has no archive yet. */
const NOBODY = '0'

export function isRow(side: Side): boolean {
  return side.person === NOBODY
}

export function differs(pair: Pair, field: (typeof COMPARED)[number]): boolean {
  return pair.one[field] !== pair.other[field]
}

/** Reasons for which the server puts two beside each other. */
export const REASONS = ['likely', 'name_phone', 'name_birth', 'similar_id'] as const

/** What of a merged archive is moved, by the server's word. */
export const MOVED = [
  'posts',
  'conflicts',
  'possible_duplicates',
  'accounts',
  'accesses',
  'attendance',
  'measures',
  'stays',
  'grades',
  'notices',
  'bases',
  'orders',
  'cases',
  'letters',
  'tasks',
  'payments',
  'similar_rows',
  'doubts',
] as const

export function isKnown<Word extends string>(words: readonly Word[], word: string): word is Word {
  return words.some((one) => one === word)
}

export function readPairs(after: string | undefined, signal: AbortSignal): Promise<Page<Pair>> {
  const query = { limit: AT_ONCE, ...(after ? { after } : {}) }
  return ask(api.GET('/api/v1/duplicates', { params: { query }, signal }))
}

export async function decide(pair: Pair, same: boolean): Promise<void> {
  const params = { path: { person: pair.first, other: pair.second } }
  const address = '/api/v1/persons/{person}/duplicates/{other}/decision'
  await ask(api.PUT(address, { params, body: { same } }))
}

export function previewMerger(keep: string, drop: string, signal: AbortSignal): Promise<Merged> {
  const params = { path: { keep }, query: { preview: true } }
  return ask(api.POST('/api/v1/persons/{keep}/mergers', { params, body: { drop }, signal }))
}

export function merge(keep: string, drop: string, reason: string, key: string): Promise<Merged> {
  const params = { path: { keep }, header: { 'Idempotency-Key': key } }
  const body = { drop, ...(reason ? { reason } : {}) }
  return ask(api.POST('/api/v1/persons/{keep}/mergers', { params, body }))
}

export function takeApart(keep: string, drop: string, key: string) {
  const params = { path: { keep, drop }, header: { 'Idempotency-Key': key } }
  return ask(api.DELETE('/api/v1/persons/{keep}/mergers/{drop}', { params }))
}

export function startSearch(organisation: string): Promise<Job> {
  const params = { path: { organisation } }
  return ask(api.POST('/api/v1/organisations/{organisation}/duplicates/searches', { params }))
}

export function readJob(job: string, signal: AbortSignal): Promise<Job> {
  return ask(api.GET('/api/v1/jobs/{job}', { params: { path: { job } }, signal }))
}

export async function cancelJob(job: string): Promise<void> {
  await ask(api.DELETE('/api/v1/jobs/{job}', { params: { path: { job } } }))
}

export function hasEnded(job: Job): boolean {
  return job.state !== 'waiting' && job.state !== 'running'
}

/** How many pairs a search has put into the queue, of its result. */
export function addedBy(job: Job): string {
  const { added } = job.result as { added?: string }
  return added ?? '0'
}
