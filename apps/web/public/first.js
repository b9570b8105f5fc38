// Runs before the first paint, as its own file because the Content Security Policy allows no inline script.
;(() => {
  const read = (storage, name) => {
    try {
      return window[storage].getItem(name)
    } catch {
      // Storage is blocked: as if nothing were kept.
      return null
    }
  }

  // The key and the values are those of src/lib/theme.ts.
  const choice = read('localStorage', 'theme')
  const isDark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'

  // The code of this page, by the names that the build has put here; the entry file would know them a journey later.
  const { app = '', signIn = '' } = document.currentScript.dataset
  const isSignIn = location.pathname === '/sign-in'
  for (const href of (isSignIn ? signIn : app).split(' ').filter(Boolean)) {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }))
  }

  // What the list asks for first, while its code is on the way: src/lib/early.ts gives it to the first that asks. Not
  // through other eyes: those requests say whose.
  const isList = location.pathname === '/tunnels' || location.pathname === '/'
  const isViewAs = read('sessionStorage', 'view-as') !== null || location.search.includes('view-as')
  if (!isList || isViewAs) return
  window.early = {}
  for (const path of ['/api/session', '/api/tunnels', '/api/status']) {
    const answer = fetch(path, {
      // The list comes in columns, as src/data/tunnels.ts takes it.
      headers: { 'x-tunnel-console': '1', accept: 'application/vnd.tunnel-console.columns+json, application/json' },
      credentials: 'same-origin',
      redirect: 'manual',
      cache: 'no-store',
    })
    // Whoever takes it hears of the failure.
    answer.catch(() => undefined)
    window.early[path] = answer
  }
})()
