// What the program has worked out for a case, of what its pages tell people: the pack's own words
// (docs/procedures.md). What it says against an answer stands at the step that asks for it again.

import type { Answer } from '../form/schema'

export interface Reckoned {
  /** The letter that was issued last. */
  letter?: { number: string; expires: string }
  dues?: { cents: number; base: number | undefined; ceiling: boolean }
  quorum?: { enough: boolean; due: number; present: number; needed: number }
  /** Items of a meeting. */
  votes?: { passed: string[]; failed: string[] }
  /** One vote: whether the numbers do. */
  vote?: 'passed' | 'failed'
  /** Candidates, as they stand on the ballot. */
  ballot?: string[]
  election?: {
    elected: string[]
    tied: string[]
    open: number
    /** Where counting by those due and by those present differ: whom it concerns, and which holds. */
    differs: boolean
    concerned: string[]
    by: 'due' | 'present'
  }
  /** Rounds of an election that were counted, the first first. */
  rounds?: Round[]
  /** One's own grade of an appraisal, and the votes on oneself. */
  own?: { grade: GradeName; votes: Partial<Record<GradeName, number>> }
}

export const GRADES = ['excellent', 'qualified', 'basic', 'not_qualified'] as const
export type GradeName = (typeof GRADES)[number]

export interface Round {
  day: string
  seats: number
  counts: Record<(typeof ROUND_COUNTS)[number], number>
  rows: { person: string; yes: number; elected: boolean; tied: boolean }[]
}
const ROUND_COUNTS = ['due', 'present', 'issued', 'collected', 'invalid'] as const

const isObject = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined)
const textsOf = (value: unknown) =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

/** The pack's word for dues that its highest sum cuts off, as the server says it in each language. */
const CEILING: ReadonlySet<unknown> = new Set(['\u6309\u4e0a\u9650', 'By the ceiling'])

function duesOf({ fee }: Answer): Reckoned['dues'] {
  if (!isObject(fee) || fee.ok !== true) return undefined
  const cents = numberOf(fee.cents)
  if (cents === undefined) return undefined
  return { cents, base: numberOf(fee.base), ceiling: CEILING.has(fee.reason) }
}

function letterOf({ letter_number: number, letter }: Answer): Reckoned['letter'] {
  if (typeof number !== 'string' || !number || !isObject(letter)) return undefined
  return { number, expires: typeof letter.expires_on === 'string' ? letter.expires_on : '' }
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
    concerned: textsOf(round.concerned),
    by: round.by === 'present' ? 'present' : 'due',
  }
}

const objectsOf = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : [])

function roundsOf({ so_far }: Answer): Round[] {
  return objectsOf(isObject(so_far) ? so_far.rounds : undefined).map((round) => {
    const elected = textsOf(round.elected)
    const tied = textsOf(round.tied)
    const counts = ROUND_COUNTS.map((name) => [name, numberOf(round[name]) ?? 0])
    return {
      day: typeof round.held_on === 'string' ? round.held_on : '',
      seats: numberOf(round.seats) ?? 0,
      counts: Object.fromEntries(counts) as Round['counts'],
      rows: objectsOf(round.results)
        .map(({ person, yes }) => ({ person: String(person), yes: numberOf(yes) ?? 0 }))
        .map((row) => ({
          ...row,
          elected: elected.includes(row.person),
          tied: tied.includes(row.person),
        })),
    }
  })
}

function ownOf({ grades, ballots }: Answer, person: string): Reckoned['own'] {
  const mine = (list: unknown) => objectsOf(list).find((one) => one.person === person)
  const grade = GRADES.find((one) => one === mine(grades)?.grade)
  if (!person || !grade) return undefined
  const votes = mine(ballots)
  const counted = GRADES.filter((one) => numberOf(votes?.[one]) !== undefined)
  return { grade, votes: Object.fromEntries(counted.map((one) => [one, votes?.[one]])) }
}

/** `person`: who reads it; '' where that is no member. */
export function reckonedOf(variables: Answer, person = ''): Reckoned {
  const { resolved, vote, ballot_names } = variables
  const found: Reckoned = {}
  const letter = letterOf(variables)
  if (letter) found.letter = letter
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
  const rounds = roundsOf(variables)
  if (rounds.length > 0) found.rounds = rounds
  const own = ownOf(variables, person)
  if (own) found.own = own
  return found
}
