// The words of a person's fields that hold codes.

import { useCodes as useWords } from '@/api/codes'
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
  education_band: 'education_band',
  occupation_band: 'occupation',
  ethnic_group: 'ethnic_group',
}

export interface Codes {
  /** The word of a field's value; the value itself where it is no code. */
  label: (field: string, value: string) => string
  choices: (field: string) => Choice[]
}

export function useCodes(): Codes {
  const words = useWords()
  return {
    label: (field, value) => words.label(CODE_SET[field] ?? '', value),
    choices: (field) =>
      words.entries(CODE_SET[field] ?? '').map(({ code, label }) => ({ value: code, text: label })),
  }
}
