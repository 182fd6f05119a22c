import { expect, it } from 'vitest'
import { nextAfterSignIn } from './nextAfterSignIn'

it.each([
  ['/organisations/7?tab=members', '/organisations/7?tab=members'],
  ['https://elsewhere.example/', '/'],
  ['//elsewhere.example/', '/'],
  ['/\\elsewhere.example/', '/'],
  ['javascript:alert(1)', '/'],
  ['', '/'],
  [undefined, '/'],
  [['/a', '/b'], '/'],
])('%s leads to %s', (query, path) => expect(nextAfterSignIn(query)).toBe(path))
