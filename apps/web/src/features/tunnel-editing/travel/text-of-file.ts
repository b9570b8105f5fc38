import { mostOfFile } from '@tunnel-console/shared/travel/sheet'

/** The text of a file, or why there is none to read, and at which line. */
export type FileText = { text: string } | { problem: { line: number | null; message: string } }

/** Reads a file as UTF-8. Another encoding is not guessed at: a wrong guess would change names without a word. */
export async function textOfFile(file: Blob): Promise<FileText> {
  if (file.size > mostOfFile.bytes) return failed(`This file is larger than ${mostOfFile.bytes / 1024 / 1024} MB.`)
  const bytes = new Uint8Array(await file.arrayBuffer())
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return failed('This file is UTF-16. Save it as UTF-8, and choose it again.')
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes)
    const before = text.slice(0, text.indexOf('\ufffd')).split('\n')
    const column = (before.at(-1)?.length ?? 0) + 1
    return failed(
      `Character ${column} of this line is not UTF-8. Save the file as UTF-8, and choose it again.`,
      before.length,
    )
  }
}

function failed(message: string, line: number | null = null): FileText {
  return { problem: { line, message } }
}
