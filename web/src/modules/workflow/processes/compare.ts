// What two versions of a process file differ in, element by element, in words that a person can read.

/** An element with what is said of it, in lines: `name: 起草`, `jishi:role: secretary`. */
export interface Described {
  id: string
  kind: string
  name: string
  /** Its English name; empty: none. */
  en: string
  lines: string[]
}

export interface Difference {
  id: string
  kind: string
  name: string
  en: string
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
    const name = element.getAttribute('name') ?? ''
    const en = element.getAttribute('jishi:en') ?? ''
    found.set(id, { id, kind: element.localName, name, en, lines })
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
    const { id, kind, name, en } = now
    if (!was) {
      differences.push({ id, kind, name, en, what: 'added', gone: [], come: now.lines })
      continue
    }
    const gone = was.lines.filter((line) => !now.lines.includes(line))
    const come = now.lines.filter((line) => !was.lines.includes(line))
    if (gone.length + come.length > 0)
      differences.push({ id, kind, name, en, what: 'changed', gone, come })
  }
  for (const was of one.values())
    if (!other.has(was.id)) differences.push({ ...was, what: 'removed', gone: was.lines, come: [] })
  return differences
}

/** A decision model or form that came, went, or says something else now. */
export interface FileDifference {
  name: string
  what: Difference['what']
  gone: string[]
  come: string[]
}

interface NamedFile {
  name: string
  content: string
}

/** Beyond this product of lines what differs is told without regard to its order. */
const MOST_WORK = 4_000_000

function linesOf(content: string): string[] {
  const lines = content.split(/\r?\n/).map((line) => line.trimEnd())
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines
}

/** The lines of two texts that are not in their longest common row of lines. */
function differing(before: string[], after: string[]): { gone: string[]; come: string[] } {
  let first = 0
  while (first < before.length && before[first] === after[first]) first++
  let last = 0
  const most = Math.min(before.length, after.length) - first
  while (last < most && before.at(-1 - last) === after.at(-1 - last)) last++
  const one = before.slice(first, before.length - last)
  const other = after.slice(first, after.length - last)
  if (one.length * other.length > MOST_WORK) {
    const held = new Set(one)
    const now = new Set(other)
    return {
      gone: one.filter((line) => !now.has(line)),
      come: other.filter((line) => !held.has(line)),
    }
  }
  const common = commonLengths(one, other)
  const gone: string[] = []
  const come: string[] = []
  let [i, j] = [0, 0]
  while (i < one.length || j < other.length) {
    if (i < one.length && j < other.length && one[i] === other[j]) {
      i++
      j++
    } else if (
      j >= other.length ||
      (i < one.length && at(common, i + 1, j) >= at(common, i, j + 1))
    )
      gone.push(one[i++] ?? '')
    else come.push(other[j++] ?? '')
  }
  return { gone, come }
}

const at = (table: number[][], i: number, j: number) => table[i]?.[j] ?? 0

/** How many lines two texts have in common, from each pair of places on. */
function commonLengths(one: string[], other: string[]): number[][] {
  const table = Array.from({ length: one.length + 1 }, () =>
    new Array<number>(other.length + 1).fill(0),
  )
  for (let i = one.length - 1; i >= 0; i--) {
    const row = table[i] ?? []
    for (let j = other.length - 1; j >= 0; j--) {
      const same = one[i] === other[j]
      row[j] = same
        ? at(table, i + 1, j + 1) + 1
        : Math.max(at(table, i + 1, j), at(table, i, j + 1))
    }
  }
  return table
}

/** Files beside two versions that differ, by name. */
export function compareFiles(
  before: readonly NamedFile[],
  after: readonly NamedFile[],
): FileDifference[] {
  const was = new Map(before.map((file) => [file.name, file.content]))
  const is = new Map(after.map((file) => [file.name, file.content]))
  const found: FileDifference[] = []
  for (const name of [...new Set([...is.keys(), ...was.keys()])].sort()) {
    const [one, other] = [was.get(name), is.get(name)]
    if (one === other) continue
    const lines = differing(linesOf(one ?? ''), linesOf(other ?? ''))
    const what = one === undefined ? 'added' : other === undefined ? 'removed' : 'changed'
    if (what !== 'changed' || lines.gone.length + lines.come.length > 0)
      found.push({ name, what, ...lines })
  }
  return found
}
