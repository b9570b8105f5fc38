import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { CurlButton } from '../../ui/curl-button.tsx'

const hidden = '(set, hidden)'

/** A tunnel as JSON, by Cloudflare's names. The MD5 key is left out unless it is asked for. */
export function rawJson(tunnel: Tunnel, showsSecret: boolean): string {
  const { bgp } = tunnel
  const masked = bgp && bgp.md5_key !== '' && !showsSecret ? { ...bgp, md5_key: hidden } : bgp
  return JSON.stringify({ ...tunnel, bgp: masked }, null, 2)
}

/** The tunnel as this console reads it, for a ticket or a script. */
export function RawJson({ tunnel, curl }: { tunnel: Tunnel; curl?: (() => string) | undefined }) {
  const [showsSecret, setShowsSecret] = useState(false)
  const json = rawJson(tunnel, showsSecret)
  return (
    <details
      className="text-14"
      // A secret that was shown must not wait behind the fold.
      onToggle={({ currentTarget }) => !currentTarget.open && setShowsSecret(false)}
    >
      <summary className="min-h-6 rounded-s text-fg-2">Raw JSON</summary>
      <div className="mt-2 flex flex-col gap-2">
        <div className="flex flex-wrap gap-2">
          <CopyButton isWide label="Copy JSON" value={() => json} />
          {curl && <CurlButton command={curl} />}
          {tunnel.bgp?.md5_key && (
            <Button size="small" aria-pressed={showsSecret} onClick={() => setShowsSecret(!showsSecret)}>
              Show MD5 key in it
            </Button>
          )}
        </div>
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          aria-label="Raw JSON, scrolls"
          className="focus-inset max-h-120 overflow-auto rounded-m border border-line bg-sunken p-3"
        >
          <pre className="mono text-12">{json}</pre>
        </section>
      </div>
    </details>
  )
}
