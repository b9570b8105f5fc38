import {
  bgpWords,
  centresWords,
  changeWords,
  everywhereWords,
  lossWords,
  minutesWords,
  percent,
  providerWords,
  scoreWords,
  splitWords,
} from './cause-words.ts'
import type { Observations } from './observations.ts'
import { preparedChanges } from './prepared-changes.ts'
import type { Cause, NextStep } from './status-answers.ts'

/** One way in which a tunnel fails: when it is that, in a sentence, what it rests on, and what to do. */
interface Rule {
  matches: (seen: Observations) => boolean
  text: (seen: Observations) => string
  because: (seen: Observations) => string[]
  next: (seen: Observations) => NextStep[]
  /** When what the sentence tells of is over, where that is known. */
  until?: (seen: Observations) => string | undefined
}

const isDown = ({ state }: Observations) => state === 'down'
const isFailing = ({ state }: Observations) => state === 'down' || state === 'degraded'
const isHurt = (seen: Observations) => isFailing(seen) || seen.state === 'recovering'
const notUp = ({ dataCentres }: Observations) => dataCentres.filter(({ state }) => state !== 'up')
const active = ({ dataCentres }: Observations) => dataCentres.filter(({ isActive }) => isActive)
const isDownEverywhere = (seen: Observations) =>
  isDown(seen) && seen.dataCentres.every(({ state, isActive }) => state === 'down' || !isActive)
const isIdleOnly = (seen: Observations) => notUp(seen).length > 0 && notUp(seen).every(({ isActive }) => !isActive)
const hurt = (seen: Observations) => active(seen).filter(({ state }) => state !== 'up')
const isPartial = (seen: Observations) => hurt(seen).length > 0 && hurt(seen).length < active(seen).length
const isKeyChange = ({ change }: Observations) => change?.mark.action.startsWith('psk.') === true

