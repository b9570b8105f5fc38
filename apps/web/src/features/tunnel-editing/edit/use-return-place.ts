import { useRouter } from '@tanstack/react-router'
import { type FocusEvent, useLayoutEffect, useRef } from 'react'

/**
 * Brings a person back to where they were in the form when another step was in its place: the same control has the focus,
 * and the page is scrolled as it was; not where something else in the form asks for them. Gives what the form needs for it.
 */
export function useReturnPlace(isForm: boolean, leadsElsewhere: boolean) {
  const router = useRouter()
  const form = useRef<HTMLFormElement>(null)
  const focused = useRef<string | null>(null)
  const scrolled = useRef(0)
  const wasForm = useRef(isForm)
  // Focus and scroll are the browser's, and both are gone once the form is.
  useLayoutEffect(() => {
    const isBack = isForm && !wasForm.current && !leadsElsewhere
    wasForm.current = isForm
    if (isBack) {
      controlOf(form.current, focused.current)?.focus({ preventScroll: true })
      scrollBack(router, scrolled.current)
    }
    if (!isForm) return
    const note = () => {
      scrolled.current = scrollY
    }
    addEventListener('scroll', note, { passive: true })
    return () => removeEventListener('scroll', note)
  }, [isForm, leadsElsewhere, router])
  const onFocus = ({ target }: FocusEvent<HTMLFormElement>) => {
    focused.current = nameOf(target)
  }
  return { ref: form, onFocus }
}

/** Now, and after the router has done the same with what it remembers of the entry: the height of a page without a form. */
function scrollBack(router: ReturnType<typeof useRouter>, top: number): void {
  const scroll = () => scrollTo({ top, behavior: 'instant' })
  scroll()
  const stop = router.subscribe('onRendered', () => {
    scroll()
    stop()
  })
}

/** A field by its name, a button by its words. */
const nameOf = (control: HTMLElement) => control.getAttribute('name') ?? control.textContent

function controlOf(form: HTMLFormElement | null, name: string | null): HTMLElement | undefined {
  const all = form?.querySelectorAll<HTMLElement>('input, select, textarea, button, a') ?? []
  return [...all].find((control) => nameOf(control) === name)
}
