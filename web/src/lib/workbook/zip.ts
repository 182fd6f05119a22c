// Zip archives, as far as workbooks need them: entries read one by one, some of them replaced. What
// is not replaced is copied as it was packed.

export interface ZipEntry {
  name: Uint8Array
  flags: number
  method: number
  crc: number
  size: number
  /** As packed. */
  packed: Uint8Array
}

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const STORED = 0
const DEFLATED = 8
/** Bit 11: the name is UTF-8. Bit 3, sizes behind the data, is cleared: they stand before it. */
const UTF8 = 0x800
const SIZES_BEHIND = 0x8
/** Of one unpacked entry: a sheet of more is not opened in a browser. */
const MOST_UNPACKED = 128 * 1024 * 1024

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Where the directory's end is told: behind it there may be a comment. */
function endOf(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 65_557); at -= 1)
    if (view.getUint32(at, true) === END) return at
  throw new Error('no zip archive')
}

export function readZip(bytes: Uint8Array): Map<string, ZipEntry> {
  const view = viewOf(bytes)
  const end = endOf(view)
  const entries = new Map<string, ZipEntry>()
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    if (view.getUint32(at, true) !== CENTRAL) throw new Error('a broken zip archive')
    const nameSize = view.getUint16(at + 28, true)
    const local = view.getUint32(at + 42, true)
    const packedSize = view.getUint32(at + 20, true)
    const data = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    const name = bytes.subarray(at + 46, at + 46 + nameSize)
    entries.set(new TextDecoder().decode(name), {
      name,
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      size: view.getUint32(at + 24, true),
      packed: bytes.subarray(data, data + packedSize),
    })
    at += 46 + nameSize + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

async function through(bytes: Uint8Array, stream: GenericTransformStream): Promise<Uint8Array> {
  const piped = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(stream)
  return new Uint8Array(await new Response(piped as ReadableStream<Uint8Array>).arrayBuffer())
}

export async function unpack(entry: ZipEntry): Promise<Uint8Array> {
  if (entry.flags & 1) throw new Error('an encrypted archive')
  if (entry.size > MOST_UNPACKED) throw new Error('too large to open here')
  if (entry.method === STORED) return entry.packed
  if (entry.method !== DEFLATED) throw new Error('packed in another way')
  return through(entry.packed, new DecompressionStream('deflate-raw'))
}

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

/** A text as an entry, packed. */
export async function packed(name: string, text: string): Promise<ZipEntry> {
  const bytes = new TextEncoder().encode(text)
  return {
    name: new TextEncoder().encode(name),
    flags: UTF8,
    method: DEFLATED,
    crc: crc32(bytes),
    size: bytes.length,
    packed: await through(bytes, new CompressionStream('deflate-raw')),
  }
}

/** What stands both before an entry's data and in the directory. */
function shared(entry: ZipEntry): Uint8Array {
  const header = new Uint8Array(26)
  const view = viewOf(header)
  view.setUint16(0, 20, true)
  view.setUint16(2, entry.flags & ~SIZES_BEHIND, true)
  view.setUint16(4, entry.method, true)
  view.setUint32(6, 0x00210000, true) // 1980-01-01: no clock in it
  view.setUint32(10, entry.crc, true)
  view.setUint32(14, entry.packed.length, true)
  view.setUint32(18, entry.size, true)
  view.setUint16(22, entry.name.length, true)
  return header
}

function signed(signature: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  viewOf(bytes).setUint32(0, signature, true)
  return bytes
}

export function writeZip(entries: Iterable<ZipEntry>): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let at = 0
  let count = 0
  for (const entry of entries) {
    const header = shared(entry)
    const central = signed(CENTRAL, 46)
    central.set([20, 0], 4)
    central.set(header, 6)
    viewOf(central).setUint32(42, at, true)
    directory.push(central, entry.name)
    const local = [signed(LOCAL, 4), header, entry.name, entry.packed]
    for (const part of local) at += part.length
    parts.push(...local)
    count += 1
  }
  const end = signed(END, 22)
  viewOf(end).setUint16(8, count, true)
  viewOf(end).setUint16(10, count, true)
  viewOf(end).setUint32(12, sum(directory), true)
  viewOf(end).setUint32(16, at, true)
  return joined([...parts, ...directory, end])
}

const sum = (parts: Uint8Array[]) => parts.reduce((size, part) => size + part.length, 0)

function joined(parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(sum(parts))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
