import { describe as suite, expect, it } from 'vitest'
import { compare, compareFiles } from './compare'

const file = (body: string) =>
  `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:jishi="urn:jishi:process"><process id="p">${body}</process></definitions>`
const draft = (role: string, more = '') =>
  `<userTask id="draft" name="Draft" jishi:en="Draft it" jishi:role="${role}"><incoming>f</incoming>${more}</userTask>`

suite('two versions', () => {
  it('that are the same differ in nothing', () => {
    expect(compare(file(draft('a')), file(draft('a')))).toEqual([])
  })

  it('differ in what an element says', () => {
    const found = compare(file(draft('a')), file(draft('b')))
    expect(found).toEqual([
      {
        id: 'draft',
        kind: 'userTask',
        name: 'Draft',
        en: 'Draft it',
        what: 'changed',
        gone: ['jishi:role: a'],
        come: ['jishi:role: b'],
      },
    ])
  })

  it('differ in what came and went', () => {
    const found = compare(file(draft('a')), file('<endEvent id="e" name="End"/>'))
    expect(found.map(({ id, what }) => `${id} ${what}`)).toEqual(['e added', 'draft removed'])
  })

  it('tell of conditions, not of arrows', () => {
    const flow = (condition: string) =>
      `<sequenceFlow id="f" sourceRef="a" targetRef="b"><conditionExpression>${condition}</conditionExpression></sequenceFlow>`
    const [found] = compare(file(flow('x = 1')), file(flow('x = 2')))
    expect(found?.gone).toEqual(['conditionExpression: x = 1'])
    expect(found?.come).toEqual(['conditionExpression: x = 2'])
    expect(compare(file(draft('a')), file(draft('a', '<outgoing>g</outgoing>')))).toEqual([])
  })

  it('tell in which language a text is', () => {
    const chinese = '<documentation>起草。</documentation>'
    const said = (english: string) =>
      draft('a', `${chinese}<documentation jishi:lang="en">${english}</documentation>`)
    const [found] = compare(file(said('Draft.')), file(said('Draft it.')))
    expect(found?.gone).toEqual(['documentation en: Draft.'])
    expect(found?.come).toEqual(['documentation en: Draft it.'])
  })
})

suite('files beside two versions', () => {
  const file = (content: string, name = 'pay.dmn') => ({ name, content })

  it('that are the same differ in nothing', () => {
    expect(compareFiles([file('a\nb\n')], [file('a\r\nb')])).toEqual([])
  })

  it('differ by line', () => {
    expect(compareFiles([file('a\nlimit 100\nb\nc')], [file('a\nlimit 500\nb\nd\nc')])).toEqual([
      { name: 'pay.dmn', what: 'changed', gone: ['limit 100'], come: ['limit 500', 'd'] },
    ])
  })

  it('come and go', () => {
    const found = compareFiles([file('{}', 'old.json')], [file('{}', 'new.json')])
    expect(found.map(({ name, what }) => `${name} ${what}`)).toEqual([
      'new.json added',
      'old.json removed',
    ])
  })
})
