// Of vitest: says what failed, and closes as every suite of this project does: 'N passed, N failed'.

/** @typedef {import('vitest/node').TestModule} TestModule */

export default class Tally {
  /**
   * @param {readonly TestModule[]} modules
   * @param {readonly {message: string}[]} errors
   */
  onTestRunEnd(modules, errors) {
    let passed = 0
    let failed = errors.length
    for (const error of errors) console.log(error.message)
    for (const module of modules) {
      const broken = module.errors()
      failed += broken.length
      for (const error of broken) console.log(`${module.moduleId}: ${error.message}`)
      for (const test of module.children.allTests()) {
        const { state, errors: wrong } = test.result()
        if (state === 'passed') passed += 1
        if (state !== 'failed') continue
        failed += 1
        console.log(`${module.moduleId}: ${test.fullName}\n${wrong?.[0]?.message}`)
      }
    }
    console.log(`${passed} passed, ${failed} failed`)
  }
}
