import { Callout } from '../../ui/callout.tsx'
import { TextLink } from '../../ui/link-button.tsx'

/** For a link that was used, has expired, was replaced by another one, or was not copied whole. */
export function LinkIsGone() {
  return (
    <div role="alert" className="flex flex-col gap-4">
      <Callout tone="degraded" title="This link does not work any more">
        It has been used, has expired, or was replaced by a newer one. Ask an administrator for another link.
      </Callout>
      <p className="text-13 text-fg-2">
        You have set your password already? <TextLink to="/sign-in">Sign in</TextLink>
      </p>
    </div>
  )
}
