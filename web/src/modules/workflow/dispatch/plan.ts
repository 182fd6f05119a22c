// A task for many as it is drawn up: what, to whom, what it asks for; and what of it is sent.

import type { Shape } from '@/api/api'
import { today } from '@/lib/format'
import { addDays } from '@/lib/days'
import type { Problem } from '@/lib/problem'
import type { MemberView } from '@/modules/dossier/public'

export type Estimate = Shape<'workflow.DispatchEstimate'>
export const FIELD_TYPES = ['text', 'number', 'date'] as const
export type FieldType = (typeof FIELD_TYPES)[number]

/** Asked for beside the result; `id` names it to the server, which a changed title does not. */
export interface AskedField {
  id: number
  title: string
  type: FieldType
  required: boolean
}

export interface Plan {
  /** Empty: where the role is held that sends. */
  sender: string
  title: string
  content: string
  basis: string
  until: string
  minutes?: number | undefined
  to: 'below' | 'named'
  /** Empty: the sender. */
  below: string
  /** Empty: the Party's. */
  structure: string
  /** Empty: whatever stands there. */
  kind: string
  /** Only where a light of it is lit; empty: wherever. */
  rule: string
  /** Only where members are in it. */
  view?: MemberView | undefined
  named: string[]
  fields: AskedField[]
}

export interface Body {
  title: string
  content: string
  basis: string
  until: string
  minutes: string
  organisations?: string[]
  below?: string
  structure?: string
  kind?: string
  rule?: string
  members?: Record<string, string>
  fields?: Record<string, unknown>
}

/** As the server's. */
export const MOST_FIELDS = 50
export const MOST_MINUTES = 100_000
const USUAL_DAYS = 14
const USUAL_KIND = 'branch'
/** Stands for what is not typed yet, so that the cost can be told while it is. */
const BLANK = '—'
const ASKED_FIELDS = 'variables.asked_fields'

export function emptyPlan(now = today()): Plan {
  return {
    sender: '',
    title: '',
    content: '',
    basis: '',
    until: addDays(now, USUAL_DAYS),
    minutes: undefined,
    to: 'below',
    below: '',
    structure: '',
    kind: USUAL_KIND,
    rule: '',
    view: undefined,
    named: [],
    fields: [],
  }
}

export function isPlan(value: unknown): value is Plan {
  const plan = value as Partial<Plan> | null
  return typeof plan?.title === 'string' && Array.isArray(plan.named) && Array.isArray(plan.fields)
}

const nameOfField = (field: AskedField) => `item_${field.id}`
const filled = (field: AskedField) => field.title.trim() !== ''

function schemaOf(field: AskedField): Record<string, string> {
  const title = field.title.trim()
  if (field.type === 'number') return { type: 'number', title }
  if (field.type === 'date') return { type: 'string', format: 'date', title }
  return { type: 'string', title }
}

/** The fields as the server takes them; undefined where nothing is asked for. */
export function fieldsOf(fields: readonly AskedField[]): Record<string, unknown> | undefined {
  const asked = fields.filter(filled)
  if (asked.length === 0) return undefined
  return {
    properties: Object.fromEntries(asked.map((one) => [nameOfField(one), schemaOf(one)])),
    required: asked.filter((one) => one.required).map(nameOfField),
  }
}

function receiversOf(plan: Plan): Partial<Body> {
  const structure = plan.structure ? { structure: plan.structure } : {}
  if (plan.to === 'named') return { ...structure, organisations: plan.named }
  return {
    ...structure,
    ...(plan.below && { below: plan.below }),
    // Everything below is a choice as well, and has to be said.
    ...((plan.kind || !(plan.below || plan.rule || plan.view)) && { kind: plan.kind }),
    ...(plan.rule && { rule: plan.rule }),
    ...(plan.view && { members: plan.view.filters }),
  }
}

export function bodyOf(plan: Plan): Body {
  const fields = fieldsOf(plan.fields)
  return {
    title: plan.title.trim(),
    content: plan.content.trim(),
    basis: plan.basis.trim(),
    until: plan.until,
    minutes: String(plan.minutes ?? ''),
    ...receiversOf(plan),
    ...(fields && { fields }),
  }
}

/** What can be reckoned of a plan before all of it is typed; undefined while it goes to nobody. */
export function trialOf(plan: Plan, now = today()): Body | undefined {
  if (plan.to === 'named' && plan.named.length === 0) return undefined
  const body = bodyOf(plan)
  return {
    ...body,
    title: body.title || BLANK,
    content: body.content || BLANK,
    basis: body.basis || BLANK,
    until: body.until >= now ? body.until : addDays(now, USUAL_DAYS),
    minutes: minutesFit(plan.minutes) ? body.minutes : '1',
  }
}

export function minutesFit(minutes: number | undefined): boolean {
  return (
    minutes !== undefined && Number.isInteger(minutes) && minutes >= 1 && minutes <= MOST_MINUTES
  )
}

export type Part = 'title' | 'content' | 'basis' | 'until' | 'minutes' | 'named'

/** Parts that are still missing, or are not right. */
export function wrongIn(plan: Plan, now = today()): Part[] {
  const wrong: Part[] = []
  for (const part of ['title', 'content', 'basis'] as const)
    if (!plan[part].trim()) wrong.push(part)
  if (!plan.until || plan.until < now) wrong.push('until')
  if (!minutesFit(plan.minutes)) wrong.push('minutes')
  if (plan.to === 'named' && plan.named.length === 0) wrong.push('named')
  return wrong
}

/** The same went to the same just now. */
export const isTwice = (problem: Problem | undefined) => problem?.code === 'workflow.dispatch_twice'

/** Whether it is what else is asked for that was refused. */
export function refusesFields(problem: Problem | undefined): boolean {
  return problem?.path?.startsWith(ASKED_FIELDS) ?? false
}

/** Why a field is refused: it stands somewhere already, say. */
export function refusalOf(problem: Problem | undefined, field: AskedField): string | undefined {
  if (problem?.path !== `${ASKED_FIELDS}.${nameOfField(field)}`) return undefined
  return problem.detail || problem.title
}

/** A field more, with a name that none has or had. */
export function withField(fields: readonly AskedField[]): AskedField[] {
  const id = Math.max(0, ...fields.map((one) => one.id)) + 1
  return [...fields, { id, title: '', type: 'text', required: true }]
}

const DAY_HOURS = 8

/** Minutes as people reckon work: hours with one decimal from an hour on, days from a day on. */
export function effortOf(minutes: number): { minutes: number; hours: number; days: number } {
  const hours = Math.round(minutes / 6) / 10
  const days = Math.round((minutes / 60 / DAY_HOURS) * 10) / 10
  return { minutes, hours: minutes < 60 ? 0 : hours, days: minutes < 60 * DAY_HOURS ? 0 : days }
}
