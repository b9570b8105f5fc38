/** The looks of every button that counts and filters. */
export const countClass =
  'inline-flex min-h-control shrink-0 items-center gap-2 rounded-m border border-line bg-surface px-3 text-13 text-fg-2 ' +
  'hover:border-control-line aria-pressed:border-accent aria-pressed:bg-establishing-bg aria-pressed:text-fg ' +
  'aria-pressed:shadow-[inset_0_0_0_1px_var(--accent)]'
