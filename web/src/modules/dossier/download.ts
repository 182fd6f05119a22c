// A file that the server writes, taken with the session's cookie and token, so that a refusal is
// said on the page and an ended session asks to sign in instead of leaving a broken file.

import { send } from '@/api/http'

const QUOTED = /filename="([^"]+)"/

export function fileNameOf(disposition: string | null, otherwise: string): string {
  return QUOTED.exec(disposition ?? '')?.[1] ?? otherwise
}

/** Reads a body to its end and tells how many bytes have come. */
async function readAll(response: Response, told: (bytes: number) => void): Promise<Blob> {
  const type = response.headers.get('Content-Type') ?? ''
  const reader = response.body?.getReader()
  if (!reader) return response.blob()
  const parts: BlobPart[] = []
  let bytes = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return new Blob(parts, { type })
    parts.push(value)
    bytes += value.byteLength
    told(bytes)
  }
}

/** Gives a file to the browser to keep; answers its name. */
export async function download(
  request: Request,
  otherwise: string,
  told: (bytes: number) => void,
): Promise<string> {
  const response = await send(request)
  const name = fileNameOf(response.headers.get('Content-Disposition'), otherwise)
  const address = URL.createObjectURL(await readAll(response, told))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser has taken hold of it by then, also where it asks for a place first.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
  return name
}
