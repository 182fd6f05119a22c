// The little of bpmn-js that is used here, typed.

export interface Shape {
  id: string
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
}
