// What two versions of a process file differ in, element by element, in words that a person can read.

/** An element with what is said of it, in lines: `name: 起草`, `jishi:role: secretary`. */
export interface Described {
  id: string
  kind: string
  name: string
  lines: string[]
}

export interface Difference {
  id: string
  kind: string
  name: string
  what: 'added' | 'removed' | 'changed'
  gone: string[]
  come: string[]
}

/** Of these only the position on paper changes, or they say nothing by themselves. */
const LEFT_OUT = /^(incoming|outgoing|flowNodeRef|BPMN\w*|Bounds|waypoint|Font|laneSet)$/
const NAMELESS = new Set(['xmlns'])

function attributesOf(element: Element): string[] {
  return Array.from(element.attributes)
    .filter(({ name }) => name !== 'id' && !NAMELESS.has(name.split(':')[0] ?? ''))
    .map(({ name, value }) => `${name}: ${value}`)
    .sort()
}

/** In which language a text is: one in English stands beside the Chinese one. */
const LANGUAGE = 'jishi:lang'

/** What stands inside and has no id of its own: conditions, durations, documentation. */
function innerOf(element: Element): string[] {
  return Array.from(element.children)
    .filter((child) => !LEFT_OUT.test(child.localName) && !isDescribed(child))
    .flatMap((child) => {
      const text = child.children.length === 0 ? (child.textContent?.trim() ?? '') : ''
      const language = child.getAttribute(LANGUAGE)
      const label = language ? `${child.localName} ${language}` : child.localName
      const own = text ? [`${label}: ${text}`] : []
      const attributes = attributesOf(child)
        .filter((line) => !line.startsWith(`${LANGUAGE}: `))
        .map((line) => `${child.localName} ${line}`)
      return [...own, ...attributes, ...innerOf(child)]
    })
}

const OWN = /(Task|Event|Gateway|subProcess|callActivity|sequenceFlow|lane|process|participant)$/
const isDescribed = (element: Element) =>
  OWN.test(element.localName) && element.getAttribute('id') !== null

export function describe(xml: string): Map<string, Described> {
  const document = new DOMParser().parseFromString(xml, 'application/xml')
  const found = new Map<string, Described>()
  for (const element of Array.from(document.getElementsByTagName('*'))) {
    if (!isDescribed(element) || LEFT_OUT.test(element.localName)) continue
    const id = element.getAttribute('id') ?? ''
    const lines = [...attributesOf(element), ...innerOf(element)]
    found.set(id, { id, kind: element.localName, name: element.getAttribute('name') ?? '', lines })
  }
  return found
}

/** Elements that came, went, or say something else now; in the order of the later file. */
export function compare(before: string, after: string): Difference[] {
  const one = describe(before)
  const other = describe(after)
  const differences: Difference[] = []
  for (const now of other.values()) {
    const was = one.get(now.id)
    const { id, kind, name } = now
    if (!was) {
      differences.push({ id, kind, name, what: 'added', gone: [], come: now.lines })
      continue
    }
    const gone = was.lines.filter((line) => !now.lines.includes(line))
    const come = now.lines.filter((line) => !was.lines.includes(line))
    if (gone.length + come.length > 0)
      differences.push({ id, kind, name, what: 'changed', gone, come })
  }
  for (const was of one.values())
    if (!other.has(was.id)) differences.push({ ...was, what: 'removed', gone: was.lines, come: [] })
  return differences
}
