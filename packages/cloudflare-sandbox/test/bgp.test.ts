import { expect, test } from 'vitest'
import { createHarness, dig, type Harness } from './harness.ts'

const statusOf = async (harness: Harness, name: string) => {
  const { body } = await harness.tunnels('GET', `/${harness.idOf(name)}`)
  return dig(body.result, 'ipsec_tunnel', 'bgp_status')
}

test.each([
  ['ams-dc1-a', { state: 'BGP_UP', tcp_established: true, bgp_state: 'Established', cf_speaker_port: 179 }],
  ['lon-dc2-b', { state: 'BGP_ESTABLISHING', tcp_established: true, bgp_state: 'OpenSent' }],
  ['newyork-b', { state: 'BGP_ESTABLISHING', tcp_established: false, bgp_state: 'Active' }],
  ['aws-us-east-1-b', { state: 'BGP_DOWN', tcp_established: false, customer_speaker_ip: '169.254.240.37' }],
])('%s is %o', async (name, status) => {
  expect(await statusOf(createHarness(), name)).toMatchObject(status)
})

test('a new session establishes within a minute, and falls with its tunnel', async () => {
  const harness = createHarness()
  await harness.tunnels('PUT', `/${harness.idOf('rotterdam-a')}`, { bgp: { customer_asn: 65001 } })
  expect(await statusOf(harness, 'rotterdam-a')).toMatchObject({ state: 'BGP_ESTABLISHING' })
  harness.tick(60_000)
  expect(await statusOf(harness, 'rotterdam-a')).toMatchObject({ state: 'BGP_UP' })
  await harness.tunnels('PUT', `/${harness.idOf('paris-b')}`, { bgp: { customer_asn: 65001 } })
  harness.tick(60_000)
  expect(await statusOf(harness, 'paris-b')).toMatchObject({ state: 'BGP_DOWN' })
})

test('is reported every five minutes, never ahead of the clock', async () => {
  const harness = createHarness()
  const reports = new Set<unknown>()
  for (let minute = 0; minute < 10; minute++) {
    reports.add(dig(await statusOf(harness, 'ams-dc1-a'), 'updated_at'))
    harness.tick(60_000)
  }
  expect(reports.size).toBeLessThanOrEqual(3)
  expect([...reports].every((at) => Date.parse(String(at)) <= Date.parse('2026-11-22T12:10:00Z'))).toBe(true)
})
