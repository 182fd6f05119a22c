// The words of codes, as the server says them in the user's language.

import { api, ask } from '@/api/api'
import { useLoad } from '@/api/useLoad'
import { language } from '@/lib/texts'
import type { Choice } from '@/ui/control'

/** Which set of codes a field of a person takes its values from. */
export const CODE_SET: Record<string, string> = {
  sex: 'sex',
  ethnic: 'ethnic',
  education: 'education',
  occupation: 'occupation',
  stage: 'member_stage',
  status: 'member_status',
  title: 'post_title',
}

export interface Codes {
  /** The word of a field's value; the value itself where it is no code. */
  label: (field: string, value: string) => string
  choices: (field: string) => Choice[]
}

export function useCodes(): Codes {
  const load = useLoad(
    () => language(),
    async (_, signal) => {
      const { items } = await ask(api.GET('/api/v1/codes', { signal }))
      return new Map(items.map((set) => [set.name, set.entries]))
    },
  )
  const entries = (field: string) => load.data.value?.get(CODE_SET[field] ?? '') ?? []
  return {
    label: (field, value) => entries(field).find((one) => one.code === value)?.label ?? value,
    choices: (field) => entries(field).map(({ code, label }) => ({ value: code, text: label })),
  }
}
