import { CircleAlert, TriangleAlert } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import type { FieldError } from 'react-hook-form'
import { cx } from '../lib/cx.ts'

/** What every field of a form can say about itself. */
export interface FieldLook {
  /** The accessible name, exactly. */
  label: string
  hint?: ReactNode
  /** A doubt that does not stop anybody. */
  warning?: ReactNode
  /** The field differs from what is saved: a bar at the left, "was X" and a Reset button. */
  changed?: { was: ReactNode; onReset: () => void }
  /** Says after the error who found it: "Our check" or "Cloudflare". */
  showSource?: boolean
  isOptional?: boolean
  className?: string
}

export interface FieldIds {
  input: string
  hint: string
  error: string
  warning: string
  was: string
}

export function useFieldIds(): FieldIds {
  const id = useId()
  return { input: id, hint: `${id}-hint`, error: `${id}-error`, warning: `${id}-warning`, was: `${id}-was` }
}

/** The ARIA of an input inside a `FieldFrame`. */
export function fieldAria(ids: FieldIds, look: FieldLook, error: FieldError | undefined) {
  const described = cx(
    error && ids.error,
    Boolean(look.warning) && ids.warning,
    Boolean(look.hint) && ids.hint,
    look.changed && ids.was,
  )
  return { id: ids.input, 'aria-invalid': Boolean(error), 'aria-describedby': described || undefined }
}

interface FrameProps {
  ids: FieldIds
  look: FieldLook
  error: FieldError | undefined
  children: ReactNode
  /** A switch stands beside its label, an input below it. */
  isInline?: boolean
}

export function FieldFrame({ ids, look, error, children, isInline = false }: FrameProps) {
  return (
    <div className={cx('relative flex flex-col gap-1.5', look.changed && changedBar, look.className)}>
      <div className={isInline ? 'flex min-h-6 items-center justify-between gap-4' : 'contents'}>
        <div className="flex flex-wrap items-baseline justify-between gap-x-3">
          <label htmlFor={ids.input} className="text-14 font-medium">
            {look.label}
          </label>
          {look.isOptional && <span className="text-12 text-fg-3">Optional</span>}
        </div>
        {isInline && children}
      </div>
      {!isInline && children}
      {error && <FieldErrorText id={ids.error} error={error} showSource={look.showSource} />}
      {look.warning && (
        <p id={ids.warning} className="flex gap-1.5 text-13 text-degraded-fg">
          <TriangleAlert aria-hidden size={14} className="mt-[3px] shrink-0" />
          <span>{look.warning}</span>
        </p>
      )}
      {look.hint && (
        <p id={ids.hint} className="text-13 text-fg-3">
          {look.hint}
        </p>
      )}
      {look.changed && <WasLine id={ids.was} label={look.label} {...look.changed} />}
    </div>
  )
}

const changedBar = 'before:absolute before:inset-y-0 before:-left-3 before:w-0.5 before:rounded-s before:bg-accent'

function FieldErrorText({ id, error, showSource }: { id: string; error: FieldError; showSource: boolean | undefined }) {
  return (
    <p id={id} className="flex gap-1.5 text-13 text-down-fg">
      <CircleAlert aria-hidden size={14} className="mt-[3px] shrink-0" />
      <span>
        {error.message}
        {showSource && <span className="text-fg-3"> · {error.type === 'cloudflare' ? 'Cloudflare' : 'Our check'}</span>}
      </span>
    </p>
  )
}

function WasLine({ id, label, was, onReset }: { id: string; label: string; was: ReactNode; onReset: () => void }) {
  return (
    <p className="flex flex-wrap items-center gap-x-1.5 text-13 text-fg-3">
      <span id={id}>was {was}</span>
      <span aria-hidden>·</span>
      <button
        type="button"
        aria-describedby={id}
        onClick={onReset}
        className="min-h-6 rounded-s text-accent underline underline-offset-3 pointer-coarse:min-h-11"
      >
        Reset<span className="sr-only"> {label}</span>
      </button>
    </p>
  )
}
