// What a process file says to people beside its course: names in both languages, articles, what has
// to be on file, who opens it, where a "no" leads elsewhere.

const JISHI = 'urn:jishi:process'
/** Where a task does not say it, its outcome stands in this variable. */
const OUTCOME = 'outcome'

/** What the file says of something to people, without the article and how sure that is. */
export interface Said {
  text: string
  /** The same in English; empty where the file has it in Chinese only. */
  textEn: string
}

export interface ElementWords extends Said {
  id: string
  /** The element's kind as BPMN calls it: `userTask`. */
  kind: string
  name: string
  en: string
  basis: string
  /** The same in English, as the server says it; empty where it is not known. */
  basisEn: string
  /** What has to be on file after it. */
  materials: string[]
  /** Their names in English, in the same order; fewer where the file has none. */
  materialsEn: string[]
  role: string
  at: string
  form: string
  /** The message that it waits for, or sends. */
  message: string
  /** The step on whose border it stands. */
  attached: string
  /** It may be answered with a refusal that leads elsewhere. */
  decides: boolean
  /** What the two answers are called here, in both languages; empty: approve and reject. */
  answers: Record<'yes' | 'yesEn' | 'no' | 'noEn', string>
  /** Variables of what rules find of its answer, before the next step of people. */
  checks: string[]
}

export interface ProcessWords extends Said {
  id: string
  name: string
  en: string
  /**
   * Who opens a case: a role, and where it is held; empty: whoever may begin cases. And whether it
   * waits before its first step of people.
   */
  start: { role: string; at: string; waits: boolean }
  elements: Map<string, ElementWords>
}

const own = (element: Element, name: string) =>
  element.getAttributeNS(JISHI, name) ?? element.getAttribute(`jishi:${name}`) ?? ''

function childrenOf(element: Element, name: string): Element[] {
  return Array.from(element.children).filter((child) => child.localName === name)
}

/**
 * The process that cases begin: of several the one that says it is executable and that no other
 * calls; where none says so, the first that does not say it is not. As the program has it.
 */
function begun(document: Document): Element | undefined {
  const processes = all(document, 'process')
  const says = (one: Element) => (one.getAttribute('isExecutable') ?? '').trim()
  const called = new Set(
    all(document, 'callActivity').map((one) => one.getAttribute('calledElement') ?? ''),
  )
  const asked = processes.filter((one) => ['true', '1'].includes(says(one)))
  return (
    asked.find((one) => !called.has(one.getAttribute('id') ?? '')) ??
    asked[0] ??
    processes.find((one) => !['false', '0'].includes(says(one))) ??
    processes[0]
  )
}

/** Where an article was read, for those who keep the pack: `（S39）`, `S19b、S19c`. */
const SOURCE = /[（(]?\bS\d+[a-z]?(?:[、,，]\s*S\d+[a-z]?)*[)）]?/g
/** The article stands in `basis`; how sure it is concerns those who keep the pack. */
const ASIDE = /^(\u4f9d\u636e|\u628a\u63e1)\uff1a/

/** An article as people know it; empty where there is none but a source of the pack. */
export function plainBasis(basis: string): string {
  return basis.replaceAll(SOURCE, '').replaceAll(/^[；;、，\s]+|[；;、，\s]+$/g, '')
}

/** Chinese is the file's own language: what says of itself no language is in Chinese. */
function textIn(language: 'zh' | 'en', element: Element): string {
  const found = childrenOf(element, 'documentation').filter(
    (child) => (own(child, 'lang') || 'zh') === language,
  )
  const lines = found.flatMap(({ textContent }) => (textContent ?? '').split('\n'))
  return lines
    .map((line) => line.trim())
    .filter((line) => line && !ASIDE.test(line))
    .join('\n')
}

const saidOf = (element: Element): Said => ({
  text: textIn('zh', element),
  textEn: textIn('en', element),
})

function all(document: Document, name: string): Element[] {
  return Array.from(document.getElementsByTagName('*')).filter((one) => one.localName === name)
}

