import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Role } from './accounts'
import { standsAgainst, WITHOUT_MEMBERS } from './separation'

function role(name: string, separated: Role['separated'], permissions: string[]): Role {
  const rest = { two_factor: false, reach: 'subtree', grantable: true } as const
  return { role: name, name, permissions, separated, ...rest }
}

const system = role('system', 'system', ['system.manage'])
const audit = role('audit', 'audit', ['audit.read'])
const secretary = role('secretary', 'none', ['registry.read'])
const auditor = role('auditor', 'none', ['audit.read', 'registry.read'])
const keeper = role('keeper', 'none', ['insight.manage'])

test('no two of the three administrators, and none beside who sees members', () => {
  expect(standsAgainst(audit, [system])).toBe(system)
  expect(standsAgainst(system, [keeper, secretary])).toBe(secretary)
  expect(standsAgainst(auditor, [audit])).toBe(audit)
})

test('everything else goes together', () => {
  expect(standsAgainst(secretary, [auditor, keeper])).toBeUndefined()
  expect(standsAgainst(system, [keeper])).toBeUndefined()
  expect(standsAgainst(system, [system])).toBeUndefined()
  expect(standsAgainst(system, [])).toBeUndefined()
})

test('what shows nothing of members is what the server says', () => {
  const header = readFileSync('../src/api/permissions.hpp', 'utf8')
  const without = [...header.matchAll(/PermissionEntry\{"([a-z_.]+)", false/g)]
  expect(without.map((match) => match[1]).sort()).toEqual([...WITHOUT_MEMBERS].sort())
})
