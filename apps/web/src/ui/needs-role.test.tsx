import type { Permission } from '@tunnel-console/shared/access'
import { expect, test } from 'vitest'
import { render } from 'vitest-browser-react'
import { gained } from '../lib/gained.ts'
import { needOf, needText } from '../lib/need.ts'
import { NeedsRole } from './needs-role.tsx'

const ada = { name: 'Ada Admin', email: 'ada@example.com' }
const bob = { name: 'Bob', email: 'bob@example.com' }
const cy = { name: 'Cy', email: 'cy@example.com' }

test.each<[permission: Permission, helpers: (typeof ada)[], words: string]>([
  ['tunnel.update', [ada], 'Editing needs Operator. Ask: Ada Admin (ada@example.com).'],
  [
    'tunnel.delete',
    [ada, bob],
    'Deleting tunnels needs Admin. Ask: Ada Admin (ada@example.com), Bob (bob@example.com).',
  ],
  ['audit.read', [], 'The audit log needs Operator. Ask an administrator.'],
  [
    'user.manage',
    [ada, bob, cy, ada, bob],
    'Managing users needs Admin. Ask: Ada Admin (ada@example.com), Bob (bob@example.com), Cy (cy@example.com) and 2 more.',
  ],
])('%s is asked of the right people', async (permission, helpers, words) => {
  const need = needOf(permission, helpers)
  expect(needText(need)).toBe(words)
  const { container } = await render(<NeedsRole need={need} />)
  expect(container.textContent).toBe(words)
})

test('an address is one to write to, and can smuggle nothing into the letter', async () => {
  const sly = { name: 'Sly', email: 'a?bcc=all@example.com' }
  const { container } = await render(<NeedsRole need={needOf('tunnel.update', [sly])} />)
  expect(container.querySelector('a')?.getAttribute('href')).toBe('mailto:a%3Fbcc%3Dall@example.com')
})

test('a role is told by what it adds', () => {
  expect(gained('support', 'support')).toEqual([])
  expect(gained('admin', 'support')).toEqual([])
  expect(gained('operator', 'admin')).toEqual([
    'delete tunnels',
    'change many tunnels at once',
    'manage users',
    'change settings',
  ])
})
