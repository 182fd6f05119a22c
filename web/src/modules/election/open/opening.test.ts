import { expect, test } from 'vitest'
import { isTyped, knownOf, openingOf, wrongIn, type Typed } from './opening'

const good: Typed = { title: '选举', candidates: ['1', '2', '3'], seats: 2, codes: 20 }

test('what is wrong with a box is said by its field', () => {
  const table: [Partial<Typed>, string[]][] = [
    [{}, []],
    [{ title: ' ' }, ['title']],
    [{ candidates: [] }, ['candidates', 'seats']],
    [{ candidates: [], seats: 1 }, ['candidates']],
    [{ candidates: Array.from({ length: 51 }, String) }, ['candidates']],
    [{ seats: 4 }, ['seats']],
    [{ seats: 1.5 }, ['seats']],
    [{ seats: undefined }, ['seats']],
    [{ codes: 0 }, ['codes']],
    [{ codes: 2001 }, ['codes']],
  ]
  for (const [change, wrong] of table)
    expect([...wrongIn({ ...good, ...change })], JSON.stringify(change)).toEqual(wrong)
})

test('a box is opened with what was typed, its title tidied', () => {
  expect(openingOf({ ...good, title: ' 选举 ' })).toEqual(good)
})

test('a draft of another shape is none', () => {
  expect(isTyped(good)).toBe(true)
  for (const other of [null, 3, {}, { title: '选举' }]) expect(isTyped(other)).toBe(false)
})

test('the order of the ballot goes before the nomination', () => {
  const of = (variables: Record<string, unknown>) =>
    knownOf({ head: { case_id: '7' }, variables } as unknown as Parameters<typeof knownOf>[0])
  const nominated = { candidates: ['2', '1'], seats: 1 }
  expect(of(nominated)).toEqual({ id: '7', candidates: ['2', '1'], seats: 1 })
  expect(of({ ...nominated, ballot_names: ['1', '2'] }).candidates).toEqual(['1', '2'])
  expect(of({})).toEqual({ id: '7', candidates: [], seats: undefined })
})

test('a later round is of those who tied, or are not elected, and of the seats that are open', () => {
  const of = (so_far: unknown) =>
    knownOf({
      head: { case_id: '7' },
      variables: { ballot_names: ['4', '3', '2', '1'], seats: 3, so_far },
    } as unknown as Parameters<typeof knownOf>[0])
  const missing = { verdict: 'missing', elected: ['1', '4'], tied: [], open: 1 }
  expect(of(missing)).toEqual({ id: '7', candidates: ['3', '2'], seats: 1 })
  const tie = { verdict: 'tie', elected: ['1'], tied: ['2', '4'], open: 1 }
  expect(of(tie)).toEqual({ id: '7', candidates: ['4', '2'], seats: 1 })
  expect(of(null).seats).toBe(3)
})
