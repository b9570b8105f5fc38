import { beforeEach, expect, test } from 'vitest'
import { startFailed } from './start-failed.ts'

beforeEach(() => sessionStorage.clear())

test('a page whose code is not there is loaded anew once, and then says what to do instead of staying white', () => {
  const root = document.createElement('div')
  let reloads = 0
  const reload = () => {
    reloads += 1
  }
  startFailed(root, reload)
  expect([reloads, root.textContent]).toEqual([1, ''])
  startFailed(root, reload)
  expect(reloads).toBe(1)
  expect(root.querySelector('[role=alert]')?.textContent).toContain('could not be loaded')
})
