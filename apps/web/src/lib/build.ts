import { createStore } from './store.ts'

/** The build that this page was made from: the name of its entry file, which this is in, and which changes with every part of it. */
const own = /\/assets\/([\w.-]+)\.js$/.exec(import.meta.url)

/** Whether the console has another build by now (H8). */
export const isNewerThere = createStore(false)

/** Takes the header `x-build` of an answer. Without one on either side, as in development, nothing is known. */
export function noteBuild(build: string | null): void {
  if (build && own?.[1]) isNewerThere.set(build !== own[1])
}
