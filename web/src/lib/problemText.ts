// A refusal in a line.

import { Problem, UNREACHABLE } from '@/lib/problem'
import { say } from '@/lib/texts'

/** The server's own words; for what never reached it, or is no answer of it, ours. */
export function problemText(error: unknown): string {
  if (!(error instanceof Problem)) return say('ui.failed_unexpectedly')
  if (error.code === UNREACHABLE) return say('ui.unreachable')
  return error.detail || error.title || say('ui.answer_unreadable', { status: error.status })
}
