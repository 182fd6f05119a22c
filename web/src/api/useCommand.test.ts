import { describe, expect, it } from 'vitest'
import { Problem, unreachable } from '@/lib/problem'
import { useCommand } from './useCommand'

const refused = new Problem({
  status: 422,
  code: 'orglife.date_in_future',
  title: '',
  detail: '日期还没有到。',
  request: '1',
  path: 'held_on',
})

/** A command whose tries end as they are told to, and the keys it was tried with. */
function tried(...ends: (Error | string)[]) {
  const keys: string[] = []
  const command = useCommand(async (key: string, _body: { name: string }) => {
    keys.push(key)
    const end = ends[keys.length - 1]
    if (end instanceof Error) throw end
    return end
  })
  return { keys, command }
}

describe('the key of a command', () => {
  it('stays while nobody knows whether it was done', async () => {
    const { keys, command } = tried(unreachable(), 'done')
    expect(await command.run({ name: 'a' })).toBeUndefined()
    expect(await command.run({ name: 'a' })).toBe('done')
    expect(keys[0]).toBe(keys[1])
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
  })

  it('is new for something else, after a refusal and after a success', async () => {
    const { keys, command } = tried(unreachable(), refused, 'done', 'done')
    await command.run({ name: 'a' })
    await command.run({ name: 'b' })
    await command.run({ name: 'b' })
    await command.run({ name: 'b' })
    expect(new Set(keys).size).toBe(4)
  })
})

it('tells a field what is wrong with it, until it runs again', async () => {
  const { command } = tried(refused, 'done')
  await command.run({ name: 'a' })
  expect(command.wrongAt('held_on')).toBe('日期还没有到。')
  expect(command.wrongAt('topic')).toBeUndefined()
  await command.run({ name: 'a' })
  expect(command.problem.value).toBeUndefined()
})

it('runs once at a time', async () => {
  let release: (value: string) => void = () => undefined
  let runs = 0
  const command = useCommand(() => {
    runs += 1
    return new Promise<string>((resolve) => (release = resolve))
  })
  const first = command.run()
  expect(await command.run()).toBeUndefined()
  expect(command.running.value).toBe(true)
  release('done')
  expect(await first).toBe('done')
  expect(runs).toBe(1)
})

it('does not swallow mistakes of ours', async () => {
  const { command } = tried(new TypeError('mistake'))
  await expect(command.run({ name: 'a' })).rejects.toThrow('mistake')
  expect(command.running.value).toBe(false)
})
