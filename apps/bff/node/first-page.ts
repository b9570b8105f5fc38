import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DrawFirstList } from '@tunnel-console/shared/first-list'
import type { Deps } from '../src/deps.ts'
import { describe } from '../src/http/on-error.ts'

/** What the build of the pages has made of the list for us. */
const file = path.join(import.meta.dirname, '../../web/built/first-page.js')

/** What draws the list into its page: half a megabyte of React, loaded when the console answers already. */
export function createFirstPages({ log }: Pick<Deps, 'log'>) {
  let draw: DrawFirstList | null = null
  return {
    drawFirstList: () => draw,

    /** Never throws: without it the page comes without rows. */
    async load(): Promise<void> {
      if (!existsSync(file)) return
      try {
        const loaded: { draw: DrawFirstList } = await import(/* @vite-ignore */ pathToFileURL(file).href)
        draw = loaded.draw
      } catch (error) {
        log({ level: 'error', event: 'first-page.failed', cause: describe(error) })
      }
    },
  }
}
