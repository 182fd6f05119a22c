// How this browser shows the pages: kept here, since an office's PC serves many.

import { ref, watch } from 'vue'
import { defineStore } from 'pinia'
import type { Language } from './format'
import { keep, kept } from './kept'
import { language, speak } from './texts'

export type Theme = 'auto' | 'light' | 'dark'

const KEYS = { theme: 'jishi.theme', elder: 'jishi.elder', language: 'jishi.language' }

/** What was chosen, else what the browser asks for, else Chinese. */
export function firstLanguage(): Language {
  const chosen = kept(KEYS.language)
  if (chosen === 'zh' || chosen === 'en') return chosen
  const wanted = navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag))
  return wanted?.toLowerCase().startsWith('en') ? 'en' : 'zh'
}

export const usePreferences = defineStore('preferences', () => {
  const stored = kept(KEYS.theme)
  const theme = ref<Theme>(stored === 'light' || stored === 'dark' ? stored : 'auto')
  const elder = ref(kept(KEYS.elder) === 'on')
  const systemDark = matchMedia('(prefers-color-scheme: dark)')

  function show(): void {
    const dark = theme.value === 'dark' || (theme.value === 'auto' && systemDark.matches)
    document.documentElement.dataset.theme = dark ? 'dark' : 'light'
    document.documentElement.dataset.size = elder.value ? 'elder' : 'standard'
  }

  systemDark.addEventListener('change', show)
  watch(theme, (value) => keep(KEYS.theme, value))
  watch(elder, (value) => keep(KEYS.elder, value ? 'on' : 'off'))
  watch([theme, elder], show, { immediate: true, flush: 'sync' })

  async function chooseLanguage(wanted: Language): Promise<void> {
    keep(KEYS.language, wanted)
    if (wanted !== language()) await speak(wanted)
  }

  return { theme, elder, chooseLanguage }
})