interface Flow {
  to: string
  condition: string
}

function flowsOf(document: Document): Map<string, Flow[]> {
  const flows = new Map<string, Flow[]>()
  for (const flow of all(document, 'sequenceFlow')) {
    const from = flow.getAttribute('sourceRef') ?? ''
    const condition = childrenOf(flow, 'conditionExpression')[0]?.textContent ?? ''
    const to = flow.getAttribute('targetRef') ?? ''
    flows.set(from, [...(flows.get(from) ?? []), { to, condition }])
  }
  // Behind the end of a sub-process it goes on behind the sub-process.
  for (const end of all(document, 'endEvent')) {
    const around = end.parentElement
    if (around?.localName !== 'subProcess') continue
    flows.set(end.getAttribute('id') ?? '', flows.get(around.getAttribute('id') ?? '') ?? [])
  }
  return flows
}

/** What a step leads to before the next steps of people, itself first. */
function ledBy(from: string, flows: Map<string, Flow[]>, human: Set<string>): string[] {
  const waiting = [from]
  const seen = new Set<string>()
  for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
    if (seen.has(at) || (at !== from && human.has(at))) continue
    seen.add(at)
    waiting.push(...(flows.get(at) ?? []).map(({ to }) => to))
  }
  return [...seen]
}

const speaksOf = (names: readonly string[]) =>
  new RegExp(
    `(^|[^\\w.])(${names.map((one) => one.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')).join('|')})($|[^\\w])`,
  )

/**
 * Whether one of the ways depends on how a step ended; of several beside each other, whether they
 * are counted or listed. As the program has it, which refuses to reject what nothing asks.
 */
function decides(
  led: readonly string[],
  result: string,
  flows: Map<string, Flow[]>,
  element: Element | undefined,
): boolean {
  const names = [result]
  const several = element && childrenOf(element, 'multiInstanceLoopCharacteristics')[0]
  if (several) {
    if (own(several, 'collect')) return true
    const complete = childrenOf(several, 'completionCondition')[0]?.textContent ?? ''
    if (speaksOf(['nrOfRejected', 'nrOfApproved']).test(complete)) return true
    names.push('approvals', 'rejections')
  }
  const asks = speaksOf(names)
  return led.some((at) => flows.get(at)?.some(({ condition }) => asks.test(condition)))
}

function messageOf(element: Element, names: Map<string, string>): string {
  const reference =
    childrenOf(element, 'messageEventDefinition')[0]?.getAttribute('messageRef') ??
    element.getAttribute('messageRef') ??
    ''
  return names.get(reference) ?? reference
}

function wordsOf(element: Element, messages: Map<string, string>): ElementWords {
  return {
    id: element.getAttribute('id') ?? '',
    kind: element.localName,
    name: element.getAttribute('name') ?? '',
    en: own(element, 'en'),
    basis: plainBasis(own(element, 'basis')),
    basisEn: '',
    ...saidOf(element),
    materials: own(element, 'materials').split('、').filter(Boolean),
    materialsEn: own(element, 'materialsEn').split(/;\s*/).filter(Boolean),
    role: own(element, 'role'),
    at: own(element, 'at'),
    form: own(element, 'form'),
    message: messageOf(element, messages),
    attached: element.getAttribute('attachedToRef') ?? '',
    decides: false,
    answers: {
      yes: own(element, 'yes'),
      yesEn: own(element, 'yesEn'),
      no: own(element, 'no'),
      noEn: own(element, 'noEn'),
    },
    checks: [],
  }
}

/** Of the letters of a label as they are drawn, the widest; and the room beside them. */
const LETTER_WIDTH = 7
const LABEL_ROOM = 6

