// The case that a page shows: read by its own id or by that of a task, read anew as it goes on.

import { computed } from 'vue'
import { useLive } from '@/api/events'
import { useSession } from '@/api/session'
import { useLoad } from '@/api/useLoad'
import { language } from '@/lib/texts'
import { readDefinition } from '../definitions/definitions'
import { formOf, messagesOf, readCase, readTask, verbsOf, type CaseVerb, type Me } from './case'

export function useCase(of: () => { task?: string | undefined; id?: string | undefined }) {
  const session = useSession()
  const load = useLoad(
    // Labels come from the server in the language that is asked for.
    () => ({ ...of(), language: language() }),
    ({ task, id }, signal) => (task ? readTask(task, signal) : readCase(id ?? '', signal)),
  )
  const whole = computed(() => load.data.value?.whole)
  const page = computed(() => load.data.value?.task)
  const definition = useLoad(
    () => whole.value?.head.version,
    (version) => readDefinition(version),
  )
  const words = computed(() => {
    const found = definition.data.value
    return found && found.id === whole.value?.head.version ? found.words : undefined
  })
  const me = computed<Me>(() => ({
    account: session.me?.account.id ?? '',
    person: session.me?.account.person ?? '0',
    name: session.me?.account.name ?? '',
    roles: session.me?.roles ?? [],
  }))
  useLive(
    (fact) => fact.kind.startsWith('workflow.'),
    () => void load.reload(),
  )
  const manages = computed(() => session.may('workflow.manage'))
  return {
    load,
    whole,
    page,
    words,
    definition,
    me,
    manages,
    form: computed(() => formOf(page.value)),
    verbs: computed(() => (page.value ? verbsOf(page.value, session.may('search.use')) : [])),
    caseVerbs: computed(() => (whole.value?.verbs ?? []) as CaseVerb[]),
    messages: computed(() => (whole.value ? messagesOf(whole.value, words.value, me.value) : [])),
  }
}

export type UsedCase = ReturnType<typeof useCase>
