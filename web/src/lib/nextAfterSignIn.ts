/** Where to go after signing in: a page of ours, never another site's. */
export function nextAfterSignIn(query: unknown): string {
  return typeof query === 'string' && /^\/(?![/\\])/.test(query) ? query : '/'
}