/** A label that was measured for Chinese gets room for the longest English word, about its middle. */
function widenLabels(document: Document, names: ReadonlyMap<string, string>): void {
  for (const label of all(document, 'BPMNLabel')) {
    const bounds = childrenOf(label, 'Bounds')[0]
    const name = names.get(label.parentElement?.getAttribute('bpmnElement') ?? '')
    if (!bounds || !name) continue
    const longest = Math.max(...name.split(' ').map(({ length }) => length))
    const width = Number(bounds.getAttribute('width'))
    const more = longest * LETTER_WIDTH + LABEL_ROOM - width
    if (!(more > 0)) continue
    bounds.setAttribute('width', String(width + more))
    bounds.setAttribute('x', String(Number(bounds.getAttribute('x')) - more / 2))
  }
}

/**
 * A copy of a file whose elements are called as they are in English, to be drawn and not kept; what
 * has no English name in the file is called as `labels` has it, else stays as it is.
 */
export function drawnInEnglish(xml: string, labels: Readonly<Record<string, string>> = {}): string {
  const document = new DOMParser().parseFromString(xml, 'application/xml')
  const processes = new Map(
    all(document, 'process').map((one) => [one.getAttribute('id'), own(one, 'en')]),
  )
  const names = new Map<string, string>()
  for (const element of Array.from(document.getElementsByTagName('*'))) {
    // A pool is called as the process in it.
    const english =
      own(element, 'en') ||
      processes.get(element.getAttribute('processRef')) ||
      labels[element.getAttribute('name') ?? '']
    if (!english || !element.hasAttribute('name')) continue
    element.setAttribute('name', english)
    names.set(element.getAttribute('id') ?? '', english)
  }
  widenLabels(document, names)
  return new XMLSerializer().serializeToString(document)
}

const SPOKEN = /(Task|Event|Gateway|subProcess|callActivity)$/

/** Reads a process file; of one that is no XML, nothing is known. */
export function readWords(xml: string): ProcessWords {
  const document = new DOMParser().parseFromString(xml, 'application/xml')
  const messages = new Map(
    all(document, 'message').map((one) => [
      one.getAttribute('id') ?? '',
      one.getAttribute('name') ?? '',
    ]),
  )
  const elements = new Map<string, ElementWords>()
  const results = new Map<string, string>()
  const found = new Map<string, Element>()
  for (const element of Array.from(document.getElementsByTagName('*'))) {
    if (!SPOKEN.test(element.localName) || !element.getAttribute('id')) continue
    const words = wordsOf(element, messages)
    elements.set(words.id, words)
    found.set(words.id, element)
    results.set(words.id, own(element, 'result') || OUTCOME)
  }
  const human = new Set(
    [...elements.values()]
      .filter((one) => /^(user|manual)Task$/.test(one.kind))
      .map(({ id }) => id),
  )
  const flows = flowsOf(document)
  for (const id of human) {
    const words = elements.get(id)
    if (!words) continue
    const led = ledBy(id, flows, human)
    words.decides = decides(led, results.get(id) ?? OUTCOME, flows, found.get(id))
    words.checks = led
      .filter((at) => elements.get(at)?.kind === 'businessRuleTask')
      .flatMap((at) => results.get(at) ?? [])
  }
  const process = begun(document)
  const begin = process && childrenOf(process, 'startEvent')[0]
  const start = elements.get(begin?.getAttribute('id') ?? '')
  // Within a sub-process as well.
  const waiting = new Set(
    all(document, 'intermediateCatchEvent').flatMap((one) => [
      one.getAttribute('id') ?? '',
      one.parentElement?.localName === 'subProcess'
        ? (one.parentElement.getAttribute('id') ?? '')
        : '',
    ]),
  )
  const waits = ledBy(start?.id ?? '', flows, human).some((at) => waiting.has(at))
  return {
    id: process?.getAttribute('id') ?? '',
    name: process?.getAttribute('name') ?? '',
    en: process ? own(process, 'en') : '',
    ...(process ? saidOf(process) : { text: '', textEn: '' }),
    start: { role: start?.role ?? '', at: start?.at ?? '', waits },
    elements,
  }
}
