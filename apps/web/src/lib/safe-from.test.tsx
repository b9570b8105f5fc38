import { expect, test } from 'vitest'
import { safeFrom } from './safe-from.ts'

const origin = 'https://console.example'

test.each([
  ['/tunnels', '/tunnels'],
  ['/tunnels/abc?tab=history#x', '/tunnels/abc?tab=history#x'],
  ['/tunnels?q=//evil.example', '/tunnels?q=//evil.example'],
  ['/', '/'],
  ['/a/../tunnels', '/tunnels'],
])('%s is a page of ours', (from, path) => {
  expect(safeFrom(from, origin)).toBe(path)
})

test.each([
  ['//evil.example'],
  ['///evil.example'],
  ['/\\evil.example'],
  ['/\t/evil.example'],
  ['/\n/evil.example'],
  ['/a/..//evil.example'],
  ['/.//evil.example'],
  ['https://evil.example'],
  ['https://console.example/tunnels'],
  ['javascript:alert(1)'],
  ['tunnels'],
  [' /tunnels'],
  [''],
  ['/sign-in?from=/sign-in'],
  [undefined],
  [null],
  [7],
  [['/tunnels']],
])('%j leads to the start', (from) => {
  expect(safeFrom(from, origin)).toBe('/')
})
