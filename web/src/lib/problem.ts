// What a refused or failed request says (RFC 9457), as the server words it in the user's language.

/** The document of an answer that is application/problem+json. */
interface ProblemDocument {
  status: number
  code: string
  title: string
  detail: string
  request: string
  path?: string
  problems?: unknown[]
}

/** One of several things that are wrong with what was sent. */
interface Place {
  path: string
  code: string
  detail: string
}

/** Codes of what never reached the server, beside those that it gives. */
export const UNREACHABLE = 'web.unreachable'
export const UNREADABLE = 'web.unreadable'

export class Problem extends Error {
  readonly status: number
  /** Stable: what code tests. Texts are for people. */
  readonly code: string
  readonly title: string
  readonly detail: string
  /** Of the request in the server's log, to be told when asking for help. */
  readonly request: string
  /** The member of the body or query that was refused: `name`, `into[1].name`. */
  readonly path: string | undefined
  /** Where several things are wrong at once, each of them, as the route says. */
  readonly problems: readonly unknown[]
  /** Seconds after which another try makes sense. */
  readonly retryAfter: number | undefined

  constructor(document: ProblemDocument, retryAfter?: number) {
    super(`${document.code}: ${document.detail || document.title}`)
    this.name = 'Problem'
    this.status = document.status
    this.code = document.code
    this.title = document.title
    this.detail = document.detail
    this.request = document.request
    this.path = document.path
    this.problems = document.problems ?? []
    this.retryAfter = retryAfter
  }

  /** What is wrong at one of several places. */
  detailAt(path: string): string | undefined {
    const here = this.problems.find((one) => (one as Partial<Place> | null)?.path === path)
    return (here as Partial<Place> | undefined)?.detail
  }

  /** Whether it is unknown if the server did what it was asked: the same key may be sent again. */
  get uncertain(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504
  }
}

/** Nobody answered. Its texts are of the catalogue, by its code. */
export function unreachable(): Problem {
  return new Problem({ status: 0, code: UNREACHABLE, title: '', detail: '', request: '' })
}

function isDocument(value: unknown): value is ProblemDocument {
  const candidate = value as Partial<ProblemDocument> | null
  return typeof candidate?.code === 'string' && typeof candidate.status === 'number'
}

/** Reads the problem that an answer holds. */
export async function problemOf(response: Response): Promise<Problem> {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN)
  const retryAfter = Number.isFinite(seconds) ? seconds : undefined
  let document: unknown
  try {
    document = await response.json()
  } catch {
    document = undefined // a front's own page, say
  }
  if (isDocument(document)) return new Problem(document, retryAfter)
  return new Problem(
    { status: response.status, code: UNREADABLE, title: '', detail: '', request: '' },
    retryAfter,
  )
}

/** Whether a request was given up, because the page that asked has gone. */
export function isAborted(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError'
}
