// What every chart has in common: the theme's colours and type, patterns besides colours, no inline
// styles (the tooltip is drawn, since the Content-Security-Policy allows none).

import type { EChartsCoreOption } from 'echarts/core'

export type ChartOption = EChartsCoreOption

function variable(style: CSSStyleDeclaration, name: string): string {
  return style.getPropertyValue(name).trim()
}

/** The option with the look of the page that `element` stands in. */
export function dressed(option: ChartOption, element: HTMLElement, still: boolean): ChartOption {
  const style = getComputedStyle(element)
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
  const whole: Record<string, unknown> = {
    color: [variable(style, '--accent'), ...greys, variable(style, '--yellow-lamp')],
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
    const given = whole[name] as Parts | Parts[] | undefined
    if (Array.isArray(given)) whole[name] = given.map((one) => together(axis, one))
    else if (given) whole[name] = together(axis, given)
  }
  if (whole.legend) {
    whole.legend = { textStyle: { color: ink, fontSize: size }, ...(whole.legend as object) }
  }
  return whole
}

type Parts = Record<string, unknown>

/** An axis with what all have in common; what is said of a part adds to it. */
function together(common: Record<string, object>, one: Parts): Parts {
  const whole: Parts = { ...common, ...one }
  for (const [name, part] of Object.entries(common))
    whole[name] = { ...part, ...(one[name] as object | undefined) }
  return whole
}