/** By name, in order: the first that matches is the cause. */
const rules: Record<string, Rule> = {
  // Whoever looks at what was to be expected need not look for another reason.
  planned: {
    matches: (seen) => isFailing(seen) && seen.planned !== null,
    text: ({ planned }) => `Planned work: “${planned?.text}”, announced by ${planned?.by}.`,
    until: ({ planned }) => planned?.until,
    because: (seen) => ['The work that was announced for this tunnel goes on', scoreWords(seen)],
    next: ({ planned }) => [
      { text: 'Wait until then.' },
      { text: `If the tunnel is needed before, ask ${planned?.by} how far the work is.` },
    ],
  },
  'no-key': {
    matches: ({ state }) => state === 'needs-key',
    text: () => 'No pre-shared key is set, so the tunnel cannot come up.',
    because: () => ['Cloudflare tells that no key was made for this tunnel', 'No health check passes'],
    next: () => [{ text: 'Generate a pre-shared key, then enter it on the device.', needs: 'psk.generate' }],
  },
  'not-monitored': {
    matches: ({ state }) => state === 'not-monitored',
    text: () => 'The health check is off, so nobody knows whether this tunnel works.',
    because: () => [
      'The health check of this tunnel is switched off',
      'Cloudflare calls such a tunnel down and goes on sending traffic into it, so that word tells nothing',
    ],
    next: () => [{ text: 'Switch the health check on.', patch: preparedChanges['monitor-it'] }],
  },
  'no-data': {
    matches: ({ state }) => state === 'unknown',
    text: () => 'There is no health data that is new enough to judge by.',
    because: (seen) => [
      seen.score === null ? 'Health checks have told nothing lately' : `The last checks passed ${percent(seen.score)}`,
      bgpWords(seen),
    ],
    next: () => [{ text: 'Ask somebody at the site whether traffic flows: the tunnel may well be up.' }],
  },
  'never-up': {
    matches: (seen) => isDownEverywhere(seen) && seen.everPassed === false,
    text: () => 'The key exchange (IKE) never finished.',
    because: (seen) => [everywhereWords(seen), 'No check has passed since the tunnel was created'],
    next: ({ ends }) => [
      { text: `Let UDP 500 and 4500 through between ${ends.customer || 'the device'} and ${ends.cloudflare}.` },
      { text: 'Enter the key of this tunnel on the device once more.' },
      {
        text: 'Compare the device’s own IKE identity and its proposals with those that Device setup names.',
        needs: 'tunnel.read',
      },
    ],
  },
  'after-change': {
    matches: (seen) => isDownEverywhere(seen) && seen.change !== null,
    text: (seen) => `It went down ${minutesWords(seen)} after a change: ${changeWords(seen)}.`,
    because: (seen) => [everywhereWords(seen), `The change was made ${minutesWords(seen)} before`],
    next: (seen) =>
      isKeyChange(seen)
        ? [{ text: 'Enter the new key on the device: with the old one it cannot prove who it is.' }]
        : [
            {
              text: 'Compare with the version before it, and restore that one if the change explains the fault.',
              ...(seen.change && { restore: seen.change.mark.auditId }),
            },
          ],
  },
  'probes-filtered': {
    matches: (seen) =>
      seen.bgp === 'up' &&
      (isDown(seen) || (seen.state === 'degraded' && seen.probe.type === 'reply' && !isIdleOnly(seen) && !seen.dips)),
    text: ({ probe }) =>
      probe.type === 'reply'
        ? 'Checks fail while BGP is up: a firewall drops the probes. Stateful firewalls often drop Reply probes.'
        : 'Checks fail while BGP is up: traffic passes, and something drops the probes.',
    because: (seen) => [
      scoreWords(seen),
      'BGP is up, and it runs inside the tunnel: the tunnel itself works',
      seen.probe.type === 'reply'
        ? 'The probes are ICMP replies that nobody asked for, which stateful firewalls drop'
        : `The probes go to ${seen.probe.target || 'the health check target'}`,
    ],
    next: ({ probe }) =>
      probe.type === 'reply'
        ? [{ text: 'Set the health check type to Request.', patch: preparedChanges['probe-by-request'] }]
        : [
            { text: `Let ICMP echo through to ${probe.target || 'the health check target'} on the device.` },
            {
              text: `Its answer must come back ${probe.direction === 'bidirectional' ? 'through the tunnel' : 'over the Internet'}: see the policies of the device.`,
            },
          ],
  },
  'bgp-down': {
    matches: ({ score, bgp }) => bgp === 'down' && score !== null && score >= 0.8,
    text: () => 'Checks pass, but BGP is down: ASN, MD5 key or peer address do not match.',
    because: (seen) => [
      scoreWords(seen),
      seen.hasTcp
        ? 'The two ends are connected (TCP), but do not agree on a session'
        : 'The two ends are not connected (TCP port 179)',
    ],
    next: ({ hasTcp, ends }) => [
      ...(hasTcp
        ? [{ text: 'Compare the ASN of both ends with those in Configuration.' }]
        : [
            { text: `Have the device open the session to ${ends.inside}: Cloudflare never opens one.` },
            { text: 'Compare the MD5 key of both ends: both have the same one, or neither has one.' },
          ]),
    ],
  },
  flapping: {
    matches: (seen) => isHurt(seen) && seen.outages >= 3 && !seen.replayProtection,
    text: ({ outages }) =>
      `It failed ${outages} times within an hour. Anti-replay on the device may drop packets that arrive out of order.`,
    because: ({ outages }) => [
      `${outages} times from passing to failing within the last hour`,
      'Replay protection is off here: several of Cloudflare’s servers send, and a device that checks the order drops some',
    ],
    next: () => [
      { text: 'Switch anti-replay off on the device.' },
      {
        text: 'If the device cannot do that, switch replay protection on here. One server then sends all of it, which costs throughput.',
        patch: preparedChanges['protect-from-replay'],
      },
    ],
  },
  rekey: {
    matches: ({ state, dips }) => (state === 'degraded' || state === 'recovering') && dips !== null,
    text: () => 'Short dips at even distances: the two ends renew their keys (rekey). That is expected.',
    because: ({ dips }) => [`${dips?.count} short dips within a day`, `One about every ${dips?.everyMinutes} min`],
    next: () => [
      { text: 'No action. If traffic suffers, let the device make the new keys before it drops the old ones.' },
    ],
  },
  'idle-only': {
    matches: (seen) => isHurt(seen) && isIdleOnly(seen),
    text: () => 'Only data centres without traffic of yours see trouble.',
    because: (seen) => [`${centresWords(notUp(seen))}: none of them carried your traffic in the last six hours`],
    next: () => [{ text: 'No action.' }],
  },
  partial: {
    matches: (seen) => isFailing(seen) && isPartial(seen),
    text: () => 'Some data centres reach the site and others do not: the way between them is disturbed.',
    because: (seen) => splitWords(active(seen)),
    next: (seen) => [{ text: providerWords(seen, hurt(seen)) }],
  },
  'hidden-loss': {
    matches: (seen) => seen.state === 'up' && isPartial(seen),
    text: (seen) =>
      `${lossWords(hurt(seen))} The state is a mean of all data centres with your traffic, which hides that.`,
    because: (seen) => [`${scoreWords(seen)}, all data centres together`, ...splitWords(active(seen))],
    next: (seen) => [
      ...(hurt(seen).some(({ state }) => state === 'down')
        ? []
        : [{ text: 'Wait a while: a data centre that loses some checks often recovers by itself.' }]),
      { text: providerWords(seen, hurt(seen)) },
    ],
  },
  recovering: {
    matches: ({ state }) => state === 'recovering',
    text: () => 'Checks pass again. Cloudflare holds the lower state until it is sure.',
    because: () => ['The checks of the last minutes pass', 'Those of the last five minutes together do not yet'],
    next: () => [{ text: 'Wait. Nothing else is needed if it stays like this.' }],
  },
  'bgp-opening': {
    matches: ({ state, bgp }) => state === 'establishing' && bgp === 'establishing',
    text: () => 'The BGP session is being opened.',
    because: (seen) => [bgpWords(seen), seen.hasTcp ? 'The two ends are connected (TCP)' : 'TCP is not connected yet'],
    next: () => [
      { text: 'Wait a minute. If it stays like this, compare ASN, MD5 key and peer address on the device.' },
    ],
  },
  new: {
    matches: ({ state }) => state === 'establishing',
    text: () => 'The tunnel is new, and no health check has come in yet.',
    because: () => ['It was created within the last ten minutes'],
    next: () => [{ text: 'Set the device up: Device setup has its configuration.', needs: 'tunnel.read' }],
  },
  none: {
    matches: isFailing,
    text: ({ state, everPassed, change }) => {
      if (state === 'degraded') return 'No rule matched. Part of the checks is lost, whichever data centre sends them.'
      return everPassed && !change
        ? 'No rule matched. It worked before and nothing was changed here, so look at the site first.'
        : 'No rule matched. Go through the steps below.'
    },
    because: (seen) => [
      scoreWords(seen),
      bgpWords(seen),
      seen.change ? `A change ${minutesWords(seen)} before: ${changeWords(seen)}` : 'No change in the half hour before',
    ],
    next: ({ ends }) => [
      { text: 'Is the site reachable at all? Ask somebody there, or its provider, about line and power.' },
      { text: 'Does the device say that the tunnel is established (IKE and IPsec SA)?' },
      { text: `Do UDP 500 and 4500 still pass between ${ends.customer || 'the device'} and ${ends.cloudflare}?` },
      { text: 'Was anything changed at the site: a new address, a new device, a new rule of the firewall?' },
    ],
  },
}

