// The element that is chosen on the drawing board, and what of it is written there.

/** What bpmn-js tells of an element. */
export interface Drawn {
  id: string
  type: string
  businessObject: { id: string; name?: string; $attrs: Record<string, string> }
}

export interface Chosen {
  id: string
  /** As BPMN calls it: `UserTask`. */
  kind: string
  values: Record<string, string>
}

/** The attributes that are written on the board, by kind; the rest of a file is kept as it is. */
const ALWAYS = ['name', 'jishi:en'] as const
const OF_TASKS = ['jishi:form', 'jishi:due', 'jishi:basis', 'jishi:materials'] as const
const HELD = ['jishi:role', 'jishi:at'] as const

export function fieldsOfKind(kind: string): string[] {
  if (kind === 'UserTask') return [...ALWAYS, ...HELD, ...OF_TASKS]
  if (/Event$/.test(kind)) return [...ALWAYS, ...HELD]
  if (kind === 'ServiceTask') return [...ALWAYS, 'jishi:operation']
  if (kind === 'BusinessRuleTask') return [...ALWAYS, 'jishi:decision', 'jishi:result']
  return [...ALWAYS]
}

export function chosenOf(element: Drawn): Chosen {
  const { businessObject } = element
  const kind = element.type.replace(/^bpmn:/, '')
  const values = Object.fromEntries(
    fieldsOfKind(kind).map((name) => [
      name,
      name === 'name' ? (businessObject.name ?? '') : (businessObject.$attrs[name] ?? ''),
    ]),
  )
  return { id: businessObject.id, kind, values }
}
