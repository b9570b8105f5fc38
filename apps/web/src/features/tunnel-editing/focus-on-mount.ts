/** A `ref` that takes the focus as it appears: the control that led here is gone, or at the other end of the page. */
export function focusOnMount(node: HTMLElement | null): void {
  node?.focus()
}
