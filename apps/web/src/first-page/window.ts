/** What a component may ask of the browser as it is drawn, where there is none. */
export const reader = { isNarrow: false }

/** A window as large as its kind: what shows on the largest alone is left out by the stylesheet where there is less room. */
export const matchMedia = (query: string) => ({
  get matches() {
    return query.includes('min-width') || (query.includes('max-width') && reader.isNarrow)
  },
})

/** Remembers nothing. */
export const localStorage = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined }
export const sessionStorage = localStorage

export const location = new URL('http://localhost/tunnels')
export const history = { state: null, replaceState: () => undefined }
export const navigator = { userAgent: '', onLine: true }
export const document = { querySelector: () => null, addEventListener: () => undefined, visibilityState: 'visible' }
export const addEventListener = () => undefined
