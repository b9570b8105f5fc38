import { useQueryClient } from '@tanstack/react-query'
import { fateOf } from '@tunnel-console/shared/fate'
import type { Problem } from '@tunnel-console/shared/problem'
import { useState } from 'react'
import { type HandoffLink, handoffsQuery, leaveHandoff } from '../../../data/handoffs.ts'
import { useCannotSend } from '../../../lib/connection.ts'
import { useTask } from '../../../lib/use-task.ts'
import { Button } from '../../../ui/button.tsx'
import { Checkbox } from '../../../ui/checkbox.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { FieldFrame, fieldAria, useFieldIds } from '../../../ui/field.tsx'
import { TextInput } from '../../../ui/text-field.tsx'
import type { PskTunnel } from '../psk/psk-tunnel.ts'
import { factsFor, hoursComplaint, mostHours } from './handoff-facts.ts'
import { HandoffLinkShown } from './handoff-link.tsx'

interface HandoffFormProps {
  tunnel: PskTunnel
  psk: string
  ipsecId: string | undefined
  onUse: () => void
}

/** Makes a link that shows the key once, without an account. The link is here and nowhere else, like the key (S19). */
export function HandoffForm({ tunnel, psk, ipsecId, onUse }: HandoffFormProps) {
  const client = useQueryClient()
  const task = useTask()
  const cannot = useCannotSend()
  const facts = factsFor(tunnel, ipsecId)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [hours, setHours] = useState(String(mostHours))
  const [isTried, setTried] = useState(false)
  const [link, setLink] = useState<HandoffLink | null>(null)
  if (link) return <HandoffLinkShown link={link} onCopied={onUse} />

  const leave = () => {
    setTried(true)
    onUse()
    if (hoursComplaint(hours) !== null) return
    const chosen = facts.filter(({ name }) => !left.has(name)).flatMap((fact) => fact.facts)
    void task.run(
      () => leaveHandoff(tunnel.id, { psk, facts: chosen }, Number(hours)),
      (made) => {
        setLink(made)
        void client.invalidateQueries({ queryKey: handoffsQuery().queryKey })
      },
    )
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-13 text-fg-2">
        A link that shows this key once, to whoever opens it first. It needs no account. The key is encrypted in this
        browser; the console keeps only what it cannot read, and the link alone opens it.
      </p>
      <Facts facts={facts} left={left} onChange={setLeft} />
      <HoursField value={hours} onChange={setHours} complaint={isTried ? hoursComplaint(hours) : null} />
      {task.problem && <NoLink problem={task.problem} />}
      <div className="flex flex-wrap">
        <Button busy={task.isBusy} disabledReason={task.isBusy ? undefined : cannot} onClick={leave}>
          Create link
        </Button>
      </div>
    </div>
  )
}

interface FactsProps {
  facts: ReturnType<typeof factsFor>
  left: ReadonlySet<string>
  onChange: (left: ReadonlySet<string>) => void
}

function Facts({ facts, left, onChange }: FactsProps) {
  const toggle = (name: string) => {
    const next = new Set(left)
    if (!next.delete(name)) next.add(name)
    onChange(next)
  }
  return (
    <fieldset className="flex flex-col">
      <legend className="mb-1 text-14 font-medium">Beside the key</legend>
      {facts.map(({ name, choice, facts: [fact] }) => (
        <Checkbox
          key={name}
          checked={!left.has(name)}
          onChange={() => toggle(name)}
          label={
            <>
              {choice} <span className="mono text-13 text-fg-3 [overflow-wrap:anywhere]">{fact?.value}</span>
            </>
          }
        />
      ))}
    </fieldset>
  )
}

interface HoursFieldProps {
  value: string
  onChange: (hours: string) => void
  complaint: string | null
}

function HoursField({ value, onChange, complaint }: HoursFieldProps) {
  const ids = useFieldIds()
  const look = { label: 'Hours until it ends', hint: `1 to ${mostHours}. It ends sooner, the moment it is opened.` }
  const error = complaint ? { type: 'console', message: complaint } : undefined
  return (
    <FieldFrame ids={ids} look={look} error={error}>
      <TextInput
        {...fieldAria(ids, look, error)}
        inputMode="numeric"
        autoComplete="off"
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className="max-w-24"
      />
    </FieldFrame>
  )
}

function madeWords(problem: Problem): string {
  if (fateOf(problem) !== 'unknown') return 'No link was made.'
  return 'A link may have been made that nobody has: revoke it in your account.'
}

function NoLink({ problem }: { problem: Problem }) {
  const details = problem.errors?.map(({ detail }) => detail).join(' ')
  const [first] = [details, problem.detail].filter(Boolean)
  return (
    <ErrorPanel
      problem={{ ...problem, title: `${problem.title}. ${madeWords(problem)}`, ...(first && { detail: first }) }}
      isAlert
    />
  )
}
