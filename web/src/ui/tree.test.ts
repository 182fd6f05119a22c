import { describe, expect, it } from 'vitest'
import { rowByLetters, useTree, type TreeNode } from './tree'

const below: Record<string, string[]> = {
  city: ['east', 'west'],
  east: ['e1', 'e2'],
  west: ['w1'],
}
const node = (id: string): TreeNode => ({ id, label: id, hasChildren: id in below })

function townTree() {
  const read: string[] = []
  const failing = new Set<string>()
  const tree = useTree(
    () => [node('city')],
    async (at) => {
      read.push(at.id)
      if (failing.has(at.id)) throw new Error('away')
      return (below[at.id] ?? []).map(node)
    },
  )
  const seen = () => tree.rows.value.map((row) => `${'·'.repeat(row.level - 1)}${row.node.id}`)
  return { tree, read, failing, seen }
}

describe('a tree', () => {
  it('shows what is open, and knows places and parents', async () => {
    const { tree, seen } = townTree()
    await tree.expand('city')
    await tree.expand('east')
    expect(seen()).toEqual(['city', '·east', '··e1', '··e2', '·west'])
    expect(tree.rows.value[3]).toMatchObject({ level: 3, position: 2, siblings: 2, parent: 1 })
    tree.collapse('east')
    expect(seen()).toEqual(['city', '·east', '·west'])
  })

  it('reads a branch once', async () => {
    const { tree, read } = townTree()
    await tree.expand('city')
    tree.collapse('city')
    await tree.expand('city')
    await tree.expand('e1')
    expect(read).toEqual(['city'])
  })

  it('shows where reading failed, and reads again when asked', async () => {
    const { tree, failing, seen } = townTree()
    failing.add('city')
    await tree.expand('city')
    expect(tree.rows.value[0]).toMatchObject({ expanded: false, state: 'failed' })
    failing.clear()
    await tree.expand('city')
    expect(tree.rows.value[0]).toMatchObject({ expanded: true, state: 'idle' })
    expect(seen()).toHaveLength(3)
  })

  it('opens the way to a node', async () => {
    const { tree, seen, read } = townTree()
    await tree.reveal(['city', 'west', 'w1'])
    expect(seen()).toEqual(['city', '·east', '·west', '··w1'])
    expect(read).toEqual(['city', 'west'])
  })

  it('reads anew what is open, and later what is not', async () => {
    const { tree, read, seen } = townTree()
    await tree.expand('city')
    await tree.expand('east')
    tree.collapse('east')
    read.length = 0
    await tree.refresh()
    expect(read).toEqual(['city'])
    await tree.expand('east')
    expect(read).toEqual(['city', 'east'])
    below.east?.push('e3')
    await tree.refresh('east')
    expect(seen()).toContain('··e3')
    below.east?.pop()
  })
})

describe('letters', () => {
  it.each([
    ['e', 0, 1],
    ['e', 1, 2],
    ['e', 3, 1],
    ['e2', 2, 3],
    ['W', 0, 4],
    ['x', 0, undefined],
  ])('%s leads from row %i to %s', async (letters, from, to) => {
    const { tree } = townTree()
    await tree.expand('city')
    await tree.expand('east')
    expect(rowByLetters(tree.rows.value, letters, from)).toBe(to)
  })
})
