// A case as it is read, and what this person may do about it: the server says which verbs.

import type { RouteLocationRaw } from 'vue-router'
import { api, ask, type Shape } from '@/api/api'
import type { ProcessWords } from '../definitions/words'
import { fieldsOf, kindOf, type Answer, type Schema } from '../form/schema'

export type ShownCase = Shape<'workflow.ShownCase'>
export type TaskPage = Shape<'workflow.TaskPage'>
export type CaseStep = Shape<'workflow.CaseStep'>
export type CaseEvent = Shape<'workflow.CaseEvent'>
export type Advanced = Shape<'workflow.Advanced'>
export type TaskVerb =
  | 'claim'
  | 'release'
  | 'approve'
  | 'reject'
  | 'send_back'
  | 'withdraw'
  | 'add_signer'
  | 'remove_signer'
  | 'delegate'
  | 'transfer'
  | 'copy'
  | 'urge'
export type CaseVerb = 'suspend' | 'resume' | 'end'

/** What is shown: a case, with the task through which it was opened, if by one. */
export interface Opened {
  whole: ShownCase
  task?: TaskPage
}

export interface Me {
  account: string
  person: string
  name: string
  roles: readonly { role: string; organisation: string }[]
}

/** Open tasks of a case that are looked at for one that is one's own. */
const MOST_LOOKED_AT = 8

export async function readTask(task: string, signal: AbortSignal): Promise<Opened> {
  const page = await ask(api.GET('/api/v1/tasks/{task}', { params: { path: { task } }, signal }))
  return { whole: page.whole, task: page }
}

/**
 * A case; with the page of an open task of it that is one's own, so that its form is there. Where
 * none is, with that of another's, which may be urged or given away, or of the task by which one
 * may take back what one did.
 */
export async function readCase(id: string, signal: AbortSignal): Promise<Opened> {
  const params = { path: { case: id } }
  const whole = await ask(api.GET('/api/v1/cases/{case}', { params, signal }))
  let others: TaskPage | undefined
  for (const { task } of whole.tasks.slice(0, MOST_LOOKED_AT)) {
    const opened = await readTask(task, signal)
    if (opened.task?.mine) return opened
    others ??= opened.task
  }
  if (!others && whole.withdrawable !== '0')
    others = (await readTask(whole.withdrawable, signal)).task
  return others ? { whole, task: { ...others, whole } } : { whole }
}

/** Verbs that ask for a person, a reason, a step. */
export const NEEDS_WHOM: ReadonlySet<string> = new Set([
  'add_signer',
  'remove_signer',
  'delegate',
  'transfer',
  'copy',
])
export const NEEDS_REASON: ReadonlySet<string> = new Set([
  'reject',
  'send_back',
  'withdraw',
  'suspend',
  'end',
])

/** Also where a manager gives away what lies before somebody else. */
export function needsReason(verb: string, page: TaskPage): boolean {
  return NEEDS_REASON.has(verb) || (verb === 'transfer' && !page.mine)
}

const isMe = (id: string, me: Me) => id !== '0' && (id === me.account || id === me.person)

/** The server knows whether what one did last may still be taken back, and by which task. */
const mayWithdraw = ({ withdrawable }: ShownCase) => withdrawable !== '0'

/** The task that a verb is about: what is taken back is not the task that is shown, but one's own. */
export function taskOf(verb: TaskVerb, page: TaskPage): string {
  const { withdrawable } = page.whole
  return verb === 'withdraw' && withdrawable !== '0' ? withdrawable : page.task.task
}

/**
 * What this person may do with a task: what the server says it would not refuse. Who cannot look
 * anybody up can name nobody.
 */
export function verbsOf(page: TaskPage, finds: boolean): TaskVerb[] {
  const verbs = page.verbs as TaskVerb[]
  const all: TaskVerb[] = mayWithdraw(page.whole) ? [...verbs, 'withdraw'] : verbs
  return finds ? all : all.filter((verb) => !NEEDS_WHOM.has(verb))
}

/** The open tasks of a case that this person may urge. */
export function urgeable({ tasks, offered }: ShownCase): ShownCase['tasks'] {
  const may = new Set(offered.filter((one) => one.verbs.includes('urge')).map(({ task }) => task))
  return tasks.filter(({ task }) => may.has(task))
}

/** The steps of a case that a task may be sent back to, in their order. */
export function earlierSteps(page: TaskPage): CaseStep[] {
  return page.whole.steps.filter((step) => page.back.includes(step.element))
}

/** What lies below a place of a case: who stands there only does not speak for the place. */
const BELOW: Record<string, readonly string[]> = {
  committee: ['branch', 'organisation'],
  department: ['branch', 'committee', 'organisation'],
  superior: ['organisation', 'branch'],
}

/** Whether a role is held there; where nobody holds it the next above may, so above counts as well. */
function speaksFor(whole: ShownCase, role: string, at: string, me: Me): boolean {
  if (at === 'person') return isMe(whole.head.person, me)
  const place = whole.variables[at]
  const below = (BELOW[at] ?? []).map((name) => whole.variables[name])
  return (
    !role ||
    me.roles.some(
      (one) =>
        one.role === role && (one.organisation === place || !below.includes(one.organisation)),
    )
  )
}

