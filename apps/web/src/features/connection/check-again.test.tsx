import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { press, show } from '../../test/bff.tsx'
import { CheckAgain } from './check-again.tsx'

const again = page.getByRole('button', { name: 'Check again' })

test('a check that is younger than a minute is not made again, and it says from when it can be', async () => {
  const onCheck = vi.fn()
  await show(<CheckAgain from={Date.now() + 30_000} isChecking={false} onCheck={onCheck} />)
  await expect.element(again).toHaveAccessibleDescription(/^One check a minute: again in (30|29) s$/)
  await press('Check again')
  expect(onCheck).not.toHaveBeenCalled()
})

test('after that it is made', async () => {
  const onCheck = vi.fn()
  await show(<CheckAgain from={Date.now() - 1} isChecking={false} onCheck={onCheck} />)
  await press('Check again')
  expect(onCheck).toHaveBeenCalledOnce()
})
