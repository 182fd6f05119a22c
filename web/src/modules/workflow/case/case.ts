// A case as it is read, and what this person may do about it.

import type { RouteLocationRaw } from 'vue-router'
import { api, ask, type Shape } from '@/api/api'
import type { ProcessWords } from '../definitions/words'
import type { Answer, Schema } from '../form/schema'

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

/** A case; with the page of an open task of it that is one's own, so that its form is there. */
export async function readCase(id: string, signal: AbortSignal): Promise<Opened> {
  const params = { path: { case: id } }
  const whole = await ask(api.GET('/api/v1/cases/{case}', { params, signal }))
  for (const { task } of whole.tasks.slice(0, MOST_LOOKED_AT)) {
    const opened = await readTask(task, signal)
    if (opened.task?.mine) return opened
  }
  return { whole }
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

const isMe = (id: string, me: Me) => id !== '0' && (id === me.account || id === me.person)

/** What may be done with a task that lies before one, beside approving it. */
function ownVerbs(page: TaskPage, words: ProcessWords | undefined, me: Me): TaskVerb[] {
  const signed = page.signers.length > 0
  const decides = signed || words?.elements.get(page.task.element)?.decides === true
  const verbs: TaskVerb[] = decides ? ['reject'] : []
  if (page.whole.steps.some((step) => step.state === 'done')) verbs.push('send_back')
  if (!signed && page.task.assignee === '0') verbs.push('claim')
  if (!signed && isMe(page.task.assignee, me)) verbs.push('release')
  verbs.push('add_signer')
  if (signed) verbs.push('remove_signer')
  else verbs.push('delegate')
  return [...verbs, 'transfer', 'copy']
}

/** The last that was done with a task; telling others and urging is nothing that is taken back. */
function lastStep(whole: ShownCase): CaseEvent | undefined {
  return whole.events.find((event) => !['copy', 'urge', 'claim'].includes(event.verb))
}

/**
 * Whether the last step was this person's own, so that it may be taken back. What was sent back is
 * with others again: they answer it.
 */
function mayWithdraw(whole: ShownCase, me: Me): boolean {
  const last = lastStep(whole)
  return last !== undefined && last.account_name === me.name && isAnswer(last.verb)
}

/** The task that a verb is about: what is taken back is not the task that is shown, but one's own. */
export function taskOf(verb: TaskVerb, page: TaskPage): string {
  return (verb === 'withdraw' && lastStep(page.whole)?.task) || page.task.task
}

function isAnswer(verb: string): boolean {
  return ['approve', 'complete', 'reject'].includes(verb)
}

/** What somebody holds where a case stands: to manage it, to look people up. */
export interface Held {
  manages: boolean
  finds: boolean
}

/** What this person may do with a task; the server has the last word. */
export function verbsOf(
  page: TaskPage,
  words: ProcessWords | undefined,
  me: Me,
  held: Held,
): TaskVerb[] {
  const running = page.whole.head.status === 'running'
  if (!running) return []
  const verbs: TaskVerb[] = []
  if (page.mine && page.task.state === 'open') verbs.push(...ownVerbs(page, words, me))
  else if (page.task.state === 'open') {
    verbs.push('urge')
    if (held.manages) verbs.push('transfer')
  }
  if (mayWithdraw(page.whole, me)) verbs.push('withdraw')
  // Who cannot look anybody up can name nobody.
  return held.finds ? verbs : verbs.filter((verb) => !NEEDS_WHOM.has(verb))
}

export function caseVerbsOf(whole: ShownCase, manages: boolean): CaseVerb[] {
  if (!manages) return []
  if (whole.head.status === 'running') return ['suspend', 'end']
  return whole.head.status === 'suspended' ? ['resume', 'end'] : []
}

/** Where a task may be sent back to: steps that were done, the latest last. */
export function earlierSteps(whole: ShownCase): CaseStep[] {
  return whole.steps.filter((step) => step.state === 'done')
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

/** Where those talk who take part in a project, once it has begun. */
export function groupOf({ head, variables }: ShownCase): RouteLocationRaw | undefined {
  if (head.process !== 'project' || typeof variables.group !== 'string') return undefined
  return { name: 'liaison.group', params: { group: variables.group } }
}
