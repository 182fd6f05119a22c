// The form of a meeting: prefilled with what is known, kept as a draft while it is typed.

import { computed, reactive, ref, watch } from 'vue'
import { useRoute } from 'vue-router'
import { usePlaces } from '@/api/places'
import { useSession } from '@/api/session'
import { useLoad } from '@/api/useLoad'
import { draftKey, dropDraft, keepDraft, keptDraft } from '@/lib/draft'
import { today } from '@/lib/format'
import { isMeeting, lightOf, missedPeriod, type Meeting } from './meeting'
import { readLights, readPlace, readRoster } from './reads'
import { kindOfRule } from './rules'

const USUAL_KIND = 'theme_day'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export function useMeeting() {
  const route = useRoute()
  const session = useSession()
  const places = usePlaces()
  const asked = { organisation: text(route.query.organisation), kind: text(route.query.kind) }
  // A form opened from a light is another one than that opened empty: each has its draft.
  const key = draftKey(session.me?.account.id ?? '', 'meeting', asked.organisation, asked.kind)
  const empty = (): Meeting => ({
    organisation: asked.organisation,
    kind: asked.kind,
    heldOn: today(),
    place: '',
    topic: '',
    others: '',
    resolutions: '',
    absent: [],
  })
  const kept = keptDraft(key, isMeeting)
  const meeting = reactive<Meeting>({ ...empty(), ...kept?.value })
  /** When the draft was kept that is shown. */
  const restored = ref(kept?.at)
  /** Only what a person typed is a draft; what was prefilled comes again by itself. */
  let typed = kept !== undefined

  // Nothing is asked that is known: one's own organisation, what its lights ask for, the place.
  watch(
    () => places.data.value,
    (now) => {
      if (!meeting.organisation && now?.[0]) meeting.organisation = now[0].organisation
    },
    { immediate: true },
  )
  const lights = useLoad(
    () => (session.may('insight.read') && meeting.organisation) || undefined,
    readLights,
  )
  watch(
    () => lights.data.value ?? lights.problem.value ?? !session.may('insight.read'),
    (known) => {
      const first = lights.data.value?.[0]
      if (known && !meeting.kind) meeting.kind = first ? kindOfRule(first.rule) : USUAL_KIND
    },
    { immediate: true },
  )
  const of = () =>
    meeting.organisation && meeting.kind
      ? { organisation: meeting.organisation, kind: meeting.kind }
      : undefined
  const roster = useLoad(of, (source, signal) =>
    readRoster(source.organisation, source.kind, signal),
  )
  const lastPlace = useLoad(of, (source, signal) =>
    readPlace(source.organisation, source.kind, signal),
  )
  // What the page itself has put there it may replace; a draft's place is the person's, though empty.
  let filled = kept ? undefined : ''
  watch(
    () => lastPlace.data.value,
    (place) => {
      if (place === undefined || meeting.place !== filled) return
      meeting.place = place
      filled = place
    },
  )
  watch(
    () => meeting.organisation,
    () => (meeting.absent = []),
  )

  const light = computed(() => lightOf(lights.data.value ?? [], meeting.kind))
  const missed = computed(() => missedPeriod(light.value, meeting.heldOn))

  function keep(): void {
    typed = true
    keepDraft(key, meeting)
  }
  // Ticks and choices of lists change the form without an input event.
  watch(meeting, () => typed && keepDraft(key, meeting), { flush: 'sync' })
  function drop(): void {
    typed = false
    dropDraft(key)
    restored.value = undefined
  }
  function clear(): void {
    drop()
    const from = empty()
    const organisation = from.organisation || (places.data.value?.[0]?.organisation ?? '')
    const kind = from.kind || meeting.kind
    filled = lastPlace.data.value ?? ''
    Object.assign(meeting, { ...from, organisation, kind, place: filled })
    meeting.period = undefined
    meeting.due = undefined
    meeting.present = undefined
  }
  return { meeting, places, lights, light, missed, roster, restored, keep, drop, clear }
}
