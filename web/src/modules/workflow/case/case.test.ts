import { describe, expect, it } from 'vitest'
import { readWords } from '../definitions/words'
import {
  earlierSteps,
  messagesOf,
  needsReason,
  ownVariables,
  provisionalYear,
  refusedCheck,
  taskOf,
  urgeable,
  verbsOf,
  waitsFor,
  type Me,
  type ShownCase,
  type TaskPage,
} from './case'
import { reckonedOf } from './reckoned'

describe('what the program has worked out', () => {
  it('is nothing of a case without numbers', () => {
    expect(reckonedOf({ title: 'x', fee: null, quorum: 'no', resolved: [1] })).toEqual({})
  })

  it.each([
    [{ ok: true, cents: 1500, base: 300000, reason: '' }, 300000, false],
    [{ ok: true, cents: 20, base: null, reason: '' }, undefined, false],
    [{ ok: true, cents: 100000, base: 9000000, reason: '按上限' }, 9000000, true],
    [{ ok: true, cents: 100000, base: 9000000, reason: 'By the ceiling' }, 9000000, true],
  ])('are dues: %j', (fee, base, ceiling) => {
    expect(reckonedOf({ fee })).toEqual({ dues: { cents: fee.cents, base, ceiling } })
  })

  it('is the letter that was issued last', () => {
    const letter = { expires_on: '2026-05-01' }
    expect(reckonedOf({ letter_number: '2026-0002', letter })).toEqual({
      letter: { number: '2026-0002', expires: '2026-05-01' },
    })
    expect(reckonedOf({ letter_number: null, letter })).toEqual({})
  })

  it('are no dues where items do not fit', () => {
    expect(reckonedOf({ fee: { ok: false, cents: 0, base: 0, reason: 'x' } })).toEqual({})
  })

  it('is a quorum, or none, with what is needed', () => {
    const counts = { due: 16, present: 7 }
    expect(reckonedOf({ ...counts, quorum: { verdict: 'not_enough', needed: 8 } })).toEqual({
      quorum: { enough: false, due: 16, present: 7, needed: 8 },
    })
    expect(reckonedOf({ ...counts, quorum: { verdict: 'wrong', needed: 0 } })).toEqual({})
    expect(reckonedOf({ ...counts, quorum: { verdict: 'no_votes', needed: 0 } })).toEqual({})
  })

  it('are votes and who is elected', () => {
    expect(reckonedOf({ resolved: { ok: true, passed: ['a'], failed: [] } }).votes).toEqual({
      passed: ['a'],
      failed: [],
    })
    expect(reckonedOf({ vote: { verdict: 'failed' } })).toEqual({ vote: 'failed' })
    expect(reckonedOf({ vote: { verdict: 'wrong' } })).toEqual({})
    const outcome = { elected: ['1'], tied: ['2', '3'], open: 1, differs: true, concerned: ['2'] }
    const so_far = { verdict: 'tie', ...outcome, by: 'present' }
    expect(reckonedOf({ ballot_names: ['3', '1'], so_far })).toEqual({
      ballot: ['3', '1'],
      election: { ...outcome, by: 'present' },
    })
  })

  it('are all rounds of an election, also where the last one does not add up', () => {
    const counts = { due: 34, present: 30, issued: 30, collected: 30, invalid: 1 }
    const results = [
      { person: '1', yes: 27 },
      { person: '2', yes: 9 },
    ]
    const round = { held_on: '2026-11-30', seats: 5, ...counts, results, elected: ['1'], tied: [] }
    const found = reckonedOf({ so_far: { verdict: 'wrong', rounds: [round, round] } })
    expect(found.election).toBeUndefined()
    expect(found.rounds).toHaveLength(2)
    expect(found.rounds?.[0]).toEqual({
      day: '2026-11-30',
      seats: 5,
      counts,
      rows: [
        { person: '1', yes: 27, elected: true, tied: false },
        { person: '2', yes: 9, elected: false, tied: false },
      ],
    })
  })

  it("are one's own grade and votes, nobody else's", () => {
    const grades = [
      { person: '1', grade: 'basic' },
      { person: '2', grade: 'excellent' },
    ]
    const ballots = [{ person: '1', excellent: 0, qualified: 2, basic: 1, not_qualified: 0 }]
    expect(reckonedOf({ grades, ballots }, '1').own).toEqual({
      grade: 'basic',
      votes: { excellent: 0, qualified: 2, basic: 1, not_qualified: 0 },
    })
    expect(reckonedOf({ grades, ballots }, '3').own).toBeUndefined()
    expect(reckonedOf({ grades, ballots }).own).toBeUndefined()
  })
})

describe('a check that does not pass', () => {
  const said = (variables: object, checks: string[]) =>
    refusedCheck({ variables } as unknown as ShownCase, checks)

  it('is told by whichever rule comes after the step', () => {
    expect(said({ resolved: { ok: false, reason: 'sums' } }, ['resolved'])).toBe('sums')
    expect(said({ quorum: { verdict: 'wrong', reason: 'counts' } }, ['quorum'])).toBe('counts')
    expect(said({ check: { ok: false, reason: 'days' } }, [])).toBe('days')
  })

  it('is none of another step, nor of a verdict that leads on', () => {
    expect(said({ resolved: { ok: false, reason: 'sums' } }, [])).toBe('')
    expect(said({ quorum: { verdict: 'not_enough', reason: 'few' } }, ['quorum'])).toBe('')
    expect(said({ check: { ok: true, reason: '' } }, ['check'])).toBe('')
  })
})

