// The form of a correction: what is on record, or what was typed and not saved.

import { computed, reactive, ref, watch } from 'vue'
import { useRouter } from 'vue-router'
import { api, ask } from '@/api/api'
import { useSession } from '@/api/session'
import { useCommand } from '@/api/useCommand'
import { useLoad } from '@/api/useLoad'
import { draftKey, dropDraft, keepDraft, keptDraft } from '@/lib/draft'
import { today } from '@/lib/format'
import { readTagged } from '../activity/reads'
import { isMeeting, type Meeting } from '../record/meeting'
import { readRoster } from '../record/reads'
import { correctionOf, meetingOf, periodBeside, rosterOf } from './correction'

/** A draft with the tag of the record that it began with. */
function isDraft(value: unknown): value is Meeting & { seen: string } {
  return isMeeting(value) && typeof (value as { seen?: unknown }).seen === 'string'
}

export function useCorrection(id: string) {
  const router = useRouter()
  const session = useSession()
  const key = draftKey(session.me?.account.id ?? '', 'correction', id)
  const found = useLoad(
    () => id,
    async (activity, signal) => {
      const tagged = await readTagged(activity, signal)
      if (!tagged) return null
      const { data: read, tag } = tagged
      const members = await readRoster(read.organisation, read.kind, signal)
      return { activity: read, tag, members, roster: rosterOf(read, members) }
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
  /** The record that the form began with: what somebody changed since is not overwritten. */
  let seen = ''
  /** Somebody else corrected it meanwhile. */
  const meanwhile = ref(false)
  watch(
    () => found.data.value,
    (now) => {
      if (!now || ready.value) return
      const kept = keptDraft(key, isDraft)
      const { seen: began, ...typed } = kept?.value ?? { seen: now.tag }
      Object.assign(meeting, meetingOf(now.activity, now.members), typed)
      seen = began
      restored.value = kept?.at
      ready.value = true
    },
  )
  /** Only what a person changed is a draft. */
  let stopped = false
  watch(meeting, () => ready.value && !stopped && keepDraft(key, { ...meeting, seen }), {
    flush: 'sync',
  })
  function clear(): void {
    const now = found.data.value
    if (!now) return
    stopped = true
    meeting.period = undefined
    Object.assign(meeting, meetingOf(now.activity, now.members))
    stopped = false
    dropDraft(key)
    restored.value = undefined
    seen = now.tag
    meanwhile.value = false
    correct.clear()
  }

  const beside = computed(() => {
    const now = found.data.value
    return now ? periodBeside(now.activity, meeting.heldOn) : undefined
  })
  const correct = useCommand((command, tag: string, body: ReturnType<typeof correctionOf>) =>
    ask(
      api.PUT('/api/v1/activities/{activity}', {
        params: { path: { activity: id }, header: { 'Idempotency-Key': command, 'If-Match': tag } },
        body: { as: body },
      }),
    ),
  )
  async function save(): Promise<void> {
    const now = found.data.value
    if (!now) return
    const done = await correct.run(seen, correctionOf(now.activity, meeting, now.roster))
    if (correct.problem.value?.code === 'api.changed_meanwhile') {
      await found.reload() // to be seen beside what was typed
      meanwhile.value = true
    }
    if (!done) return
    stopped = true
    dropDraft(key)
    await router.replace({
      name: 'orglife.activity',
      params: { activity: id },
      query: { saved: 'changed' },
    })
  }
  /** What was typed is to stand, now that the other's correction was seen. */
  async function saveMine(): Promise<void> {
    seen = found.data.value?.tag ?? seen
    meanwhile.value = false
    await save()
  }
  return { found, meeting, restored, ready, meanwhile, beside, correct, clear, save, saveMine }
}
