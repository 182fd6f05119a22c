import { describe, expect, it } from 'vitest'
import { readWords } from '../definitions/words'
import { messagesOf, refusedCheck, type Me, type ShownCase } from './case'
import { reckonedOf } from './reckoned'

describe('what the program has worked out', () => {
  it('is nothing of a case without numbers', () => {
    expect(reckonedOf({ title: 'x', fee: null, quorum: 'no', resolved: [1] })).toEqual({})
  })

  it.each([
    [{ ok: true, cents: 1500, base: 300000, reason: '' }, 300000, false],
    [{ ok: true, cents: 20, base: null, reason: '' }, undefined, false],
    [{ ok: true, cents: 100000, base: 9000000, reason: '按上限' }, 9000000, true],
  ])('are dues: %j', (fee, base, ceiling) => {
    expect(reckonedOf({ fee })).toEqual({ dues: { cents: fee.cents, base, ceiling } })
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
    const so_far = { verdict: 'tie', elected: ['1'], tied: ['2', '3'], open: 1, differs: true }
    expect(reckonedOf({ ballot_names: ['3', '1'], so_far })).toEqual({
      ballot: ['3', '1'],
      election: { elected: ['1'], tied: ['2', '3'], open: 1, differs: true },
    })
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
