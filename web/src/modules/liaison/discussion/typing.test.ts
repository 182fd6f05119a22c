import { describe, expect, it } from 'vitest'
import { completed, mentioned, typedAt } from './typing'

describe('a mention that is typed', () => {
  const cases: [string, number, string | undefined][] = [
    ['@', 1, ''],
    ['请@李', 3, '李'],
    ['请 @李书记 看', 6, '李书记'],
    ['请 @李书记 看', 4, '李'],
    ['请 @李书记 看', 8, undefined],
    ['没有提到谁', 5, undefined],
    ['li@example.org', 14, undefined],
    [`@${'长'.repeat(21)}`, 22, undefined],
    ['', 0, undefined],
  ]
  it.each(cases)('in "%s" at %i is %s', (text, caret, name) => {
    expect(typedAt(text, caret)?.name).toBe(name)
  })

  it('is completed, with one blank behind it', () => {
    const typed = typedAt('请@李 看', 3)
    expect(typed && completed('请@李 看', typed, '李书记')).toEqual({
      text: '请@李书记 看',
      caret: 6,
    })
  })

  it('counts as long as the text names it', () => {
    expect(mentioned('请@李书记 看', { '7': '李书记', '8': '王委员' })).toEqual(['7'])
  })
})
