// Values and bounds of settings in words.

import { useTexts } from '@/lib/texts'
import { kindOf, periodOf, type Setting } from './settings'

const KNOWN = /^(agreement|filing|due|present)$/

export function useWords() {
  const { t, format } = useTexts()

  /** A choice that a newer pack brings has no words yet: then its own stands there. */
  function valueText(value: string): string {
    const period = periodOf(value)
    if (period)
      return t(`workflow.period_${period.unit}`, { count: format.value.number(period.count) })
    if (KNOWN.test(value)) return t(`workflow.setting_${value}`)
    return /^\d+$/.test(value) ? format.value.number(value) : value || '—'
  }

  function boundsText(setting: Setting): string {
    const standard = valueText(setting.standard)
    if (kindOf(setting) === 'choice') return t('workflow.setting_standard', { standard })
    const least = valueText(setting.least)
    return t('workflow.setting_bounds', { least, most: valueText(setting.most), standard })
  }

  return { valueText, boundsText }
}
