import {
  type ConnectionReport,
  costOf,
  type PermissionCheck,
  permissionFacts,
  permissionTitle,
  shutBy,
  type TokenCheck,
} from '@tunnel-console/shared/connection'
import { StateBadge } from '../../ui/state-badge.tsx'
import { permissionLooks, placeOf, rowOf, tokenNames, tokenVariables } from './words.ts'

/** What each token seems to be allowed; of what is missing, what it costs and how to add it. */
export function PermissionList({ report }: { report: ConnectionReport }) {
  return (
    <ul aria-label="Permissions" className="border-t border-line">
      {report.permissions.map((check) => (
        <li key={check.permission} className="flex flex-col gap-2 border-b border-line py-2.5">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <h3 className="min-w-44 text-14 font-medium">{permissionTitle(check.permission)}</h3>
            <StateBadge {...permissionLooks[check.state]} look="plain" />
            {report.tokens.length > 1 && <span className="text-13 text-fg-3">{tokenNames[check.token]}</span>}
          </div>
          <p className="max-w-[72ch] text-13 text-fg-2">{wordsOf(check)}</p>
          {(check.state === 'missing' || check.state === 'partly') && <Mending check={check} report={report} />}
        </li>
      ))}
    </ul>
  )
}

function wordsOf({ permission }: PermissionCheck): string {
  const { alsoEnough, isPublished } = permissionFacts[permission]
  if (!isPublished)
    return `${uses[permission]} Cloudflare does not say which permission this needs; this is the likeliest.`
  return alsoEnough.length > 0 ? `${uses[permission]} ${alsoEnough.join(' or ')} is enough, too.` : uses[permission]
}

const uses: Readonly<Record<PermissionCheck['permission'], string>> = {
  magicRead: 'Reads tunnels, static routes and what else uses inside addresses.',
  magicWrite: 'Creates, changes and deletes tunnels, and makes keys.',
  analyticsRead: 'Reads the health of tunnels.',
  leasesRead: 'Reads which Cloudflare addresses the account leases.',
  accountRead: 'Reads the account’s name.',
}

function Mending({ check, report }: { check: PermissionCheck; report: ConnectionReport }) {
  const shut = shutBy(check.permission, report)
  const token = report.tokens.find((one) => one.token === check.token)
  return (
    <div className="flex max-w-[72ch] flex-col gap-2 rounded-m bg-sunken px-3.5 py-2.5 text-13">
      <div>
        <p className="font-medium">What it costs you</p>
        <ul className="list-disc pl-5 text-fg-2">
          {shut.map((what) => (
            <li key={what}>{costOf[what]}</li>
          ))}
        </ul>
      </div>
      {check.state === 'partly' ? <Elsewhere /> : <Steps check={check} token={token} />}
    </div>
  )
}

function Elsewhere() {
  return (
    <p className="text-fg-2">
      Other things that this permission opens were answered, so the token seems to have it. The account may be without
      this one: ask Cloudflare whether it is part of your plan.
    </p>
  )
}

function Steps({ check, token }: { check: PermissionCheck; token: TokenCheck | undefined }) {
  return (
    <div>
      <p className="font-medium">How to add it</p>
      <ol className="list-decimal pl-5 text-fg-2">
        <li>Open Cloudflare’s dashboard: {placeOf(token)}.</li>
        <li>
          Edit the token that stands in <span className="mono text-12">{tokenVariables[check.token]}</span>.
        </li>
        <li>
          Add <strong className="font-medium text-fg">{rowOf(check)}</strong>
          {permissionFacts[check.permission].level === 'Write' && ' (the form may call it Edit)'}, for this account, and
          save. The token stays the same, so the console need not be restarted.
        </li>
        <li>Check again here.</li>
      </ol>
    </div>
  )
}
