import { expect, type Page } from '@playwright/test'

/** Opens the list while none of its code comes, until `release`. */
export async function openHeld(page: Page, path = '/tunnels'): Promise<{ release(): void }> {
  let release = () => undefined
  const held = new Promise<undefined>((done) => {
    release = () => done(undefined) as undefined
  })
  await page.route(/\/assets\/.*\.js/, async (route) => {
    await held
    await route.continue().catch(() => undefined)
  })
  await page.goto(path, { waitUntil: 'commit' })
  return { release }
}

/** A console has what draws the rows a moment after its start. */
export async function untilDrawn(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      const answer = await page.request.get('/tunnels', { headers: { 'sec-fetch-dest': 'document' } })
      return (await answer.text()).includes('id="first"')
    })
    .toBe(true)
}
