import { expect, test } from 'vitest'
import { detailsOf, modulesOf, queryOf, summaryOf } from './log'

const NOTHING = { kind: '', from: '', to: '', organisation: '', person: '', actor: '' }

test('only filters that are set are asked for, and ids that are numbers', () => {
  expect(queryOf(NOTHING)).toEqual({})
  expect(
    queryOf({ ...NOTHING, kind: 'identity', from: '2026-11-01', organisation: ' 914464 ' }),
  ).toEqual({ kind: 'identity', from: '2026-11-01', organisation: '914464' })
  expect(queryOf({ ...NOTHING, person: 'Wang', actor: '-1' })).toEqual({})
})

test('what a fact says is shown name by name', () => {
  expect(detailsOf('')).toEqual([])
  expect(detailsOf('{"role":"secretary","days":3,"fields":["phone"]}')).toEqual([
    { name: 'role', value: 'secretary' },
    { name: 'days', value: '3' },
    { name: 'fields', value: '["phone"]' },
  ])
  expect(detailsOf('[1]')).toEqual([{ name: '', value: '[1]' }])
  expect(detailsOf('not json')).toEqual([{ name: '', value: 'not json' }])
})

test('a row of the list has it in short', () => {
  expect(summaryOf('{"role":"secretary","days":3}')).toBe('role: secretary · days: 3')
  expect(summaryOf('x'.repeat(80))).toBe(`${'x'.repeat(59)}…`)
})

test('kinds are of modules', () => {
  const kinds = ['registry.a', 'identity.b', 'registry.c'].map((kind) => ({ kind, title: kind }))
  expect(modulesOf(kinds)).toEqual(['registry', 'identity'])
})
