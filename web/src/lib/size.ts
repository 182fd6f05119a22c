// Sizes of files as people read them.

const UNITS = ['B', 'KB', 'MB', 'GB']

export function sizeText(bytes: number, number: (value: number) => string): string {
  let unit = 0
  let value = bytes
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${number(unit === 0 ? value : Math.round(value * 10) / 10)} ${UNITS[unit]}`
}
