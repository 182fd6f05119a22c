// A tree that is read branch by branch: which nodes are open, what is seen of it in a row. The
// reading itself is the page's (`load`).

import { computed, ref, shallowRef, type ComputedRef } from 'vue'

export interface TreeNode {
  id: string
  label: string
  /** Whether there is anything below it. */
  hasChildren: boolean
}

export interface TreeRow<Node extends TreeNode> {
  node: Node
  level: number
  /** Among its siblings, from 1. */
  position: number
  siblings: number
  /** The row of the node above; -1 at the top. */
  parent: number
  expanded: boolean
  state: 'idle' | 'loading' | 'failed'
}

export interface Tree<Node extends TreeNode> {
  rows: ComputedRef<TreeRow<Node>[]>
  expand: (id: string) => Promise<void>
  collapse: (id: string) => void
  /** Opens the nodes of a path from the top, each after the one above; the last is only shown. */
  reveal: (path: readonly string[]) => Promise<void>
  /** Reads anew what is open of a node, or of all. */
  refresh: (id?: string) => Promise<void>
}

export function useTree<Node extends TreeNode>(
  roots: () => readonly Node[],
  load: (node: Node) => Promise<readonly Node[]>,
): Tree<Node> {
  const open = ref(new Set<string>())
  const states = ref(new Map<string, 'loading' | 'failed'>())
  const children = shallowRef(new Map<string, readonly Node[]>())

  const rows = computed(() => {
    const seen: TreeRow<Node>[] = []
    const add = (nodes: readonly Node[], level: number, parent: number): void => {
      nodes.forEach((node, index) => {
        const expanded = open.value.has(node.id) && children.value.has(node.id)
        const state = states.value.get(node.id) ?? 'idle'
        const position = index + 1
        seen.push({ node, level, position, siblings: nodes.length, parent, expanded, state })
        if (expanded) add(children.value.get(node.id) ?? [], level + 1, seen.length - 1)
      })
    }
    add(roots(), 1, -1)
    return seen
  })

  function find(id: string): Node | undefined {
    const levels = [roots(), ...children.value.values()]
    for (const nodes of levels) {
      const found = nodes.find((node) => node.id === id)
      if (found) return found
    }
    return undefined
  }

  async function read(node: Node): Promise<boolean> {
    states.value.set(node.id, 'loading')
    try {
      const below = await load(node)
      children.value = new Map(children.value).set(node.id, below)
      states.value.delete(node.id)
      return true
    } catch {
      states.value.set(node.id, 'failed') // shown at the node, with another try
      return false
    }
  }

  async function expand(id: string): Promise<void> {
    const node = find(id)
    if (!node?.hasChildren || states.value.get(id) === 'loading') return
    open.value.add(id)
    if (!children.value.has(id) && !(await read(node))) open.value.delete(id)
  }

  function collapse(id: string): void {
    open.value.delete(id)
  }

  async function reveal(path: readonly string[]): Promise<void> {
    for (const id of path.slice(0, -1)) await expand(id)
  }

  async function refresh(id?: string): Promise<void> {
    const ids = id === undefined ? [...children.value.keys()] : [id]
    for (const one of ids) {
      const node = find(one)
      if (node && open.value.has(one)) await read(node)
      else {
        // It is read when it is opened the next time.
        const rest = new Map(children.value)
        rest.delete(one)
        children.value = rest
      }
    }
  }

  return { rows, expand, collapse, reveal, refresh }
}

/** The row to which typing leads: the next one from `from` whose label begins with the letters. */
export function rowByLetters<Node extends TreeNode>(
  rows: readonly TreeRow<Node>[],
  letters: string,
  from: number,
): number | undefined {
  const wanted = letters.toLowerCase()
  // More letters may still fit the row that one is at; a first letter goes on to the next.
  const first = letters.length > 1 ? from : from + 1
  for (let step = 0; step < rows.length; step += 1) {
    const index = (first + step) % rows.length
    if (rows[index]?.node.label.toLowerCase().startsWith(wanted)) return index
  }
  return undefined
}
