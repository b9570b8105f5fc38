import { expect, test } from 'vitest'
import type { Assets } from '../src/deps.ts'
import { startWorld } from './world.ts'

const assets: Assets = async (path) => (path === '/index.html' ? new Response('<!doctype html>') : null)

test('every page of the SPA is there when it is opened by its address, and nothing else is', async () => {
  const world = await startWorld({ deps: { assets } })
  const statusOf = async (path: string) => (await world.send(path)).status
  const pages = ['/wall', '/import', '/plan', '/addresses', '/settings/connection', '/settings/walls']
  for (const page of [...pages, '/tunnels/new/review', '/tunnels/bulk-delete'])
    expect([page, await statusOf(page)]).toEqual([page, 200])
  for (const page of ['/walls', '/settings/other', '/tunnels/new/other'])
    expect([page, await statusOf(page)]).toEqual([page, 404])
})
