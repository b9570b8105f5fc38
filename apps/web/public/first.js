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
  const put = (storage, name, value) => {
    try {
      window[storage].setItem(name, value)
      return true
    } catch {
      // Storage is blocked.
      return false
    }
  }

  let hasRows = false
  const dropRows = () => {
    hasRows = false
    delete dataset.first
  }
  const forget = () => {
    delete dataset.start
    dropRows()
    // Where that cannot be kept, the frame shows for a moment the next time as well.
    put('localStorage', 'frame', 'none')
  }

  // The same becomes of a page whose first file of code does not come as of one whose next does not: src/lib/start-failed.ts.
  let isLeaving = false
  const onLeave = () => {
    isLeaving = true
  }
  const failed = () => {
    // Whoever goes elsewhere has the browser drop what it fetched.
    if (isLeaving) return
    const last = Number(read('sessionStorage', 'loaded-anew') ?? 0)
    if (Date.now() - last > 60_000 && put('sessionStorage', 'loaded-anew', Date.now())) return location.reload()
    const words = 'Tunnel Console could not be loaded. Check the network, then load this page again.'
    document
      .getElementById('root')
      .replaceChildren(
        Object.assign(document.createElement('p'), { role: 'alert', className: 'p-4', textContent: words }),
      )
  }
  const onError = ({ target }) => {
    if (target instanceof HTMLScriptElement && target.src.startsWith(`${location.origin}/assets/`)) failed()
  }
  addEventListener('error', onError, true)
  addEventListener('beforeunload', onLeave)
  setTimeout(() => {
    if (document.getElementById('start')) dataset.slow = ''
  }, 15_000)

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
      delete dataset.slow
      // From here on the page sees to its code itself.
      removeEventListener('error', onError, true)
      removeEventListener('beforeunload', onLeave)
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

  // Until the list has its own rows what is drawn cannot be pressed. What somebody presses or types there all the same is done
  // once what they meant is there. Escape, a press elsewhere or ten seconds end it.
  const keepPresses = () => {
    const drawn = ':is(#first, #first-list)'
    const real = (selector) => [...document.querySelectorAll(`#root ${selector}`)].filter((one) => !one.closest(drawn))
    const isThere = () => hasRows && (document.readyState === 'loading' || document.querySelector(drawn) !== null)
    // What is there already, in the page or above it, is pressed and typed into as ever.
    const isOfAnother = (target) =>
      !(target instanceof Element) || target.closest('a, button, input, select, textarea, [role]:not([role=status])')
    let meant = null
    const mean = (next) => {
      meant = next
      document.documentElement.style.cursor = meant ? 'progress' : ''
    }
    const filter = () => ({ find: () => real('[data-page-filter]')[0], text: '' })
    const withText = (tag, text) => real(tag).find(({ textContent }) => textContent.includes(text))
    const palette = () => ({ find: () => withText('header button', 'Go to'), text: '', isPalette: true })

    const meantAt = (x, y) => {
      const isHit = (one) => {
        const { left, right, top, bottom } = one.getBoundingClientRect()
        return left < right && left <= x && x <= right && top <= y && y <= bottom
      }
      const hitOf = (what) => [...document.querySelectorAll(`${drawn} ${what}`)].find(isHit)
      // On a phone a whole row opens its tunnel.
      const hit = hitOf(':is(a, button, input)') ?? (narrow === undefined ? undefined : hitOf('tr[data-row]'))
      const row = hit?.closest('tr')?.dataset.row
      if (hit?.matches('[data-page-filter]')) return filter()
      if (hit?.querySelector('kbd')) return palette()
      if (hit?.matches('a, tr') && row) return { find: () => real(`tr[data-row="${row}"] a`)[0] }
      const text = hit?.textContent.trim()
      if (!text || row) return null
      return { find: () => withText(hit.localName, text) }
    }

    const act = () => {
      const element = meant?.find()
      if (!element && isThere()) return
      // What stands beside the rows comes a moment after them.
      if (!element && meant) return void setTimeout(stop, 1000)
      const { text, isPalette } = meant ?? {}
      stop()
      if (!element) return
      if (text === undefined || isPalette) element.click()
      // As typing would, for whoever listens to it: `lib/type-ahead.ts` of the palette, or the field.
      const keys = isPalette ? [...text].map((letter) => (letter === '\n' ? 'Enter' : letter)) : []
      for (const key of keys) element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
      if (text !== undefined && !isPalette) element.focus()
      if (text && !isPalette) document.execCommand('insertText', false, text)
    }
    const onPress = ({ target, detail, clientX, clientY, ctrlKey, metaKey, shiftKey, altKey }) => {
      // A press without a place is one of the keyboard.
      if (!isThere() || isOfAnother(target) || detail === 0) return stop()
      mean(ctrlKey || metaKey || shiftKey || altKey ? null : meantAt(clientX, clientY))
      act()
    }
    const onKey = (event) => {
      const { key, target } = event
      if (!isThere() || isOfAnother(target) || event.isComposing) return stop()
      // AltGr types letters, and comes with Ctrl.
      const hasMod = event.metaKey || (event.ctrlKey && !event.getModifierState('AltGraph'))
      const isPalette = hasMod && key.toLowerCase() === 'k'
      if (hasMod && !isPalette) return
      if (key === 'Escape') return mean(null)
      if (isPalette) mean(palette())
      else if (meant?.text === undefined) {
        // The key is that of src/lib/shortcuts.ts, where single keys can be switched off.
        if (key !== '/' || read('localStorage', 'single-key-shortcuts') === 'off') return
        mean(filter())
      } else if (key === 'Backspace') meant.text = meant.text.slice(0, -1)
      else if (key.length === 1) meant.text += key
      else if (key === 'Enter' && meant.isPalette) meant.text += '\n'
      else return
      event.preventDefault()
      event.stopPropagation()
      act()
    }
    const there = new MutationObserver(act)
    const stop = () => {
      mean(null)
      there.disconnect()
      removeEventListener('click', onPress, true)
      removeEventListener('keydown', onKey, true)
    }
    addEventListener('click', onPress, true)
    addEventListener('keydown', onKey, true)
    document.addEventListener('DOMContentLoaded', () => {
      there.observe(document.getElementById('root'), { childList: true, subtree: true })
    })
    setTimeout(stop, 10_000)
  }
  if (hasRows) keepPresses()

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
    const open = () => void import(entry).catch(failed)
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', open)
    // A task of its own: the browser compiles at once what it has.
    else setTimeout(open)
  }
  if (!hasRows || document.hidden) begin()
  else setTimeout(() => begin(), 1000)
})()
