import { describe, expect, it } from 'vitest'
import { mergeFiles, processOf } from './deploy'

describe('files that are dropped', () => {
  const file = (name: string, content = '') => ({ name, content })

  it('take the place of their namesakes, and leave the rest', () => {
    const held = [file('pay.dmn', 'old'), file('draft.json')]
    expect(mergeFiles(held, [file('pay.test')]).map(({ name }) => name)).toEqual([
      'pay.dmn',
      'draft.json',
      'pay.test',
    ])
    expect(mergeFiles(held, [file('pay.dmn', 'new')])).toEqual([
      file('draft.json'),
      file('pay.dmn', 'new'),
    ])
  })

  it('belong to a process by its id', () => {
    const xml = '<d xmlns:b="urn:b"><b:process id="one"/><b:process id="two"/></d>'
    expect(processOf(xml)).toBe('one')
  })
})
