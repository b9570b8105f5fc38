import { CodedError } from './causes.ts'

/** The status of an answer that was no yes: the innermost cause of what became of it. */
export class HttpStatus extends CodedError {
  override readonly name = 'HttpStatus'
  readonly status: number
  readonly code: string

  constructor(status: number) {
    super(`Cloudflare answered ${status}`)
    this.status = status
    this.code = `http-${status}`
  }
}
