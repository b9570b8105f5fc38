import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { randomToken } from '../src/session/token.ts'

test('S23 tokens have 256 bits that are never the same twice', () => {
  const tokens = Array.from({ length: 10_000 }, randomToken)
  expect(new Set(tokens).size).toBe(10_000)
  expect(tokens.filter((token) => !/^[A-Za-z0-9_-]{43}$/.test(token))).toEqual([])
})

test('S23 the guessable random source serves pauses between attempts and nothing else', () => {
  const root = path.join(import.meta.dirname, '..')
  const sources = ['src', 'node', 'worker'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => path.join(folder, name)),
  )
  const lines = sources.flatMap((name) => readFileSync(path.join(root, name), 'utf8').split('\n'))
  const guessable = lines.filter((line) => line.includes('Math.random'))
  expect(guessable.filter((line) => !/sleep|setTimeout/.test(line))).toEqual([])
})
