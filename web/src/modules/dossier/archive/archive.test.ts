import { describe, expect, test, vi } from 'vitest'
import { ageOn, fieldsOf, type ArchiveField, type Change, type Person } from './archive'
import { axisOf } from './axis'
import { keepDraft, keptDraft } from './draft'
import { eventsOf } from './timeline'

const field = (name: string, value: string, since = '0'): ArchiveField => ({
  field: name,
  value,
  masked: false,
  source: 'demo',
  since_ms: since,
  contested: false,
})
const PERSON: Person = {
  person: '1',
  name: '王新志',
  number: 'LH1',
  organisation: '9',
  organisation_code: 'B',
  organisation_name: '二支部',
  fields: [
    field('sex', 'male'),
    field('education', '21', String(new Date(2026, 4, 3).getTime())),
    field('joined', '2001-07-01'),
    field('lost_since', ''),
  ],
  memberships: [
    {
      organisation: '9',
      organisation_code: 'B',
      organisation_name: '二支部',
      from: '2016-01-01',
      to: null,
      stage: 'full',
      status: 'normal',
    },
    {
      organisation: '8',
      organisation_code: 'A',
      organisation_name: '一支部',
      from: '2001-07-01',
      to: '2016-01-01',
      stage: 'full',
      status: 'normal',
    },
  ],
  posts: [
    {
      post: '5',
      organisation: '8',
      organisation_name: '一支部',
      title: 'secretary',
      from: '2010-01-01',
      to: '2013-01-01',
    },
  ],
}

describe('the fields', () => {
  test('begin with the name; what does not apply is left out', () => {
    const names = fieldsOf(PERSON, ['name', 'sex', 'lost_since', 'no_such']).map((one) => one.value)
    expect(names).toEqual(['王新志', 'male'])
  })

  test('an age is of whole years, where the day is known', () => {
    expect(ageOn('1990-06-15', '2026-06-14')).toBe(35)
    expect(ageOn('1990-06-15', '2026-06-15')).toBe(36)
    expect(ageOn('1990-06', '2026-06-15')).toBeUndefined()
  })
})

describe('the time axis', () => {
  test('reaches from the first day to today', () => {
    const { bars, ticks } = axisOf(PERSON, '2026-07-01', (code) => code)
    expect(bars.map((bar) => bar.text)).toEqual(['二支部', '一支部', '一支部 · secretary'])
    const [now, then, post] = bars
    expect(then?.start).toBe(0)
    expect((now?.start ?? 0) + (now?.length ?? 0)).toBeCloseTo(100)
    expect(now?.start).toBeCloseTo((then?.start ?? 0) + (then?.length ?? 0))
    expect(post?.length).toBeCloseTo(12, 0)
    expect(ticks.map((tick) => tick.year)).toEqual(['2005', '2010', '2015', '2020'])
  })

  test('of one who came today, or of nobody, is there, too', () => {
    const [first] = PERSON.memberships
    const today = { memberships: first ? [{ ...first, from: '2026-07-01' }] : [], posts: [] }
    const [bar] = axisOf(today, '2026-07-01', (code) => code).bars
    expect((bar?.start ?? 0) + (bar?.length ?? 0)).toBeLessThanOrEqual(100)
    expect(axisOf({ memberships: [], posts: [] }, '2026-07-01', String)).toEqual({
      bars: [],
      ticks: [],
    })
  })
})

describe('what happened', () => {
  const change = (kind: string, happened: string): Change => ({
    seq: happened,
    kind,
    title: kind,
    happened,
    recorded_ms: '0',
    organisation: '9',
    organisation_name: '',
    person: '1',
    person_name: '',
    subject: '1',
    amount: '0',
    rule: null,
    actor_name: '',
    command: '0',
    undoable: false,
    name_before: null,
    structure: null,
    from: '0',
    from_name: '',
    to: '0',
    to_name: '',
  })

  test('stands the latest first, each once', () => {
    const changes = [
      change('dues.paid', '2026-05-02'),
      change('registry.person_changed', '2026-05-03'),
    ]
    const told = eventsOf(PERSON, changes, {
      joined: 'joined',
      confirmed: 'confirmed',
      entered: (name) => `into ${name}`,
      left: (name) => `out of ${name}`,
      took: (name, title) => `${title} of ${name}`,
      gaveUp: (name, title) => `no longer ${title} of ${name}`,
      corrected: (one) => `${one.field} corrected`,
      change: (one) => one.title,
    })
    expect(told.map((event) => event.text)).toEqual([
      'education corrected',
      'dues.paid',
      'into 二支部',
      'out of 一支部',
      'no longer secretary of 一支部',
      'secretary of 一支部',
      'into 一支部',
      'joined',
    ])
  })
})

describe('a draft', () => {
  test('is kept for the window; numbers and addresses in no store', () => {
    const kept = new Map<string, string>()
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    })
    keepDraft('a', '1', { field: 'name', value: '王新', old: '王新志' })
    expect(keptDraft('a', '1')).toEqual({ field: 'name', value: '王新', old: '王新志' })
    expect(keptDraft('b', '1')).toBeUndefined()
    keepDraft('a', '1', undefined)
    expect(keptDraft('a', '1')).toBeUndefined()
    keepDraft('a', '1', { field: 'phone', value: '13900000000', old: '139***' })
    expect([...kept.values()]).toEqual([])
    expect(keptDraft('a', '1')).toEqual({ field: 'phone', value: '13900000000', old: '139***' })
    keepDraft('a', '1', undefined)
    expect(keptDraft('a', '1')).toBeUndefined()
  })
})
