import { createStore } from '../../lib/store.ts'

/** Whether the person has stopped the list from changing by itself (WCAG 2.2.2). Lives as long as the page. */
export const isPaused = createStore(false)
