import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { connectHttp, send } from './http'

const problem = (status: number, code: string) =>
  new Response(JSON.stringify({ status, code, title: '', detail: '', request: '1' }), { status })

let sent: Request[] = []
let answers: (Response | Error)[] = []
let again: boolean[] = []

beforeEach(() => {
  sent = []
  again = []
  connectHttp({
    language: () => 'en',
    csrf: () => `token${again.length}`,
    signInAgain: () => {
      again.push(true)
      return Promise.resolve(true)
    },
  })
  vi.stubGlobal('fetch', (request: Request) => {
    sent.push(request)
    const next = answers.shift()
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next)
  })
})
afterEach(() => vi.unstubAllGlobals())

const post = () =>
  new Request('http://here/api/v1/organisations/7/names', { method: 'POST', body: '{"name":"a"}' })

it('says the language always, the token on writes', async () => {
  answers = [new Response('{}'), new Response('{}')]
  await send(new Request('http://here/api/v1/rules'))
  await send(post())
  expect(sent[0]?.headers.get('X-CSRF-Token')).toBeNull()
  expect(sent[0]?.headers.get('Accept-Language')).toBe('en')
  expect(sent[1]?.headers.get('X-CSRF-Token')).toBe('token0')
})

it.each([
  [401, 'identity.session_ended'],
  [403, 'identity.csrf_missing'],
])('signs in again after %i %s and sends the same once more', async (status, code) => {
  answers = [problem(status, code), new Response('{}', { status: 200 })]
  await send(post())
  expect(again).toHaveLength(1)
  expect(sent[1]?.headers.get('X-CSRF-Token')).toBe('token1')
  expect(await sent[1]?.text()).toBe('{"name":"a"}')
})

it('does not ask to sign in where signing in itself was refused, or something else was', async () => {
  answers = [problem(401, 'identity.sign_in_refused'), problem(403, 'api.forbidden')]
  await expect(
    send(new Request('http://here/api/v1/sessions', { method: 'POST', body: '{}' })),
  ).rejects.toMatchObject({ code: 'identity.sign_in_refused' })
  await expect(send(post())).rejects.toMatchObject({ code: 'api.forbidden', status: 403 })
  expect(again).toHaveLength(0)
})

it('tells a server that is away from a request that was given up', async () => {
  answers = [new TypeError('Failed to fetch'), new DOMException('', 'AbortError')]
  await expect(send(post())).rejects.toMatchObject({ code: 'web.unreachable' })
  await expect(send(post())).rejects.toMatchObject({ name: 'AbortError' })
})
