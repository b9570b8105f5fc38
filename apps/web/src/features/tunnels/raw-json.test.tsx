import { Tunnel } from '@tunnel-console/shared/tunnel'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { RawJson, rawJson } from './raw-json.tsx'

const tunnel = Tunnel.parse({
  id: '0'.repeat(32),
  name: 'paris-a',
  bgp: { customer_asn: 65010, extra_prefixes: [], md5_key: 'hunter2' },
})

test('the raw JSON of a tunnel holds every field, and no MD5 key until it is asked for', async () => {
  await render(<RawJson tunnel={tunnel} />)
  await page.getByText('Raw JSON', { exact: true }).click()
  await expect.element(page.getByText(/"name": "paris-a"/)).toBeVisible()
  expect(document.documentElement.outerHTML).not.toContain('hunter2')
  await page.getByRole('button', { name: 'Show MD5 key in it' }).click()
  await expect.element(page.getByText(/"md5_key": "hunter2"/)).toBeVisible()
  await page.getByText('Raw JSON', { exact: true }).click()
  await expect.poll(() => document.documentElement.outerHTML).not.toContain('hunter2')
})

test('masked JSON is JSON all the same', () => {
  expect(JSON.parse(rawJson(tunnel, false))).toEqual({
    ...tunnel,
    bgp: { ...tunnel.bgp, md5_key: '(set, hidden)' },
  })
  expect(JSON.parse(rawJson(tunnel, true))).toEqual(tunnel)
})
