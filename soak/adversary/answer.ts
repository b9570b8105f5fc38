import type { AnswerKind } from './fault.ts'
import type { Refusal } from './store.ts'

/** What an answer is made from. */
export interface Truth {
  /** What Cloudflare says by its own rules: a result, or its refusal. */
  says: { result: unknown } | Refusal
  /** Secrets of this request that a careless error message repeats. */
  echo: string
  /** Seconds, for `Retry-After`. */
  retryAfter: number
}

export interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

const jsonType = { 'content-type': 'application/json' }
const ray = '8f1c2d3e4a5b6c7d-AMS'

/** The answer of a kind. What `reset` and its like send before they cut is what `yes` would have sent. */
export function answerOf(kind: AnswerKind, truth: Truth): Answer {
  switch (kind) {
    case 'json-429':
      return { ...errors(429, [10429, `Rate limit. ${truth.echo}`]), headers: retry(truth, jsonType) }
    case 'html-429':
      return page(429, retry(truth, {}), truth)
    case 'html-200':
      return page(200, {}, truth)
    case 'html-404':
      return page(404, {}, truth)
    case 'html-502':
      return page(502, {}, truth)
    case 'json-404':
      return { status: 404, headers: { ...jsonType }, body: JSON.stringify({ message: 'no such page' }) }
    case 'json-500':
      return errors(500, [10001, `Internal error after storing. ${truth.echo}`])
    case 'contradiction':
      return json(200, { success: true, errors: [{ code: 10002, message: truth.echo }], result: resultOf(truth) })
    case 'bad-json':
      return { ...said(truth), status: 200, body: said(truth).body.slice(0, -7) }
    case 'graphql-errors':
      return json(200, { data: null, errors: [{ message: truth.echo, path: ['viewer'] }] })
    default:
      return said(truth)
  }
}

function said(truth: Truth): Answer {
  const { says } = truth
  if ('status' in says) return errors(says.status, [says.code, says.message])
  return json(200, { success: true, errors: [], messages: [], result: says.result })
}

function resultOf({ says }: Truth): unknown {
  return 'result' in says ? says.result : null
}

function errors(status: number, [code, message]: [number, string]): Answer {
  return json(status, { success: false, errors: [{ code, message }], messages: [], result: null })
}

function json(status: number, value: unknown): Answer {
  return { status, headers: { ...jsonType, 'cf-ray': ray }, body: JSON.stringify(value) }
}

function page(status: number, headers: Record<string, string>, { echo }: Truth): Answer {
  const body = `<!DOCTYPE html><title>${status} | cloudflare</title><h1>Error ${status}</h1><pre>${echo}</pre>`
  return { status, headers: { 'content-type': 'text/html', 'cf-ray': ray, ...headers }, body }
}

function retry({ retryAfter }: Truth, headers: Record<string, string>): Record<string, string> {
  return { ...headers, 'retry-after': String(retryAfter) }
}
