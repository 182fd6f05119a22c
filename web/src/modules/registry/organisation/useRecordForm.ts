// The form over an organisation's record: what is typed is kept, sent on top of what was seen, and
// where another was first, both values are shown.

import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { api, ask, askTagged } from '@/api/api'
import { useSession } from '@/api/session'
import { useCommand } from '@/api/useCommand'
import { useLoad } from '@/api/useLoad'
import { draftKey, dropDraft, keepDraft, keptDraft } from '@/lib/draft'
import {
  changesOf,
  isRecordDraft,
  merge,
  textsOf,
  type FieldName,
  type RecordDraft,
  type Texts,
} from './record'

const ADDRESS = '/api/v1/organisations/{organisation}/record'

export function useRecordForm(organisation: string) {
  const session = useSession()
  const key = draftKey(session.me?.account.id ?? '', 'record', organisation)
  const read = useLoad(
    () => organisation,
    (id, signal) => askTagged(api.GET(ADDRESS, { params: { path: { organisation: id } }, signal })),
  )
  const seen = shallowRef<Texts>()
  const mine = reactive<Partial<Texts>>({})
  const clashes = ref<FieldName[]>([])
  const meanwhile = ref(false)
  const restored = ref<number>()
  let tag = ''

  /** On top of `before`, which is what this person had seen. */
  function take(now: Texts, before: Texts, typed: Texts): void {
    const merged = merge(before, now, typed)
    seen.value = now
    clashes.value = merged.clashes
    Object.assign(mine, merged.mine)
  }
  watch(read.data, (got) => {
    if (!got) return
    const now = textsOf(got.data)
    tag = got.tag
    if (seen.value) return take(now, seen.value, mine as Texts)
    const kept = keptDraft(key, isRecordDraft)
    restored.value = kept?.at
    take(now, kept?.value.seen ?? now, kept?.value.mine ?? now)
    meanwhile.value = clashes.value.length > 0
  })
  const changed = computed(() => (seen.value ? changesOf(seen.value, mine as Texts) : {}))
  // A number that is typed is not kept.
  watch(mine, () => {
    if (!seen.value) return
    const draft: RecordDraft = { seen: seen.value, mine: { ...(mine as Texts), phone: '' } }
    if (Object.keys(changesOf(draft.seen, draft.mine)).length > 0) keepDraft(key, draft)
    else dropDraft(key)
  })

  const command = useCommand((id, body: Partial<Texts>, on: string) =>
    ask(
      api.PATCH(ADDRESS, {
        params: { path: { organisation }, header: { 'If-Match': on, 'Idempotency-Key': id } },
        body,
      }),
    ),
  )
  /** Resolves true when it is on record. */
  async function save(): Promise<boolean> {
    if (await command.run(changed.value, tag)) {
      dropDraft(key)
      return true
    }
    if (command.problem.value?.status !== 412) return false
    command.clear()
    meanwhile.value = true
    await read.reload()
    return false
  }
  function takeTheirs(name: FieldName): void {
    mine[name] = seen.value?.[name] ?? ''
    clashes.value = clashes.value.filter((one) => one !== name)
  }
  return {
    read,
    seen,
    mine,
    clashes,
    meanwhile,
    restored,
    changed,
    command,
    save,
    takeTheirs,
    drop: () => dropDraft(key),
  }
}
