// The drawing of charts, with the library it takes: a file of its own, which a page that surely
// draws asks for while it still reads what to draw.

export const loadCanvas = () => import('./ChartCanvas.vue')