describe('a message that two steps wait for', () => {
  const words = readWords(`<definitions><message id="m" name="task.close"/><process id="task">
    <userTask id="receive"/><userTask id="feedback"/>
    <boundaryEvent id="unread" attachedToRef="receive"><messageEventDefinition messageRef="m"/></boundaryEvent>
    <boundaryEvent id="early" attachedToRef="feedback"><messageEventDefinition messageRef="m"/></boundaryEvent>
    </process></definitions>`)
  const me: Me = { account: '1', person: '0', name: '', roles: [] }

  it.each([
    ['receive', 'unread'],
    ['feedback', 'early'],
  ])('is called as at %s', (at, event) => {
    const whole = { head: { status: 'running', person: '0' }, messages: ['task.close'], at: [at] }
    const found = messagesOf({ ...whole, variables: {} } as unknown as ShownCase, words, me)
    expect(found.map((one) => one.id)).toEqual([event])
  })
})

describe('what stands in the form of a step at first', () => {
  const form = {
    properties: {
      opinion: { type: 'string', 'x-lines': 6 },
      held_on: { type: 'string', format: 'date' },
    },
  }
  const page = (element: string) =>
    ({
      task: { element },
      whole: {
        variables: { opinion: '支委会同意', held_on: '2026-03-01' },
        entered: [{ element: 'decide', fields: [{ name: 'opinion' }, { name: 'held_on' }] }],
      },
    }) as unknown as TaskPage

  it('is not the opinion that another step wrote', () => {
    expect(ownVariables(page('approve'), form)).toEqual({ held_on: '2026-03-01' })
  })

  it('is its own where it is done again', () => {
    expect(ownVariables(page('decide'), form).opinion).toBe('支委会同意')
  })
})

describe('what the server says may be done', () => {
  const page = (withdrawable: string, verbs: string[] = []) =>
    ({
      mine: false,
      verbs,
      task: { task: '9', element: 'check', state: 'open' },
      whole: {
        head: { status: 'running' },
        withdrawable,
        tasks: [{ task: '8' }, { task: '9' }],
        offered: [
          { task: '8', verbs: ['transfer'] },
          { task: '9', verbs },
        ],
      },
    }) as unknown as TaskPage

  it('is what is shown, nothing more', () => {
    expect(verbsOf(page('0', ['urge', 'transfer']), true)).toEqual(['urge', 'transfer'])
    expect(verbsOf(page('0'), true)).toEqual([])
  })

  it('includes taking back, by the task of what one did last', () => {
    expect(verbsOf(page('7', ['urge']), true)).toEqual(['urge', 'withdraw'])
    expect(taskOf('withdraw', page('7'))).toBe('7')
    expect(taskOf('urge', page('7'))).toBe('9')
  })

  it('leaves out what needs a person where nobody can be looked up', () => {
    expect(verbsOf(page('0', ['urge', 'transfer', 'copy']), false)).toEqual(['urge'])
  })

  it('urges the tasks alone that may be urged', () => {
    expect(urgeable(page('0', ['urge']).whole).map(({ task }) => task)).toEqual(['9'])
    expect(urgeable(page('0').whole)).toEqual([])
  })
})

describe('a case that waits for a day', () => {
  const moment = { element: 'wait', kind: 'earliest', at_ms: '1', provisional_year: 2036 }
  const whole = (status: string, at: string[]) =>
    ({ head: { status }, at, moments: [moment] }) as unknown as ShownCase

  it('stands there, by a day that may be provisional', () => {
    expect(waitsFor(whole('running', ['wait']))).toEqual([moment])
    expect(waitsFor(whole('running', ['other']))).toEqual([])
    expect(waitsFor(whole('completed', ['wait']))).toEqual([])
    expect(provisionalYear(whole('running', []), 'wait')).toBe(2036)
    expect(provisionalYear(whole('running', []), 'other')).toBeUndefined()
  })
})

describe('what may be done with a task', () => {
  const page = (more: object) =>
    ({
      mine: true,
      signers: [],
      back: [],
      form: { properties: {} },
      task: { element: 'a', state: 'open', assignee: '0' },
      whole: {
        head: { status: 'running' },
        withdrawable: '0',
        events: [],
        steps: [
          { element: 'a', state: 'done' },
          { element: 'b', state: 'done' },
        ],
      },
      ...more,
    }) as unknown as TaskPage

  it('is sent back to the steps that the program goes back to', () => {
    const some = page({ back: ['previous', 'initiator', 'b'] })
    expect(earlierSteps(some).map(({ element }) => element)).toEqual(['b'])
  })

  it('asks a manager why it is given away, and not who has it', () => {
    expect(needsReason('transfer', page({ mine: false }))).toBe(true)
    expect(needsReason('transfer', page({}))).toBe(false)
    expect(needsReason('send_back', page({}))).toBe(true)
  })
})
