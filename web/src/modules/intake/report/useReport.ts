// One import as its page shows it: its job, what it told, the files that were checked or the rows
// that were refused, and what was corrected in them.

import { computed, ref, shallowRef, watch } from 'vue'
import { useRouter } from 'vue-router'
import { api, ask } from '@/api/api'
import { useSession } from '@/api/session'
import { useCommand } from '@/api/useCommand'
import { Problem } from '@/lib/problem'
import { language } from '@/lib/texts'
import { csvOf } from '@/lib/workbook/csv'
import { openWorkbook, type Change, type Workbook } from '@/lib/workbook/workbook'
import { useJob } from '@/modules/live/public'
import { draftOf, dropDraft, keepDraft, type Draft } from '../imports/drafts'
import { mark, markOf } from '../imports/marks'
import { sendFiles } from '../imports/send'
import { correctedRows, gridOfFiles, gridOfRefused, type GridSheet } from './grid'
import { filesOf, reportOf, type Report } from './report'

/** A check keeps nothing; what is kept can be undone. */
export type Stage = 'checked' | 'kept' | 'undone'

const REFUSED = 'refused.xlsx'

/** The workbook of the rows that wait; what the server says where there is none. */
async function readRefused(job: string): Promise<Blob | 'checked' | 'none'> {
  try {
    const params = { path: { job } }
    const call = api.GET('/api/v1/imports/{job}/refused', { params, parseAs: 'blob' })
    return (await call).data as unknown as Blob
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error.code === 'intake.batch_missing') return 'checked'
    if (error.code === 'intake.nothing_refused') return 'none'
    throw error
  }
}

export function useReport(id: () => string) {
  const router = useRouter()
  const session = useSession()
  const account = session.me?.account.id ?? ''
  const { job, problem: jobProblem, reload } = useJob(id)
  const report = computed(() => job.value && reportOf(job.value))
  const stage = ref<Stage>()
  const draft = shallowRef<Draft>()
  /** What came after this check. */
  const next = ref<string>()
  const books = shallowRef<ReadonlyMap<string, Workbook>>(new Map())
  const sheets = shallowRef<GridSheet[]>([])
  const problem = shallowRef<Problem>()
  /** Whether the grid is as complete as it will be. */
  const ready = ref(false)

  async function openBooks(files: readonly File[]): Promise<void> {
    const opened = new Map<string, Workbook>()
    for (const file of files) {
      const book = await openWorkbook(file)
      if (book) opened.set(file.name, book)
    }
    books.value = opened
  }

  async function openRefused(of: string, workbook: Blob): Promise<void> {
    const file = new File([workbook], REFUSED)
    const before = await draftOf(of, account)
    draft.value = {
      job: of,
      account,
      organisation: job.value?.organisation ?? '',
      source: '',
      mapping: [],
      changes: before?.files[0]?.name === REFUSED ? before.changes : {},
      files: [file],
      kept_ms: Date.now(),
    }
    await openBooks([file])
  }

  async function look(): Promise<void> {
    const of = id()
    ready.value = false
    problem.value = undefined
    try {
      const seen = markOf(of)
      const refused = seen ? undefined : await readRefused(of)
      if (of !== id()) return
      next.value = seen?.next
      stage.value = seen?.as ?? (refused === 'checked' ? 'checked' : 'kept')
      if (refused instanceof Blob) await openRefused(of, refused)
      else if (stage.value === 'checked') {
        draft.value = await draftOf(of, account)
        await openBooks(draft.value?.files ?? [])
      }
      await lay()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      problem.value = error
    }
    if (of === id()) ready.value = true
  }

  async function lay(): Promise<void> {
    const told = report.value
    const file = draft.value?.files[0]?.name ?? ''
    const book = books.value.get(file)
    if (!told) sheets.value = []
    else if (stage.value === 'checked')
      sheets.value = await gridOfFiles(told, books.value, new Map(draft.value?.mapping), language())
    else if (book) sheets.value = await gridOfRefused(told, file, book, language())
    else sheets.value = []
  }

  /** The files of a check, chosen again: the browser had not kept them. */
  async function choose(files: File[]): Promise<void> {
    const wanted = new Set(filesOf(report.value as Report))
    const same = files.filter((file) => wanted.has(file.name))
    if (same.length === 0 || !job.value) return
    draft.value = {
      job: id(),
      account,
      organisation: job.value.organisation,
      source: '',
      mapping: [],
      changes: {},
      files: same,
      kept_ms: Date.now(),
    }
    await keepDraft(draft.value)
    await openBooks(same)
    await lay()
  }

  function change(file: string, changes: Change[]): void {
    if (!draft.value) return
    draft.value = { ...draft.value, changes: { ...draft.value.changes, [file]: changes } }
    void keepDraft(draft.value)
  }

  /** Sends a check's files, or of a kept import the corrected rows, as a new import. */
  const send = useCommand(async (_key: string, dryRun: boolean) => {
    const now = draft.value as Draft
    const files = stage.value === 'kept' ? correctedFiles(sheets.value, now) : now.files
    const changes = stage.value === 'kept' ? {} : now.changes
    const sent = { ...now, files, changes }
    const sentJob = await sendFiles(sent, dryRun)
    if (stage.value === 'checked') mark(now.job, { as: 'checked', next: sentJob.id })
    if (dryRun) {
      mark(sentJob.id, { as: 'checked' })
      await keepDraft({ ...now, job: sentJob.id, kept_ms: Date.now() })
    }
    await dropDraft(now.job)
    await router.push({ name: 'intake.report', params: { job: sentJob.id } })
  })

  /** Checks again with other columns. */
  async function map(mapping: Draft['mapping']): Promise<void> {
    if (!draft.value) return
    draft.value = { ...draft.value, mapping }
    await send.run(true)
  }

  const cancel = useCommand(async () => {
    await ask(api.DELETE('/api/v1/jobs/{job}', { params: { path: { job: id() } } }))
    await reload()
  })

  watch(id, () => {
    stage.value = undefined
    next.value = undefined
    draft.value = undefined
    sheets.value = []
    books.value = new Map()
    ready.value = false
  })
  watch(report, (told) => told && void look(), { immediate: true })
  watch(language, () => void lay())
  const corrections = computed(() =>
    Object.values(draft.value?.changes ?? {}).reduce((all, changes) => all + changes.length, 0),
  )
  return {
    job,
    report,
    stage,
    next,
    draft,
    books,
    sheets,
    ready,
    corrections,
    problem: computed(() => problem.value ?? jobProblem.value),
    look,
    reload,
    choose,
    change,
    send,
    map,
    cancel,
  }
}

/** Each sheet's corrected rows as a file of its own. */
function correctedFiles(sheets: readonly GridSheet[], draft: Draft): File[] {
  const changes = draft.changes[REFUSED] ?? []
  return sheets.flatMap((sheet, at) => {
    const rows = correctedRows(sheet, changes)
    const bytes = csvOf(rows) as Uint8Array<ArrayBuffer>
    return rows.length > 0 ? [new File([bytes], `${at + 1}-${sheet.sheet ?? 'rows'}.csv`)] : []
  })
}
