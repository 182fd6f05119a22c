// How requests go out: by the session's cookie, in the user's language, with the CSRF token on
// writes. A refusal is thrown as a Problem. A session that has ended asks the user to sign in
// again and then goes on, so that nothing typed is lost.

import { problemOf, unreachable, isAborted } from '@/lib/problem'

export interface HttpHooks {
  language: () => string
  csrf: () => string
  /** Resolves true once the same person is signed in again, false when they gave up. */
  signInAgain: () => Promise<boolean>
}

let hooks: HttpHooks = {
  language: () => 'zh',
  csrf: () => '',
  signInAgain: () => Promise.resolve(false),
}

/** Said once, where the application is put together. */
export function connectHttp(given: HttpHooks): void {
  hooks = given
}

const READS = new Set(['GET', 'HEAD'])
/** Their 401 is an answer about the password, not about the session. */
const SIGN_IN = /^\/api\/v1\/sessions(\/by-link)?$/

function prepared(request: Request): Request {
  const headers = new Headers(request.headers)
  // A request may want another: what goes into a workbook is Chinese for everybody.
  if (!headers.has('Accept-Language')) headers.set('Accept-Language', hooks.language())
  if (!READS.has(request.method) && hooks.csrf()) headers.set('X-CSRF-Token', hooks.csrf())
  return new Request(request, { headers, credentials: 'same-origin' })
}

function isSignIn(request: Request): boolean {
  return request.method === 'POST' && SIGN_IN.test(new URL(request.url).pathname)
}

/** Also of a token that belongs to the session before: another tab signed in meanwhile. */
async function sessionEnded(response: Response): Promise<boolean> {
  if (response.status === 401) return true
  if (response.status !== 403) return false
  return (await problemOf(response.clone())).code === 'identity.csrf_missing'
}

async function fetched(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (error) {
    throw isAborted(error) ? error : unreachable()
  }
}

/** Sends a request; resolves with a success, throws a Problem or an AbortError otherwise. */
export async function send(request: Request): Promise<Response> {
  const again = request.clone()
  let response = await fetched(prepared(request))
  if (!response.ok && !isSignIn(request) && (await sessionEnded(response))) {
    if (await hooks.signInAgain()) response = await fetched(prepared(again))
  }
  if (!response.ok && response.status !== 304) throw await problemOf(response)
  return response
}

/**
 * Sends a request without the session's cookie: a ballot is nobody's, whoever is signed in at the
 * screen.
 */
export async function sendAsNobody(request: Request): Promise<Response> {
  const headers = new Headers(request.headers)
  headers.set('Accept-Language', hooks.language())
  const bare = { headers, credentials: 'omit', referrerPolicy: 'no-referrer' } as const
  const response = await fetched(new Request(request, bare))
  if (!response.ok) throw await problemOf(response)
  return response
}

/** Sends a request and leaves its refusals to the caller: for asking whether there is a session. */
export function sendQuietly(request: Request): Promise<Response> {
  return fetched(prepared(request))
}
