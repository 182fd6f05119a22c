// Workbooks on their way to the server: what may be sent, and sending it.

import { api, ask, formBody, type Shape } from '@/api/api'
import { openWorkbook, type Change } from '@/lib/workbook/workbook'
import type { Draft } from './drafts'

export type Job = Shape<'api.Job'>

/** As the server takes them (docs/workbooks.md). */
export const ENDINGS = '.xlsx,.xls,.et,.csv'
export const MOST_FILES = 1000
export const MOST_TOGETHER = 2 * 1024 ** 3
export const MOST_XLS = 64 * 1024 ** 2

export type Refusal = 'too_many' | 'too_large' | 'xls_too_large' | 'empty' | 'twice'

/** Why these files cannot be sent together; with the name of the first that is to blame. */
export function refusalOf(
  files: readonly { name: string; size: number }[],
): { why: Refusal; name: string } | undefined {
  const names = new Set<string>()
  let together = 0
  for (const { name, size } of files) {
    if (size === 0) return { why: 'empty', name }
    if (names.has(name)) return { why: 'twice', name }
    if (/\.(xls|et)$/i.test(name) && size > MOST_XLS) return { why: 'xls_too_large', name }
    names.add(name)
    together += size
    if (together > MOST_TOGETHER) return { why: 'too_large', name }
  }
  return names.size > MOST_FILES ? { why: 'too_many', name: '' } : undefined
}

async function corrected(file: File, changes: readonly Change[] | undefined): Promise<Blob> {
  if (!changes || changes.length === 0) return file
  const workbook = await openWorkbook(file)
  if (!workbook) return file
  return new Blob([(await workbook.withChanges(changes)) as Uint8Array<ArrayBuffer>])
}

type Sent = Pick<Draft, 'organisation' | 'source' | 'files' | 'mapping' | 'changes'>

/** Sends files with what was corrected in them; the answer is a job. */
export async function sendFiles(sent: Sent, dryRun: boolean): Promise<Job> {
  const form = new FormData()
  if (dryRun) form.append('dry_run', 'true')
  if (sent.source) form.append('source', sent.source)
  for (const [header, column] of sent.mapping) form.append('map', `${header}=${column}`)
  for (const file of sent.files)
    form.append('files', await corrected(file, sent.changes[file.name]), file.name)
  return ask(
    api.POST('/api/v1/organisations/{organisation}/imports', {
      params: { path: { organisation: sent.organisation } },
      ...formBody(form),
    }),
  )
}
