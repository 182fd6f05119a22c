// What every chart has in common: the theme's colours and type, patterns besides colours, no inline
// styles (the tooltip is drawn, since the Content-Security-Policy allows none).

import type { EChartsCoreOption } from 'echarts/core'

export type ChartOption = EChartsCoreOption

function variable(style: CSSStyleDeclaration, name: string): string {
  return style.getPropertyValue(name).trim()
}

/**
 * The option with the look of the page that `element` stands in; with `lamps`, of red and yellow lights.
 */
export function dressed(option: ChartOption, element: HTMLElement, still: boolean): ChartOption {
  const style = getComputedStyle(element)
  const ink = variable(style, '--ink')
  const soft = variable(style, '--ink-soft')
  const line = variable(style, '--line')
  const dark = document.documentElement.dataset.theme === 'dark'
  const greys = dark ? ['#aeb6be', '#79828b', '#565e66'] : ['#59626b', '#8d969f', '#b9c0c7']
  const size = Number.parseFloat(variable(style, '--text-small'))
  const axis = {
    axisLabel: { color: soft, fontSize: size, hideOverlap: true },
    axisLine: { lineStyle: { color: line } },
    splitLine: { lineStyle: { color: line } },
  }
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
    const given = whole[name] as object | object[] | undefined
    if (Array.isArray(given)) whole[name] = given.map((one: object) => ({ ...axis, ...one }))
    else if (given) whole[name] = { ...axis, ...given }
  }
  if (whole.legend) {
    whole.legend = { textStyle: { color: ink, fontSize: size }, ...(whole.legend as object) }
  }
  return whole
}
