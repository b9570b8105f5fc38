import fc from 'fast-check'
import { expect, test } from 'vitest'
import { passwordComplaint } from '../src/session/password.ts'
import { startPeople } from './people-world.ts'
import { ada } from './session-world.ts'

const person = { email: 'ada.lovelace@analytical.example', name: 'Ada Lovelace' }

test.each([
  ['fourteen chars', /at least 15/],
  ['é'.repeat(14).normalize('NFD'), /at least 15/],
  ['x'.repeat(129), /at most 128/],
  ['1qaz2wsx3edc4rfv', /everybody tries first/],
  ['PasswordPassword', /everybody tries first/],
  ['iloveyouiloveyou', /over again/],
  ['P@ssw0rd!P@ssw0rd!', /over again/],
  ['hunter2hunter2hunter2', /over again/],
  ['aaaaaaaaaaaaaaaaaaaa', /over again/],
  ['🔑'.repeat(64), /over again/],
  ['abcdefghijklmnopq', /row of keys/],
  ['qwertyuiopasdfgh', /row of keys/],
  ['qwertzuiop123456', /row of keys/],
  ['azertyuiopqsdfg', /row of keys/],
  ['12345678912345678', /row of keys/],
  ['aaaabbbbccccdddd', /row of keys/],
  ['password20261124', /little more/],
  ['P@ssw0rd20262026', /little more/],
  ['Welcome123456789', /little more/],
  ['Passwort123456789', /little more/],
  ['summer2026!!!!!!', /little more/],
  ['superman superman 1', /little more/],
  ['Tunnel-Console-2026!', /little more/],
  ['cloudflaretunnel1', /little more/],
  ['AdaLovelace2026!!', /little more/],
  ['lovelace.analytical', /little more/],
  ['ada.lovelace@analytical.example', /little more/],
])('S36 %j is refused', async (password, why) => {
  expect(await passwordComplaint(password, person)).toMatch(why)
})

test.each([
  'fifteen letters',
  'correct horse battery staple',
  'to be or not to be',
  'monkey dragon sunshine',
  'пароль длиною в жизнь',
  'コンソールの長い合言葉をここに書く',
  '827364519283746',
  'mOl3$kd92-Qpz_x1',
  'all lower case and no digits',
  'the tunnel to paris is green',
  'ada likes long walks at dusk',
  String.fromCodePoint(...Array.from({ length: 128 }, (_, index) => 0x1f400 + ((index * 53) % 128))),
  ' leading and trailing blanks ',
])('S36 %j is taken', async (password) => {
  expect(await passwordComplaint(password, person)).toBeNull()
})

test('S36 what a generator makes is taken, from 15 characters to 128, and no rule asks for more', async () => {
  const generated = fc.string({
    unit: fc.constantFrom(...'bcdfghjkmnpqrstvwxzBCDFGHJKMNPQRSTVWXZ0246789-_'),
    minLength: 15,
    maxLength: 128,
  })
  const varied = generated.filter((text) => new Set(text.replace(/[^a-z]/gi, '')).size >= 10)
  await fc.assert(
    fc.asyncProperty(varied, async (password) => {
      expect(await passwordComplaint(password, person)).toBeNull()
    }),
  )
})

test('S36 a password works however its letters were put together', async () => {
  const { invite, post, signIn } = await startPeople()
  const { email, token } = await invite('Sue', 'support')
  const password = 'déjà vu à la plage'
  expect((await post('/invite', { token, password: password.normalize('NFD') })).status).toBe(200)
  expect((await signIn(email, password.normalize('NFC'))).status).toBe(200)
})

test('S36 the rules are one function for setting up, joining, changing and the settings', async () => {
  const { invite, post, admin } = await startPeople()
  const { token } = await invite('Sue', 'support')
  const password = 'Welcome123456789'
  const answers = [
    await post('/setup', { ...ada, token: 'x', password }),
    await post('/invite', { token, password }),
    await admin.send('POST', '/session/password', { current: ada.password, password }),
  ]
  const problems = await Promise.all(answers.map((answer) => answer.json()))
  const complaint = await passwordComplaint(password, ada)
  for (const problem of problems)
    expect(problem).toMatchObject({ errors: [{ pointer: '/password', detail: complaint }] })
})
