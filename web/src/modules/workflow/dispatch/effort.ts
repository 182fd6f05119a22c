// Minutes in words, for sentences and lists: as minutes below an hour, as hours from one on.

import { useTexts } from '@/lib/texts'
import { effortOf } from './plan'

export function useEffort(): (minutes: number) => string {
  const { t, format } = useTexts()
  return (minutes) => {
    const { hours } = effortOf(minutes)
    return hours
      ? t('workflow.dispatch_hours', { count: format.value.number(hours) })
      : t('workflow.dispatch_minutes', { count: format.value.number(minutes) })
  }
}
