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

/** Whether one of the ways depends on how a step ended. */
function decides(led: readonly string[], result: string, flows: Map<string, Flow[]>): boolean {
  const asks = new RegExp(`(^|[^\\w.])${result.replaceAll(/\W/g, '')}($|[^\\w])`)
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
    ...saidOf(element),
    materials: own(element, 'materials').split('、').filter(Boolean),
    materialsEn: own(element, 'materialsEn').split(/;\s*/).filter(Boolean),
    role: own(element, 'role'),
    at: own(element, 'at'),
    form: own(element, 'form'),
    message: messageOf(element, messages),
    attached: element.getAttribute('attachedToRef') ?? '',
    decides: false,
    checks: [],
  }
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
  for (const element of Array.from(document.getElementsByTagName('*'))) {
    if (!SPOKEN.test(element.localName) || !element.getAttribute('id')) continue
    const words = wordsOf(element, messages)
    elements.set(words.id, words)
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
    words.decides = decides(led, results.get(id) ?? OUTCOME, flows)
    words.checks = led
      .filter((at) => elements.get(at)?.kind === 'businessRuleTask')
      .flatMap((at) => results.get(at) ?? [])
  }
  const process = all(document, 'process')[0]
  const begin = process && childrenOf(process, 'startEvent')[0]
  const start = elements.get(begin?.getAttribute('id') ?? '')
  const waits = ledBy(start?.id ?? '', flows, human).some(
    (at) => elements.get(at)?.kind === 'intermediateCatchEvent',
  )
  return {
    id: process?.getAttribute('id') ?? '',
    name: process?.getAttribute('name') ?? '',
    en: process ? own(process, 'en') : '',
    ...(process ? saidOf(process) : { text: '', textEn: '' }),
    start: { role: start?.role ?? '', at: start?.at ?? '', waits },
    elements,
  }
}
