// The form of a correction: what is on record, or what was typed and not saved.

import { computed, reactive, ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import { api, ask } from '@/api/api'
import { useSession } from '@/api/session'
import { useCommand } from '@/api/useCommand'
import { useLoad } from '@/api/useLoad'
import { draftKey, dropDraft, keepDraft, keptDraft } from '@/lib/draft'
import { today } from '@/lib/format'
import { readActivity } from '../activity/reads'
import { isMeeting, type Meeting } from '../record/meeting'
import { readRoster } from '../record/reads'
import { correctionOf, meetingOf, periodBeside, rosterOf } from './correction'

export function useCorrection(id: string) {
  const router = useRouter()
  const session = useSession()
  const key = draftKey(session.me?.account.id ?? '', 'correction', id)
  const found = useLoad(
    () => id,
    async (activity, signal) => {
      const read = await readActivity(activity, signal)
      if (!read) return null
      const members = await readRoster(read.organisation, read.kind, signal)
      return { activity: read, members, roster: rosterOf(read, members) }
    },
  )
  const meeting = reactive<Meeting>({
    organisation: '',
    kind: '',
    heldOn: today(),
    place: '',
    topic: '',
    others: '',
    resolutions: '',
    absent: [],
  })
  const restored = ref<number>()
  const ready = ref(false)
  watch(
    () => found.data.value,
    (now) => {
      if (!now || ready.value) return
      const kept = keptDraft(key, isMeeting)
      Object.assign(meeting, meetingOf(now.activity, now.members), kept?.value)
      restored.value = kept?.at
      ready.value = true
    },
  )
  /** Only what a person changed is a draft. */
  let stopped = false
  watch(meeting, () => ready.value && !stopped && keepDraft(key, meeting), { flush: 'sync' })
  function clear(): void {
    const now = found.data.value
    if (!now) return
    stopped = true
    meeting.period = undefined
    Object.assign(meeting, meetingOf(now.activity, now.members))
    stopped = false
    dropDraft(key)
    restored.value = undefined
  }

  const beside = computed(() => {
    const now = found.data.value
    return now ? periodBeside(now.activity, meeting.heldOn) : undefined
  })
  const correct = useCommand((command, body: ReturnType<typeof correctionOf>) =>
    ask(
      api.PUT('/api/v1/activities/{activity}', {
        params: { path: { activity: id }, header: { 'Idempotency-Key': command } },
        body: { as: body },
      }),
    ),
  )
  async function save(): Promise<void> {
    const now = found.data.value
    if (!now) return
    const done = await correct.run(correctionOf(now.activity, meeting, now.roster))
    if (!done) return
    stopped = true
    dropDraft(key)
    await router.replace({
      name: 'orglife.activity',
      params: { activity: id },
      query: { saved: 'changed' },
    })
  }
  return { found, meeting, restored, ready, beside, correct, clear, save }
}
