// The charts of the wall as ECharts draws them. Colours are the page's, by their names.

import type { ChartOption } from '@/ui/chart/option'
import { inLines } from './lines'

export interface Figure {
  name: string
  value: number
}

/** Nothing is written over a column of none, nor over another's figure. */
const figureOver = {
  label: {
    show: true,
    position: 'top',
    color: '--ink',
    formatter: ({ value }: { value: number }) => (value === 0 ? '' : String(value)),
  },
  labelLayout: { hideOverlap: true },
}

const TIGHT = { left: 4, right: 16, top: 8, bottom: 4, containLabel: true }

/** One bar a row, its figure at its end. */
export function rowsChart(figures: readonly Figure[]): ChartOption {
  return {
    color: ['--bar'],
    grid: { ...TIGHT, right: '13%' },
    aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
    xAxis: {
      type: 'value',
      minInterval: 1,
      axisLabel: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: figures.map((figure) => figure.name),
      axisTick: { show: false },
      axisLabel: { formatter: inLines, interval: 0 },
    },
    tooltip: { trigger: 'item' },
    series: [
      {
        type: 'bar',
        barMaxWidth: 28,
        label: { show: true, position: 'right', color: '--ink' },
        data: figures.map((figure) => figure.value),
      },
    ],
  }
}

export interface Pair {
  name: string
  red: number
  yellow: number
}

function lampSeries(names: LampNames, pairs: readonly Pair[], more: object): object[] {
  return (['red', 'yellow'] as const).map((level) => ({
    type: 'bar',
    name: names[level],
    stack: 'lights',
    barMaxWidth: 28,
    data: pairs.map((pair) => pair[level]),
    ...more,
  }))
}

export interface LampNames {
  red: string
  yellow: string
}

const LAMPS = ['--red-lamp', '--yellow-lamp']
/** Clear of the legend. */
const BELOW_LEGEND = { ...TIGHT, top: 36 }

/** Red and yellow of each row, one after the other. */
export function lampRows(pairs: readonly Pair[], names: LampNames): ChartOption {
  return {
    color: LAMPS,
    grid: BELOW_LEGEND,
    legend: { top: 0, right: 0 },
    xAxis: { type: 'value', minInterval: 1 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: pairs.map((pair) => pair.name),
      axisTick: { show: false },
      axisLabel: { formatter: inLines, interval: 0 },
    },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    series: lampSeries(names, pairs, {}),
  }
}

/** Red and yellow over time. */
export function lampColumns(pairs: readonly Pair[], names: LampNames): ChartOption {
  return {
    color: LAMPS,
    grid: BELOW_LEGEND,
    legend: { top: 0, right: 0 },
    xAxis: { type: 'category', data: pairs.map((pair) => pair.name), axisTick: { show: false } },
    yAxis: { type: 'value', minInterval: 1 },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    series: lampSeries(names, pairs, {}),
  }
}

/** A column a month; one of them stands out: what is over its end, what is chosen. */
export function columnsChart(figures: readonly Figure[], marked?: string): ChartOption {
  return {
    color: ['--bar'],
    grid: { ...TIGHT, top: 24 },
    aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
    xAxis: {
      type: 'category',
      data: figures.map((figure) => figure.name),
      axisTick: { show: false },
    },
    yAxis: { type: 'value', minInterval: 1 },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    series: [
      {
        type: 'bar',
        barMaxWidth: 36,
        ...figureOver,
        data: figures.map(({ name, value }) =>
          name === marked ? { value, itemStyle: { color: '--red-lamp' } } : value,
        ),
      },
    ],
  }
}

/** Shares of a whole, each with its name and figure beside it. */
export function sharesChart(figures: readonly Figure[]): ChartOption {
  return {
    color: ['--bar', '--bar-2', '--bar-3'],
    tooltip: { trigger: 'item' },
    series: [
      {
        type: 'pie',
        radius: ['42%', '70%'],
        label: { formatter: '{b}\n{c}  {d}%', color: '--ink' },
        data: figures.map((figure) => ({ ...figure })),
      },
    ],
  }
}

export interface Tile extends Figure {
  children?: readonly Figure[]
}

/** Organisations by their members; those with parts show them. */
export function tilesChart(tiles: readonly Tile[]): ChartOption {
  return {
    color: ['--tile'],
    aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
    tooltip: { trigger: 'item' },
    series: [
      {
        type: 'treemap',
        left: 0,
        right: 0,
        top: 0,
        bottom: 0,
        roam: false,
        nodeClick: false,
        breadcrumb: { show: false },
        label: { color: '--ink', formatter: '{b}\n{c}', overflow: 'truncate' },
        upperLabel: { show: true, color: '--ink', height: 24, formatter: '{b}  {c}' },
        itemStyle: { color: '--tile', borderColor: '--paper', borderWidth: 1, gapWidth: 1 },
        levels: [
          { itemStyle: { borderWidth: 0, gapWidth: 3 }, upperLabel: { show: false } },
          { itemStyle: { borderColor: '--tile-head', borderWidth: 2, gapWidth: 1 } },
          { itemStyle: { color: '--tile' } },
        ],
        data: tiles.map((tile) => ({ ...tile, id: tile.name })),
      },
    ],
  }
}
