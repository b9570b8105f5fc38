import { createStore } from './store.ts'
import { store, stored } from './theme.ts'

const key = 'times-in-utc'

/** Whether every time on the page is told in UTC. Local otherwise. */
export const timesInUtc = createStore(stored(key) === 'on')

/** Remembered by this browser, like the theme. */
export function setTimesInUtc(isOn: boolean): void {
  store(key, isOn ? 'on' : 'off')
  timesInUtc.set(isOn)
}

// Another tab of the same person.
addEventListener('storage', (event) => {
  if (event.key === key) timesInUtc.set(event.newValue === 'on')
})
