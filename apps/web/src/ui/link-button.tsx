import { createLink } from '@tanstack/react-router'
import type { ComponentProps, ReactNode } from 'react'
import { type ButtonKind, type ButtonSize, buttonClass } from './button.tsx'

interface AnchorProps extends ComponentProps<'a'> {
  kind?: ButtonKind
  size?: ButtonSize
  icon?: ReactNode
}

function AnchorButton({ kind, size, icon, className, children, ...rest }: AnchorProps) {
  return (
    <a {...rest} className={buttonClass(kind, size, className)}>
      {icon}
      {children}
    </a>
  )
}

/** A link that looks like a button. Takes the router's typed `to`, `params` and `search`. */
export const LinkButton = createLink(AnchorButton)

function TextAnchor({ className, ...rest }: ComponentProps<'a'>) {
  return (
    <a
      {...rest}
      className={`rounded-s text-accent underline decoration-1 underline-offset-3 hover:decoration-2 ${className ?? ''}`}
    />
  )
}

/** A link in running text. */
export const TextLink = createLink(TextAnchor)
