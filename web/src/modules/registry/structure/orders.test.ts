import { expect, it } from 'vitest'
import { orderOf, wayBack, type Changes, type Draft, type Order } from './orders'

const draft = (given: Partial<Draft>): Draft => ({
  name: '',
  kind: '',
  code: '',
  on: '',
  parent: undefined,
  others: [],
  keep: true,
  parts: [],
  ...given,
})
const part = { name: ' A ', kind: 'branch', members: ['7'], children: [] }
const other = { value: '9', text: 'Nine' }

it.each([
  ['create', {}],
  ['create', { name: 'A' }],
  ['create', { name: '  ', kind: 'branch' }],
  ['rename', { name: ' ' }],
  ['move', {}],
  ['split', {}],
  ['split', { parts: [part, { ...part, name: '' }] }],
  ['merge', {}],
] as const)('%s of %o is not ready', (kind, given) => {
  expect(orderOf(kind, '1', draft(given as Partial<Draft>))).toBeUndefined()
})

it.each([
  [
    'create',
    { name: ' A ', kind: 'branch', code: ' C ' },
    { name: 'A', kind: 'branch', code: 'C' },
  ],
  ['rename', { name: 'B', on: '2026-01-02' }, { name: 'B', on: '2026-01-02' }],
  ['move', { parent: other }, { parent: '9' }],
  ['split', { parts: [part], keep: false }, { keep: false, into: [{ ...part, name: 'A' }] }],
  ['merge', { others: [other] }, { organisations: ['9'] }],
  ['abolish', {}, {}],
  ['reopen', { on: '2026-01-02' }, { on: '2026-01-02' }],
] as const)('%s of %o is ordered', (kind, given, body) => {
  const order = orderOf(kind, '1', draft(given as unknown as Partial<Draft>))
  expect(order).toEqual({ kind, organisation: '1', body })
})

it('names the structure of a move where it is not the usual one', () => {
  expect(orderOf('move', '1', draft({ parent: other }), 'grid')?.body).toEqual({
    parent: '9',
    structure: 'grid',
  })
})

const changes = (undo: string, made: string[] = []) =>
  ({
    command: '5',
    undo,
    organisations: made.map((organisation) => ({ organisation, turn: 'created' })),
  }) as Changes
const split = (keep: boolean): Order => ({
  kind: 'split',
  organisation: '1',
  body: { keep, into: [] },
})

it('knows the way back', () => {
  const renamed: Order = { kind: 'rename', organisation: '1', body: { name: 'B' } }
  expect(wayBack(renamed, changes('registry.undo'))).toEqual([
    { kind: 'undo', organisation: '1', body: { command: '5' } },
  ])
  const created: Order = { kind: 'create', organisation: '1', body: { name: 'B', kind: 'branch' } }
  expect(wayBack(created, changes('registry.abolish_organisation', ['2']))).toEqual([
    { kind: 'abolish', organisation: '2', body: {} },
  ])
  const merge = { kind: 'merge', organisation: '1', body: { organisations: ['2', '3'] } }
  const made = changes('registry.merge_organisations', ['2', '3'])
  expect(wayBack(split(true), made)).toEqual([merge])
  expect(wayBack(split(false), made)).toEqual([
    { kind: 'reopen', organisation: '1', body: {} },
    merge,
  ])
  const merged: Order = { kind: 'merge', organisation: '1', body: { organisations: ['2'] } }
  expect(wayBack(merged, changes('registry.split_organisation'))).toBeUndefined()
})
