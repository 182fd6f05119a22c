// Tasks as they lie before one, and what is done with many of them at once.

import { api, ask, type Page, type Shape } from '@/api/api'
import { today } from '@/lib/format'

export type Task = Shape<'workflow.ShownTask'>
export type BatchItem = Shape<'workflow.BatchItem'>

/** Of a page of the list; of the first page's. */
const PAGE = 50
const MOST_SHOWN_AT_HOME = 5

export async function readTasks(
  process: string,
  after: string | undefined,
  signal: AbortSignal,
  limit = PAGE,
): Promise<Page<Task>> {
  const query = { limit, ...(process && { process }), ...(after && { after }) }
  return ask(api.GET('/api/v1/tasks', { params: { query }, signal }))
}

export async function readFirst(signal: AbortSignal) {
  const page = await readTasks('', undefined, signal, MOST_SHOWN_AT_HOME)
  return { items: page.items, more: page.next !== null }
}

/** The day of a moment. */
export function dayOf(ms: string | number): string {
  return today(Number(ms))
}

export type Urgency = 'late' | 'today' | 'soon' | 'later' | 'none'
const SOON_DAYS = 7

/** How a task stands to its due day. */
export function urgencyOf(task: Pick<Task, 'due_ms' | 'late'>, now = Date.now()): Urgency {
  if (task.due_ms === null) return 'none'
  const due = Number(task.due_ms)
  if (task.late || due < now) return 'late'
  if (dayOf(due) === today(now)) return 'today'
  return due < now + SOON_DAYS * 86_400_000 ? 'soon' : 'later'
}

export async function startBatch(verb: 'approve' | 'reject', tasks: string[], reason: string) {
  const body = { verb, tasks, ...(reason && { reason }) }
  return ask(api.POST('/api/v1/task-batches', { body }))
}

export async function readBatch(
  job: string,
  after: string | undefined,
  signal: AbortSignal,
): Promise<Page<BatchItem>> {
  const params = { path: { job }, query: { ...(after && { after }) } }
  return ask(api.GET('/api/v1/task-batches/{job}', { params, signal }))
}
