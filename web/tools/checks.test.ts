// @vitest-environment node
// The checks find what they should, and what is there passes them.

import { describe, expect, it } from 'vitest'
import { fileURLToPath } from 'node:url'
import { complaints as layerComplaints } from './check-layers.mjs'
import { complaints as textComplaints, readCode } from './check-texts.mjs'
import { compileText, partOf, readTexts } from './texts.mjs'

const source = fileURLToPath(new URL('../src', import.meta.url))
const text = (key: string, zh = '一', en = 'one') => ({ key, zh, en, file: 'f', part: 'start' })
const code = (body: string, file = 'modules/a/A.vue') => [{ file, code: body }]

describe('what is there', () => {
  it('has its texts', () => expect(textComplaints(readTexts(source), readCode(source))).toEqual([]))
  it('keeps its layers', () => expect(layerComplaints(readCode(source))).toEqual([]))
})

describe('texts', () => {
  it.each([
    ["t('a.b')", [text('a.b')], []],
    ['t(`a.${x}`)', [text('a.b'), text('a.c')], []],
    ["t('a.b')", [], ['modules/a/A.vue: a.b has no text']],
    ["title: 'a.b'", [], ['modules/a/A.vue: a.b has no text']],
    ['', [text('a.b')], ['f: a.b is said nowhere']],
    ["t('a.b')", [text('a.b', '{x}', '{y}')], ['f: a.b: not the same {names}']],
    ["t('a.b')", [text('a.b', '一', '一')], ['f: a.b: Chinese in the English text']],
    ['<p>写在这里</p>', [], ['modules/a/A.vue: “写在这里” belongs into texts.toml']],
    ['// 说明', [], []],
  ])('%s', (body, texts, wrong) => expect(textComplaints(texts, code(body))).toEqual(wrong))

  it('of the navigation are there from the start', () => {
    const of = { ...text('a.b'), part: 'a' }
    const index = code("text: 'a.b'", 'modules/a/index.ts')
    const wrong = ['modules/a/index.ts: a.b belongs into the texts.toml beside it']
    expect(textComplaints([of], index)).toEqual(wrong)
  })

  it('belong to the start, or to a module', () => {
    expect(partOf('ui/texts.toml')).toBe('start')
    expect(partOf('modules/registry/texts.toml')).toBe('start')
    expect(partOf('modules/registry/tree/texts.toml')).toBe('registry')
  })

  it('are compiled, and refused where they cannot be', () => {
    expect(compileText('没有参数', 'w')).toBe('没有参数')
    expect(typeof compileText('{name}', 'w')).toBe('object')
    expect(() => compileText('{name', 'a.b')).toThrow('a.b')
  })
})

describe('layers', () => {
  it.each([
    ['ui/A.vue', "import { api } from '@/api/api'", 'ui may not see api (api/api)'],
    ['ui/A.vue', 'await fetch(x)', 'ui never fetches'],
    ['lib/a.ts', "import { x } from '../api/api'", 'lib may not see api (api/api)'],
    ['modules/a/b/A.vue', "import B from '@/modules/c/d/B.vue'", 'takes modules/c/d/B.vue'],
    ['modules/a/b/A.vue', '<p style="color: red">', 'Content-Security-Policy'],
    ['modules/a/b/APage.vue', '\n'.repeat(200), '201 lines, at most 200'],
  ])('%s: %s', (file, body, wrong) => {
    expect(layerComplaints([{ file, code: body }]).join()).toContain(wrong)
  })

  it.each([
    ['modules/a/b/A.vue', "import { B } from '@/modules/c/public'"],
    ['modules/a/b/A.vue', "import B from '../d/B.vue'"],
    ['lib/module.ts', "import type { Permission } from '@/api/api'"],
    ['app/A.vue', "import { useSession } from '@/api/session'"],
  ])('%s: %s is as it should be', (file, body) => {
    expect(layerComplaints([{ file, code: body }])).toEqual([])
  })
})
