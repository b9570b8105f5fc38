import { adapted, birdChanges, forUserSpace, frrChanges, lan } from './adapt.ts'
import { type Charon, startCharon } from './charon.ts'
import { ended, type Lab, until } from './lab.ts'
import { announced, standInBird, standInConnection } from './stand-in.ts'
import { awkwardMd5, fileOf, identity, key, parameters } from './subject.ts'

/** Tells what was seen, as it is seen. */
type Note = (line: string) => void

const { label, symbol, cloudflare, device } = parameters
const wrongKey = 'not the key of this tunnel at all'

/** What people and the parser of pasted output get to see of a real run: the texts as the engines wrote them, without any key. */
export interface Recording {
  sas: string
  protocols: string
  wrongKey: string
}

/** Each file as it is generated, read by its own engine; and the same file broken, which the engine must notice. */
export async function checkSyntax(lab: Lab, note: Note): Promise<void> {
  const namespace = lab.namespace('check')
  const charonConf = lab.write(lab.file('check', 'charon.conf'), fileOf('strongswan', 'charon.conf', null).text)
  const charon = await startCharon(lab, 'check', namespace, charonConf)
  const { text } = fileOf('strongswan', '.swanctl.conf', key)
  const loaded = (content: string) => charon.load(lab.write(lab.file('check', 'swanctl.conf'), content)).text
  expectText('swanctl --load-all', loaded(text), /successfully loaded 1 connections, 0 unloaded/)
  expectText('swanctl --list-conns', charon.swanctl('--list-conns').text, new RegExp(`^${label}: IKEv2`, 'm'))
  refuseText('swanctl of a file without its last brace', loaded(text.replace(/\}\s*$/m, '')), /loaded 1 connections/)
  note('swanctl reads the connection, and strongswan.conf the settings')

  const bird = (content: string) =>
    lab.run('bird', ['-p', '-c', lab.write(lab.file('check', 'bird.conf'), content)]).status
  const frr = (content: string) =>
    lab.run('vtysh', ['-C', '-f', lab.write(lab.file('check', 'frr.conf'), content)]).status
  const birdText = fileOf('strongswan', 'bird.conf', null).text
  const frrText = fileOf('strongswan', 'frr.conf', null).text
  expectStatus('bird -p', [bird(birdText), bird(`${birdText}}`) === 0 ? 0 : 1], [0, 1])
  expectStatus('vtysh -C', [frr(frrText), frr(`${frrText}neighbour\n`) === 0 ? 0 : 1], [0, 1])
  for (const md5 of awkwardMd5) {
    const read = [
      bird(fileOf('strongswan', 'bird.conf', null, md5).text),
      frr(fileOf('strongswan', 'frr.conf', null, md5).text),
    ]
    expectStatus(`the MD5 key ${JSON.stringify(md5)}`, read, [0, 0])
  }
  note('bird -p and vtysh -C read the BGP files, with awkward MD5 keys too')
}

/** Both ends, joined by a wire: the outside addresses on it, the inside addresses behind. */
export function layNetwork(lab: Lab): { cf: string; customer: string } {
  const [cf, customer] = [lab.namespace('cf'), lab.namespace('customer')]
  lab.must('ip', ['link', 'add', 'outside', 'netns', cf, 'type', 'veth', 'peer', 'name', 'outside', 'netns', customer])
  const ends: [string, string, string][] = [
    [cf, cloudflare.outside, cloudflare.inside],
    [customer, device.outside, device.inside],
  ]
  for (const [namespace, outside, inside] of ends) {
    lab.must('ip', ['address', 'add', `${outside}/24`, 'dev', 'outside'], namespace)
    lab.must('ip', ['link', 'set', 'outside', 'up'], namespace)
    lab.must('ip', ['link', 'add', 'inside', 'type', 'veth', 'peer', 'name', 'inside-end'], namespace)
    lab.must('ip', ['address', 'add', `${inside}/31`, 'dev', 'inside'], namespace)
    for (const link of ['inside', 'inside-end']) lab.must('ip', ['link', 'set', link, 'up'], namespace)
  }
  return { cf, customer }
}

/** The device begins by itself, with the key; a ping crosses. Gives `swanctl --list-sas`. */
export async function raiseTunnel(lab: Lab, names: { cf: string; customer: string }, note: Note) {
  const cf = await startCharon(lab, 'cf', names.cf)
  const customer = await startCharon(lab, 'customer', names.customer)
  cf.load(lab.write(lab.file('cf', 'swanctl.conf'), standInConnection(parameters, identity, key)))
  for (const { what, from, to } of forUserSpace(parameters)) note(`  adapted: ${what} (${from} → ${oneLine(to)})`)
  note('  adapted: routes are made by strongSwan, and the inside addresses stand on a wire of their own')
  const text = adapted(fileOf('strongswan', '.swanctl.conf', key).text, forUserSpace(parameters))
  customer.load(lab.write(lab.file('customer', 'swanctl.conf'), text))
  const list = () => customer.swanctl('--list-sas').text
  const sas = await until(
    'IKE is established',
    () => (/ESTABLISHED[\s\S]*INSTALLED/.test(list()) ? list() : null),
    () => `${list()}\n${lab.tail(customer.logFile)}`,
  )
  expectText('the identity of the device', sas, new RegExp(`local {2}'${identity}'`))
  note('IKE is established by the device, with the generated key and identity')
  lab.must('ping', ['-c', '3', '-i', '0.2', '-W', '2', '-I', device.inside, cloudflare.inside], names.customer)
  note(`ping crosses from ${device.inside} to ${cloudflare.inside}`)
  return { cf, customer, sas: list() }
}

