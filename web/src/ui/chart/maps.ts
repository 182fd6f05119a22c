// What ECharts needs for maps, loaded with the first one.

import { MapChart } from 'echarts/charts'
import { GeoComponent, VisualMapComponent } from 'echarts/components'
import { registerMap, use } from 'echarts/core'
import type { AreaShapes } from './option'

use([MapChart, GeoComponent, VisualMapComponent])

export function register(shapes: AreaShapes): void {
  registerMap('areas', shapes as unknown as Parameters<typeof registerMap>[1])
}
