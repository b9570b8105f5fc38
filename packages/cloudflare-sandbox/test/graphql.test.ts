import { beforeEach, describe, expect, test } from 'vitest'
import { accountId, createHarness, dig, type Harness, newTunnel } from './harness.ts'

let harness: Harness
beforeEach(() => {
  harness = createHarness()
})

type Row = {
  count: number
  avg: Record<string, number>
  sum: Record<string, number>
  dimensions: Record<string, unknown>
}

async function ask(query: string, variables: object = {}) {
  const { body } = await harness.call('POST', '/graphql', { query, variables: { a: accountId, ...variables } })
  return { errors: dig(body, 'errors'), rows: (dig(body, 'data', 'viewer', 'accounts', '0', 'rows') ?? []) as Row[] }
}

const inAccount = (selection: string, variables = '$a: string!') =>
  `query Q(${variables}) { viewer { accounts(filter: {accountTag: $a}) { ${selection} } } }`

const lastHour = 'datetime_geq: "2026-11-22T11:00:00Z", datetime_lt: "2026-11-22T12:00:00Z"'
const lastMinute = 'datetime_geq: "2026-11-22T11:59:00Z", datetime_lt: "2026-11-22T12:00:00Z"'
const health = (filter: string, selection: string, more = '') =>
  inAccount(
    `rows: magicTransitTunnelHealthChecksAdaptiveGroups(limit: 10000, filter: {${filter}}${more}) { ${selection} }`,
  )
const traffic = (filter: string, selection: string, more = '') =>
  inAccount(`rows: magicTransitTunnelTrafficAdaptiveGroups(limit: 10000, filter: {${filter}}${more}) { ${selection} }`)

