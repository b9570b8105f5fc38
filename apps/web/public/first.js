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
  const { dataset } = document.documentElement
  // Where the page depends on this file the server names it twice: the second stands in for a first that did not come.
  if (dataset.theme) return
  const { app = '', signIn = '', list = '', first, narrow, entry } = document.currentScript.dataset

  // The key and the values are those of src/lib/theme.ts.
  const choice = read('localStorage', 'theme')
  const isDark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  dataset.theme = isDark ? 'dark' : 'light'

  // `index.html` holds the frame of the console, which is there before any code is; pages of their own are without it. The
  // words are those of src/routes/shell-rest.tsx.
  const isList = location.pathname === '/tunnels' || location.pathname === '/'
  const frame = read('localStorage', 'frame') ?? ''
  if (frame !== 'none' && !/^\/(sign-in|setup|invite|handoff|wall)\b/.test(location.pathname)) {
    dataset.start = isList ? 'list' : 'page'
    if (frame.includes('sandbox')) dataset.sandbox = ''
    if (frame.includes('reader')) dataset.reader = ''
  }
  let hasRows = false
  const dropRows = () => {
    hasRows = false
    delete dataset.first
  }
  const forget = () => {
    delete dataset.start
    dropRows()
    try {
      localStorage.setItem('frame', 'none')
    } catch {
      // Storage is blocked: the frame shows for a moment the next time as well.
    }
  }

  // The server may have put the first rows into the page, as they are for somebody who has set nothing. They show where that
  // is so, on a screen of the kind that they were drawn for, and not through other eyes. Where no code comes that keeps them
  // true they do not stay. What is usual is written by src/features/tunnels/list-looks.ts, and by src/lib/site-ending.ts at a sign-out.
  const usual = {
    [`list-looks ${first}`]: '{"columns":null,"density":"comfortable"}',
    'site-ending': '[-_.]([a-z]|[0-9])$',
  }
  const isUsual = Object.entries(usual).every(([name, value]) => (read('localStorage', name) || value) === value)
  const isKind = matchMedia('(max-width: 44.99rem)').matches === (narrow !== undefined)
  const isViewAs = read('sessionStorage', 'view-as') !== null || location.search.includes('view-as')
  hasRows = first !== undefined && isUsual && isKind && !isViewAs && location.search === ''
  if (hasRows) {
    dataset.start = 'list'
    // Counted in seconds, and by the clock as well: timers stand still while the machine sleeps or the tab is frozen.
    let left = 15
    const end = Date.now() + left * 1000
    const timer = setInterval(() => {
      if (--left > 0 && Date.now() < end) return
      clearInterval(timer)
      dropRows()
    }, 1000)
  }
  // The policy allows no styles in the text of a page: they are given to what has some before it is painted.
  const look = () => {
    for (const element of document.querySelectorAll('[data-style]')) {
      element.style.cssText = element.dataset.style
      delete element.dataset.style
    }
    if (!document.getElementById('start')) return
    parts.disconnect()
    if (!hasRows) return
    // All at once: the columns of half a table are wider, and would move.
    dataset.first = ''
    requestAnimationFrame(() => setTimeout(() => begin()))
  }
  const parts = new MutationObserver(look)
  parts.observe(document, { childList: true, subtree: true })
  // At a second try all of the page is there.
  look()

  document.addEventListener('DOMContentLoaded', () => {
    const root = document.getElementById('root')
    const watch = new MutationObserver(() => takeAway())
    const takeAway = () => {
      // What only tells screen readers something, or that it loads, is no page yet.
      if (!root.querySelector(':scope > :not([role=status])')) return
      watch.disconnect()
      // Until the list has its own rows these stand in the place of its bars, and go with them.
      const rows = document.getElementById('first-list')
      if (rows) root.querySelector('main [role=status]')?.append(rows)
      document.getElementById('first')?.remove()
      document.getElementById('start').remove()
      // From the first press on, what loads appears as it does on every page.
      for (const type of ['pointerdown', 'keydown']) addEventListener(type, () => delete dataset.start, { once: true })
    }
    watch.observe(root, { childList: true })
    takeAway()
  })

  // The code of this page, by the names that the build has put here; the entry file would know them a journey later.
  const isSignIn = location.pathname === '/sign-in'
  // As modules they are compiled beside the page; as scripts they would be once more when they are imported, holding it up.
  const preload = (names, fetchPriority) => {
    for (const href of names.split(' ').filter(Boolean)) {
      const link = document.createElement('link')
      document.head.append(Object.assign(link, { rel: 'modulepreload', href, fetchPriority }))
    }
  }
  preload(isSignIn ? signIn : app, hasRows ? 'low' : 'auto')
  if (isList) preload(list, 'low')

  /** What the list asks for first, while its code is on the way: src/lib/early.ts gives it to the first that asks. */
  const ask = () => {
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
  }

  /** Once. Where the server has left the code to this file, it runs when the rows are painted, and never before its place is there. */
  let begin = () => {
    begin = () => undefined
    if (isList && !isViewAs) ask()
    if (entry === undefined) return
    const open = () => void import(entry)
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', open)
    // A task of its own: the browser compiles at once what it has.
    else setTimeout(open)
  }
  if (!hasRows || document.hidden) begin()
  else setTimeout(() => begin(), 1000)
})()
