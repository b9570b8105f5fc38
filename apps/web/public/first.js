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

  // `index.html` holds the frame of the console, which is there before any code is; pages of their own are without it. The
  // words are those of src/routes/shell-rest.tsx.
  const isList = location.pathname === '/tunnels' || location.pathname === '/'
  const frame = read('localStorage', 'frame') ?? ''
  const { dataset } = document.documentElement
  if (frame !== 'none' && !/^\/(sign-in|setup|invite|handoff|wall)\b/.test(location.pathname)) {
    dataset.start = isList ? 'list' : 'page'
    if (frame.includes('sandbox')) dataset.sandbox = ''
    if (frame.includes('reader')) dataset.reader = ''
  }
  document.addEventListener('DOMContentLoaded', () => {
    const root = document.getElementById('root')
    const watch = new MutationObserver(() => takeAway())
    const takeAway = () => {
      // What only tells screen readers something, or that it loads, is no page yet.
      if (!root.querySelector(':scope > :not([role=status])')) return
      watch.disconnect()
      document.getElementById('start').remove()
      // From the first press on, what loads appears as it does on every page.
      for (const type of ['pointerdown', 'keydown']) addEventListener(type, () => delete dataset.start, { once: true })
    }
    watch.observe(root, { childList: true })
    takeAway()
  })
  const forget = () => {
    delete dataset.start
    try {
      localStorage.setItem('frame', 'none')
    } catch {
      // Storage is blocked: the frame shows for a moment the next time as well.
    }
  }

  // The code of this page, by the names that the build has put here; the entry file would know them a journey later.
  const { app = '', signIn = '', list = '' } = document.currentScript.dataset
  const isSignIn = location.pathname === '/sign-in'
  const preload = (names, fetchPriority) => {
    for (const href of names.split(' ').filter(Boolean)) {
      document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href, fetchPriority }))
    }
  }
  preload(isSignIn ? signIn : app, 'auto')
  if (isList) preload(list, 'low')

  // What the list asks for first, while its code is on the way: src/lib/early.ts gives it to the first that asks. Not
  // through other eyes: those requests say whose.
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
    // Whoever takes it hears of the failure. Who must sign in first sees no frame, now and until they have.
    answer.then(
      ({ status }) => status === 401 && forget(),
      () => undefined,
    )
    window.early[path] = answer
  }

  // The first comparison of names has the browser load what it knows of languages, which takes 10 ms: after the first paint,
  // while it waits anyway.
  requestAnimationFrame(() => setTimeout(() => new Intl.Collator('en', { numeric: true }), 0))
})()
