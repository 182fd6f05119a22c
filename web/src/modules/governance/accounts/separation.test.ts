import { expect, test } from 'vitest'
import type { Role } from './accounts'
import { standsAgainst } from './separation'

function role(name: string, separated: Role['separated'], permissions: string[]): Role {
  const rest = { two_factor: false, reach: 'subtree', grantable: true } as const
  return { role: name, name, permissions, separated, ...rest }
}

const known = [
  { permission: 'system.manage', member_data: false },
  { permission: 'audit.read', member_data: false },
  { permission: 'insight.manage', member_data: false },
  { permission: 'registry.read', member_data: true },
]
const system = role('system', 'system', ['system.manage'])
const audit = role('audit', 'audit', ['audit.read'])
const secretary = role('secretary', 'none', ['registry.read'])
const auditor = role('auditor', 'none', ['audit.read', 'registry.read'])
const keeper = role('keeper', 'none', ['insight.manage'])

test('no two of the three administrators, and none beside who sees members', () => {
  expect(standsAgainst(audit, [system], known)).toBe(system)
  expect(standsAgainst(system, [keeper, secretary], known)).toBe(secretary)
  expect(standsAgainst(auditor, [audit], known)).toBe(audit)
})

test('everything else goes together', () => {
  expect(standsAgainst(secretary, [auditor, keeper], known)).toBeUndefined()
  expect(standsAgainst(system, [keeper], known)).toBeUndefined()
  expect(standsAgainst(system, [system], known)).toBeUndefined()
  expect(standsAgainst(system, [], known)).toBeUndefined()
})
