// Deploying: files, what the server finds wrong with them by element, tries.

import { api, ask, type Shape } from '@/api/api'
import type { Problem } from '@/lib/problem'
import { language } from '@/lib/texts'

export type VersionFile = Shape<'workflow.VersionFile'>
export type Deployed = Shape<'workflow.DeployedVersion'>

/** One thing that is wrong, as the refusal tells it. */
export interface Finding {
  element: string
  code: string
  detail: string
}

function isFinding(value: unknown): value is Finding {
  const found = value as Partial<Finding> | null
  return typeof found?.element === 'string' && typeof found.code === 'string'
}

export function findingsOf(problem: Problem | undefined): Finding[] {
  return (problem?.problems ?? []).filter(isFinding)
}

export interface Given {
  xml: string
  files: VersionFile[]
}

/** What it would be; throws what is wrong with it. */
export function tryDeploy(given: Given, signal: AbortSignal): Promise<Deployed> {
  const params = { query: { preview: true } }
  return ask(api.POST('/api/v1/process-definitions', { params, body: given, signal }))
}

export function deploy(key: string, given: Given): Promise<Deployed> {
  const params = { header: { 'Idempotency-Key': key } }
  return ask(api.POST('/api/v1/process-definitions', { params, body: given }))
}

/** Names of an element, by its id, as the file itself has them, in the user's language. */
export function namesIn(xml: string): Map<string, string> {
  const document = new DOMParser().parseFromString(xml, 'application/xml')
  const names = new Map<string, string>()
  for (const element of Array.from(document.getElementsByTagName('*'))) {
    const id = element.getAttribute('id')
    const english = language() === 'en' ? element.getAttribute('jishi:en') : ''
    const name = english || element.getAttribute('name')
    if (id && name) names.set(id, name)
  }
  return names
}

export interface Sorted {
  xml: string | undefined
  name: string
  files: VersionFile[]
  refused: string[]
}

const XML = /\.(bpmn|xml)$/i
const BESIDE = /\.(dmn|json|test)$/i
export const isTable = (file: VersionFile) => /\.test$/i.test(file.name)

/** Files as they were chosen: one process, and the decisions, forms and tables beside it. */
export async function readFiles(files: readonly File[]): Promise<Sorted> {
  const sorted: Sorted = { xml: undefined, name: '', files: [], refused: [] }
  for (const file of files) {
    if (XML.test(file.name) && sorted.xml === undefined) {
      sorted.xml = await file.text()
      sorted.name = file.name
    } else if (BESIDE.test(file.name)) {
      sorted.files.push({ name: file.name, content: await file.text() })
    } else sorted.refused.push(file.name)
  }
  return sorted
}

/** What is dropped takes the place of what has its name; the rest stays. */
export function mergeFiles(held: readonly VersionFile[], dropped: readonly VersionFile[]) {
  const names = new Set(dropped.map((file) => file.name))
  return [...held.filter((file) => !names.has(file.name)), ...dropped]
}

/** The id of a file's first process. */
export function processOf(xml: string): string {
  const document = new DOMParser().parseFromString(xml, 'application/xml')
  const all = Array.from(document.getElementsByTagName('*'))
  return all.find((one) => one.localName === 'process')?.getAttribute('id') ?? ''
}
