import { describe, expect } from 'vitest'
import { fault, none } from '../adversary/fault.ts'
import { newTunnel, staged as test } from './stage.ts'

describe('a list that lacks tunnels', { concurrent: true, timeout: 45_000 }, () => {
  test('U17 makes no creation take an older tunnel of the same name and values for its own', async ({ stage }) => {
    const { person, cloudflare } = stage
    const create = (key: string) => person.write('POST', '/api/tunnels', { key, body: newTunnel })
    expect((await create('older-create-1'))?.status).toBe(201)
    const lacking = fault('empty-list', { answer: 'empty-list' })
    cloudflare.plan(({ kind }) => (kind === 'list' && stage.sent('create').length === 1 ? lacking : none))
    // Cloudflare refuses the second of that name, and nobody hears why.
    cloudflare.script('create', fault('refused-unheard', { answer: 'json-500' }))
    const second = await create('newer-create-1')
    expect(second?.status).not.toBe(201)
    const outcome = (await person.ask('newer-create-1'))?.json?.['outcome']
    expect(outcome).not.toBe('applied')
    expect((await stage.entry('tunnel.create')).outcome).not.toBe('applied')
  })
})
