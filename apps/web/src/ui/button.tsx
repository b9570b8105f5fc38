import { type ComponentProps, type MouseEvent, type ReactNode, useId } from 'react'
import { cx } from '../lib/cx.ts'
import { Spinner } from './spinner.tsx'

export type ButtonKind = 'primary' | 'secondary' | 'danger' | 'ghost'
export type ButtonSize = 'normal' | 'small'
type ButtonShape = 'wide' | 'square'

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled' | 'children'> {
  kind?: ButtonKind
  size?: ButtonSize
  /**
   * Why it cannot be used now. It stays focusable, does nothing, and the reason is its description, in a line of its own below
   * the buttons of a row. A button that may have one, now or later, passes it always: its line stays empty, and nothing jumps.
   */
  disabledReason?: ReactNode
  /** `described` leaves the reason to screen readers and the title: for where the page says it in sight already. */
  reasonPlace?: 'below' | 'described'
  /** It is at work: the words stay, a spinner appears, presses do nothing. */
  busy?: boolean
  icon?: ReactNode
  shape?: ButtonShape
  children?: ReactNode
}

const kinds: Record<ButtonKind, string> = {
  primary: 'border-transparent bg-accent text-on-accent not-aria-disabled:hover:brightness-110',
  secondary: 'border-control-line bg-surface text-fg not-aria-disabled:hover:bg-sunken',
  danger: 'border-transparent bg-danger text-on-danger not-aria-disabled:hover:brightness-110',
  ghost:
    'border-transparent bg-transparent text-fg-2 not-aria-disabled:hover:bg-sunken not-aria-disabled:hover:text-fg',
}

const sizes: Record<ButtonSize, Record<ButtonShape, string>> = {
  normal: { wide: 'min-h-control px-3.5 text-14', square: 'min-h-control w-control' },
  small: {
    wide: 'min-h-7 px-2 text-13 pointer-coarse:min-h-11',
    square: 'min-h-7 w-7 pointer-coarse:min-h-11 pointer-coarse:w-11',
  },
}

export function buttonClass(
  kind: ButtonKind = 'secondary',
  size: ButtonSize = 'normal',
  extra?: string,
  shape: ButtonShape = 'wide',
): string {
  return cx(
    'inline-flex shrink-0 items-center justify-center gap-2 rounded-m border font-medium whitespace-nowrap select-none',
    'transition-[background-color,color,filter] duration-120 aria-disabled:opacity-60 forced-colors:border-[ButtonText] print:hidden',
    sizes[size][shape],
    kinds[kind],
    extra,
  )
}

export function Button(props: ButtonProps) {
  const {
    kind = 'secondary',
    size = 'normal',
    disabledReason,
    reasonPlace = 'below',
    busy = false,
    icon,
    shape = 'wide',
    children,
    className,
    onClick,
    type = 'button',
    ...rest
  } = props
  const reasonId = useId()
  const isOff = busy || Boolean(disabledReason)
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (isOff) event.preventDefault()
    else onClick?.(event)
  }
  const isHidden = reasonPlace === 'described'
  const described = cx(rest['aria-describedby'], Boolean(disabledReason) && reasonId) || undefined
  const button = (
    <button
      {...rest}
      type={type}
      className={buttonClass(kind, size, className, shape)}
      aria-disabled={isOff || undefined}
      aria-busy={busy || undefined}
      aria-describedby={described}
      title={isHidden && typeof disabledReason === 'string' ? disabledReason : rest.title}
      onClick={press}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  )
  // In the same place with and without a reason: another button would have lost the focus.
  return (
    <>
      {button}
      {'disabledReason' in props && (
        <span id={reasonId} className={isHidden ? 'sr-only' : reasonClass}>
          {disabledReason}
        </span>
      )}
    </>
  )
}

/** As wide as its row and no wider, below the buttons. */
const reasonClass = 'order-1 block min-h-4 w-0 min-w-full text-12 text-fg-2'

/** A square button with only an icon. `label` is its name and its hint. */
export function IconButton({
  label,
  ...rest
}: Omit<ButtonProps, 'children' | 'aria-label' | 'shape'> & { label: string }) {
  return <Button kind="ghost" title={label} {...rest} aria-label={label} shape="square" />
}
