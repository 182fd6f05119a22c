import { afterEach, describe, expect, it, vi } from 'vitest'
import { readCases, type ListedCase } from '../cases/cases'
import { readWords } from '../definitions/words'
import { inWords, readOthers, refusedFirst, stepThere } from './migrate'

vi.mock('../cases/cases', () => ({ readCases: vi.fn() }))

const MODEL = 'http://www.omg.org/spec/BPMN/20100524/MODEL'
const words = (body: string) =>
  readWords(`<definitions xmlns="${MODEL}"><process id="p">${body}</process></definitions>`)
const task = (id: string, name: string) => `<userTask id="${id}" name="${name}"/>`

describe('the step of a case in another version', () => {
  const old = words(
    task('look', '过目') + task('gone', '旧步骤') + task('a', '签') + task('b', '签'),
  )

  it('has the name that it has there', () => {
    expect(stepThere(old, words(task('look', '细看')), '过目')).toBe('细看')
  })

  it('is not told where it is gone, has no task, or its name is of two that went apart', () => {
    expect(stepThere(old, words(task('look', '细看')), '旧步骤')).toBeUndefined()
    expect(stepThere(old, words(task('look', '细看')), '')).toBeUndefined()
    expect(stepThere(old, words(task('a', '甲签') + task('b', '乙签')), '签')).toBeUndefined()
    expect(stepThere(old, words(task('a', '签') + task('b', '签')), '签')).toBe('签')
    expect(stepThere(undefined, undefined, '过目')).toBeUndefined()
  })

  it('stands in a refusal by its name, where the file has it', () => {
    expect(inWords('流程停在“gone”这一步，新版本里没有这一步。', old)).toBe(
      '流程停在“旧步骤”这一步，新版本里没有这一步。',
    )
    expect(inWords('这一件不是“paper”流程。', old)).toBe('这一件不是“paper”流程。')
  })
})

describe('what became of cases', () => {
  it('tells the refused ones first, else as they were given', () => {
    const one = (case_id: string, outcome: string) => ({
      case_id,
      outcome,
      code: null,
      detail: null,
      changes: [],
    })
    const given = [one('1', 'unchanged'), one('2', 'migrated'), one('3', 'refused')]
    given.push(one('4', 'migrated'))
    expect(refusedFirst(given).map(({ case_id }) => case_id)).toEqual(['3', '2', '4', '1'])
  })
})

describe('cases of other versions', () => {
  const asked = vi.mocked(readCases)
  const signal = new AbortController().signal
  const filter = { organisation: '1', process: 'p', status: 'running', person: '', to: 3 }
  const listed = (versions: number[]) =>
    versions.map((version_number) => ({ version_number }) as ListedCase)
  afterEach(() => asked.mockReset())

  it('are looked for page by page until some are found, or all is read', async () => {
    asked.mockResolvedValueOnce({ items: listed([3, 3, 2]), next: 'on' })
    asked.mockResolvedValueOnce({ items: listed([3, 1]), next: null })
    const page = await readOthers({ ...filter, from: undefined }, undefined, signal)
    expect(page.items.map((one) => one.version_number)).toEqual([2, 1])
    expect(page.next).toBeNull()
    expect(asked.mock.calls.map((call) => call[1])).toEqual([undefined, 'on'])
  })

  it('stop once there is enough to list, and go on from there', async () => {
    asked.mockResolvedValueOnce({ items: listed(Array<number>(60).fill(2)), next: 'on' })
    const page = await readOthers({ ...filter, from: undefined }, undefined, signal)
    expect(page.items).toHaveLength(60)
    expect(page.next).toBe('on')
  })

  it('are of one version, where that is asked for', async () => {
    asked.mockResolvedValueOnce({ items: listed([1, 2, 3]), next: null })
    const page = await readOthers({ ...filter, from: 1 }, undefined, signal)
    expect(page.items.map((one) => one.version_number)).toEqual([1])
  })
})
