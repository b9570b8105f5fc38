import { Fragment } from 'react'
import { type Helper, type Need, namedHelpers } from '../lib/need.ts'

/** "Editing needs Operator. Ask: Ada Admin (ada@example.com), …": what to say wherever somebody's role ends. */
export function NeedsRole({ need: { doing, role, helpers } }: { need: Need }) {
  return (
    <span>
      {doing} needs {role}. <Ask helpers={helpers} />
    </span>
  )
}

/** "Ask: Ada Admin (ada@example.com), …", with addresses to write to. */
export function Ask({ helpers }: { helpers: readonly Helper[] }) {
  if (helpers.length === 0) return 'Ask an administrator.'
  const named = helpers.slice(0, namedHelpers)
  const more = helpers.length - named.length
  return (
    <span className="[overflow-wrap:anywhere]">
      Ask:{' '}
      {named.map(({ name, email }, i) => (
        <Fragment key={email}>
          {i > 0 && ', '}
          {name} (
          <a href={mailTo(email)} className="rounded-s underline decoration-1 underline-offset-3 hover:decoration-2">
            {email}
          </a>
          )
        </Fragment>
      ))}
      {more > 0 && ` and ${more} more`}.
    </span>
  )
}

const mailTo = (email: string) => `mailto:${encodeURIComponent(email).replace('%40', '@')}`
