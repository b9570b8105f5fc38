import { secretBits } from '@tunnel-console/shared/key-strength'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { FieldFrame, type FieldLook, fieldAria, useFieldIds } from './field.tsx'
import { ignoredByPasswordManagers, ShowButton } from './password-parts.tsx'
import { StrengthBar } from './strength-bar.tsx'
import { TextInput } from './text-input.tsx'

interface SecretFieldProps extends Pick<FieldLook, 'label' | 'hint' | 'isOptional'> {
  /** What was typed before, where the field comes back. */
  initial?: string
  onChange: (secret: string) => void
  /** What is wrong with it, or `null`. */
  complaint: string | null
  /** In plain words, how hard it is to guess, from so many bits. */
  strengthWords: (bits: number) => string
  onEnter?: (() => void) | undefined
  autoFocus?: boolean
}

/**
 * A secret that is typed or pasted, masked until Show, with a meter and no rules. What is typed is never an attribute of the
 * page, which a controlled input would make it, and no browser keeps or completes it (S22).
 */
export function SecretField(props: SecretFieldProps) {
  const { label, initial = '', complaint, onEnter } = props
  const ids = useFieldIds()
  const input = useRef<HTMLInputElement>(null)
  const [place] = useState(() => (node: HTMLInputElement | null) => {
    // Set by hand, since a default value would be an attribute too.
    if (node) node.value = initial
    input.current = node
  })
  const [isShown, setShown] = useState(false)
  const [bits, setBits] = useState(() => secretBits(initial))
  const take = (secret: string) => {
    setBits(secretBits(secret))
    props.onChange(secret)
  }
  useForgetOnLeave(() => {
    if (input.current) input.current.value = ''
    take('')
  })
  const isEmpty = bits === 0
  const error = complaint ? { type: 'console', message: complaint } : undefined
  const look: FieldLook = {
    ...props,
    hint: isEmpty ? props.hint : <Strength bits={bits} words={props.strengthWords} />,
  }
  return (
    <FieldFrame ids={ids} look={look} error={error}>
      <span className="relative block">
        <TextInput
          {...fieldAria(ids, look, error)}
          {...ignoredByPasswordManagers}
          ref={place}
          type={isShown ? 'text' : 'password'}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          autoFocus={props.autoFocus}
          isMono
          className="pr-16"
          onChange={({ target }) => take(target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing || !onEnter) return
            event.preventDefault()
            onEnter()
          }}
        />
        <ShowButton label={label} isShown={isShown} onToggle={() => setShown(!isShown)} />
      </span>
    </FieldFrame>
  )
}

/** A page that rests in the back/forward cache must not come back with a secret in it (S20). */
function useForgetOnLeave(forget: () => void): void {
  const latest = useRef(forget)
  latest.current = forget
  // The page's coming and going is outside React.
  useEffect(() => {
    const leave = () => flushSync(() => latest.current())
    addEventListener('pagehide', leave)
    return () => removeEventListener('pagehide', leave)
  }, [])
}

function Strength({ bits, words }: { bits: number; words: (bits: number) => string }): ReactNode {
  return (
    <span className="flex flex-col gap-1">
      <StrengthBar bits={bits} />
      <span>{words(bits)}</span>
    </span>
  )
}
