// The names of a drawing, moved off each other and off what is drawn, and laid over the lines.

import type { Registry, Shape } from './bpmn'
import { boxesOfLine, settle, type Box } from './labels'

/** Around others, which may hold names: only its edge is in their way. */
const FRAME = /:(Participant|Lane|SubProcess|Group)$/
const LABELLED = /:(SequenceFlow|MessageFlow|\w*Gateway|\w*Event)$/

interface Drawn {
  group: SVGGElement
  at: Shape
  of: string
  box: Box
}

function drawn(registry: Registry, at: Shape): Drawn[] {
  const group = registry.getGraphics(at)
  const text = group?.querySelector<SVGGraphicsElement>('.djs-label')
  if (!group || !text || !LABELLED.test(at.labelTarget?.type ?? '')) return []
  const { x, y, width, height } = text.getBBox()
  return [
    { group, at, of: at.labelTarget?.id ?? '', box: { x: at.x + x, y: at.y + y, width, height } },
  ]
}

function edgeOf({ x, y, width, height }: Box): Box[] {
  const [right, foot] = [x + width, y + height]
  const corners = [
    { x, y },
    { x: right, y },
    { x: right, y: foot },
    { x, y: foot },
    { x, y },
  ]
  return boxesOfLine(corners)
}

export function settleLabels(registry: Registry): void {
  const all = registry.getAll()
  const names = all.filter((one) => one.labelTarget).flatMap((one) => drawn(registry, one))
  const flows = new Map(
    all.flatMap((one) => (one.waypoints ? [[one.id, boxesOfLine(one.waypoints)]] : [])),
  )
  const shapes = all.filter((one) => !one.labelTarget && !one.waypoints && one.width > 0)
  const frames = shapes.filter((one) => FRAME.test(one.type ?? ''))
  const moves = settle(
    names.map(({ box, of }) => ({ box, own: flows.get(of) })),
    shapes.filter((one) => !FRAME.test(one.type ?? '')),
    [...[...flows.values()].flat(), ...frames.flatMap(edgeOf)],
  )
  for (const [index, { group, at }] of names.entries()) {
    const { x, y } = moves[index] ?? { x: 0, y: 0 }
    group.setAttribute('transform', `matrix(1 0 0 1 ${at.x + x} ${at.y + y})`)
    const whole = group.parentNode // with what is within it
    whole?.parentNode?.append(whole)
  }
}
