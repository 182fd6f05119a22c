// Boundaries and figures brought together by the codes of organisations.

import type { AreaShapes, ChartOption } from '@/ui/chart/option'

export interface MapArea {
  name: string
  /** Undefined: no organisation directly below has the area's code. */
  organisation: string | undefined
  red: number
  yellow: number
  members: number
}

interface Below {
  organisation: string
  code: string
  members: string
}
interface Lit {
  organisation: string
  red: string
  yellow: string
}

/** Each area of the map once, by its name; the most lights first. */
export function areasOf(
  shapes: AreaShapes | undefined,
  below: readonly Below[],
  lit: readonly Lit[],
): MapArea[] {
  const byCode = new Map(below.map((one) => [one.code, one]))
  const lights = new Map(lit.map((one) => [one.organisation, one]))
  const areas = (shapes?.features ?? []).map(({ properties }) => {
    const branch = byCode.get(properties.code)
    const on = branch && lights.get(branch.organisation)
    return {
      name: properties.name,
      organisation: branch?.organisation,
      red: Number(on?.red ?? 0),
      yellow: Number(on?.yellow ?? 0),
      members: Number(branch?.members ?? 0),
    }
  })
  return areas.sort((one, other) => other.red - one.red || other.yellow - one.yellow)
}

export function mapChart(
  areas: readonly MapArea[],
  title: string,
  shapes: AreaShapes | undefined,
): ChartOption {
  const most = Math.max(1, ...areas.map((area) => area.red + area.yellow))
  return {
    areas: shapes,
    aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
    tooltip: { trigger: 'item' },
    visualMap: {
      min: 0,
      max: most,
      left: 8,
      bottom: 8,
      text: [title, ''],
      textStyle: { color: '--ink' },
      inRange: { color: ['--tile', '--red-lamp'] },
    },
    series: [
      {
        type: 'map',
        map: 'areas',
        nameProperty: 'name',
        selectedMode: false,
        label: { show: true, color: '--ink', width: 96, overflow: 'truncate' },
        labelLayout: { hideOverlap: true },
        itemStyle: { areaColor: '--surface', borderColor: '--line-strong' },
        emphasis: { label: { color: '--ink' }, itemStyle: { areaColor: '--tile-head' } },
        data: areas.flatMap((area) =>
          area.organisation ? [{ name: area.name, value: area.red + area.yellow }] : [],
        ),
      },
    ],
  }
}
