import type { ConnectionReport } from '@tunnel-console/shared/connection'
import type { ReactNode } from 'react'
import { Limits } from './limits.tsx'
import { PermissionList } from './permission-list.tsx'
import { SourceList } from './source-list.tsx'
import { TokenList } from './token-list.tsx'
import { Verdict } from './verdict.tsx'

/** A whole check of the connection: the verdict first, then what it rests on. */
export function ConnectionView({ report }: { report: ConnectionReport }) {
  return (
    <div className="flex max-w-220 flex-col gap-9">
      <Verdict report={report} />
      <Part title="Permissions">
        <p className="mb-3 max-w-[72ch] text-13 text-fg-2">
          Cloudflare tells a token nothing of its own permissions. This is what it let the console do.
        </p>
        <PermissionList report={report} />
      </Part>
      <Part title={report.tokens.length > 1 ? 'Tokens' : 'Token'}>
        <TokenList tokens={report.tokens} />
      </Part>
      <Part title="What was asked">
        <SourceList report={report} />
      </Part>
      <Part title="Rate limit and clock">
        <Limits report={report} />
      </Part>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-3 text-16 font-semibold">{title}</h2>
      {children}
    </section>
  )
}
