// The texts of the pages in the user's language: those of the start at once, those of a module when
// its first page is opened. Catalogues come compiled (tools/texts.mjs): nothing is evaluated here.

import { computed } from 'vue'
import { createI18n, useI18n, type LocaleMessageValue } from 'vue-i18n'
import loaders from 'virtual:texts'
import { formatOf, type Language } from './format'

const START = 'start'

export const i18n = createI18n({
  legacy: false,
  locale: 'zh',
  fallbackLocale: [],
  messages: {},
  // Keys are flat, as in the catalogues.
  messageResolver: (messages, key) =>
    (messages as Record<string, LocaleMessageValue>)[key] as never,
})

type Compiled = Record<string, unknown>
const held: Record<Language, Compiled> = { zh: {}, en: {} }
const loaded = new Set<string>()
const parts = new Set<string>([START])
/** The language asked for last, which is shown as soon as its texts are here. */
let asked: Language = 'zh'
let spoken = Promise.resolve()

/** Texts without {names} come as they are; vue-i18n wants their syntax tree, which is this. */
function asTree(text: unknown): unknown {
  return typeof text === 'string' ? { t: 0, b: { t: 2, i: [], s: text } } : text
}

async function load(language: Language, part: string): Promise<void> {
  const loader = loaders[language][part]
  if (!loader || loaded.has(`${language}/${part}`)) return
  const { default: catalogue } = await loader()
  for (const [key, text] of Object.entries(catalogue)) held[language][key] = asTree(text)
  loaded.add(`${language}/${part}`)
  i18n.global.setLocaleMessage(language, held[language] as never)
}

/** The language that is shown. */
export function language(): Language {
  return i18n.global.locale.value as Language
}

/** The language asked for, whose texts may still be on their way: what requests are answered in. */
export function languageAsked(): Language {
  return asked
}

/** Shows another language: everything that is on the screen, at once. */
export function speak(wanted: Language): Promise<void> {
  asked = wanted
  const shown = show(wanted)
  spoken = shown.catch(() => undefined)
  return shown
}

async function show(wanted: Language): Promise<void> {
  await Promise.all([...parts].map((part) => load(wanted, part)))
  i18n.global.locale.value = wanted
  document.documentElement.lang = wanted === 'zh' ? 'zh-CN' : 'en'
}

/** To be awaited before a page is shown: its module's texts, and the language asked for. */
export async function loadTexts(module?: string): Promise<void> {
  if (module) parts.add(module)
  await Promise.all([spoken, module ? load(asked, module) : undefined])
}

const formats = { zh: formatOf('zh'), en: formatOf('en') }

/** `const { t, format } = useTexts()`: texts by key, and dates and numbers in the locale. */
export function useTexts() {
  const { t } = useI18n({ useScope: 'global' })
  return { t, format: computed(() => formats[language()]) }
}

/** Outside of components. */
export const say = i18n.global.t