describe('health checks', () => {
  const stateOf = async (name: string, filter = lastMinute) => {
    const query = health(`${filter}, tunnelName: "${name}", active: 1`, 'avg { tunnelState } dimensions { tunnelName }')
    return (await ask(query)).rows[0]?.avg['tunnelState']
  }

  test.each([
    ['rotterdam-a', 1],
    ['paris-b', 0],
    ['madrid-b', 0.6],
    ['chicago-a', 0.8],
    // It has no key, so it never carried anything.
    ['dublin-b', undefined],
    ['dallas-a', 0],
    ['lisbon-a', undefined],
  ])('%s averages %s over the data centres with traffic', async (name, state) => {
    expect(await stateOf(name)).toBe(state)
  })

  test('group by what is asked for and nothing else', async () => {
    const byTunnel = await ask(health(lastMinute, 'count dimensions { tunnelName }'))
    expect(byTunnel.rows).toHaveLength(42)
    const byColo = await ask(health(`${lastMinute}, tunnelName: "paris-a"`, 'dimensions { edgeColoCode active }'))
    expect(byColo.rows).toHaveLength(8)
    expect(byColo.rows.filter(({ dimensions }) => dimensions['active'] === 1)).toHaveLength(5)
    const all = await ask(health(lastMinute, 'count'))
    expect(all.rows).toHaveLength(1)
    expect(all.rows[0]?.count).toBe(byTunnel.rows.reduce((sum, { count }) => sum + count, 0))
  })

  test('draw a series in order, with the outage where it began', async () => {
    const query = health(
      `${lastHour}, tunnelName: "paris-b", active: 1`,
      'avg { tunnelState } dimensions { datetimeFiveMinutes }',
      ', orderBy: [datetimeFiveMinutes_ASC]',
    )
    const { rows } = await ask(query)
    expect(rows.map(({ dimensions }) => dimensions['datetimeFiveMinutes']).slice(0, 2)).toEqual([
      '2026-11-22T11:00:00Z',
      '2026-11-22T11:05:00Z',
    ])
    expect(rows.map(({ avg }) => avg['tunnelState'])).toEqual([1, 1, 1, 1, 1, 1, 1, 0.4, 0, 0, 0, 0])
  })

  test('move with the clock, the same each time they are asked', async () => {
    const query = health(
      `${lastMinute}, tunnelName: "milan-a"`,
      'avg { tunnelState } dimensions { datetime edgeColoCode }',
    )
    expect(await ask(query)).toEqual(await ask(query))
    const span = 'datetime_geq: "2026-11-22T12:00:00Z", datetime_lt: "2026-11-22T12:06:00Z"'
    expect(await stateOf('milan-a', span)).toBeUndefined()
    harness.tick(360_000)
    expect(await stateOf('milan-a', span)).toBeCloseTo(4 / 6)
  })

  test.each([
    ['a day by the quarter', '2026-11-21T12:00:00Z', 'datetimeFifteenMinutes'],
    ['a week by the hour', '2026-11-15T12:00:00Z', 'datetimeHour'],
  ])('tell in each step what happened in it, however coarse: %s', async (_, from, time) => {
    const span = `datetime_geq: "${from}", datetime_lt: "2026-11-22T12:00:00Z", active: 1`
    const order = `, orderBy: [${time}_ASC]`
    // All tunnels at once, as the console asks for the past: that makes the samples coarse.
    const { rows } = await ask(health(span, `avg { tunnelState } dimensions { tunnelName ${time} }`, order))
    const of = (name: string) =>
      rows.filter(({ dimensions }) => dimensions['tunnelName'] === name).map(({ avg }) => avg['tunnelState'] ?? 0)
    const flapping = of('milan-a')
    expect(flapping.length).toBeGreaterThan(90)
    for (const state of flapping) expect(Math.abs(state - 4 / 6)).toBeLessThan(0.1)
    // Down since 11:37; and since 11:48, for five minutes, then half.
    const minutes = time === 'datetimeHour' ? 60 : 15
    const meanOfLast = (name: string) => {
      const last = of(name).slice(-60 / minutes)
      return last.reduce((sum, state) => sum + state, 0) / last.length
    }
    expect(meanOfLast('paris-b')).toBeCloseTo(37 / 60, 1)
    expect(meanOfLast('warsaw-a')).toBeCloseTo((48 + 7 / 2) / 60, 1)
  })

  test('know a new tunnel a minute after its creation, up soon after its key', async () => {
    const { body } = await harness.tunnels('POST', '', newTunnel)
    const minuteAt = (text: string) =>
      `datetime_geq: "2026-11-22T12:${text}:00Z", datetime_lt: "2026-11-22T12:${text}:59Z"`
    harness.tick(120_000)
    await harness.tunnels('POST', `/${String(body.result['id'])}/psk_generate`, {})
    harness.tick(180_000)
    expect(await stateOf('antwerp-a', minuteAt('00'))).toBeUndefined()
    expect(await stateOf('antwerp-a', minuteAt('01'))).toBe(0)
    expect(await stateOf('antwerp-a', minuteAt('03'))).toBe(1)
  })

  test('follow aliases, fragments, inline fragments and variables of either spelling', async () => {
    const query = `query Q($a: String!, $from: Time!, $n: [string!]) { viewer { accounts(filter: {accountTag: $a}) {
      rows: magicTransitTunnelHealthChecksAdaptiveGroups(limit: 3, orderBy: [tunnelName_DESC],
        filter: {AND: [{datetime_geq: $from}, {OR: [{tunnelName_in: $n}, {tunnelName_like: "tok%"}]}]}) { ...F }
    } } }
    fragment F on magicTransitTunnelHealthChecksAdaptiveGroups { count dimensions { ... { tunnel: tunnelName } } }`
    const { rows, errors } = await ask(query, { from: '2026-11-22T11:55:00Z', n: ['paris-a', 'milan-a'] })
    expect(errors).toBeNull()
    expect(rows.map(({ dimensions }) => dimensions)).toEqual([
      { tunnel: 'tokyo-a' },
      { tunnel: 'paris-a' },
      { tunnel: 'milan-a' },
    ])
  })

  test('orderBy and limit pick the worst', async () => {
    const query = health(
      `${lastMinute}, active: 1`,
      'avg { tunnelState } dimensions { tunnelName }',
      ', orderBy: [avg_tunnelState_ASC, tunnelName_ASC]',
    )
    const { rows } = await ask(query.replace('limit: 10000', 'limit: 2'))
    expect(rows.map(({ dimensions }) => dimensions['tunnelName'])).toEqual(['dallas-a', 'milan-a'])
  })

  test('span a week, coarser', async () => {
    const week = 'date_geq: "2026-11-15", datetime_lt: "2026-11-22T00:00:00Z"'
    const { rows } = await ask(health(week, 'count avg { sampleInterval } dimensions { tunnelName date }'))
    expect(rows.length).toBeGreaterThan(42 * 6)
    expect(rows[0]?.avg['sampleInterval']).toBeGreaterThan(1)
  })
})

