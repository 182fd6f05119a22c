// The papers of a case: what its steps ask to be on file, what is there, and putting it there.

import { api, ask, formBody, type Shape } from '@/api/api'
import { problemText } from '@/lib/problemText'
import type { ProcessWords } from '../definitions/words'
import type { ShownCase, TaskPage } from './case'

export type Material = Shape<'workflow.ShownMaterial'>

/** As the server takes them, by their content (docs/procedures.md). */
export const KINDS = ['PDF', 'JPEG', 'PNG', 'DOCX', 'XLSX', 'OFD']
export const ENDINGS = '.pdf,.jpg,.jpeg,.png,.docx,.xlsx,.ofd'
export const MOST_BYTES = 20 * 1024 ** 2
/** A case has no more, so that one page holds them all. */
const MOST_OF_CASE = 100

/** A line of the check-list, with the files that are there for it. */
export interface Line {
  key: string
  element: string
  /** The step's name in the process file, which is Chinese. */
  step: string
  material: string
  state: 'there' | 'missing' | 'ahead' | 'free'
  files: Material[]
}

/** With the material's name as people read it, in their language. */
export type ShownLine = Line & { label: string }

/** What no step asks for goes by this name, at any step. */
export const OTHER = 'other'

type Asked = Pick<Shape<'workflow.AskedMaterial'>, 'element' | 'step' | 'material' | 'state'>

/** What a task asks for by its process file: for those whom the case does not tell its list. */
function askedByTask(page: TaskPage | undefined, words: ProcessWords | undefined): Asked[] {
  if (!page?.mine || page.task.state !== 'open') return []
  const { element, name } = page.task
  const materials = words?.elements.get(element)?.materials ?? []
  return materials.map((material) => ({ element, step: name, material, state: 'missing' }))
}

/**
 * The check-list of a case. A file whose paper is on no list (of an earlier version of the process,
 * or of a case of which one is told only one's own) has a line, too.
 */
export function linesOf(
  whole: Pick<ShownCase, 'materials'>,
  files: readonly Material[],
  page?: TaskPage,
  words?: ProcessWords,
): Line[] {
  const lines = new Map<string, Line>()
  const keyOf = (one: { element: string; material: string }) => `${one.element} ${one.material}`
  const asked = whole.materials.length > 0 ? whole.materials : askedByTask(page, words)
  for (const { element, step, material, state } of asked) {
    const key = keyOf({ element, material })
    lines.set(key, { key, element, step, material, state: state as Line['state'], files: [] })
  }
  for (const file of files) {
    const { element, material } = file
    if (material === OTHER) continue
    const key = keyOf(file)
    const line = lines.get(key) ?? { key, element, step: '', material, files: [] }
    lines.set(key, { ...line, state: 'there', files: [...line.files, file] })
  }
  return [...lines.values()]
}

/**
 * Papers that no step asks for: one line for all of them. They are put at one's own step, or at one
 * that is open.
 */
export function otherLine(
  whole: Pick<ShownCase, 'tasks'>,
  files: readonly Material[],
  page: TaskPage | undefined,
  adds: boolean,
): Line | undefined {
  const others = files.filter((file) => file.material === OTHER)
  const mine = page?.mine && page.task.state === 'open' ? page.task : undefined
  const element = (mine ?? whole.tasks[0])?.element
  if (others.length === 0 && !(adds && element)) return undefined
  const state = others.length > 0 ? 'there' : 'free'
  const line = { key: OTHER, element: element ?? '', step: '', material: OTHER }
  return { ...line, state, files: others }
}

const isOver = (whole: ShownCase) => !/^(running|suspended)$/.test(whole.head.status)

/** Whether this person may put papers on file; the server has the last word. */
export function mayAdd(whole: ShownCase, page: TaskPage | undefined, manages: boolean): boolean {
  if (isOver(whole)) return false
  return manages || (page?.mine === true && page.task.state === 'open')
}

/** Whether this person may take a paper off: who put it there, or manages the case. */
export function mayRemove(whole: ShownCase, file: Material, manages: boolean): boolean {
  return !isOver(whole) && (manages || file.mine)
}

/** Why a file is not even sent. */
export function refusalOf(file: { size: number }): 'empty' | 'too_large' | undefined {
  if (file.size === 0) return 'empty'
  return file.size > MOST_BYTES ? 'too_large' : undefined
}

export async function readMaterials(id: string, signal: AbortSignal): Promise<Material[]> {
  const params = { path: { case: id }, query: { limit: MOST_OF_CASE } }
  return (await ask(api.GET('/api/v1/cases/{case}/materials', { params, signal }))).items
}

export type Paper = Pick<Line, 'element' | 'material'>

export async function sendMaterial(id: string, paper: Paper, file: File): Promise<Material> {
  const form = new FormData()
  form.append('element', paper.element)
  form.append('material', paper.material)
  form.append('file', file, file.name)
  const params = { path: { case: id } }
  return ask(api.POST('/api/v1/cases/{case}/materials', { params, ...formBody(form) }))
}

export function removeMaterial(material: string) {
  return ask(api.DELETE('/api/v1/materials/{material}', { params: { path: { material } } }))
}

/** Where a paper is fetched; its answer has the file's own name. */
export const fileOf = (material: string) => `/api/v1/materials/${material}`

export interface Refused {
  name: string
  why: string
}

/** Sends files one after the other; one that is refused does not keep the others back. */
export async function sendAll(
  files: readonly File[],
  send: (file: File, place: number) => Promise<Pick<Material, 'name'>>,
): Promise<{ added: string[]; refused: Refused[] }> {
  const added: string[] = []
  const refused: Refused[] = []
  for (const [place, file] of files.entries()) {
    try {
      added.push((await send(file, place)).name) // as it is kept
    } catch (error) {
      refused.push({ name: file.name, why: problemText(error) })
    }
  }
  return { added, refused }
}
