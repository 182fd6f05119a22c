// What a verification of the ledger found.

import type { Shape } from '@/api/api'

export type Job = Shape<'api.Job'>

export interface Verified {
  fits: boolean
  facts: number
  heads: number
  signatures_checked: boolean
  misfits: { code: string; seq: string; zh: string; en: string }[]
}

/** Of one that is over and was not given up; results are told untyped, by the kind of a job. */
export function resultOf(job: Job): Verified | undefined {
  const result = job.result as Partial<Verified> | undefined
  if (job.state !== 'done' || typeof result?.fits !== 'boolean') return undefined
  return {
    fits: result.fits,
    facts: Number(result.facts ?? 0),
    heads: Number(result.heads ?? 0),
    signatures_checked: result.signatures_checked === true,
    misfits: result.misfits ?? [],
  }
}

export function toneOf(job: Job): 'good' | 'bad' | 'careful' | 'plain' {
  if (job.state === 'done') return resultOf(job)?.fits ? 'good' : 'bad'
  if (job.state === 'failed') return 'bad'
  return job.state === 'running' ? 'careful' : 'plain'
}
