// Notices that procedures send to members: of a meeting, of its cancelling; what each says, in the
// words of the forms in which it was filled in.

import { api, ask, type Page, type Shape } from '@/api/api'
import type { Mention } from '@/modules/liaison/public'
import { readDefinition, readProcesses } from '../definitions/definitions'
import { choicesOf, fieldsOf, kindOf, titleOf, type Schema } from '../form/schema'

export type Notice = Shape<'workflow.ShownNotice'>

const PAGE = 50

export function readNotices(after: string | undefined, signal: AbortSignal): Promise<Page<Notice>> {
  const params = { query: { limit: PAGE, ...(after && { after }) } }
  return ask(api.GET('/api/v1/case-notices', { params, signal }))
}

/** A line of the page: a notice of a procedure, or a note that mentions this person. */
export interface Line {
  at: number
  notice?: Notice
  mention?: Mention
}

interface Read<Item> {
  items: readonly Item[]
  /** Whether there are older ones that were not read yet. */
  more: boolean
}

/** Both, the latest first; none that is older than what one of them has yet to read. */
export function inOrder(notices: Read<Notice>, mentions: Read<Mention>): Line[] {
  const told: Line[] = notices.items.map((notice) => ({ at: Number(notice.sent_ms), notice }))
  const said: Line[] = mentions.items.map((mention) => ({ at: Number(mention.at_ms), mention }))
  const since = Math.max(
    notices.more ? (told.at(-1)?.at ?? 0) : 0,
    mentions.more ? (said.at(-1)?.at ?? 0) : 0,
  )
  return [...told, ...said].filter((line) => line.at >= since).sort((one, two) => two.at - one.at)
}

/** Of each process, what its forms call their fields. */
export type Forms = ReadonlyMap<string, ReadonlyMap<string, Schema>>

/** The message by which a task was shown to somebody (抄送). */
export const COPIED = 'task.copied'

/** The message that a task will be due soon. */
export const REMINDED = 'task.reminded'

/** What a task that was shown, or that will be due, says of itself; nothing of other notices. */
export function copyOf(notice: Pick<Notice, 'message' | 'says'>) {
  if (notice.message !== COPIED && notice.message !== REMINDED) return undefined
  const { task, step, reason, due_ms } = notice.says as Record<string, unknown>
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return { task: text(task), step: text(step), reason: text(reason), due_ms: text(due_ms) }
}

/** What became of a letter of introduction: the words of each message, under `workflow.letter_`. */
const LETTER_MESSAGES: Record<string, string> = {
  'transfer.told_issued': 'told_issued',
  'transfer.told_lost': 'told_lost',
  'transfer.told_expired': 'told_expired',
  'transfer.told_reissued': 'told_reissued',
  'transfer.told_dropped': 'told_dropped',
  'transfer.told_withdrawn': 'told_withdrawn',
  'transfer.told_returned': 'told_returned',
  'transfer.reminder': 'told_overdue',
  'transfer.stub_reminder': 'told_no_stub',
}

/** What a notice tells of a letter: keys of its name and its sentence, its number and last day. */
export function letterTold(notice: Pick<Notice, 'message' | 'says'>) {
  const word = LETTER_MESSAGES[notice.message]
  if (!word) return undefined
  const { letter_number: number, letter } = notice.says as Record<string, unknown>
  const { expires_on: until } = (letter ?? {}) as Record<string, unknown>
  return {
    name: `workflow.letter_${word}`,
    sentence: `workflow.letter_${word}_text`,
    number: typeof number === 'string' ? number : '',
    until: typeof until === 'string' ? until : '',
  }
}

/** What became of a transfer within one committee: its words, under `workflow.within_`. */
const WITHIN_MESSAGES: Record<string, string> = {
  'transfer_within.told_done': 'told_done',
  'transfer_within.told_dropped': 'told_dropped',
}

/** The same of a transfer within one committee, of which the day is that of the approval. */
export function withinTold(notice: Pick<Notice, 'message' | 'says'>) {
  const word = WITHIN_MESSAGES[notice.message]
  if (!word) return undefined
  const { accepted_on: day } = notice.says as Record<string, unknown>
  return {
    name: `workflow.within_${word}`,
    sentence: `workflow.within_${word}_text`,
    number: '',
    until: typeof day === 'string' ? day : '',
  }
}

/** Of several forms the first that has a field says what it is called. */
export function schemasOf(files: readonly { name: string; content: string }[]) {
  const schemas = new Map<string, Schema>()
  for (const { name, content } of files) {
    if (!name.endsWith('.json')) continue
    for (const [field, schema] of fieldsOf(JSON.parse(content) as Schema))
      if (!schemas.has(field)) schemas.set(field, schema)
  }
  return schemas
}

export async function readForms(wanted: readonly string[], signal: AbortSignal): Promise<Forms> {
  const versions = (await readProcesses(signal)).filter((one) => wanted.includes(one.process))
  const definitions = await Promise.all(versions.map(({ id }) => readDefinition(id)))
  return new Map(definitions.map((one) => [one.process, schemasOf(one.files)]))
}

export interface Said {
  name: string
  title: string
  /** Several, one a line: an agenda. */
  lines: string[]
}

interface Words {
  day: (day: string) => string
  yes: string
  no: string
}

const TIME = /^(\d{2}:\d{2}):\d{2}$/

function textOf(schema: Schema, value: unknown, words: Words): string {
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return ''
  const choice = choicesOf(schema).find((one) => one.value === value)
  if (choice) return choice.text
  if (schema.format === 'time') return TIME.exec(value)?.[1] ?? value
  return kindOf(schema) === 'date' ? words.day(value) : value
}

/** A row of a list, by its texts; what is only ticked says its own title. */
function rowOf(schema: Schema | undefined, row: unknown, words: Words): string {
  if (typeof row !== 'object' || row === null) return textOf(schema ?? {}, row, words)
  const values = row as Record<string, unknown>
  const parts = Object.entries(schema?.properties ?? {}).map(([name, field]) => {
    if (values[name] === true) return titleOf(field, name)
    return values[name] === false ? '' : textOf(field, values[name], words)
  })
  return parts.filter(Boolean).join(' · ')
}

/** What a notice says, field by field; of fields that no form knows nothing can be told. */
export function saidOf(
  says: Record<string, unknown>,
  schemas: ReadonlyMap<string, Schema> | undefined,
  words: Words,
): Said[] {
  return Object.entries(says).flatMap(([name, value]) => {
    const schema = schemas?.get(name)
    if (!schema) return []
    const lines = Array.isArray(value)
      ? value.map((row) => rowOf(schema.items, row, words))
      : [textOf(schema, value, words)]
    const told = lines.filter(Boolean)
    return told.length > 0 ? [{ name, title: titleOf(schema, name), lines: told }] : []
  })
}

export const isLink = (text: string) => /^https:\/\/\S+$/.test(text)
