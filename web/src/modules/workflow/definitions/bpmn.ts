// The little of bpmn-js that is used here, typed, and what of a drawing is shown.

import type { Box } from './labels'

export interface Shape extends Box {
  id: string
  type?: string
  /** Of a label: what it is the label of. */
  labelTarget?: Shape
  /** Of a flow. */
  waypoints?: { x: number; y: number }[]
}

export interface Registry {
  get: (id: string) => Shape | undefined
  getAll: () => Shape[]
  getGraphics: (element: Shape) => SVGGElement | undefined
}

export interface Canvas {
  zoom: (to?: number | 'fit-viewport', center?: 'auto' | { x: number; y: number }) => number
  addMarker: (id: string, name: string) => void
  removeMarker: (id: string, name: string) => void
  scrollToElement: (element: Shape, padding?: number) => void
  viewbox: (box?: Box) => { inner: Box }
  /** The room has changed. */
  resized: () => void
}

/** At this size names can be read with ease, at the other still. */
const READABLE = 0.8
const LEAST = 0.45
/** Around a drawing, in pixels of the screen. */
const MARGIN = 20

export interface Room {
  width: number
  height: number
}

const middle = (from: number, length: number) => from + length / 2

/** Where a view begins along one way: about the place, and no further than the drawing goes. */
function begin(view: number, from: number, length: number, place: number): number {
  if (length <= view) return middle(from, length) - view / 2
  return Math.min(Math.max(place - view / 2, from), from + length - view)
}

/**
 * What of a drawing is shown first: all of it, where its names can still be read then, else the part
 * about a place, filled as far as the drawing goes. `left` of the room is covered.
 */
export function firstView(drawing: Box, room: Room, place: Box | undefined, left = 0): Box {
  const whole = Math.min(
    1,
    (room.width - left - 2 * MARGIN) / drawing.width,
    (room.height - 2 * MARGIN) / drawing.height,
  )
  const scale = whole >= LEAST ? whole : READABLE
  const margin = MARGIN / scale
  const before = margin + left / scale
  const [width, height] = [room.width / scale, room.height / scale]
  const at = place ?? { x: drawing.x, y: drawing.y, width: 0, height: 0 }
  const [across, along] = [drawing.width + before + margin, drawing.height + 2 * margin]
  return {
    x: begin(width, drawing.x - before, across, middle(at.x, at.width)),
    y: begin(height, drawing.y - margin, along, middle(at.y, at.height)),
    width,
    height,
  }
}

/** As high as a drawing needs it in a room of this width. */
export function heightOf(drawing: Box, width: number, least: number, most: number): number {
  const whole = Math.min(1, (width - 2 * MARGIN) / drawing.width)
  const scale = whole >= LEAST ? whole : READABLE
  return Math.min(Math.max(drawing.height * scale + 2 * MARGIN, least), most)
}