describe('traffic', () => {
  test('flows both ways where the tunnel is up, and not where it is down', async () => {
    const { rows } = await ask(
      traffic(lastMinute, 'sum { bits packets } avg { bitRateMinute } dimensions { tunnelName direction }'),
    )
    const of = (name: string) => rows.filter(({ dimensions }) => dimensions['tunnelName'] === name)
    expect(of('rotterdam-a').map(({ dimensions }) => dimensions['direction'])).toEqual(['inbound', 'outbound'])
    const [inbound] = of('rotterdam-a')
    expect(inbound?.sum['bits']).toBeGreaterThan(0)
    expect(inbound?.avg['bitRateMinute']).toBeCloseTo((inbound?.sum['bits'] ?? 0) / 60, 5)
    expect(of('paris-b')).toEqual([])
    expect(of('mumbai-a')).toEqual([])
    // Nobody probes it, and it carries traffic all the same.
    expect(of('dallas-a')).toHaveLength(2)
  })

  test('is as much in a coarse step as in fine ones, where the tunnel comes and goes', async () => {
    const bitsOf = async (filter: string) => {
      const span = `datetime_geq: "2026-11-15T12:00:00Z", datetime_lt: "2026-11-22T12:00:00Z"${filter}`
      const { rows } = await ask(traffic(span, 'sum { bits } dimensions { tunnelName }'))
      return rows.find(({ dimensions }) => dimensions['tunnelName'] === 'milan-a')?.sum['bits'] ?? 0
    }
    const [fine, coarse] = [await bitsOf(', tunnelName: "milan-a"'), await bitsOf('')]
    expect(fine).toBeGreaterThan(0)
    expect(coarse / fine).toBeCloseTo(1, 1)
  })

  test('is where health checks call a data centre active, and nowhere else', async () => {
    const lastHours = 'datetime_geq: "2026-11-22T06:00:00Z", datetime_lt: "2026-11-22T12:00:00Z"'
    const centresOf = async (query: string) =>
      (await ask(query)).rows
        .map(({ dimensions }) => `${dimensions['tunnelName']} ${dimensions['edgeColoCode']}`)
        .sort()
    const probed = `${lastHours}, tunnelName_in: ["dublin-a", "dublin-b", "paris-b"]`
    const active = await centresOf(health(`${probed}, active: 1`, 'dimensions { tunnelName edgeColoCode }'))
    expect(active).toHaveLength(10)
    expect(active).toEqual(await centresOf(traffic(probed, 'dimensions { tunnelName edgeColoCode }')))
  })

  test('avoids data centres that fail', async () => {
    const filter = `${lastMinute}, tunnelName: "chicago-a", direction: "inbound"`
    const { rows } = await ask(traffic(filter, 'dimensions { edgeColoCode edgeColoCity }'))
    expect(rows).toHaveLength(4)
  })
})

describe('refusals', () => {
  test.each([
    ['another account', '{ viewer { accounts(filter: {accountTag: "f00"}) { __typename } } }', 'not authorized'],
    ['an unknown field', health(lastHour, 'health'), 'Cannot query field'],
    ['an unknown filter', health(`${lastHour}, tunnelId: "x"`, 'count'), 'not defined'],
    ['no time', health('tunnelName: "paris-a"', 'count'), 'lower bound'],
    ['too wide a range', health('datetime_geq: "2026-11-01T00:00:00Z"', 'count'), 'wider than'],
    [
      'the distant past',
      health('datetime_geq: "2026-01-01T00:00:00Z", datetime_lt: "2026-01-02T00:00:00Z"', 'count'),
      'older',
    ],
    ['no rows', health(lastHour, 'count').replace('10000', '0'), 'limit must be'],
    ['half a query', 'query {', 'Syntax Error'],
  ])('%s', async (_, query, message) => {
    const { body, status } = await harness.call('POST', '/graphql', { query, variables: { a: accountId } })
    expect([status, dig(body, 'data')]).toEqual([200, expect.toBeOneOf([null, { viewer: null }])])
    expect(dig(body, 'errors', '0', 'message')).toContain(message)
  })

  test('what is not a query', async () => {
    for (const text of ['', '{}', '[1]']) {
      const { body } = await harness.call('POST', '/graphql', text)
      expect(dig(body, 'errors', 'length')).toBe(1)
    }
  })

  test('introspection and settings describe the datasets', async () => {
    const query = inAccount(
      'settings { rows: magicTransitTunnelTrafficAdaptiveGroups { maxDuration availableFields } }',
    )
    const { body } = await harness.call('POST', '/graphql', { query, variables: { a: accountId } })
    const settings = dig(body, 'data', 'viewer', 'accounts', '0', 'settings', 'rows')
    expect(settings).toMatchObject({
      maxDuration: 604_800,
      availableFields: expect.arrayContaining(['dimensions.direction']),
    })
    const types = await harness.call('POST', '/graphql', { query: '{ __schema { queryType { name } } }' })
    expect(dig(types.body, 'data', '__schema', 'queryType', 'name')).toBe('Query')
  })
})
