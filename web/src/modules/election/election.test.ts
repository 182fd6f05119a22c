import { expect, test } from 'vitest'
import { findReceipt, inGroups, readCode } from './election'

test('a code is read as people type it', () => {
  for (const typed of [
    'ABCDE23456',
    'abcde 23456',
    ' ABCDE-23456 ',
    '#ABCDE23456',
    'ＡＢＣＤＥ２３４５６',
  ])
    expect(readCode(typed)).toBe('ABCDE23456')
  for (const typed of ['', 'ABCDE2345', 'ABCDE234567', 'ABCDE0345O', 'IIIII11111'])
    expect(readCode(typed)).toBe('')
})

test('a code stands in groups', () => {
  expect(inGroups('ABCDE23456', 5)).toBe('ABCDE 23456')
  expect(inGroups('', 5)).toBe('')
})

const one = `0123abcd${'0'.repeat(56)}`
const other = `fedc9876${'1'.repeat(56)}`

test('a receipt is found whole, by its first signs, in capitals and groups', () => {
  for (const typed of [one, '0123abcd', '0123 ABCD', one.toUpperCase()])
    expect(findReceipt(typed, [one, other])).toEqual([one])
  expect(findReceipt('99999999', [one, other])).toEqual([])
})

test('too little of a receipt, or none, is not looked for', () => {
  for (const typed of ['', '0123abc', 'not a receipt']) {
    expect(findReceipt(typed, [one, other])).toBeUndefined()
  }
})
