import { blankDraft, type TunnelDraft } from '@tunnel-console/shared/draft'
import type { FieldValue } from '@tunnel-console/shared/field'
import { valueAt, withValue } from '@tunnel-console/shared/field-values'
import { fieldList } from '@tunnel-console/shared/fields'
import { type Given, vendorOf } from '@tunnel-console/shared/vendor-defaults'
import { asNew } from '@tunnel-console/shared/versions'
import { dropFromTab, keepInTab, keptInTab } from '../../../lib/tab-store.ts'
import { type CreationStep, creationSteps } from './creation-steps.ts'

/** How the new tunnel comes by its key. The key itself is nowhere in here (S22). */
const keyPlans = ['generate', 'own', 'later'] as const
export type KeyPlan = (typeof keyPlans)[number]

/** A tunnel on its way, as this tab keeps it: over a reload, and for whoever leaves and comes back. Neither key is in it. */
export interface CreationDraft {
  /** Names this draft to the console, which holds an inside address for it. */
  id: string
  draft: TunnelDraft
  /** The hold on its inside address, as far as one was made; it may have run out. */
  holdId: string | null
  /** What is at the other end. */
  vendor: string | null
  /** What the console has filled in because of it. */
  given: Given
  done: readonly CreationStep[]
  keyPlan: KeyPlan
  /** The device's address changes. */
  isMobile: boolean
  /** Where it began: the search of its address, empty for a new one. */
  origin: string
}

export const newCreation = (draft: TunnelDraft = blankDraft, origin = ''): CreationDraft => ({
  id: crypto.randomUUID(),
  draft,
  holdId: null,
  vendor: null,
  given: {},
  done: [],
  keyPlan: 'generate',
  isMobile: false,
  origin,
})

const names = { current: 'new-tunnel', aside: 'new-tunnel-aside' } as const
type Place = keyof typeof names

export function keepCreation(owner: string, creation: CreationDraft, place: Place = 'current'): void {
  keepInTab(names[place], owner, { ...creation, draft: asNew(creation.draft) })
}

export const dropCreation = (place: Place = 'current'): void => dropFromTab(names[place])

/** The one that is kept here, if any. What an older build kept and this one cannot read counts as none. */
export function keptCreation(owner: string, place: Place = 'current'): CreationDraft | null {
  const kept = keptInTab(names[place], owner)
  if (!isRecord(kept) || typeof kept['id'] !== 'string') return null
  const { id, holdId, vendor, given, done, keyPlan, isMobile, origin } = kept
  return {
    id,
    draft: draftFrom(kept['draft']),
    holdId: typeof holdId === 'string' ? holdId : null,
    vendor: typeof vendor === 'string' && vendorOf(vendor) ? vendor : null,
    given: givenFrom(given),
    done: creationSteps.map((step) => step.id).filter((step) => Array.isArray(done) && done.includes(step)),
    keyPlan: keyPlans.find((plan) => plan === keyPlan) ?? 'generate',
    isMobile: isMobile === true,
    origin: typeof origin === 'string' ? origin : '',
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Field by field: a value that is not of its field's kind is left out. */
function draftFrom(kept: unknown): TunnelDraft {
  return fieldList.reduce((draft, { path }) => {
    const value = path.split('.').reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), kept)
    return isAlike(value, valueAt(blankDraft, path)) ? withValue(draft, path, value) : draft
  }, blankDraft)
}

function isAlike(value: unknown, blank: FieldValue): value is FieldValue {
  if (Array.isArray(blank)) return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
  return blank === null ? value === null || typeof value === 'number' : typeof value === typeof blank
}

function givenFrom(kept: unknown): Given {
  const entries = fieldList.flatMap(({ path }) => {
    const value = isRecord(kept) ? kept[path] : undefined
    return isAlike(value, valueAt(blankDraft, path)) ? [[path, value] as const] : []
  })
  return Object.fromEntries(entries)
}
