// Letters of introduction: as anybody verifies them, and as they are printed from their case.

import { api, ask, type Shape } from '@/api/api'

export type Letter = Shape<'workflow.LetterShown'>

export function readLetter(code: string, signal: AbortSignal): Promise<Letter> {
  return ask(api.GET('/api/v1/letters/{code}', { params: { path: { code } }, signal }))
}

const CODE = /^[0-9a-f]{32}$/

/** A code as it is typed from paper: groups, capitals, or the whole address; empty: none. */
export function readCode(typed: string): string {
  const last = typed.normalize('NFKC').trim().split('/').at(-1) ?? ''
  const code = last.replaceAll(/[\s-]/g, '').toLowerCase()
  return CODE.test(code) ? code : ''
}

/** In groups of four, for reading aloud and typing. */
export function spaced(code: string): string {
  return code.match(/.{1,4}/g)?.join(' ') ?? ''
}

/** What the letter calls somebody, by the stage that stood on the roll when it was issued. */
export function standingKey(stage: unknown): 'letter_full' | 'letter_probationary' {
  return stage === 'probationary' ? 'letter_probationary' : 'letter_full'
}
