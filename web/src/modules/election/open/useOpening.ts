// The form that opens a box: filled with what the election and the roll know, kept as a draft once
// somebody types.

import { computed, reactive, ref, toRaw, watch } from 'vue'
import { useRoute } from 'vue-router'
import { useOrganisation, usePlaces } from '@/api/places'
import { useSession } from '@/api/session'
import { useLoad } from '@/api/useLoad'
import { draftKey, dropDraft, keepDraft, keptDraft } from '@/lib/draft'
import { useTexts } from '@/lib/texts'
import { MOST_CODES } from '../election'
import { isTyped, readElection, readVoters, type Typed } from './opening'

export function useOpening() {
  const { t } = useTexts()
  const route = useRoute()
  const session = useSession()
  const places = usePlaces()
  const said = (name: string) => {
    const value = route.query[name]
    return typeof value === 'string' ? value : ''
  }
  const organisation = computed(() => said('at') || (places.data.value?.[0]?.organisation ?? ''))
  const place = useOrganisation(() => organisation.value || undefined)
  const at = () => organisation.value || undefined
  const election = useLoad(at, (id, signal) => readElection(id, said('case'), signal))
  const voters = useLoad(at, readVoters)

  const typed = reactive<Typed>({ title: '', candidates: [], seats: 1, codes: undefined })
  const key = computed(() =>
    draftKey(session.me?.account.id ?? '', 'ballot_box', organisation.value),
  )
  /** When the draft was kept that is shown. */
  const restored = ref<number>()
  let touched = false

  /** What is known, wherever nobody has typed. */
  function fillIn(): void {
    if (touched) return
    const known = election.data.value
    const name = place.data.value?.name
    if (name) typed.title = t('election.usual_title', { name })
    if (known?.candidates.length) typed.candidates = known.candidates
    if (known?.seats) typed.seats = known.seats
    if (voters.data.value) typed.codes = Math.min(voters.data.value, MOST_CODES)
  }
  watch(
    organisation,
    (id) => {
      const kept = id ? keptDraft(key.value, isTyped) : undefined
      if (!kept) return
      touched = true
      restored.value = kept.at
      Object.assign(typed, kept.value)
    },
    { immediate: true },
  )
  watch([place.data, election.data, voters.data], fillIn, { immediate: true })

  function keep(): void {
    touched = true
    keepDraft(key.value, typed)
  }
  // Candidates are picked without an input event of the form.
  watch(
    () => typed.candidates,
    (now) => toRaw(now) === election.data.value?.candidates || keep(),
  )
  function drop(): void {
    dropDraft(key.value)
    restored.value = undefined
  }
  function clear(): void {
    drop()
    touched = false
    Object.assign(typed, { title: '', candidates: [], seats: 1, codes: undefined })
    touched = false
    fillIn()
  }
  /** Once what is known is there, so that nothing changes beneath a hand. */
  const ready = computed(
    () =>
      (election.data.value !== undefined || !election.loading.value) &&
      (voters.data.value !== undefined || voters.problem.value !== undefined) &&
      place.data.value !== undefined,
  )
  return { typed, organisation, places, place, election, ready, restored, keep, drop, clear }
}
