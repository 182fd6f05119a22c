import { expect, it } from 'vitest'
import type { LightSubject, Remedy } from './module'
import { pageOfSubject, registerRemedies, remedyOf } from './remedies'

const light: LightSubject = {
  rule: 'orglife/theme_day',
  subject_kind: 'organisation',
  subject: '7',
  organisation: '7',
  due: '2026-06-30',
}
const remedy: Remedy = {
  rules: ['orglife/theme_day', 'orglife/lecture'],
  text: 'orglife.record',
  permission: 'orglife.write',
  to: ({ organisation }) => `/organisations/${organisation}/activities/new`,
}

it('is found by the rule, for whoever may use it', () => {
  registerRemedies([remedy])
  expect(remedyOf(light, () => true)?.to(light)).toBe('/organisations/7/activities/new')
  expect(remedyOf(light, () => false)).toBeUndefined()
  expect(remedyOf({ ...light, rule: 'dues/unpaid' }, () => true)).toBeUndefined()
  expect(() => registerRemedies([remedy])).toThrow('two remedies of orglife/theme_day')
})

it('has the page of its subject behind it', () => {
  expect(pageOfSubject(light)).toBe('/organisations/7')
  expect(pageOfSubject({ ...light, subject_kind: 'person', subject: '9' })).toBe('/persons/9')
})
