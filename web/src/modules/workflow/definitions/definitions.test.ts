import { afterEach, describe, expect, it } from 'vitest'
import { i18n } from '@/lib/texts'
import { textOf } from './definitions'

describe('what a file says', () => {
  const said = { text: '向上请示。', textEn: 'Asks the body above.' }

  afterEach(() => {
    i18n.global.locale.value = 'zh'
  })

  it('is shown in Chinese, and nothing else in its place', () => {
    i18n.global.locale.value = 'zh'
    expect(textOf(said)).toBe(said.text)
    expect(textOf({ ...said, text: '' })).toBe('')
  })

  it('is shown in English, in Chinese where there is none', () => {
    i18n.global.locale.value = 'en'
    expect(textOf(said)).toBe(said.textEn)
    expect(textOf({ ...said, textEn: '' })).toBe(said.text)
    expect(textOf(undefined)).toBe('')
  })
})
