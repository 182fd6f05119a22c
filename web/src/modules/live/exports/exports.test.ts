import { expect, it } from 'vitest'
import { listAddress } from './exports'

it('names a list as it is filtered, not where it was turned to', () => {
  const path = '/api/v1/organisations/7/members'
  expect(listAddress(path, { after: 'x', limit: 50, sex: undefined, name: '' })).toBe(path)
  expect(listAddress(path, { name: '王 & 李', descending: true, direct: false, limit: 5 })).toBe(
    `${path}?name=${encodeURIComponent('王').concat('+%26+', encodeURIComponent('李'))}` +
      '&descending=true&direct=false',
  )
})
