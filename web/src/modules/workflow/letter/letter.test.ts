import { describe, expect, it } from 'vitest'
import { readCode, spaced, standingKey } from './letter'

const CODE = '0123456789abcdef0123456789abcdef'

describe('the code of a letter', () => {
  it.each([
    [CODE, CODE],
    [spaced(CODE), CODE],
    [CODE.toUpperCase(), CODE],
    [`https://city.example/letters/${CODE}`, CODE],
    [` ${CODE.slice(0, 16)}-${CODE.slice(16)} `, CODE],
    [CODE.slice(1), ''],
    [`${CODE}0`, ''],
    ['../../etc/passwd', ''],
    ['', ''],
  ])('is read from “%s”', (typed, code) => {
    expect(readCode(typed)).toBe(code)
  })

  it('is written in groups of four', () => {
    expect(spaced(CODE).split(' ')).toHaveLength(8)
  })
})

describe('what a letter calls a member', () => {
  it.each([
    ['probationary', 'letter_probationary'],
    ['full', 'letter_full'],
    [undefined, 'letter_full'],
  ])('of the stage %s', (stage, key) => {
    expect(standingKey(stage)).toBe(key)
  })
})
