import type { TunnelDraft } from '@tunnel-console/shared/draft'
import type { TunnelInput, TunnelPatch } from '@tunnel-console/shared/patch'

/**
 * A change of the account as plain JSON: all that anybody must know to carry it out or to find out what became of it. A
 * person's click makes one; so may a job, a restore or a recovery.
 *
 * It never holds a pre-shared key: one that is given goes beside it, in memory (`Request.secret`). The MD5 key of a session stands in it only until it is stored: `seal.ts` puts a keyed
 * hash in its place.
 */
export type Change =
  /** `isKeyGiven`: a pre-shared key goes along. */
  | { kind: 'create'; input: TunnelInput; isKeyGiven?: true }
  | { kind: 'update'; tunnelId: string; version: string; patch: TunnelPatch }
  | { kind: 'delete'; tunnelId: string; version: string }
  | { kind: 'generate-key'; tunnelId: string }
  /** Sets the key that goes along; without one, such as we make. */
  | { kind: 'set-key'; tunnelId: string }

export type ChangeOf<K extends Change['kind']> = Extract<Change, { kind: K }>

/** Whether a change is about a key: nobody can see afterwards which one a tunnel has. */
export const isOfKey = ({ kind }: Change) => kind === 'generate-key' || kind === 'set-key'

/**
 * What was there before the change was sent, and what should be there after it: what `look` compares with, today or after
 * a restart. Drafts are sealed before they are stored.
 */
export interface Facts {
  name: string
  /** `null` for a create: no id yet. */
  tunnelId: string | null
  /** The tunnel before, and its version. `null` for a create. */
  before: TunnelDraft | null
  version: string | null
  /** The tunnel as it should be; `null` where nothing is written into it. */
  goal: TunnelDraft | null
  /** When the key was made, by `psk_metadata`; `undefined` where Cloudflare does not tell. */
  keyDate?: string | null | undefined
  /** For a create: the ids that bore this name or inside address before. None of them can be ours. */
  known: string[]
}

/** Who wants a change: a person, or this console itself. */
export interface Author {
  id: string
  email: string
  role: 'support' | 'operator' | 'admin' | null
}
