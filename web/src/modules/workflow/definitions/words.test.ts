import { describe, expect, it } from 'vitest'
import { plainBasis, readWords } from './words'

const FILE = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:jishi="urn:jishi:process">
  <message id="m" name="request.withdraw"/>
  <process id="request" name="请示" jishi:en="Request">
    <documentation>向上请示。
依据：某条例（S39）。
把握：已核实。</documentation>
    <documentation jishi:lang="en">Asks the body above.</documentation>
    <startEvent id="s" jishi:role="organisation_member" jishi:at="organisation"/>
    <userTask id="draft" name="起草" jishi:en="Draft" jishi:materials="请示、附件" jishi:materialsEn="Request; Enclosure" jishi:form="request_text"/>
    <userTask id="agree" name="审批" jishi:role="secretary" jishi:result="agreed">
      <documentation>上级审批。</documentation>
    </userTask>
    <userTask id="read" name="收到">
      <documentation jishi:lang="en">Received.</documentation>
    </userTask>
    <boundaryEvent id="back" name="撤回" attachedToRef="agree"><messageEventDefinition messageRef="m"/></boundaryEvent>
    <exclusiveGateway id="g"/>
    <businessRuleTask id="held" jishi:result="check"/>
    <endEvent id="e"/><endEvent id="no"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="draft"/>
    <sequenceFlow id="f2" sourceRef="draft" targetRef="held"/>
    <sequenceFlow id="f6" sourceRef="held" targetRef="agree"/>
    <sequenceFlow id="f3" sourceRef="agree" targetRef="g"/>
    <sequenceFlow id="f4" sourceRef="g" targetRef="e"><conditionExpression>agreed = "approved"</conditionExpression></sequenceFlow>
    <sequenceFlow id="f5" sourceRef="g" targetRef="no"/>
  </process></definitions>`

describe('the words of a process file', () => {
  const words = readWords(FILE)

  it('are told of the process and of who opens it', () => {
    expect(words).toMatchObject({ id: 'request', name: '请示', en: 'Request', text: '向上请示。' })
    expect(words.textEn).toBe('Asks the body above.')
    expect(words.start).toEqual({
      role: 'organisation_member',
      at: 'organisation',
      waits: false,
    })
    const later = FILE.replace('<exclusiveGateway id="g"/>', '<intermediateCatchEvent id="day"/>')
      .replace('sourceRef="s" targetRef="draft"', 'sourceRef="s" targetRef="day"')
      .replace('sourceRef="g" targetRef="no"', 'sourceRef="day" targetRef="draft"')
    expect(readWords(later).start.waits).toBe(true)
  })

  it('are told of each element', () => {
    expect(words.elements.get('draft')).toMatchObject({
      en: 'Draft',
      form: 'request_text',
      materials: ['请示', '附件'],
      materialsEn: ['Request', 'Enclosure'],
    })
    expect(words.elements.get('agree')).toMatchObject({ text: '上级审批。', textEn: '' })
    expect(words.elements.get('back')?.message).toBe('request.withdraw')
  })

  it('are in Chinese what says no language, and nothing else', () => {
    expect(words.elements.get('read')).toMatchObject({ text: '', textEn: 'Received.' })
  })

  it('know which step may be answered with a no', () => {
    expect(words.elements.get('agree')?.decides).toBe(true)
    expect(words.elements.get('draft')?.decides).toBe(false)
  })

  it('know what rules find of an answer before the next step of people', () => {
    expect(words.elements.get('draft')?.checks).toEqual(['check'])
    expect(words.elements.get('agree')?.checks).toEqual([])
  })

  it('are none of what is no XML', () => {
    expect(readWords('no <xml').elements.size).toBe(0)
  })
})

describe('an article', () => {
  it.each([
    ['条例（S39）', '条例'],
    ['条例；组通字〔2006〕45号', '条例；组通字〔2006〕45号'],
    ['S77', ''],
    ['细则第七条；S19b、S19c', '细则第七条'],
  ])('“%s” is told as “%s”', (basis, told) => {
    expect(plainBasis(basis)).toBe(told)
  })
})
