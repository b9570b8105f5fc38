import { useState } from 'react'
import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { useShortcuts } from '../lib/shortcuts.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { Dialog } from './dialog.tsx'

function Opener({ dismissable = true }: { dismissable?: boolean }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Open
      </button>
      <Dialog open={open} onOpenChange={setOpen} title="Key" dismissable={dismissable}>
        <input aria-label="First" />
      </Dialog>
    </>
  )
}

// Without the stylesheet Base UI's backdrop lies over everything, so buttons are pressed by keyboard.
async function press(name: string) {
  const button = page.getByRole('button', { name }).element() as HTMLElement
  button.focus()
  await userEvent.keyboard('{Enter}')
}

const dialog = page.getByRole('dialog', { name: 'Key' })

test('focus starts in the content and returns to the control that opened the dialog', async () => {
  await render(<Opener />)
  await page.getByRole('button', { name: 'Open' }).click()
  await expect.element(page.getByLabelText('First')).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.element(dialog).not.toBeInTheDocument()
  await expect.element(page.getByRole('button', { name: 'Open' })).toHaveFocus()
})

test('the variant that cannot be dismissed has no cross and ignores Escape and presses outside', async () => {
  await render(<Opener dismissable={false} />)
  await page.getByRole('button', { name: 'Open' }).click()
  await expect.element(dialog).toBeVisible()
  await userEvent.keyboard('{Escape}')
  document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }))
  document.body.dispatchEvent(new MouseEvent('click', { bubbles: true }))
  await expect.element(dialog).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Close' })).not.toBeInTheDocument()
})

test('a confirmation is an alertdialog that starts on Cancel', async () => {
  const asked = { open: true, onOpenChange: () => undefined, onConfirm: () => undefined }
  await render(<ConfirmDialog {...asked} title="Delete branch-07" confirmLabel="Delete tunnel" isDanger />)
  await expect.element(page.getByRole('alertdialog', { name: 'Delete branch-07' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Cancel' })).toHaveFocus()
})

function Both() {
  const [open, setOpen] = useState(true)
  const [isEnded, setEnded] = useState(false)
  return (
    <>
      <Dialog open={open} onOpenChange={setOpen} title="Key">
        <button type="button" onClick={() => setEnded(true)}>
          End
        </button>
      </Dialog>
      <Dialog open={isEnded} onOpenChange={setEnded} title="Ended" role="alertdialog" dismissable={false}>
        <input aria-label="Password" />
        <button type="button" onClick={() => setEnded(false)}>
          Sign in
        </button>
      </Dialog>
    </>
  )
}

test('a dialog that cannot be dismissed keeps Escape from the dialog under it', async () => {
  await render(<Both />)
  await press('End')
  await expect.element(page.getByLabelText('Password')).toHaveFocus()
  await userEvent.keyboard('secret{Escape}')
  await expect.element(page.getByLabelText('Password')).toHaveValue('secret')
  await press('Sign in')
  await expect.element(page.getByRole('alertdialog')).not.toBeInTheDocument()
  await expect.element(dialog).toBeVisible()
})

function Palette({ onHelp }: { onHelp: () => void }) {
  const [open, setOpen] = useState(true)
  useShortcuts({ '?': onHelp })
  return (
    <Dialog open={open} onOpenChange={setOpen} title="Go to">
      <input aria-label="Search" onKeyDown={({ key }) => key === 'Enter' && setOpen(false)} />
    </Dialog>
  )
}

/** A key where the focus is. React has drawn what it did, and nothing else has had its time, before the next one. */
async function strike(key: string) {
  document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  await Promise.resolve()
}

test('a single key that follows on the heels of a closing dialog is not lost', async () => {
  const helped: string[] = []
  await render(<Palette onHelp={() => helped.push('help')} />)
  await expect.element(page.getByLabelText('Search')).toHaveFocus()
  await strike('?')
  expect(helped).toEqual([])
  await strike('Enter')
  await strike('?')
  expect(helped).toEqual(['help'])
})
