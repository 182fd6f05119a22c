// Names beside flows and signs were placed for Chinese: longer ones run into each other and into what is
// drawn. Each is moved by a little to where it covers nothing; in the drawing only, never in the file.

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** A name where it stands; of a flow, the boxes of its line, beside which it has to stay. */
export interface Name {
  box: Box
  own?: readonly Box[]
}

interface Step {
  x: number
  y: number
}

/** How far a name may go from its place, and by which steps; pixels of the drawing. */
const FURTHEST = 48
const STEP = 6
/** Between a name and what is beside it. */
const GAP = 1
/** A name over a name cannot be read, over a sign hardly, over a line it can; further off is worse. */
const OVER_NAME = 6
const OVER_SIGN = 4
const OVER_LINE = 2
const PER_PIXEL = 1.5
/** Nearer to another flow than to its own it would be read as the other's. */
const AT_OTHER = 200

function shared(one: Box, other: Box): number {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const along = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return across > 0 && along > 0 ? across * along : 0
}

const sum = (box: Box, others: readonly Box[]) =>
  others.reduce((all, other) => all + shared(box, other), 0)

/** How far two boxes are apart; 0 where they touch. */
function apart(one: Box, other: Box): number {
  const across = Math.max(one.x - other.x - other.width, other.x - one.x - one.width, 0)
  const along = Math.max(one.y - other.y - other.height, other.y - one.y - one.height, 0)
  return Math.hypot(across, along)
}

const nearest = (box: Box, others: readonly Box[]) =>
  Math.min(...others.map((other) => apart(box, other)))

const grown = (box: Box, by: number): Box => ({
  x: box.x - by,
  y: box.y - by,
  width: box.width + 2 * by,
  height: box.height + 2 * by,
})

/** A line as the boxes that it covers: one of each straight piece along an axis. */
export function boxesOfLine(points: readonly Step[]): Box[] {
  const HALF = 2
  return points.slice(1).map((to, index) => {
    const from = points[index] ?? to
    const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)]
    return grown({ x, y, width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) }, HALF)
  })
}

/** Places to try, the nearest first. */
const STEPS: Step[] = (() => {
  const reach = Math.floor(FURTHEST / STEP)
  const along = Array.from({ length: 2 * reach + 1 }, (_, index) => (index - reach) * STEP)
  const all = along.flatMap((x) => along.map((y) => ({ x, y })))
  return all.sort((one, other) => Math.hypot(one.x, one.y) - Math.hypot(other.x, other.y))
})()

/** By how much each name is moved, in the order given. */
export function settle(
  names: readonly Name[],
  signs: readonly Box[],
  lines: readonly Box[],
): Step[] {
  const settled = names.map(({ box }) => grown(box, GAP))
  return names.map(({ box: name, own }, index) => {
    const strange = own && lines.filter((line) => !own.includes(line))
    const others = settled.filter((_, other) => other !== index)
    let best = { cost: Infinity, step: { x: 0, y: 0 } }
    for (const step of STEPS) {
      const far = PER_PIXEL * Math.hypot(step.x, step.y)
      if (far >= best.cost) break // what follows is further off
      const box = grown({ ...name, x: name.x + step.x, y: name.y + step.y }, GAP)
      const cost =
        far +
        OVER_NAME * sum(box, others) +
        OVER_SIGN * sum(box, signs) +
        OVER_LINE * sum(box, lines) +
        (strange && nearest(box, strange) < nearest(box, own ?? []) ? AT_OTHER : 0)
      if (cost < best.cost) best = { cost, step }
    }
    const { step } = best
    settled[index] = grown({ ...name, x: name.x + step.x, y: name.y + step.y }, GAP)
    return step
  })
}