/** A BGP session over the tunnel by the generated BIRD file, both learning from each other. Gives `birdc show protocols all`. */
export async function speakBird(lab: Lab, names: { cf: string; customer: string }, note: Note): Promise<string> {
  for (const { what } of birdChanges) note(`  adapted: ${what}`)
  const start = (name: 'cf' | 'customer', text: string) => {
    const conf = lab.write(lab.file(name, 'bird.conf'), text)
    const socket = lab.file(name, 'bird.ctl')
    const process = lab.start('bird', ['-f', '-c', conf, '-s', socket], names[name])
    return { process, ask: (...words: string[]) => lab.run('birdc', ['-s', socket, ...words]).text }
  }
  const cf = start('cf', standInBird(parameters))
  const customer = start('customer', adapted(fileOf('strongswan', 'bird.conf', null).text, birdChanges))
  await until(
    'BIRD is established',
    () => (/Established/.test(customer.ask('show', 'protocols', symbol)) ? true : null),
    () => customer.ask('show', 'protocols', 'all'),
    40_000,
  )
  await until(
    'Cloudflare learns the LAN',
    () => (cf.ask('show', 'route').includes(lan) ? true : null),
    () => cf.ask('show', 'route'),
  )
  await until(
    'the device learns a network',
    () => (customer.ask('show', 'route').includes(announced) ? true : null),
    () => customer.ask('show', 'route'),
  )
  const protocols = customer.ask('show', 'protocols', 'all')
  await ended(customer.process)
  note('BGP is established over it by BIRD: both learn from each other')
  return protocols
}

/** The same by the generated FRR file, once BIRD of the device has ended. */
export async function speakFrr(lab: Lab, names: { customer: string }, note: Note): Promise<void> {
  const conf = adapted(fileOf('strongswan', 'frr.conf', null).text, frrChanges(label))
  for (const { what } of frrChanges(label)) note(`  adapted: ${what}`)
  const folder = lab.file('customer')
  const args = ['-Z', '-S', '-f', lab.write(lab.file('customer', 'frr.conf'), conf)]
  lab.start('bgpd', [...args, '-i', `${folder}/bgpd.pid`, '--vty_socket', folder, '-P', '0'], names.customer)
  const ask = (words: string) => lab.run('vtysh', ['--vty_socket', folder, '-d', 'bgpd', '-c', words]).text
  await until(
    'FRR is established',
    () => (ask(`show bgp neighbors ${cloudflare.inside}`).includes('BGP state = Established') ? true : null),
    () => ask('show bgp summary'),
    40_000,
  )
  await until(
    'FRR learns a network',
    () => (ask('show bgp ipv4 unicast').includes(announced) ? true : null),
    () => ask('show bgp ipv4 unicast'),
  )
  note('BGP is established over it by FRR')
}

/** With another key the device is refused, and the engine says why. Gives what `swanctl --initiate` said. */
export function refuseWrongKey(lab: Lab, customer: Charon, note: Note): string {
  const text = adapted(fileOf('strongswan', '.swanctl.conf', wrongKey).text, [
    ...forUserSpace(parameters),
    { what: 'it begins when it is told to', from: 'start_action = start', to: 'start_action = none' },
  ])
  customer.swanctl('--terminate', '--ike', label)
  customer.swanctl('--load-all', '--clear', '--file', lab.write(lab.file('customer', 'swanctl.conf'), text))
  const said = customer.swanctl('--initiate', '--child', label, '--timeout', '5').text
  expectText('a wrong key', said, /AUTHENTICATION_FAILED/)
  note('a wrong key is refused: AUTHENTICATION_FAILED')
  return said
}

const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ')

function expectText(what: string, text: string, wanted: RegExp): void {
  if (!wanted.test(text)) throw new Error(`${what}: no ${wanted} in\n${text}`)
}

function refuseText(what: string, text: string, unwanted: RegExp): void {
  if (unwanted.test(text)) throw new Error(`${what}: ${unwanted} in\n${text}`)
}

function expectStatus(what: string, found: readonly number[], wanted: readonly number[]): void {
  if (found.join() !== wanted.join()) throw new Error(`${what}: ended with ${found.join()}, not ${wanted.join()}`)
}
