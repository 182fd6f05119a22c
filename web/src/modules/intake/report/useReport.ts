// One import as its page shows it: its job, what it told, the files that were checked or the rows
// that were refused, and what was corrected in them.

import { computed, ref, shallowRef, watch } from 'vue'
import { useRouter } from 'vue-router'
import { api, ask, type Shape } from '@/api/api'
import { useSession } from '@/api/session'
import { useCommand } from '@/api/useCommand'
import { Problem } from '@/lib/problem'
import { language } from '@/lib/texts'
import { openWorkbook, type Change, type Workbook } from '@/lib/workbook/workbook'
import { useJob } from '@/modules/live/public'
import { draftOf, dropDraft, keepDraft, type Draft } from '../imports/drafts'
import { sendFiles } from '../imports/send'
import { gridOfFiles, type GridSheet } from './grid'
import { correctRows, readRefused } from './refusedRows'
import { filesOf, reportOf } from './report'

/** A check keeps nothing; what is kept can be undone. */
export type Stage = 'checked' | 'kept' | 'undone'
type About = Shape<'intake.ShownImport'>

function stageOf(about: About): Stage {
  if (about.undone) return 'undone'
  return about.dry_run || about.batch === null ? 'checked' : 'kept'
}

const mappingOf = (about: About): Draft['mapping'] =>
  about.map.map((pair) => {
    const at = pair.indexOf('=')
    return [pair.slice(0, at), pair.slice(at + 1)]
  })

async function opened(files: readonly File[]): Promise<ReadonlyMap<string, Workbook>> {
  const books = new Map<string, Workbook>()
  for (const file of files) {
    const book = await openWorkbook(file)
    if (book) books.set(file.name, book)
  }
  return books
}

export function useReport(id: () => string) {
  const router = useRouter()
  const session = useSession()
  const account = session.me?.account.id ?? ''
  const { job, problem: jobProblem, reload } = useJob(id)
  const report = computed(() => job.value && reportOf(job.value))
  const about = shallowRef<About>()
  const stage = computed(() => about.value && stageOf(about.value))
  const draft = shallowRef<Draft>()
  const books = shallowRef<ReadonlyMap<string, Workbook>>(new Map())
  const sheets = shallowRef<GridSheet[]>([])
  const problem = shallowRef<Problem>()
  /** Why personal numbers are looked at whole; empty: they are masked. */
  const purpose = ref('')
  /** Whether the grid is as complete as it will be. */
  const ready = ref(false)

  const emptyDraft = (files: File[]): Draft => ({
    job: id(),
    account,
    organisation: job.value?.organisation ?? '',
    source: about.value?.source ?? '',
    mapping: about.value ? mappingOf(about.value) : [],
    changes: {},
    files,
    kept_ms: Date.now(),
  })

  /** Reads what became of it, and the rows that wait. */
  async function look(): Promise<void> {
    const of = id()
    const before = draft.value
    problem.value = undefined
    try {
      const params = { path: { job: of } }
      about.value = await ask(api.GET('/api/v1/imports/{job}', { params }))
      const kept = await draftOf(of, account)
      if (of !== id()) return
      // What was corrected while this was read is newer than what was kept before.
      if (draft.value === before)
        draft.value = kept ?? (stage.value === 'kept' ? emptyDraft([]) : undefined)
      if (stage.value === 'checked') books.value = await opened(draft.value?.files ?? [])
      await lay()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      problem.value = error
    }
    if (of === id()) ready.value = true
  }

  async function lay(): Promise<void> {
    const told = report.value
    if (!told || !about.value || stage.value === 'undone') sheets.value = []
    else if (stage.value === 'kept')
      sheets.value = await readRefused(id(), about.value.sheets, purpose.value)
    else
      sheets.value = await gridOfFiles(told, books.value, new Map(draft.value?.mapping), language())
  }

  /** The files of a check, chosen again: this browser had not kept them. */
  async function choose(files: File[]): Promise<void> {
    const wanted = new Set(report.value ? filesOf(report.value) : [])
    const same = files.filter((file) => wanted.has(file.name))
    if (same.length === 0) return
    draft.value = emptyDraft(same)
    await keepDraft(draft.value)
    books.value = await opened(same)
    await lay()
  }

  function change(file: string, changes: Change[]): void {
    if (!draft.value) return
    draft.value = { ...draft.value, changes: { ...draft.value.changes, [file]: changes } }
    void keepDraft(draft.value)
  }

  const corrections = computed(() =>
    Object.values(draft.value?.changes ?? {}).reduce((all, changes) => all + changes.length, 0),
  )
  /** The server still has the files as they were checked. */
  const stands = computed(() => about.value?.kept_until != null && corrections.value === 0)

  async function goOn(next: string): Promise<void> {
    await dropDraft(id())
    await router.push({ name: 'intake.report', params: { job: next } })
  }

  const commit = useCommand(async (_key: string) => {
    const params = { path: { job: id() } }
    const next = stands.value
      ? await ask(api.POST('/api/v1/imports/{job}/commit', { params }))
      : await sendFiles(draft.value as Draft, false)
    await goOn(next.id)
  })

  /** Checks again, with what was corrected; the check before is of no more use. */
  const check = useCommand(async (_key: string) => {
    const now = draft.value as Draft
    const next = await sendFiles(now, true)
    await keepDraft({ ...now, job: next.id, kept_ms: Date.now() })
    const params = { path: { job: id() } }
    await api.DELETE('/api/v1/jobs/{job}', { params }).catch(() => undefined)
    await goOn(next.id)
  })

  /** Checks again with other columns. */
  async function map(mapping: Draft['mapping']): Promise<void> {
    if (!draft.value) return
    draft.value = { ...draft.value, mapping }
    await check.run()
  }

  /** Sends the corrected rows of a kept import; those refused again stay, and say why now. */
  const save = useCommand(async (_key: string) => {
    const now = draft.value as Draft
    const done = await correctRows(id(), sheets.value, now.changes)
    draft.value = { ...now, changes: done.left }
    await keepDraft(draft.value)
    await look()
    sheets.value = done.told(sheets.value)
    return { taken: done.taken, refused: done.refused }
  })

  async function reveal(why: string): Promise<void> {
    purpose.value = why
    await look()
  }

  const cancel = useCommand(async () => {
    await ask(api.DELETE('/api/v1/jobs/{job}', { params: { path: { job: id() } } }))
    await reload()
  })

  watch(id, () => {
    about.value = undefined
    draft.value = undefined
    sheets.value = []
    books.value = new Map()
    purpose.value = ''
    ready.value = false
  })
  watch(report, (told) => told && void look(), { immediate: true })
  watch(language, () => void lay())

  return {
    job,
    report,
    about,
    stage,
    draft,
    books,
    sheets,
    ready,
    corrections,
    stands,
    purpose,
    problem: computed(() => problem.value ?? jobProblem.value),
    look,
    reload,
    choose,
    change,
    commit,
    check,
    map,
    save,
    reveal,
    cancel,
  }
}
