import { diffDrafts } from '@tunnel-console/shared/diff'
import { blankDraft, type TunnelDraft } from '@tunnel-console/shared/draft'
import type { FieldPath } from '@tunnel-console/shared/field'
import { valueAt } from '@tunnel-console/shared/field-values'
import { fieldList } from '@tunnel-console/shared/fields'
import { draftProblems } from '@tunnel-console/shared/form'
import { templateForVendor, withVendorDefaults } from '@tunnel-console/shared/vendor-defaults'
import { useEffect, useState } from 'react'
import { useSession } from '../../../data/session.ts'
import { chooseDevice } from '../../../lib/device-choices.ts'
import type { NeighbourTunnel } from '../form/use-tunnel-form.ts'
import { dropKeptDraft, keptDraft } from '../kept-draft.ts'
import type { OwnKey } from '../psk/use-generate-psk.ts'
import {
  type CreationDraft,
  dropCreation,
  type KeyPlan,
  keepCreation,
  keptCreation,
  newCreation,
} from './creation-draft.ts'
import { type CreationStep, type CreationView, fieldsOfStep, firstUnfinished } from './creation-steps.ts'
import { type Created, useCreateTunnel } from './use-create-tunnel.ts'
import { useHold } from './use-hold.ts'

/** What a creation starts with, where nothing was kept: a draft, and the search of the address that asked for it. */
export interface CreationStart {
  draft: TunnelDraft
  origin: string
}

interface CreationOptions {
  start: CreationStart
  neighbours: readonly NeighbourTunnel[]
  view: CreationView
  onCreated: (tunnel: Created, plan: KeyPlan) => void
}

/** A tunnel on its way, through whichever steps: the form, what goes beside it, and what this tab keeps of both. */
export function useCreation({ start, neighbours, view, onCreated }: CreationOptions) {
  const owner = useSession().user.id
  const [{ creation: begun, isResumed }] = useState(() => begin(owner, start))
  const [facts, setFacts] = useState<Omit<CreationDraft, 'draft'>>(begun)
  const [own, setOwn] = useState<OwnKey>({ psk: '', edit: 0 })
  const creating = useCreateTunnel({
    start: begun.draft,
    neighbours,
    own,
    path: `/tunnels/new/${view}`,
    onCreated: (tunnel) => {
      dropCreation()
      // Device setup begins with the device that was named here.
      if (tunnel.id !== null && facts.vendor !== null) chooseDevice(tunnel.id, templateForVendor(facts.vendor))
      onCreated(tunnel, facts.keyPlan)
    },
    onCreatedAway: dropCreation,
  })
  const { kit, isDone } = creating
  const note = (more: Partial<CreationDraft>) => setFacts((now) => ({ ...now, ...more }))
  const hold = useHold(begun.id, (holdId) => note({ holdId }))
  useKept(owner, { ...facts, draft: kit.draft }, isDone)

  const set = (path: FieldPath, value: string | boolean) => {
    kit.form.setValue(path, value, { shouldDirty: true })
    kit.form.clearErrors(path)
  }
  /** Brings the vendor's defaults up to what the draft holds by now. */
  const fillIn = (vendor: string | null) => {
    const { draft, given } = withVendorDefaults(kit.draft, vendor, facts.given)
    for (const { path } of fieldList) {
      const value = valueAt(draft, path)
      if (value !== valueAt(kit.draft, path) && (typeof value === 'string' || typeof value === 'boolean'))
        set(path, value)
    }
    note({ vendor, given })
  }
  const bringKey = (next: OwnKey) => {
    setOwn(next)
    if (next.psk !== '') note({ keyPlan: 'own' })
    else if (view === 'all' && facts.keyPlan === 'own') note({ keyPlan: 'generate' })
  }
  const planKey = (keyPlan: KeyPlan) => {
    note({ keyPlan })
    // A key that is not wanted any more is not kept in reserve.
    if (keyPlan !== 'own') setOwn({ psk: '', edit: own.edit + 1 })
  }
  /** Judges what a step asks for. Marks what is wrong and gives the first such field, or `null`. */
  const judge = async (step: CreationStep): Promise<FieldPath | null> => {
    const paths = fieldsOfStep(step, kit.draft)
    await kit.form.trigger([...paths])
    const wrong = new Set(draftProblems(kit.draft, { neighbours }).map(({ path }) => path))
    return paths.find((path) => wrong.has(path)) ?? null
  }
  const finish = (step: CreationStep) => note({ done: [...new Set([...facts.done, step])] })

  return { creating, facts, own, isResumed, set, note, fillIn, bringKey, planKey, judge, finish, begun, hold }
}

export type Creation = ReturnType<typeof useCreation>

/** Taken once: whoever leaves this form and says that it may be lost does not meet it again. */
function takeKeptDraft(): TunnelDraft | null {
  const draft = keptDraft()
  dropKeptDraft()
  return draft
}

const isBlank = ({ draft }: CreationDraft) => diffDrafts(blankDraft, draft).length === 0

/** What this page begins with. What is handed over goes first, then what the tab keeps; that is put aside where another one starts. */
function begin(owner: string, { draft, origin }: CreationStart): { creation: CreationDraft; isResumed: boolean } {
  const handed = takeKeptDraft()
  const kept = keptCreation(owner)
  if (handed === null && isOf(kept, origin)) return { creation: kept, isResumed: !isBlank(kept) }
  // A draft that was handed over is mostly the kept one, with the key that the tab does not keep.
  const isNewer = handed !== null && kept !== null && kept.draft.name === handed.name
  if (isNewer) return { creation: { ...kept, draft: handed }, isResumed: false }
  if (kept !== null && !isBlank(kept)) keepCreation(owner, kept, 'aside')
  return { creation: newCreation(handed ?? draft, origin), isResumed: false }
}

/** Where somebody who names no step begins. What is complete already is shown whole. */
export function whereToBegin(owner: string, origin: string, isWhole: boolean): CreationView {
  if (keptDraft() !== null || isWhole) return 'all'
  const kept = keptCreation(owner)
  return isOf(kept, origin) ? firstUnfinished(kept.done, draftProblems(kept.draft)) : 'basics'
}

/** Whether the kept draft is the one that an address asks for: its own, or any where it asks for none. */
const isOf = (kept: CreationDraft | null, origin: string): kept is CreationDraft =>
  kept !== null && (origin === '' || kept.origin === origin)

function useKept(owner: string, creation: CreationDraft, isDone: { current: boolean }): void {
  const text = JSON.stringify(creation)
  // The tab's storage is outside React. By its text, since the draft is made anew with each look at it.
  useEffect(() => {
    if (!isDone.current) keepCreation(owner, JSON.parse(text) as CreationDraft)
  }, [owner, text, isDone])
}
