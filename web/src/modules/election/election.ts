// Ballot boxes as the API gives them, and the words of codes and receipts.

import { api, ask, openApi, type Page, type Shape } from '@/api/api'

export type Box = Shape<'election.ShownBox'>
export type BlankBallot = Shape<'election.BlankBallot'>
export type Opened = Shape<'election.BoxOpened'>
export interface Opening {
  title: string
  candidates: string[]
  seats: number
  codes: number
}

/** As the server bounds a box. */
export const MOST_CANDIDATES = 50
export const MOST_CODES = 2000
export const MOST_TITLE = 200

export function readBoxes(
  organisation: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<Box>> {
  const params = { path: { organisation }, query: { ...(after && { after }) } }
  const address = '/api/v1/organisations/{organisation}/ballot-boxes'
  return ask(api.GET(address, { params, signal }))
}

export function readBox(box: string, signal: AbortSignal): Promise<Box> {
  return ask(api.GET('/api/v1/ballot-boxes/{box}', { params: { path: { box } }, signal }))
}

/**
 * Without an Idempotency-Key: the server keeps the answer to a key for a day, and codes are to be
 * kept nowhere. A box whose answer was lost is left unused.
 */
export function openBox(organisation: string, opening: Opening): Promise<Opened> {
  const params = { path: { organisation } }
  const address = '/api/v1/organisations/{organisation}/ballot-boxes'
  return ask(api.POST(address, { params, body: opening }))
}

export function closeBox(key: string, box: string): Promise<Box> {
  const params = { path: { box }, header: { 'Idempotency-Key': key } }
  return ask(api.POST('/api/v1/ballot-boxes/{box}/closure', { params }))
}

export async function exportBox(box: string): Promise<Blob> {
  const params = { path: { box } }
  const call = api.GET('/api/v1/ballot-boxes/{box}/export', { params, parseAs: 'blob' })
  return (await call).data as unknown as Blob
}

export function readBlank(box: string, signal: AbortSignal): Promise<BlankBallot> {
  const params = { path: { box } }
  return ask(openApi.GET('/api/v1/ballot-boxes/{box}/blank', { params, signal }))
}

export async function cast(box: string, code: string, chosen: string[]): Promise<string> {
  const params = { path: { box } }
  const call = openApi.POST('/api/v1/ballot-boxes/{box}/ballots', {
    params,
    body: { code, chosen },
  })
  return (await ask(call)).receipt
}

export async function readCommitments(box: string, signal: AbortSignal): Promise<string[]> {
  const params = { path: { box } }
  const { items } = await ask(
    openApi.GET('/api/v1/ballot-boxes/{box}/commitments', { params, signal }),
  )
  return items.map((one) => one.commitment)
}

/** Where a box is voted at; with a code, behind the sign that browsers do not send to servers. */
export function voteAddress(box: string, code = ''): string {
  return `${location.origin}/vote/${box}${code && `#${code}`}`
}

const CODE = /^[2-9A-HJ-NP-Z]{10}$/

/** A code as it is typed from paper: small letters, groups, full width; empty: it is none. */
export function readCode(typed: string): string {
  const code = typed
    .normalize('NFKC')
    .replaceAll(/[\s#-]/g, '')
    .toUpperCase()
  return CODE.test(code) ? code : ''
}

/** In groups, for reading aloud and typing. */
export function inGroups(text: string, size: number): string {
  return text.match(new RegExp(`.{1,${size}}`, 'g'))?.join(' ') ?? ''
}

/** So many first signs of a receipt tell it from all others of a box. */
export const LEAST_OF_RECEIPT = 8

/** Those of the published commitments that begin as typed; undefined: too little of a receipt. */
export function findReceipt(typed: string, commitments: readonly string[]): string[] | undefined {
  const receipt = typed.normalize('NFKC').replaceAll(/[\s-]/g, '').toLowerCase()
  if (receipt.length < LEAST_OF_RECEIPT || !/^[0-9a-f]+$/.test(receipt)) return undefined
  return commitments.filter((one) => one.startsWith(receipt))
}
