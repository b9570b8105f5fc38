import { type AuditEntry, outsideActor } from '@tunnel-console/shared/audit'
import { compareThree, type MergeRow, mergeDrafts } from '@tunnel-console/shared/diff'
import { draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { isCompared, valueWords } from '@tunnel-console/shared/words'
import { useState } from 'react'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { changesText } from '../changes-text.ts'

type Choices = Record<string, 'mine' | 'theirs'>

interface ConflictDialogProps {
  open: boolean
  onClose: () => void
  base: TunnelDraft
  mine: TunnelDraft
  current: Tunnel
  /** The change that they saved, where the log says so. */
  saver: AuditEntry | null
  onMerged: (theirs: TunnelDraft, merged: TunnelDraft) => void
}

/** The three-way merge: what it was, what they made of it, what was typed here. Nothing typed is lost. */
export function ConflictDialog({ open, onClose, base, mine, current, saver, onMerged }: ConflictDialogProps) {
  const theirs = draftOf(current)
  const rows = compareThree(base, theirs, mine)
  const [choices, setChoices] = useState<Choices>({})
  const left = openChoices(rows, choices)
  return (
    <Dialog
      open={open}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      size="large"
      title="Someone else changed this tunnel"
      description={<WhoChanged saver={saver} />}
      footer={
        <>
          <CopyButton isWide size="normal" label="Copy my changes" value={() => changesText(base, mine)} />
          <Button
            kind="primary"
            disabledReason={left > 0 ? 'Choose which value to keep for each field that both changed' : undefined}
            onClick={() => onMerged(theirs, mergeDrafts(base, theirs, mine, choices))}
          >
            Use merged version
          </Button>
        </>
      }
    >
      {rows.length === 0 ? (
        <p className="text-14">They changed nothing that this form holds, or the same as you. You can go on.</p>
      ) : (
        <MergeTable rows={rows} choices={choices} onChoose={setChoices} />
      )}
    </Dialog>
  )
}

interface MergeTableProps {
  rows: readonly MergeRow[]
  choices: Choices
  onChoose: (choices: Choices) => void
}

function MergeTable({ rows, choices, onChoose }: MergeTableProps) {
  return (
    <table className="w-full text-left text-13 max-md:block" aria-label="Changes of both">
      <thead className="max-md:sr-only">
        <tr className="border-b border-line text-12 text-fg-3">
          {['Field', 'Before', 'Theirs', 'Yours', 'Keep'].map((head) => (
            <th key={head} className="py-2 pr-4 font-medium">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {rows.map((row) => (
          <Row
            key={row.field.path}
            row={row}
            choice={choices[row.field.path]}
            onChoose={(side) => onChoose({ ...choices, [row.field.path]: side })}
          />
        ))}
      </tbody>
    </table>
  )
}

/** How many fields both people changed and nobody has decided. */
export function openChoices(rows: readonly MergeRow[], choices: Readonly<Choices>): number {
  return rows.filter(({ state, field }) => state === 'both' && choices[field.path] === undefined).length
}

interface RowProps {
  row: MergeRow
  choice: 'mine' | 'theirs' | undefined
  onChoose: (side: 'mine' | 'theirs') => void
}

function Row({ row: { field, base, theirs, mine, state }, choice, onChoose }: RowProps) {
  const { path, label } = field
  const text = isCompared(path) ? 'mono' : 'text-13'
  const kept = state === 'both' ? choice : state
  const cell = 'py-2.5 pr-4 wrap-break-word max-md:block max-md:p-0 max-md:pt-1'
  const value = (name: string, shown: string, isKept: boolean) => (
    <td className={cell}>
      <span className="text-12 text-fg-3 md:hidden">{name} </span>
      <span className={`${text} ${isKept ? 'font-medium' : 'text-fg-2'}`}>{shown}</span>
    </td>
  )
  const isSecretClash = field.control === 'secret' && state === 'both'
  return (
    <tr className="border-b border-line align-top last:border-0 max-md:block max-md:py-3">
      <th scope="row" className="py-2.5 pr-4 text-left font-medium max-md:block max-md:p-0">
        {label}
      </th>
      {value('Before', valueWords(path, base), false)}
      {value('Theirs', isSecretClash ? 'set to another value' : valueWords(path, theirs), kept === 'theirs')}
      {value('Yours', isSecretClash ? 'set to your value' : valueWords(path, mine), kept === 'mine')}
      <td className={cell}>
        {state === 'both' ? (
          <fieldset className="flex gap-4">
            <legend className="sr-only">Keep for {label}</legend>
            <Choice path={path} side="theirs" words="Theirs" choice={choice} onChoose={onChoose} />
            <Choice path={path} side="mine" words="Yours" choice={choice} onChoose={onChoose} />
          </fieldset>
        ) : (
          <Badge>{state === 'mine' ? 'Only you changed it' : 'Only they changed it'}</Badge>
        )}
      </td>
    </tr>
  )
}

interface ChoiceProps extends Pick<RowProps, 'choice' | 'onChoose'> {
  path: string
  side: 'mine' | 'theirs'
  words: string
}

function Choice({ path, side, words, choice, onChoose }: ChoiceProps) {
  return (
    <label className="inline-flex min-h-6 items-center gap-1.5 whitespace-nowrap pointer-coarse:min-h-11">
      <input
        type="radio"
        name={`keep ${path}`}
        checked={choice === side}
        onChange={() => onChoose(side)}
        className="size-4 accent-accent"
      />
      {words}
    </label>
  )
}

/** Never by a guess: an entry of the log from before the form was opened would blame the wrong person. */
function WhoChanged({ saver }: { saver: AuditEntry | null }) {
  const { email } = saver?.actor ?? {}
  return (
    <>
      {!saver && 'It changed after you opened it.'}
      {saver && email === outsideActor.email && 'It was changed outside this console.'}
      {saver && email !== outsideActor.email && (
        <>
          {email} saved a change <TimeAgo at={saver.at} />.
        </>
      )}{' '}
      Your version is not saved yet, and nothing you typed is lost.
    </>
  )
}
