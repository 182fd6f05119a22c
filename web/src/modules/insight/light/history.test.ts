import { expect, it } from 'vitest'
import { momentsOf } from './history'
import type { History } from './light'

const handling = (what: string, made: string, ended: string | null) => ({
  what,
  reason: 'r',
  until: null,
  account: '1',
  account_name: 'a',
  made_ms: made,
  ended_ms: ended,
})

it('puts events and words in one line, and tells replaced from taken back', () => {
  const history = {
    events: [{ happened_ms: '10', what: 'lit', level: 'red' }],
    handlings: [handling('explained', '30', '40'), handling('taken', '20', '30')],
  } as History
  expect(momentsOf(history).map((one) => [one.ms, one.kind])).toEqual([
    [40, 'released'],
    [30, 'explained'],
    [20, 'taken'],
    [10, 'lit'],
  ])
})
