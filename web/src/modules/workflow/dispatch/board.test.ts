import { expect, it } from 'vitest'
import { barsOf, overOf, queryOf, withdrawnOf } from './board'

const words = { step: (name: string) => `<${name}>`, over: 'over' }

it('has a bar for each step, and one for what is over', () => {
  const steps = [
    { step: '签收', cases: '3', late: '1' },
    { step: '办理反馈', cases: '2', late: '0' },
  ]
  expect(barsOf(steps, 4, words)).toEqual([
    { name: '<签收>', step: '签收', cases: 3, late: 1 },
    { name: '<办理反馈>', step: '办理反馈', cases: 2, late: 0 },
    { name: 'over', step: '', cases: 4, late: 0 },
  ])
  expect(barsOf([], 0, words)).toEqual([])
})

it('counts what was sent and goes on no more', () => {
  expect(overOf({ sent: '5', running: '3' })).toBe(2)
  expect(overOf({ sent: '0', running: '0' })).toBe(0)
  expect(withdrawnOf({ sent: '5', running: '1', done: '3' })).toBe(1)
})

it('asks for what is narrowed only', () => {
  expect(queryOf({ outcome: '', step: '', late: false })).toEqual({})
  expect(queryOf({ outcome: 'sent', step: '签收', late: true })).toEqual({
    outcome: 'sent',
    step: '签收',
    late: true,
  })
})
