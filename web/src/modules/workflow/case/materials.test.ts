import { describe, expect, it, vi } from 'vitest'
import { Problem } from '@/lib/problem'
import { readWords } from '../definitions/words'
import type { ShownCase, TaskPage } from './case'
import {
  linesOf,
  mayAdd,
  mayRemove,
  OTHER,
  otherLine,
  MOST_BYTES,
  refusalOf,
  sendAll,
  sendMaterial,
  type Material,
} from './materials'

const asked = (element: string, material: string, state: string) => ({
  element,
  step: `步骤 ${element}`,
  material,
  state,
  files: 0,
})
const paper = (element: string, material: string, name: string, mine = true) =>
  ({ id: name, element, material, name, bytes: '9', mine }) as Material
const wholeOf = (status: string) => ({ head: { status }, materials: [] }) as unknown as ShownCase
const pageOf = (mine: boolean, state = 'open') =>
  ({ mine, task: { element: 'sign', name: '签字', state } }) as unknown as TaskPage

describe('the check-list', () => {
  const materials = [
    asked('fill', '申请书', 'missing'),
    asked('hold', '会议记录', 'missing'),
    asked('pass', '批复', 'ahead'),
  ]

  it('keeps the order of the steps, with the files of each', () => {
    const files = [paper('hold', '会议记录', '一.pdf'), paper('hold', '会议记录', '二.jpg')]
    const told = linesOf({ materials }, files).map(
      (line) => `${line.material} ${line.state} ${line.files.map((file) => file.name).join()}`,
    )
    expect(told).toEqual(['申请书 missing ', '会议记录 there 一.pdf,二.jpg', '批复 ahead '])
  })

  it('tells papers of the same name apart by their steps', () => {
    const both = [asked('a', '批复', 'missing'), asked('b', '批复', 'missing')]
    const states = linesOf({ materials: both }, [paper('b', '批复', '批复.pdf')]).map(
      (line) => line.state,
    )
    expect(states).toEqual(['missing', 'there'])
  })

  it('has a line for a file that no step asks for any more', () => {
    const lines = linesOf({ materials }, [paper('gone', '旧表', '旧.pdf')])
    expect(lines.at(-1)).toMatchObject({ material: '旧表', state: 'there', step: '' })
  })

  it('keeps what no step asks for in a line of its own, for who may add', () => {
    const whole = { tasks: [{ element: 'hold' }] } as unknown as ShownCase
    const photo = paper('fill', OTHER, '现场.jpg')
    expect(linesOf({ materials }, [photo]).map((line) => line.key)).not.toContain(OTHER)
    expect(otherLine(whole, [], undefined, false)).toBeUndefined()
    expect(otherLine(whole, [], undefined, true)).toMatchObject({ element: 'hold', state: 'free' })
    expect(otherLine(whole, [], pageOf(true), true)).toMatchObject({ element: 'sign' })
    expect(otherLine(whole, [photo], undefined, false)).toMatchObject({
      state: 'there',
      files: [photo],
    })
  })

  it('is that of one’s task where the case does not tell its own', () => {
    const xml =
      '<definitions xmlns:jishi="urn:jishi:process"><process id="p">' +
      '<userTask id="sign" name="签字" jishi:materials="证明信、存根"/></process></definitions>'
    const words = readWords(xml)
    const told = (page: TaskPage) =>
      linesOf({ materials: [] }, [paper('sign', '存根', '存根.pdf')], page, words).map(
        (line) => `${line.material} ${line.state}`,
      )
    expect(told(pageOf(true))).toEqual(['证明信 missing', '存根 there'])
    expect(told(pageOf(false))).toEqual(['存根 there'])
  })
})

describe('what may be done with papers', () => {
  it.each([
    ['running', pageOf(true), false, true],
    ['suspended', pageOf(true), false, true],
    ['running', pageOf(true, 'done'), false, false],
    ['running', pageOf(false), false, false],
    ['running', undefined, true, true],
    ['completed', pageOf(true), true, false],
    ['ended', undefined, true, false],
  ])('added, %s', (status, page, manages, may) => {
    expect(mayAdd(wholeOf(status), page, manages)).toBe(may)
  })

  it.each([
    ['running', true, false, true],
    ['running', false, false, false],
    ['running', false, true, true],
    ['ended', true, true, false],
  ])('removed, %s, own: %s', (status, mine, manages, may) => {
    const file = paper('fill', '申请书', '一.pdf', mine)
    expect(mayRemove(wholeOf(status), file, manages)).toBe(may)
  })

  it.each([
    [0, 'empty'],
    [1, undefined],
    [MOST_BYTES, undefined],
    [MOST_BYTES + 1, 'too_large'],
  ])('sent, of %s bytes', (size, why) => expect(refusalOf({ size })).toBe(why))
})

describe('files on their way', () => {
  const refusal = new Problem({ status: 400, code: 'c', title: '', detail: '不行', request: '' })

  it('go one after the other; a refused one keeps none back', async () => {
    const files = ['一.pdf', '二.pdf', '三.pdf'].map((name) => new File(['x'], name))
    let running = 0
    const send = vi.fn(async (file: File) => {
      running += 1
      expect(running).toBe(1)
      await Promise.resolve()
      running -= 1
      if (file.name === '二.pdf') throw refusal
      return { name: `存 ${file.name}` }
    })
    expect(await sendAll(files, send)).toEqual({
      added: ['存 一.pdf', '存 三.pdf'],
      refused: [{ name: '二.pdf', why: '不行' }],
    })
    expect(send.mock.calls.map(([file]) => file.name)).toEqual(['一.pdf', '二.pdf', '三.pdf'])
  })

  it('are sent as a form, with their step and paper', async () => {
    const fetched = vi.fn(async (request: Request) => {
      const form = await request.formData()
      expect([...form.keys()]).toEqual(['element', 'material', 'file'])
      expect(form.get('material')).toBe('申请书')
      return new Response('{"id":"7"}', { headers: { 'Content-Type': 'application/json' } })
    })
    vi.stubGlobal('fetch', fetched)
    const sent = sendMaterial(
      '5',
      { element: 'fill', material: '申请书' },
      new File(['x'], 'a.pdf'),
    )
    expect((await sent).id).toBe('7')
    expect(new URL(fetched.mock.calls[0]?.[0].url ?? '').pathname).toBe('/api/v1/cases/5/materials')
    vi.unstubAllGlobals()
  })
})
