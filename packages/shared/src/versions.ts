import type { TunnelVersion } from './api.ts'
import { diffDrafts, type FieldChange } from './diff.ts'
import { blankDraft, type TunnelDraft } from './draft.ts'

/** Which end of a change is meant: what it left, or what was there before it. */
export type Side = 'before' | 'after'

/** One state of a tunnel that is known in full. A key in it is only "set". */
export interface Snapshot {
  seq: number
  side: Side
  draft: TunnelDraft
  /** When the change was made that left it or, for `before`, ended it. UTC, ISO 8601. */
  at: string
  by: string
}

/**
 * The states of a tunnel that can be compared and gone back to, newest first: what each change left, and what was there
 * before the oldest one. A deletion left none, so it gives what it took away, unless the change before tells the same.
 */
export function snapshotsOf(versions: readonly TunnelVersion[]): Snapshot[] {
  return versions.flatMap((version, index) => {
    const { seq, at, by, before, after } = version
    const older = versions[index + 1]
    const isTold = before === null || (older?.after && diffDrafts(filled(older.after), filled(before)).length === 0)
    return [
      ...(after ? [{ seq, at, by, side: 'after' as const, draft: filled(after) }] : []),
      ...(before && !isTold ? [{ seq, at, by, side: 'before' as const, draft: filled(before) }] : []),
    ]
  })
}

/** The last state of a tunnel that is known, also of one that is gone. */
export const lastSnapshot = (versions: readonly TunnelVersion[]): Snapshot | null => snapshotsOf(versions)[0] ?? null

/** The state at one end of a change; `null` where the change is not known, or has no such end. */
export function snapshotAt(versions: readonly TunnelVersion[], seq: number, side: Side): Snapshot | null {
  const version = versions.find((entry) => entry.seq === seq)
  const draft = version?.[side]
  return version && draft ? { seq, side, draft: filled(draft), at: version.at, by: version.by } : null
}

/** What a change did to the fields; nothing for a creation and a deletion, which did all of it. */
export function changesOf({ before, after }: TunnelVersion): FieldChange[] {
  return before && after ? diffDrafts(filled(before), filled(after)) : []
}

/** The live tunnel with a former version laid over it: every field but the MD5 key, which no version holds. */
export function restored(live: TunnelDraft, former: TunnelDraft): TunnelDraft {
  return { ...former, bgp: { ...former.bgp, md5_key: live.bgp.md5_key } }
}

/** A former version for a new tunnel: without the MD5 key, which no version holds. */
export function asNew(former: TunnelDraft): TunnelDraft {
  return { ...former, bgp: { ...former.bgp, md5_key: '' } }
}

/**
 * What becomes of the MD5 key when a former version is laid over the live tunnel. `stays` it had one too, maybe another ·
 * `extra` it had none · `missing` it had one, and nobody but the device knows it · `none` there is nothing to say.
 */
export function keyAfterRestore(live: TunnelDraft, former: TunnelDraft): 'stays' | 'extra' | 'missing' | 'none' {
  if (!former.bgp.enabled) return 'none'
  const [has, had] = [live.bgp.md5_key !== '', former.bgp.md5_key !== '']
  if (has) return had ? 'stays' : 'extra'
  return had ? 'missing' : 'none'
}

/** A draft that an older build stored lacks the fields that came since. */
function filled(draft: TunnelDraft): TunnelDraft {
  return overlaid(blankDraft, draft) as TunnelDraft
}

function overlaid(under: object, over: object): object {
  const below = new Map<string, unknown>(Object.entries(under))
  return Object.fromEntries([
    ...below,
    ...Object.entries(over).map(([key, value]: [string, unknown]) => {
      const base = below.get(key)
      return [key, isGroup(base) && isGroup(value) ? overlaid(base, value) : value]
    }),
  ])
}

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
