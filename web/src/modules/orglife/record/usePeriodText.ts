// Periods in words: `2026年10月`, `2026年第三季度`, `2025年`.

import { useTexts } from '@/lib/texts'

export function usePeriodText() {
  const { t, format } = useTexts()
  return (period: string): string => {
    if (period.length === 4) return t('orglife.year', { year: period })
    if (period[4] !== 'Q') return format.value.month(period)
    return t('orglife.quarter', { year: period.slice(0, 4), quarter: period[5] ?? '' })
  }
}
