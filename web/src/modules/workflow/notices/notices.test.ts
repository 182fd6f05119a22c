import { expect, it } from 'vitest'
import type { Mention } from '@/modules/liaison/public'
import {
  copyOf,
  inOrder,
  isLink,
  letterTold,
  saidOf,
  schemasOf,
  withinTold,
  type Notice,
} from './notices'

const form = {
  properties: {
    kind: {
      type: 'string',
      title: '种类',
      enum: ['lecture'],
      'x-enum': { lecture: { zh: '党课', en: 'Party lecture' } },
    },
    planned_on: { type: 'string', format: 'date', title: '日期' },
    planned_at: { type: 'string', format: 'time', title: '时间' },
    open: { type: 'boolean', title: '公开' },
    agenda: {
      type: 'array',
      title: '议题',
      items: {
        type: 'object',
        properties: {
          topic: { type: 'string', title: '议题' },
          vote: { type: 'boolean', title: '要表决' },
        },
      },
    },
  },
}
const later = { properties: { kind: { type: 'string', title: '别的' } } }
const files = [
  { name: 'meeting.dmn', content: '<definitions/>' },
  { name: 'plan.json', content: JSON.stringify(form) },
  { name: 'roster.json', content: JSON.stringify(later) },
]
const words = { day: (day: string) => `<${day}>`, yes: '是', no: '否' }

it('says what a notice holds in the words of the first form that has it', () => {
  const says = {
    kind: 'lecture',
    planned_on: '2026-12-01',
    planned_at: '14:30:00',
    open: false,
    agenda: [
      { topic: '年度计划', vote: true },
      { topic: '通报党费', vote: false },
    ],
    unknown: 'x',
    topic: null,
  }
  expect(saidOf(says, schemasOf(files), words)).toEqual([
    { name: 'kind', title: '种类', lines: ['党课'] },
    { name: 'planned_on', title: '日期', lines: ['<2026-12-01>'] },
    { name: 'planned_at', title: '时间', lines: ['14:30'] },
    { name: 'open', title: '公开', lines: ['否'] },
    { name: 'agenda', title: '议题', lines: ['年度计划 · 要表决', '通报党费'] },
  ])
  expect(saidOf(says, undefined, words)).toEqual([])
  expect(saidOf({ agenda: [] }, schemasOf(files), words)).toEqual([])
})

it.each([
  ['https://meeting.example/1', true],
  ['javascript:alert(1)', false],
  ['http://meeting.example/1', false],
  ['https://a b', false],
])('%s is a link: %s', (text, is) => expect(isLink(text)).toBe(is))

it('tells of a task that was copied what it says, and of others nothing', () => {
  const says = { task: '7', step: '签收', reason: 7 }
  expect(copyOf({ message: 'task.copied', says })).toEqual({
    task: '7',
    step: '签收',
    reason: '',
    due_ms: '',
  })
  const due = { task: '7', step: '签收', due_ms: '1780000000000' }
  expect(copyOf({ message: 'task.reminded', says: due })).toEqual({ ...due, reason: '' })
  expect(copyOf({ message: 'meeting.notice', says })).toBeUndefined()
})

it('shows what comes from two lists in one order, and nothing before its turn', () => {
  const notice = (sent_ms: string) => ({ sent_ms }) as Notice
  const mention = (at_ms: string) => ({ at_ms }) as Mention
  const notices = [notice('9'), notice('5')]
  const mentions = [mention('7'), mention('2')]
  const at = (moreNotices: boolean, moreMentions: boolean) =>
    inOrder({ items: notices, more: moreNotices }, { items: mentions, more: moreMentions }).map(
      (line) => line.at,
    )
  expect(at(false, false)).toEqual([9, 7, 5, 2])
  expect(at(true, false)).toEqual([9, 7, 5])
  expect(at(false, true)).toEqual([9, 7, 5, 2])
  expect(inOrder({ items: [], more: false }, { items: [], more: false })).toEqual([])
})

it('tells of a letter by its number and last day, and of nothing else', () => {
  const says = { letter_number: '2026-0003', letter: { expires_on: '2026-05-01' } }
  expect(letterTold({ message: 'transfer.told_issued', says })).toEqual({
    name: 'workflow.letter_told_issued',
    sentence: 'workflow.letter_told_issued_text',
    number: '2026-0003',
    until: '2026-05-01',
  })
  expect(letterTold({ message: 'transfer.told_lost', says: {} })?.number).toBe('')
  expect(letterTold({ message: 'meeting.notice', says })).toBeUndefined()
})

it('tells of a transfer within a committee when it was approved', () => {
  expect(
    withinTold({ message: 'transfer_within.told_done', says: { accepted_on: '2026-05-01' } }),
  ).toEqual({
    name: 'workflow.within_told_done',
    sentence: 'workflow.within_told_done_text',
    number: '',
    until: '2026-05-01',
  })
  expect(withinTold({ message: 'transfer_within.told_dropped', says: {} })?.until).toBe('')
  expect(withinTold({ message: 'transfer.told_dropped', says: {} })).toBeUndefined()
})
