import { describe, expect, it } from 'vitest'
import { daysBetween, formatOf, today } from './format'

const zh = formatOf('zh')
const en = formatOf('en')

describe('days', () => {
  it.each([
    ['2026-06-30', '2026-06-30', '30 Jun 2026', '2026年6月30日', '30 June 2026'],
    ['2000-02-29', '2000-02-29', '29 Feb 2000', '2000年2月29日', '29 February 2000'],
    ['', '', '', '', ''],
    [null, '', '', '', ''],
    ['1968年秋', '1968年秋', '1968年秋', '1968年秋', '1968年秋'],
  ])('%s', (day, zhShort, enShort, zhLong, enLong) => {
    expect([zh.day(day), en.day(day), zh.longDay(day), en.longDay(day)]).toEqual([
      zhShort,
      enShort,
      zhLong,
      enLong,
    ])
  })

  it('are the same in every time zone', () => {
    expect(today(Date.UTC(2025, 11, 31, 16, 0, 0))).toBe('2026-01-01')
    expect(today(Date.UTC(2026, 11, 31, 15, 59, 59))).toBe('2026-12-31')
    expect(zh.moment(Date.UTC(2025, 11, 31, 16, 5))).toBe('2026年1月1日 00:05')
  })

  it.each([
    ['2026-02-28', '2026-03-01', 1],
    ['2028-02-28', '2028-03-01', 2],
    ['2026-03-01', '2026-02-28', -1],
    ['2025-12-31', '2026-12-31', 365],
  ])('from %s to %s', (from, to, days) => expect(daysBetween(from, to)).toBe(days))

  it('are told from today', () => {
    expect(zh.away('2026-07-03', '2026-06-30')).toBe('3天后')
    expect(zh.away('2026-06-30', '2026-06-30')).toBe('今天')
    expect(en.away('2026-06-29', '2026-06-30')).toBe('yesterday')
    expect(en.away('no day', '2026-06-30')).toBe('no day')
  })
})

describe('numbers', () => {
  it.each([
    ['9223372036854775807', '9,223,372,036,854,775,807'],
    ['12.5', '12.5'],
    [1234, '1,234'],
    ['0', '0'],
  ])('%s', (value, shown) => expect(en.number(value)).toBe(shown))

  it('as months and shares', () => {
    expect(zh.month('2026-06')).toBe('2026年6月')
    expect(en.month('2026-06-30')).toBe('June 2026')
    expect([zh.year('2026-10'), zh.shortMonth('2026-10')]).toEqual(['2026年', '10月'])
    expect([en.year('2026-10'), en.shortMonth('2026-10')]).toEqual(['2026', 'Oct'])
    expect(zh.percent(0.2575)).toBe('25.8%')
  })
})