/** Messages that the case waits for and that this person may send, by what the file says. */
export function messagesOf(whole: ShownCase, words: ProcessWords | undefined, me: Me) {
  if (!words || whole.head.status !== 'running') return []
  const waited = new Set(whole.messages)
  const found = [...words.elements.values()].filter(
    (one) =>
      waited.has(one.message) &&
      /^(boundaryEvent|intermediateCatchEvent|receiveTask)$/.test(one.kind) &&
      speaksFor(whole, one.role, one.at, me),
  )
  // More than one step may wait for the same: what is said stands at the one that goes on.
  const here = new Set(whole.at)
  found.sort((one, other) => Number(here.has(one.attached)) - Number(here.has(other.attached)))
  return [...new Map(found.map((one) => [one.message, one])).values()]
}

export interface TaskAct {
  verb: TaskVerb
  reason?: string
  whom?: string
  to?: string
  before?: boolean
  variables?: Answer
  revision?: string
}

export function actOnTask(key: string, task: string, act: TaskAct): Promise<Advanced> {
  const params = { path: { task }, header: { 'Idempotency-Key': key } }
  return ask(api.POST('/api/v1/tasks/{task}/actions', { params, body: act }))
}

export function actOnCase(key: string, id: string, verb: CaseVerb, reason: string) {
  const params = { path: { case: id }, header: { 'Idempotency-Key': key } }
  const body = { verb, ...(reason && { reason }) }
  return ask(api.POST('/api/v1/cases/{case}/actions', { params, body }))
}

export function sendMessage(key: string, id: string, name: string, variables: Answer) {
  const params = { path: { case: id }, header: { 'Idempotency-Key': key } }
  return ask(api.POST('/api/v1/cases/{case}/messages', { params, body: { name, variables } }))
}

/**
 * What the case holds for a form. A text that another step wrote under the same name, an opinion, is
 * not whoever has this step's own: theirs begins empty.
 */
export function ownVariables({ task, whole }: TaskPage, form: Schema): Answer {
  const own: Answer = { ...(whole.variables as Answer) }
  for (const [name, schema] of fieldsOf(form)) {
    const writers = whole.entered.filter((step) => step.fields.some((one) => one.name === name))
    const others = writers.length > 0 && writers.every((step) => step.element !== task.element)
    if (kindOf(schema) === 'lines' && others) delete own[name]
  }
  return own
}

/** The form of a task, if it has one. */
export function formOf(page: TaskPage | undefined): Schema | undefined {
  const form = page?.form as Schema | undefined
  return form?.properties ? form : undefined
}

interface Finding {
  ok?: boolean
  verdict?: string
  reason?: string
}

/** Verdicts upon which what was filled in is asked for again. */
const AGAIN: ReadonlySet<string> = new Set(['wrong', 'again', 'no_quorum'])

/** Why the case stands at the same step again: what a check of the program said. */
export function refusedCheck(whole: ShownCase, checks: readonly string[]): string {
  for (const name of [...checks, 'check']) {
    const found = whole.variables[name] as Finding | null | undefined
    if (found?.ok === false || AGAIN.has(found?.verdict ?? '')) return found?.reason ?? ''
  }
  return ''
}

/**
 * Whether a step is to be done again, since what was sent did not pass its check. Where that cannot
 * be read it is taken as done, as the answer said.
 */
export async function cameBack(
  advanced: Advanced,
  element: string,
  checks: readonly string[],
): Promise<boolean> {
  const [next] = advanced.opened
  if (!next || advanced.status !== 'running') return false
  try {
    const { task, whole } = await readTask(next, new AbortController().signal)
    return task?.task.element === element && refusedCheck(whole, checks) !== ''
  } catch {
    return false
  }
}

/** From when an election has its candidates, their ballot box may be opened. */
export function boxesOf({ head, variables }: ShownCase): RouteLocationRaw | undefined {
  if (head.process !== 'election' || !variables.ballot_names) return undefined
  return { name: 'election.boxes', query: { at: head.organisation, case: head.case_id } }
}

/** The letter that a transfer issued, or the receipt of one that came from outside; by the task, where no more of the case is seen. */
export function letterOf(
  { head, variables }: ShownCase,
  task: string | undefined,
): RouteLocationRaw | undefined {
  const received = variables.outside_issuer && variables.joined_branch_on
  if (!variables.letter_code && !received) return undefined
  return { name: 'workflow.letter', params: { id: head.case_id }, query: task ? { task } : {} }
}

/** Where those talk who take part in a project, once it has begun. */
export function groupOf({ head, variables }: ShownCase): RouteLocationRaw | undefined {
  if (head.process !== 'project' || typeof variables.group !== 'string') return undefined
  return { name: 'liaison.group', params: { group: variables.group } }
}

/** The year, not announced yet, on which the day of a step rests; none: it stands. */
export function provisionalYear(whole: ShownCase, element: string): number | undefined {
  const found = whole.moments.find(
    (one) => one.element === element && one.provisional_year !== null,
  )
  return found?.provisional_year ?? undefined
}

/** What a case waits for, where it goes on by itself on a day. */
export function waitsFor(whole: ShownCase) {
  if (whole.head.status !== 'running') return []
  const here = new Set(whole.at)
  return whole.moments.filter((one) => one.kind === 'earliest' && here.has(one.element))
}
