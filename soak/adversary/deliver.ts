import type { ServerResponse } from 'node:http'
import type { Answer } from './answer.ts'
import type { AnswerKind } from './fault.ts'

export type Delivery = 'whole' | 'cut' | 'none'

/** Sends an answer, or as much of it as its kind lets through, and tells how much went out. */
export async function deliver(response: ServerResponse, kind: AnswerKind, answer: Answer): Promise<Delivery> {
  const { socket } = response
  if (!socket || socket.destroyed) return 'none'
  if (kind === 'reset' || kind === 'reset-unread') {
    socket.resetAndDestroy()
    return 'none'
  }
  response.writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) })
  if (kind === 'reset-after-headers' || kind === 'half-body') {
    const part = kind === 'half-body' ? answer.body.slice(0, answer.body.length / 2) : ''
    await sent(response, part)
    socket.destroy()
    return 'cut'
  }
  return ended(response, answer.body)
}

function sent(response: ServerResponse, part: string): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', resolve)
    if (part !== '') response.write(part, () => setTimeout(resolve, 5))
    else {
      response.flushHeaders()
      setTimeout(resolve, 5)
    }
  })
}

function ended(response: ServerResponse, body: string): Promise<Delivery> {
  return new Promise((resolve) => {
    response.once('finish', () => resolve('whole'))
    response.once('close', () => resolve('none'))
    response.end(body)
  })
}
