import type { TunnelVersion } from '@tunnel-console/shared/api'
import { diffDrafts } from '@tunnel-console/shared/diff'
import type { Snapshot } from '@tunnel-console/shared/versions'
import { type Ref, useId } from 'react'
import { count } from '../../lib/format.ts'
import { useStore } from '../../lib/store.ts'
import { timesInUtc } from '../../lib/times-in-utc.ts'
import { FieldDiffs } from '../../ui/field-diffs.tsx'
import { Select } from '../../ui/select-field.tsx'
import { shortLabel, snapshotDetail } from './words.ts'

/** Two states by their keys. */
export interface Compared {
  from: string
  to: string
}

export const keyOf = ({ seq, side }: Snapshot): string => `${seq} ${side}`

interface CompareVersionsProps {
  versions: readonly TunnelVersion[]
  snapshots: readonly Snapshot[]
  chosen: Compared
  onChoose: (chosen: Compared) => void
  heading: Ref<HTMLHeadingElement>
}

/** What differs between any two versions, field by field. */
export function CompareVersions({ versions, snapshots, chosen, onChoose, heading }: CompareVersionsProps) {
  const headingId = useId()
  useStore(timesInUtc)
  const options = snapshots.map((snapshot) => ({ value: keyOf(snapshot), label: shortLabel(snapshot) }))
  const at = (key: string) => snapshots.find((snapshot) => keyOf(snapshot) === key)
  const [from, to] = [at(chosen.from), at(chosen.to)]
  const detailOf = (snapshot: Snapshot | undefined) => (snapshot ? snapshotDetail(snapshot, versions) : '')
  return (
    <section aria-labelledby={headingId} className="mt-5">
      <h3 id={headingId} ref={heading} tabIndex={-1} className="scroll-mt-6 text-14 font-semibold">
        Compare two versions
      </h3>
      <div className="mt-2 mb-3 grid max-w-form gap-3 sm:grid-cols-2">
        <Choice
          label="From"
          value={chosen.from}
          detail={detailOf(from)}
          options={options}
          onChange={(key) => onChoose({ ...chosen, from: key })}
        />
        <Choice
          label="To"
          value={chosen.to}
          detail={detailOf(to)}
          options={options}
          onChange={(key) => onChoose({ ...chosen, to: key })}
        />
      </div>
      {from && to && <Difference from={from} to={to} />}
    </section>
  )
}

interface ChoiceProps {
  label: string
  value: string
  /** What led to it and who, below the select: a select cuts off what is long. */
  detail: string
  options: readonly { value: string; label: string }[]
  onChange: (key: string) => void
}

function Choice({ label, value, detail, options, onChange }: ChoiceProps) {
  const id = useId()
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-12 text-fg-2">
        {label}
      </label>
      <Select
        id={id}
        value={value}
        options={options}
        aria-describedby={`${id}-detail`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-detail`} className="mt-1 text-13 text-fg-3 [overflow-wrap:anywhere]">
        {detail}
      </p>
    </div>
  )
}

function Difference({ from, to }: { from: Snapshot; to: Snapshot }) {
  const changes = diffDrafts(from.draft, to.draft)
  const haveKeys = [from, to].every(({ draft: { bgp } }) => bgp.enabled && bgp.md5_key !== '')
  return (
    <>
      <p role="status" className="text-13 text-fg-2">
        {changes.length === 0
          ? 'They are the same in everything that a version holds.'
          : `${count(changes.length, 'field')} ${changes.length === 1 ? 'differs' : 'differ'}.`}
        {haveKeys && ' Both have an MD5 key; whether it is the same is not kept.'}
      </p>
      {changes.length > 0 && (
        <div className="mt-1">
          <FieldDiffs label="Differences" changes={changes} />
        </div>
      )}
    </>
  )
}