/**
 * Why a tunnel is as it is, by the first rule that matches; `null` for one that is up wherever it is used. Announced work may stand before
 * a fault that has nothing to do with it, so what would be said without it is among its reasons and steps. The rules are those of
 * docs/architecture.md, "Why a tunnel is down".
 */
export function causeOf(seen: Observations): Cause | null {
  const found = Object.entries(rules).find(([, rule]) => rule.matches(seen))
  if (!found) return null
  const [rule, { text, because, next, until }] = found
  const over = until?.(seen)
  const cause = { rule, text: text(seen), ...(over && { until: over }), because: because(seen), next: next(seen) }
  const other = rule === 'planned' ? causeOf({ ...seen, planned: null }) : null
  if (!other || other.rule === 'none') return cause
  return {
    ...cause,
    because: [...cause.because, `Without that work we would say: ${other.text}`, ...other.because],
    next: [...cause.next, ...other.next],
  }
}

/** The same for those who may not change the tunnel: advice without the changes that go with it, and who could make them. */
export function withoutChanges(cause: Cause): Cause {
  return { ...cause, next: cause.next.map(withoutChange) }
}

function withoutChange({ text, patch, restore, needs }: NextStep): NextStep {
  const needed = needs ?? (patch || restore ? 'tunnel.update' : undefined)
  return { text, ...(needed && { needs: needed }) }
}
