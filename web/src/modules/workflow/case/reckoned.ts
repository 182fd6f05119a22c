// What the program has worked out for a case, of what its pages tell people: the pack's own words
// (docs/procedures.md). What it says against an answer stands at the step that asks for it again.

import type { Answer } from '../form/schema'

export interface Reckoned {
  dues?: { cents: number; base: number | undefined; ceiling: boolean }
  quorum?: { enough: boolean; due: number; present: number; needed: number }
  /** Items of a meeting. */
  votes?: { passed: string[]; failed: string[] }
  /** One vote: whether the numbers do. */
  vote?: 'passed' | 'failed'
  /** Candidates, as they stand on the ballot. */
  ballot?: string[]
  election?: { elected: string[]; tied: string[]; open: number; differs: boolean }
}

const isObject = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined)
const textsOf = (value: unknown) =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

/** The pack's word for dues that its highest sum cuts off. */
const CEILING = '\u6309\u4e0a\u9650'

function duesOf({ fee }: Answer): Reckoned['dues'] {
  if (!isObject(fee) || fee.ok !== true) return undefined
  const cents = numberOf(fee.cents)
  if (cents === undefined) return undefined
  return { cents, base: numberOf(fee.base), ceiling: fee.reason === CEILING }
}

function quorumOf({ quorum, due, present }: Answer): Reckoned['quorum'] {
  if (!isObject(quorum) || !/^(not_)?enough$/.test(String(quorum.verdict))) return undefined
  const enough = quorum.verdict === 'enough'
  const needed = numberOf(quorum.needed) ?? 0
  return { enough, due: numberOf(due) ?? 0, present: numberOf(present) ?? 0, needed }
}

function electionOf({ so_far: round }: Answer): Reckoned['election'] {
  if (!isObject(round) || !/^(tie|missing|complete)$/.test(String(round.verdict))) return undefined
  return {
    elected: textsOf(round.elected),
    tied: textsOf(round.tied),
    open: numberOf(round.open) ?? 0,
    differs: round.differs === true,
  }
}

export function reckonedOf(variables: Answer): Reckoned {
  const { resolved, vote, ballot_names } = variables
  const found: Reckoned = {}
  const dues = duesOf(variables)
  if (dues) found.dues = dues
  const quorum = quorumOf(variables)
  if (quorum) found.quorum = quorum
  if (isObject(resolved) && resolved.ok === true)
    found.votes = { passed: textsOf(resolved.passed), failed: textsOf(resolved.failed) }
  if (isObject(vote) && (vote.verdict === 'passed' || vote.verdict === 'failed'))
    found.vote = vote.verdict
  if (textsOf(ballot_names).length > 0) found.ballot = textsOf(ballot_names)
  const election = electionOf(variables)
  if (election) found.election = election
  return found
}
