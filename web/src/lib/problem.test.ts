import { expect, it } from 'vitest'
import { problemOf } from './problem'

const document = {
  type: 'urn:jishi:problem:registry.name_taken',
  title: '名称重复',
  status: 409,
  detail: '同一上级之下已经有这个名称。',
  code: 'registry.name_taken',
  request: '8623ac5d1dcdde5a',
  path: 'name',
}

it('reads what the server says', async () => {
  const problem = await problemOf(
    new Response(JSON.stringify(document), { status: 409, headers: { 'Retry-After': '2' } }),
  )
  expect(problem).toMatchObject({ code: 'registry.name_taken', path: 'name', retryAfter: 2 })
  expect(problem.uncertain).toBe(false)
})

it('knows each of several things that are wrong', async () => {
  const problems = [
    { path: 'name', code: 'base.json_missing', detail: '缺少这个字段。' },
    { path: 'on', code: 'base.json_expected_date', detail: '应为日期。' },
  ]
  const answer = new Response(JSON.stringify({ ...document, problems }), { status: 400 })
  const problem = await problemOf(answer)
  expect(problem.detailAt('on')).toBe('应为日期。')
  expect(problem.detailAt('kind')).toBeUndefined()
})

it.each([
  ['<html>502</html>', 502],
  ['{"error":"no"}', 504],
  ['', 503],
])('knows that %s is no problem of ours', async (body, status) => {
  const problem = await problemOf(new Response(body, { status }))
  expect(problem).toMatchObject({ code: 'web.unreadable', status })
  expect(problem.uncertain).toBe(true)
})
