import { expect, it } from 'vitest'
import { GROUPS, plainTitle } from './changes'

it('leaves out what is said to readers of the ledger', () => {
  expect(plainTitle('党组织更名；附原名称')).toBe('党组织更名')
  expect(plainTitle('An organisation is renamed; its name before is kept')).toBe(
    'An organisation is renamed',
  )
  expect(plainTitle('灯亮起')).toBe('灯亮起')
})

it('tells kinds apart', () => {
  expect(GROUPS.organisation.test('registry.organisations_merged')).toBe(true)
  expect(GROUPS.organisation.test('registry.member_moved')).toBe(false)
  expect(GROUPS.people.test('registry.post_changed')).toBe(true)
  expect(GROUPS.people.test('registry.organisation_moved')).toBe(false)
})
