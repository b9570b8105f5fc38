import { can, type Role } from '@tunnel-console/shared/access'
import { causeOf, withoutChanges } from '@tunnel-console/shared/causes'
import { observationsOf } from '@tunnel-console/shared/observations'
import type { TunnelStatus } from '@tunnel-console/shared/status'
import type { Cause, ChangeMark, DataCentreHealth, StatusPeriod } from '@tunnel-console/shared/status-answers'
import type { Tunnel } from '@tunnel-console/shared/tunnel'

interface Sources {
  tunnel: Tunnel
  status: TunnelStatus
  dataCentres: readonly DataCentreHealth[]
  /** Of the half hour before the state began, oldest first. */
  changes: readonly ChangeMark[]
  /** The tunnel's periods from a moment (milliseconds) until now, oldest first. */
  periodsSince: (from: number) => Promise<StatusPeriod[]>
  role: Role
  now: Date
}

const dayMs = 24 * 3_600_000

/** Why a tunnel is as it is, for a role: without `tunnel.update` it comes without changes to make. `null` where nothing is hurt. */
export async function causeFor({ periodsSince, role, ...sources }: Sources): Promise<Cause | null> {
  const { tunnel, status, dataCentres, now } = sources
  const isWhole = dataCentres.every(({ isActive, state }) => state === 'up' || !isActive)
  if (status.state === 'up' && isWhole) return null
  const observed = async (from: number) =>
    observationsOf({ ...sources, since: status.since, periods: await periodsSince(from) })
  const ofTheDay = await observed(now.getTime() - dayMs)
  const created = Date.parse(tunnel.created_on ?? '')
  // Whether it has ever worked asks for its whole past, so that is read only of one that is down all day.
  const isAsked = status.state === 'down' && ofTheDay.everPassed !== true && !Number.isNaN(created)
  const { everPassed } = isAsked ? await observed(created) : ofTheDay
  const cause = causeOf({ ...ofTheDay, everPassed })
  return cause && !can(role, 'tunnel.update') ? withoutChanges(cause) : cause
}
