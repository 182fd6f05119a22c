import { describe, expect, it } from 'vitest'
import { Problem } from '@/lib/problem'
import {
  bodyOf,
  effortOf,
  emptyPlan,
  fieldsOf,
  isPlan,
  refusalOf,
  refusesFields,
  trialOf,
  withField,
  wrongIn,
  type AskedField,
  type Plan,
} from './plan'

const NOW = '2026-11-28'
const plan = (change: Partial<Plan> = {}): Plan => ({
  ...emptyPlan(NOW),
  title: ' 报送 ',
  content: '一页',
  basis: '年度安排',
  minutes: 15,
  ...change,
})
const field = (change: Partial<AskedField> = {}): AskedField => ({
  id: 1,
  title: '场地',
  type: 'text',
  required: true,
  ...change,
})
const VIEW = { name: '正式党员', organisation: '', filters: { stage: 'full' } }
const known = new Problem({
  status: 422,
  code: 'workflow.field_known',
  title: '',
  detail: '“党员人数”不用再报。',
  request: '1',
  path: 'variables.asked_fields.item_2',
})

describe('what is sent', () => {
  it('goes to every branch below its sender, unless it is said otherwise', () => {
    expect(bodyOf(plan())).toEqual({
      title: '报送',
      content: '一页',
      basis: '年度安排',
      until: '2026-12-12',
      minutes: '15',
      kind: 'branch',
    })
  })

  it.each([
    [{ below: '7', kind: '' }, { below: '7' }],
    [{ kind: '' }, { kind: '' }],
    [{ structure: 'grid' }, { structure: 'grid', kind: 'branch' }],
    [{ rule: 'orglife/theme_day' }, { kind: 'branch', rule: 'orglife/theme_day' }],
    [{ view: VIEW }, { kind: 'branch', members: { stage: 'full' } }],
    [{ to: 'named' as const, rule: 'x', view: VIEW, named: ['7'] }, { organisations: ['7'] }],
    [{ to: 'named' as const, named: ['7', '8'], below: '9' }, { organisations: ['7', '8'] }],
  ])('to %j', (change, receivers) => {
    const {
      title: _t,
      content: _c,
      basis: _b,
      until: _u,
      minutes: _m,
      ...rest
    } = bodyOf(plan(change))
    expect(rest).toEqual(receivers)
  })

  it('asks for what has a name', () => {
    const fields = [field(), field({ id: 2, title: ' ' }), field({ id: 3, type: 'date' })]
    expect(fieldsOf(fields)).toEqual({
      properties: {
        item_1: { type: 'string', title: '场地' },
        item_3: { type: 'string', format: 'date', title: '场地' },
      },
      required: ['item_1', 'item_3'],
    })
    expect(fieldsOf([field({ title: '' })])).toBeUndefined()
    expect(fieldsOf([field({ type: 'number', required: false })])).toEqual({
      properties: { item_1: { type: 'number', title: '场地' } },
      required: [],
    })
  })
})

describe('a trial', () => {
  it('is reckoned of what is not typed yet, from today on', () => {
    const trial = trialOf({ ...emptyPlan(NOW), until: '2026-01-01' }, NOW)
    expect([trial?.title, trial?.until, trial?.minutes]).toEqual(['—', '2026-12-12', '1'])
  })

  it('goes to somebody', () => {
    expect(trialOf(plan({ to: 'named' }), NOW)).toBeUndefined()
    expect(trialOf(plan({ to: 'named', named: ['7'] }), NOW)?.organisations).toEqual(['7'])
  })
})

it.each<[Partial<Plan>, string[]]>([
  [{}, []],
  [{ until: NOW }, []],
  [{ until: '2026-11-27' }, ['until']],
  [{ title: ' ', basis: '' }, ['title', 'basis']],
  [{ minutes: undefined }, ['minutes']],
  [{ minutes: 1.5 }, ['minutes']],
  [{ minutes: 100_001 }, ['minutes']],
  [{ to: 'named' }, ['named']],
])('of %j wrong: %j', (change, wrong) => expect(wrongIn(plan(change), NOW)).toEqual(wrong))

it('tells the field that is refused why', () => {
  expect(refusesFields(known)).toBe(true)
  expect(refusesFields(undefined)).toBe(false)
  expect(refusalOf(known, field({ id: 2 }))).toBe('“党员人数”不用再报。')
  expect(refusalOf(known, field())).toBeUndefined()
})

it('gives each field a name of its own', () => {
  const two = withField(withField([]))
  expect(two.map((one) => one.id)).toEqual([1, 2])
  expect(withField([field({ id: 7 })]).at(-1)?.id).toBe(8)
})

it.each([
  [59, 0, 0],
  [60, 1, 0],
  [270, 4.5, 0],
  [480, 8, 1],
  [44_200, 736.7, 92.1],
])('%i minutes are %d hours, %d days', (minutes, hours, days) =>
  expect(effortOf(minutes)).toEqual({ minutes, hours, days }),
)

it('does not take another shape for a draft', () => {
  expect(isPlan(plan())).toBe(true)
  expect(isPlan({ title: 'x' })).toBe(false)
  expect(isPlan(null)).toBe(false)
})
