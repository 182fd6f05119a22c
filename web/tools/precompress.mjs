// Vite: beside every text file of the build its .br and .gz, as small as they get, so that the
// server only has to choose.

import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const TEXT = /\.(html|js|css|svg|json|txt|webmanifest)$/
const LEAST = 512 // bytes; below, the header is the larger part

/** @returns {import('vite').Plugin} */
export function precompress() {
  let folder = ''
  return {
    name: 'jishi-precompress',
    apply: 'build',
    configResolved: (config) => void (folder = config.build.outDir),
    closeBundle() {
      for (const name of /** @type {string[]} */ (readdirSync(folder, { recursive: true }))) {
        const file = path.join(folder, name)
        if (!TEXT.test(name) || statSync(file).size < LEAST) continue
        compress(file)
      }
    },
  }
}

/** @param {string} file */
function compress(file) {
  const plain = readFileSync(file)
  const brotli = brotliCompressSync(plain, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
    },
  })
  const gzip = gzipSync(plain, { level: constants.Z_BEST_COMPRESSION })
  if (brotli.length < plain.length) writeFileSync(`${file}.br`, brotli)
  if (gzip.length < plain.length) writeFileSync(`${file}.gz`, gzip)
}
