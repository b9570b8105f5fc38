import { expect, test } from 'vitest'
import { savedWords } from './saved-words.ts'

const labels = (...names: string[]) => names.map((label) => ({ label }))

test.each([
  [labels('Description', 'Replay protection'), [], 'Saved: Description, Replay protection'],
  [labels('A', 'B', 'C', 'D', 'E', 'F'), [], 'Saved: A, B, C, D and 2 more'],
  [
    labels('Health check rate'),
    ['health_check.rate'],
    'Saved: Health check rate. But Cloudflare kept a value of its own for Health check rate. See History.',
  ],
])('a save of %j that did not hold %j is told so', (changes, notApplied, words) => {
  expect(savedWords({ changes, notApplied })).toBe(words)
})
