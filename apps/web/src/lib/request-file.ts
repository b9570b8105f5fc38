import type { Endpoint } from '@tunnel-console/shared/contract'
import { type Given, send, whole } from './api.ts'

export interface SentFile {
  content: Blob
  /** What the console calls it. */
  name: string | undefined
}

/** Calls the console for a file. Half of one must not look like the whole: a body that breaks off is a problem. */
export async function requestFile<E extends Endpoint>(endpoint: E, ...[options]: Given<E>): Promise<SentFile> {
  const response = await send(endpoint, options)
  const name = /filename="([\w.-]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  return { content: await whole(response.blob(), 'The export was cut off. Nothing was saved.'), name }
}
