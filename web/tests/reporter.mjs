// Of node --test: says what failed, and closes as every suite of this project does:
// 'N passed, N failed'.

/**
 * @param {AsyncIterable<import('node:test/reporters').TestEvent>} events
 */
export default async function* reporter(events) {
  let passed = 0
  let failed = 0
  for await (const event of events) {
    if (event.type === 'test:pass' && event.data.details.type !== 'suite')
      passed += event.data.skip === undefined ? 1 : 0
    if (event.type !== 'test:fail') continue
    const error = event.data.details.error
    const cause = /** @type {Error | undefined} */ (error.cause)
    if (event.data.details.type === 'suite' && !cause) continue
    if (/subtests? failed/.test(error.message)) continue
    failed += 1
    yield `${event.data.file}: ${event.data.name}\n${cause?.message ?? error.message}\n`
    const at = cause?.stack?.split('\n').find((line) => line.includes('/tests/'))
    if (at) yield `${at}\n`
  }
  yield `${passed} passed, ${failed} failed\n`
}
