import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

const compress = promisify(brotliCompress)

/** Beyond this quality a long list takes much longer and hardly less room. */
const quality = 4

/** Compresses a text for `Content-Encoding: br`, on another thread. */
export async function brotli(text: string): Promise<ArrayBuffer> {
  const bytes = Buffer.from(text)
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  return new Uint8Array(await compress(bytes, { params })).buffer
}
