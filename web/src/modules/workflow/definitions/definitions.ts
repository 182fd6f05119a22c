// Versions of processes as they were deployed. A version never changes: each is read once.

import { computed } from 'vue'
import { api, ask, type Shape } from '@/api/api'
import { useLoad } from '@/api/useLoad'
import { language } from '@/lib/texts'
import { readWords, type ElementWords, type ProcessWords, type Said } from './words'

export type Version = Shape<'workflow.ProcessVersion'>
export interface Definition {
  id: string
  process: string
  version: number
  xml: string
  files: Shape<'workflow.VersionFile'>[]
  words: ProcessWords
  /** The articles that its files name, each with its English. */
  articles: Record<string, string>
  /** The English of what its drawing says in Chinese alone. */
  labels: Record<string, string>
}

const held = new Map<string, Promise<Definition>>()

async function fetched(definition: string): Promise<Definition> {
  const address = '/api/v1/process-definitions/{definition}'
  const shown = await ask(api.GET(address, { params: { path: { definition } } }))
  const { xml, files, version } = shown
  const words = readWords(xml)
  const articles = shown.articles as Record<string, string>
  for (const one of words.elements.values()) one.basisEn = articles[one.basis] ?? ''
  const { process, version: number } = version
  const labels = shown.labels as Record<string, string>
  return { id: definition, process, version: number, xml, files, words, articles, labels }
}

export function readDefinition(definition: string): Promise<Definition> {
  let found = held.get(definition)
  if (!found) {
    found = fetched(definition)
    held.set(definition, found)
    found.catch(() => held.delete(definition)) // another try asks again
  }
  return found
}

/** The latest version of each process. */
export async function readProcesses(signal: AbortSignal): Promise<Version[]> {
  return (await ask(api.GET('/api/v1/process-definitions', { signal }))).items
}

/** All versions of a process, the latest first. */
export async function readVersions(process: string, signal: AbortSignal): Promise<Version[]> {
  const params = { query: { process } }
  return (await ask(api.GET('/api/v1/process-definitions', { params, signal }))).items
}

/** What a process and its steps are called; the steps by their ids. */
export interface Names {
  name: string
  en: string
  elements: ReadonlyMap<string, { name: string; en: string }>
}

/** An element's name in the user's language; Chinese is the file's own. */
export function nameOf(words: Names | undefined, element: string, name: string): string {
  const found = words?.elements.get(element)
  return (language() === 'en' && found?.en) || name || found?.name || element
}

/** Lists tell a step by the name in its file, which more than one may have. */
export function elementsNamed<Element extends { name: string }>(
  words: { elements: ReadonlyMap<string, Element> } | undefined,
  name: string,
): Element[] {
  return [...(words?.elements.values() ?? [])].filter((one) => one.name === name)
}

export function processName(words: Names | undefined, name: string): string {
  return (language() === 'en' && words?.en) || name || words?.name || ''
}

/** A paper's name in the user's language; Chinese is the file's own. */
export function paperName(words: ProcessWords | undefined, element: string, name: string): string {
  const found = words?.elements.get(element)
  const place = found?.materials.indexOf(name) ?? -1
  return (language() === 'en' && found?.materialsEn[place]) || name
}

/** The article that a step rests on, in the user's language; empty where there is none. */
export function basisOf(words: ProcessWords | undefined, element: string): string {
  const found = words?.elements.get(element)
  return (language() === 'en' && found?.basisEn) || found?.basis || ''
}

/** What an answer of a step is called in the user's language; empty: as with any other step. */
export function answerOf(words: ElementWords | undefined, answer: 'yes' | 'no'): string {
  const own = words?.answers[answer] ?? ''
  return (language() === 'en' && words?.answers[`${answer}En`]) || own
}

/** What a file says of something, in the user's language; in Chinese where it says no other. */
export function textOf(said: Said | undefined): string {
  return (language() === 'en' && said?.textEn) || said?.text || ''
}

async function readNames(signal: AbortSignal): Promise<Map<string, Names>> {
  const { items } = await ask(api.GET('/api/v1/process-names', { signal }))
  return new Map(
    items.map(({ process, name, en, steps }) => [
      process,
      { name, en, elements: new Map(steps.map((step) => [step.element, step])) },
    ]),
  )
}

/** The names of every process's latest version, for lists in English: by the process's id. */
export function useEnglish() {
  const load = useLoad(
    () => language() === 'en' || undefined,
    (_, signal) => readNames(signal),
  )
  const none: Map<string, Names> = new Map() // where they cannot be had, Chinese names stand
  return computed(() =>
    language() === 'en' ? (load.data.value ?? (load.problem.value && none)) : undefined,
  )
}
