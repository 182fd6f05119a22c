import { describe, expect, it } from 'vitest'
import { answerOf } from './definitions'
import { drawnInEnglish, plainBasis, readWords } from './words'

const FILE = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:jishi="urn:jishi:process">
  <message id="m" name="request.withdraw"/>
  <process id="request" name="请示" jishi:en="Request">
    <documentation>向上请示。
依据：某条例（S39）。
把握：已核实。</documentation>
    <documentation jishi:lang="en">Asks the body above.</documentation>
    <startEvent id="s" jishi:role="organisation_member" jishi:at="organisation"/>
    <userTask id="draft" name="起草" jishi:en="Draft" jishi:materials="请示、附件" jishi:materialsEn="Request; Enclosure" jishi:form="request_text"/>
    <userTask id="agree" name="审批" jishi:role="secretary" jishi:result="agreed" jishi:yes="受理" jishi:yesEn="Accept" jishi:no="退回" jishi:noEn="Return">
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
    const within = later.replace(
      '<intermediateCatchEvent id="day"/>',
      '<subProcess id="day"><intermediateCatchEvent id="in"/></subProcess>',
    )
    expect(readWords(within).start.waits).toBe(true)
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

  it('call the answers of a step what they are', () => {
    const agree = words.elements.get('agree')
    expect([answerOf(agree, 'yes'), answerOf(agree, 'no')]).toEqual(['受理', '退回'])
    expect(answerOf(words.elements.get('draft'), 'no')).toBe('')
  })

  it('know that several beside each other may be counted or listed, and go on behind their part', () => {
    const decidesIn = (loop: string, condition: string) =>
      readWords(
        `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:jishi="urn:jishi:process">
          <process id="p"><subProcess id="part"><userTask id="t">${loop}</userTask><endEvent id="in"/>
          <sequenceFlow id="f1" sourceRef="t" targetRef="in"/></subProcess>
          <exclusiveGateway id="g"/><endEvent id="e"/>
          <sequenceFlow id="f2" sourceRef="part" targetRef="g"/>
          <sequenceFlow id="f3" sourceRef="g" targetRef="e"><conditionExpression>${condition}</conditionExpression></sequenceFlow>
          </process></definitions>`,
      ).elements.get('t')?.decides
    const several = (attributes: string, complete = '') =>
      `<multiInstanceLoopCharacteristics ${attributes}><completionCondition>${complete}</completionCondition></multiInstanceLoopCharacteristics>`
    expect(decidesIn('', 'x = 1')).toBe(false)
    expect(decidesIn('', 'outcome = "rejected"')).toBe(true)
    expect(decidesIn('', 'rejections = 1')).toBe(false)
    expect(decidesIn(several(''), 'rejections = 1')).toBe(true)
    expect(decidesIn(several('jishi:collect="all"'), 'x = 1')).toBe(true)
    expect(decidesIn(several('', 'nrOfRejected = 1'), 'x = 1')).toBe(true)
    expect(decidesIn(several('', 'nrOfCompletedInstances = 1'), 'x = 1')).toBe(false)
  })

  it('know what rules find of an answer before the next step of people', () => {
    expect(words.elements.get('draft')?.checks).toEqual(['check'])
    expect(words.elements.get('agree')?.checks).toEqual([])
  })

  it('are those of the process that is executed', () => {
    const of = (first: string, second: string) =>
      readWords(
        `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">
          <process id="out" ${first}/><process id="in" ${second}/></definitions>`,
      ).id
    expect(of('isExecutable="false"', 'isExecutable="true"')).toBe('in')
    expect(of('', 'isExecutable="1"')).toBe('in')
    expect(of('', '')).toBe('out')
    expect(of('isExecutable="0"', '')).toBe('in')
  })

  it('are none of what is no XML', () => {
    expect(readWords('no <xml').elements.size).toBe(0)
  })
})

describe('a drawing in English', () => {
  it('has the English names, and leaves what has none', () => {
    const xml =
      '<all xmlns:jishi="urn:jishi:process"><participant id="pool" name="会议" processRef="p"/>' +
      '<process id="p" name="会议" jishi:en="A meeting"><userTask id="a" name="起草" jishi:en="Draft"/>' +
      '<task id="b" name="别的"/><task id="c" jishi:en="Nameless"/></process></all>'
    const names = readWords(drawnInEnglish(xml)).elements
    expect(names.get('a')?.name).toBe('Draft')
    expect(drawnInEnglish(xml)).not.toContain('会议')
    expect(drawnInEnglish(xml)).toContain('name="别的"')
    expect(drawnInEnglish(xml)).not.toContain('name="Nameless"')
    expect(xml).toContain('name="起草"')
    expect(drawnInEnglish(xml, { 别的: 'Other', 起草: 'Not this' })).toContain('name="Other"')
    expect(drawnInEnglish(xml, { 起草: 'Not this' })).not.toContain('Not this')
  })

  it('has room for the longest word of a label', () => {
    const label = (id: string, width: number) =>
      `<BPMNEdge bpmnElement="${id}"><BPMNLabel><Bounds x="100" y="5" width="${width}" height="14"/></BPMNLabel></BPMNEdge>`
    const xml = `<all><sequenceFlow id="f" name="签收"/><sequenceFlow id="g" name="签收"/><sequenceFlow id="h" name="是"/>
      ${label('f', 22)}${label('g', 90)}${label('h', 22)}</all>`
    const drawn = drawnInEnglish(xml, { 签收: 'Is received' })
    expect(drawn).toContain('x="80" y="5" width="62"')
    expect(drawn).toContain('x="100" y="5" width="90"')
    expect(drawn).toContain('x="100" y="5" width="22"')
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
