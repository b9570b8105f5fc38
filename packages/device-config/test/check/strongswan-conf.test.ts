import { expect, test } from 'vitest'
import { check, fqdn, verdicts, wrong } from './world.ts'

const swanctl = (more: { child?: string; proposals?: string; remote?: string; id?: string } = {}) => `
# branch router
connections {
  lab { version = 1
    remote_addrs = 198.51.100.1
    children { lab { local_ts = 10.0.0.0/8 } }
  }
  cf-a {
    version = 2
    local_addrs = 162.159.135.77
    remote_addrs = ${more.remote ?? '162.159.135.10'}   # anycast
    proposals = ${more.proposals ?? 'aes256gcm16-prfsha256-ecp384'}
    local {
      auth = psk
      id = ${more.id ?? fqdn}
    }
    remote { auth = psk
      id = 162.159.135.10 }
    children {
      cf-a {
        local_ts = 0.0.0.0/0
        remote_ts = 0.0.0.0/0
        esp_proposals = aes256gcm16-ecp384
        ${more.child ?? 'replay_window = 0'}
        start_action = start
      }
    }
  }
}
secrets {
  ike-cf-a {
    id = 162.159.135.10
    secret = "CANARY-KEY # } = with marks"
  }
}
`

test('a good swanctl.conf fits, found among other connections', () => {
  const report = check(swanctl())
  expect(report.parts).toMatchObject([{ title: 'strongSwan, swanctl.conf', compared: 'cf-a', passedOver: ['lab'] }])
  expect(verdicts(report)).toEqual([
    'peer: fits',
    'local-id: fits',
    'remote-id: fits',
    'ike: fits',
    'esp: fits',
    'selectors: fits',
    'replay: fits',
    'begins: fits',
  ])
})

test('no replay_window is one of 32, unless Cloudflare sends in order', () => {
  expect(wrong(check(swanctl({ child: '' }))).get('replay')).toMatchObject({
    verdict: 'differs',
    yours: 'replay_window not set, 32 by default',
    mend: 'In the child: replay_window = 0',
  })
  expect(wrong(check(swanctl({ child: '' }), { replay_protection: true })).has('replay')).toBe(false)
})

test.each([
  ['aes256-sha256-ecp384', 'fits'],
  ['aes256gcm16-prfsha384-modp2048', 'fits'],
  ['3des-md5-modp1024, aes256-sha256-ecp384', 'fits'],
  ['aes256-sha512-ecp256', 'doubt'],
  ['aes128-sha256-ecp384', 'differs'],
  ['3des-sha1-modp1024', 'differs'],
  ['aes256gcm16-prfsha256-x25519', 'differs'],
])('of the IKE proposals %s it is said: %s', (proposals, verdict) => {
  expect(verdicts(check(swanctl({ proposals })))).toContain(`ike: ${verdict}`)
})

test.each([
  [`ipsec@${fqdn}`],
  ['123456789_0123456789abcdef0123456789abcdef'],
  ['162.159.135.77'],
  [`@${fqdn}`],
  [`fqdn:${fqdn.toUpperCase()}`],
])('the device may name itself %s', (id) => {
  expect(verdicts(check(swanctl({ id })))).toContain('local-id: fits')
})

test('without the account number an identity with this tunnel’s id is a doubt, and nothing on the device is to be mended', () => {
  const bare = { remote_identities: null, customer_endpoint: '' }
  expect(wrong(check(swanctl(), bare)).get('local-id')).toMatchObject({ verdict: 'doubt', mend: null })
  expect(wrong(check(swanctl({ id: 'other.example' }), bare)).get('local-id')).toMatchObject({ verdict: 'differs' })
})

test('where several connections are given and none is of this tunnel, none is compared', () => {
  const report = check(swanctl({ remote: '192.0.2.1', id: 'other.example' }))
  expect(report.parts).toMatchObject([{ compared: null, isAnother: true, passedOver: ['lab', 'cf-a'], findings: [] }])
})

test('the former ipsec.conf is read as well', () => {
  const report = check(`
config setup
    charondebug="ike 1"
conn %default
    keyexchange=ikev2
    ike=aes256-sha256-ecp384!
conn cloudflare
    auto=add
    left=%any
    leftid=${fqdn}
    leftsubnet=0.0.0.0/0
    right=162.159.135.10
    rightid=162.159.135.10
    rightsubnet=0.0.0.0/0
    esp=aes256-sha256-ecp384!
    replay_window=32
`)
  expect(report.parts[0]).toMatchObject({ title: 'strongSwan, ipsec.conf', compared: 'cloudflare' })
  expect([...wrong(report).keys()]).toEqual(['replay', 'begins'])
})

test('a key in a pasted configuration is in no part of the answer, not even where the braces are missing', () => {
  const cut = swanctl().slice(swanctl().indexOf('children'))
  for (const text of [swanctl(), cut, swanctl().replaceAll('}', ''), swanctl().replaceAll('\n', ' ')]) {
    expect(text).toContain('CANARY-KEY')
    expect(JSON.stringify(check(text))).not.toContain('CANARY')
  }
})
