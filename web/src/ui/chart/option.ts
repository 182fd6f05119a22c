// What every chart has in common: the theme's colours and type, patterns besides colours, no inline
// styles (the tooltip is drawn, since the Content-Security-Policy allows none).

import type { EChartsCoreOption } from 'echarts/core'

/** `areas` are the shapes of a map: its series says `map: 'areas'`. */
export type ChartOption = EChartsCoreOption

/** GeoJSON, each area with the code of its organisation and its name. */
export interface AreaShapes {
  type: 'FeatureCollection'
  features: {
    type: 'Feature'
    properties: { code: string; name: string }
    geometry: object
  }[]
}

function variable(style: CSSStyleDeclaration, name: string): string {
  return style.getPropertyValue(name).trim()
}

/** With the page's values for colours that are named: `--accent`. */
function withValues(given: unknown, style: CSSStyleDeclaration): unknown {
  if (typeof given === 'string') return given.startsWith('--') ? variable(style, given) : given
  if (Array.isArray(given)) return given.map((one: unknown) => withValues(one, style))
  if (typeof given !== 'object' || given === null) return given
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, withValues(value, style)]),
  )
}

/**
 * The option with the look of the page that `element` stands in; with `lamps`, of red and yellow
 * lights.
 */
export function dressed(given: ChartOption, element: HTMLElement, still: boolean): ChartOption {
  const style = getComputedStyle(element)
  const { areas: _areas, ...drawn } = given
  const option = withValues(drawn, style) as ChartOption
  const ink = variable(style, '--ink')
  const soft = variable(style, '--ink-soft')
  const line = variable(style, '--line')
  const dark = element.closest<HTMLElement>('[data-theme]')?.dataset.theme === 'dark'
  const greys = dark ? ['#aeb6be', '#79828b', '#565e66'] : ['#59626b', '#8d969f', '#b9c0c7']
  const size = Number.parseFloat(variable(style, '--text-small'))
  const axis = {
    axisLabel: { color: soft, fontSize: size, hideOverlap: true },
    axisLine: { lineStyle: { color: line } },
    splitLine: { lineStyle: { color: line } },
  }
  const withAxis = (one: Record<string, unknown>) => ({
    ...axis,
    ...one,
    axisLabel: { ...axis.axisLabel, ...(one.axisLabel as object | undefined) },
    splitLine: { ...axis.splitLine, ...(one.splitLine as object | undefined) },
  })
  const whole: Record<string, unknown> = {
    color: option.lamps
      ? [variable(style, '--accent'), variable(style, '--yellow-lamp')]
      : [variable(style, '--accent'), ...greys, variable(style, '--yellow-lamp')],
    textStyle: { color: ink, fontFamily: style.fontFamily, fontSize: size },
    animation: !still,
    aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
    grid: { left: 8, right: 16, top: 32, bottom: 8, containLabel: true },
    ...option,
    tooltip: {
      renderMode: 'richText',
      confine: true,
      backgroundColor: variable(style, '--raised'),
      borderColor: line,
      textStyle: { color: ink, fontSize: size },
      ...(option.tooltip as object | undefined),
    },
  }
  for (const name of ['xAxis', 'yAxis']) {
    const axes = whole[name] as Record<string, unknown> | Record<string, unknown>[] | undefined
    if (Array.isArray(axes)) whole[name] = axes.map(withAxis)
    else if (axes) whole[name] = withAxis(axes)
  }
  if (whole.legend) {
    whole.legend = { textStyle: { color: ink, fontSize: size }, ...(whole.legend as object) }
  }
  return whole
}
