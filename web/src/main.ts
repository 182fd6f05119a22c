import { createPinia } from 'pinia'
import { createApp } from 'vue'
import './ui/tokens.css'
import './ui/base.css'
import './ui/control.css'
import './ui/floating.css'
import { connectHttp } from '@/api/http'
import { live } from '@/api/events'
import { useSession } from '@/api/session'
import { firstLanguage, usePreferences } from '@/lib/preferences'
import { i18n, languageAsked, speak } from '@/lib/texts'
import { useToasts } from '@/lib/toasts'
import App from './app/App.vue'
import { router } from './app/router'
import { isAborted, Problem } from '@/lib/problem'
import { problemText } from '@/lib/problemText'

async function start(): Promise<void> {
  const app = createApp(App).use(createPinia()).use(i18n)
  usePreferences()
  const session = useSession()
  connectHttp({
    language: languageAsked,
    csrf: () => session.me?.csrf ?? '',
    signInAgain: session.signInAgain,
  })
  document.addEventListener('visibilitychange', () => live.seen(!document.hidden))

  /** What no page has dealt with. Mistakes of ours go to the console, too. */
  function failed(error: unknown): void {
    if (isAborted(error)) return
    useToasts().add('failed', problemText(error))
    if (!(error instanceof Problem)) console.error(error)
  }
  app.config.errorHandler = failed
  window.addEventListener('unhandledrejection', (event) => failed(event.reason))

  const texts = speak(firstLanguage())
  app.use(router) // finds the page, and who is here, while the texts are on their way
  await texts
  app.mount('#app')
}

void start()
