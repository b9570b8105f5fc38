declare global {
  interface Window {
    /** What `public/first.js` has asked for already, by path. */
    early?: Record<string, Promise<Response> | undefined>
  }
}

// Counted from the moment the page was asked for.
const freshMs = 10_000

/**
 * The answer that `public/first.js` has asked for while the code of the page was on its way, once. `undefined` where
 * there is none: the first request for it takes it, and whatever follows is sent anew.
 */
export function takeEarly(path: string): Promise<Response> | undefined {
  if (performance.now() > freshMs) forgetEarly()
  const answer = window.early?.[path]
  if (window.early) delete window.early[path]
  return answer
}

/** What was asked together with a request that failed may be of another person by the time that it is wanted. */
export function forgetEarly(): void {
  delete window.early
}

/** Has the browser fetch the code of the app, by the names that the build has written down. Nothing of it is run. */
export function fetchApp(): void {
  const names = document.querySelector<HTMLScriptElement>('script[data-app]')?.dataset['app'] ?? ''
  for (const href of names.split(' ').filter(Boolean)) {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }))
  }
}
