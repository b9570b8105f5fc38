import { prefixProblem, routesAsCurl, routesAsTerraform, routesThrough } from '@tunnel-console/shared/static-route'
import type { VisibleTunnel } from '@tunnel-console/shared/visible'
import { X } from 'lucide-react'
import { useId, useState } from 'react'
import { useStore } from '../../../lib/store.ts'
import { IconButton } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { controlClass } from '../../../ui/text-input.tsx'
import { forgetNewTunnel, newTunnels } from './new-tunnels.ts'

/** What a tunnel that was just made still lacks: traffic. It goes when it is put away, or with the page. */
export function NextSteps({ tunnel }: { tunnel: Pick<VisibleTunnel, 'id' | 'name' | 'interface_address'> }) {
  const isNew = useStore(newTunnels)[tunnel.id] !== undefined
  const headingId = useId()
  if (!isNew) return null
  return (
    <section aria-labelledby={headingId} className="mb-5 rounded-m border border-line bg-surface px-4 py-3">
      <div className="flex items-start justify-between gap-3">
        <h2 id={headingId} className="text-16 font-semibold">
          Networks behind {tunnel.name}
        </h2>
        <IconButton
          label="Put away"
          size="small"
          icon={<X aria-hidden size={14} />}
          onClick={() => forgetNewTunnel(tunnel.id)}
        />
      </div>
      <p className="mt-0.5 max-w-[72ch] text-13 text-fg-3">
        Cloudflare sends nothing into a tunnel that no route names. This console does not write routes, so here is what
        does: it is made in this browser, and sent nowhere. With BGP the device announces its networks itself.
      </p>
      <RouteMaker tunnel={tunnel} />
    </section>
  )
}

function RouteMaker({ tunnel }: { tunnel: Pick<VisibleTunnel, 'name' | 'interface_address'> }) {
  const id = useId()
  const [text, setText] = useState('')
  const prefixes = text.split(/[\s,]+/).filter((word) => word !== '')
  const problem = prefixes.map(prefixProblem).find((words) => words !== null) ?? null
  const routes = problem === null ? routesThrough(tunnel, prefixes) : []
  return (
    <div className="mt-3 flex flex-col gap-3">
      <div className="flex max-w-form flex-col gap-1.5">
        <label htmlFor={id} className="text-14 font-medium">
          Networks to send through it
        </label>
        <textarea
          id={id}
          value={text}
          rows={2}
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => setText(target.value)}
          className={`${controlClass} mono field-sizing-content min-h-14 py-2`}
        />
        <p id={`${id}-hint`} className={problem ? 'text-13 text-down-fg' : 'text-13 text-fg-3'}>
          {problem ?? 'Such as 10.20.0.0/16. One on each line.'}
        </p>
      </div>
      {routes.length > 0 && (
        <>
          <Ready title="curl" text={routesAsCurl(routes)} />
          <Ready title="Terraform" text={routesAsTerraform(routes)} />
        </>
      )}
    </div>
  )
}

function Ready({ title, text }: { title: string; text: string }) {
  return (
    <section aria-label={title}>
      <div className="mb-1 flex items-center justify-between gap-3">
        <h3 className="text-14 font-medium">{title}</h3>
        <CopyButton isWide label={`Copy ${title}`} value={text} />
      </div>
      {/* A region that scrolls must be reachable by keyboard (WCAG 2.1.1). */}
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        tabIndex={0}
        className="mono max-h-72 overflow-auto rounded-s border border-line bg-canvas p-3 text-12"
      >
        {text}
      </pre>
    </section>
  )
}
