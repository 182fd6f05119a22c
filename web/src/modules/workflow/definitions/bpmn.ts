// The little of bpmn-js that is used here, typed.

export interface Shape {
  id: string
  type?: string
  x: number
  y: number
  width: number
  height: number
}

export interface Registry {
  get: (id: string) => Shape | undefined
  getAll: () => Shape[]
}

export interface Canvas {
  zoom: (to?: number | 'fit-viewport', center?: 'auto' | { x: number; y: number }) => number
  addMarker: (id: string, name: string) => void
  removeMarker: (id: string, name: string) => void
  scrollToElement: (element: Shape, padding?: number) => void
  viewbox: (box: { x: number; y: number; width: number; height: number }) => void
}

/** At this size names can be read. */
export const READABLE = 0.8

/** The beginning of a drawing too large to be read as a whole: its start event at the left. */
export function showStart(
  canvas: Canvas,
  registry: Registry,
  box: HTMLElement,
  left: number,
): void {
  const start = registry.getAll().find(({ type }) => type === 'bpmn:StartEvent')
  if (!start || canvas.zoom() >= READABLE || box.clientWidth === 0) return
  const [width, height] = [box.clientWidth / READABLE, box.clientHeight / READABLE]
  const y = start.y + start.height / 2 - height / 2
  canvas.viewbox({ x: start.x - left / READABLE, y, width, height })
}
