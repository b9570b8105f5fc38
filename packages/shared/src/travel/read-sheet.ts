import { mostOfFile, type Read } from './sheet.ts'
import { parseCsv } from './sheet-csv.ts'
import { objectsOfJson } from './sheet-json.ts'
import { stateOf } from './terraform-state.ts'

/**
 * Reads CSV, our JSON export or Cloudflare's own answers, `terraform show -json` or a raw Terraform state of version 4. It is
 * known by what is in it and not by its name.
 */
export function sheetOf(text: string): Read {
  const clean = text.replace(/^\ufeff/, '')
  if (clean.trim() === '') return failed('There is nothing in this file.')
  const read = /^\s*[[{]/.test(clean) ? jsonSheet(clean) : parseCsv(clean)
  if (!('sheet' in read)) return read
  const { rows } = read.sheet
  if (rows.length === 0) return failed('There are no tunnels in this file.')
  if (rows.length <= mostOfFile.rows) return read
  return failed(`This file has ${rows.length} rows. At most ${mostOfFile.rows} can be read at a time: split it.`)
}

function jsonSheet(text: string): Read {
  const parsed = jsonOf(text)
  if ('message' in parsed) return failed(`This is not valid JSON: ${parsed.message}`)
  return stateOf(parsed.value) ?? objectsOfJson(parsed.value)
}

function jsonOf(text: string): { value: unknown } | { message: string } {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { message: error instanceof Error ? error.message : 'it breaks off' }
  }
}

function failed(message: string): Read {
  return { problems: [{ line: null, message }] }
}
