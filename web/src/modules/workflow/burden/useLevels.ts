// Levels of those who send. Who sees the whole line above an organisation sees them by its names, and
// how far below; for others, whose line begins where their scope does, they are counted from the top.

import { useSession } from '@/api/session'
import { shortName } from '@/lib/shortName'
import { useTexts } from '@/lib/texts'

interface Seen {
  name: string
  /** From the top of one's scope down to itself. */
  line: readonly { name: string }[]
}

/** A role that is held everywhere. */
const EVERYWHERE = '0'

export function useLevels(of: () => Seen | undefined): (level: number) => string {
  const { t, format } = useTexts()
  const session = useSession()
  return (level) => {
    const seen = of()
    const whole =
      !session.me?.sight && session.me?.roles.some((one) => one.organisation === EVERYWHERE)
    const count = (number: number) => ({ count: format.value.number(number) })
    if (!seen || !whole) return t('workflow.burden_level_from_top', count(level + 1))
    const named = seen.line[level]
    if (named) return shortName(named.name, seen.line[level - 1]?.name ?? '')
    const below = level - seen.line.length + 1
    return below === 1
      ? t('workflow.burden_level_next')
      : t('workflow.burden_level_below', count(below))
  }
}
