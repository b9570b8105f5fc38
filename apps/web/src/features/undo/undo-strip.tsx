import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useNeed } from '../../data/need.ts'
import { keepChange, undoNow, undosQuery } from '../../data/undos.ts'
import { useCannotSend } from '../../lib/connection.ts'
import { countdown } from '../../lib/countdown.ts'
import { formatNumber, shortDuration } from '../../lib/format.ts'
import { needText } from '../../lib/need.ts'
import { announce } from '../../ui/announcer.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { useTimely } from '../../ui/time-ago.tsx'
import { dismissUndos } from './dismissed-undos.ts'
import { isOfJob, leftMs, type UndoGroup } from './undo-groups.ts'
import { changeWordsOf, endedBadly, endWords, isWorse, namesOf, type Statuses, standingWords } from './undo-words.ts'

/** One change, or those of a job, that undoes itself: what is left, how it does, and the two ways out. Then how it ended. */
export function UndoStrip({ group, statuses }: { group: UndoGroup; statuses: Statuses }) {
  const strip = useRef<HTMLElement>(null)
  useAnnounceStage(group)
  const isEnded = group.stage === 'ended'
  return (
    <section
      ref={strip}
      tabIndex={-1}
      aria-label={`Undo of ${namesOf(group)}`}
      className="focus-inset border-t border-line"
    >
      {isEnded ? (
        <Ended group={group} />
      ) : (
        <Open group={group} statuses={statuses} onDecided={() => strip.current?.focus({ preventScroll: true })} />
      )}
    </section>
  )
}

interface OpenProps {
  group: UndoGroup
  statuses: Statuses
  /** The buttons go, and the focus with them. */
  onDecided: () => void
}

function Open({ group, statuses, onDecided }: OpenProps) {
  const need = useNeed(isOfJob(group) ? 'tunnel.bulkUpdate' : 'tunnel.update')
  const cannot = useCannotSend()
  const worse = group.entries.some((entry) => isWorse(entry, statuses))
  return (
    <Banner
      isStrip
      isWordy
      kind={worse ? 'danger' : 'warning'}
      title={
        <>
          <Names group={group} />: <What group={group} />
        </>
      }
      actions={need === null && group.stage !== 'undoing' && <Decide group={group} onDecided={onDecided} />}
    >
      <p>
        {standingWords(group.entries, statuses)} {changeWordsOf(group)}
        {need && ` ${needText(need)}`}
        {cannot && ' The console decides, not this page: it goes on while it cannot be reached from here.'}
      </p>
    </Banner>
  )
}

function What({ group }: { group: UndoGroup }) {
  const left = useTimely((now) => countdown(leftMs(group, now)))
  if (group.stage === 'making') return 'the change is under way. It undoes itself unless kept.'
  const one = group.entries.length === 1
  if (group.stage === 'undoing') return one ? 'is being undone.' : 'are being undone.'
  if (left === '0:00') return 'nobody kept it, and the console undoes it now.'
  return (
    <>
      {one ? 'undoes itself' : 'undo themselves'} in <span className="nums">{left}</span> unless kept.
    </>
  )
}

function Decide({ group, onDecided }: Pick<OpenProps, 'group' | 'onDecided'>) {
  const cannot = useCannotSend()
  const keeping = useDecision(keepChange, onDecided)
  const undoing = useDecision(undoNow, onDecided)
  const error = keeping.error ?? undoing.error
  const waits = keeping.isPending || undoing.isPending ? 'The console is being asked' : cannot
  return (
    <>
      {error && (
        <p role="alert" className="self-center text-13 font-medium">
          {error.problem.detail ?? `${error.problem.title}.`}
        </p>
      )}
      <Button
        size="small"
        kind="primary"
        busy={keeping.isPending}
        disabledReason={keeping.isPending ? undefined : waits}
        reasonPlace="described"
        onClick={() => keeping.mutate(group.id)}
      >
        Keep
      </Button>
      <Button
        size="small"
        busy={undoing.isPending}
        disabledReason={undoing.isPending ? undefined : waits}
        reasonPlace="described"
        onClick={() => undoing.mutate(group.id)}
      >
        Undo now
      </Button>
    </>
  )
}

/** Whatever the answer, what became of the group is read anew: it may have been decided elsewhere. */
const useDecision = (decide: (group: string) => Promise<unknown>, onDecided: () => void) =>
  useMutation({
    mutationFn: decide,
    onSuccess: onDecided,
    onSettled: (_answer, _error, _group, _result, { client }) =>
      client.invalidateQueries({ queryKey: undosQuery().queryKey }),
  })

function Ended({ group }: { group: UndoGroup }) {
  return (
    <Banner
      isStrip
      isWordy
      kind={endedBadly(group) ? 'danger' : 'info'}
      actions={
        <Button size="small" kind="ghost" className="text-current!" onClick={() => dismissUndos(group.entries)}>
          Dismiss
        </Button>
      }
    >
      <Names group={group} />: {endWords(group)}
    </Banner>
  )
}

const linkClass =
  'rounded-s font-semibold underline decoration-1 underline-offset-3 [overflow-wrap:anywhere] hover:decoration-2'

/** The way to the tunnel; of many, to the first of them and to the job that changed them. */
function Names({ group }: { group: UndoGroup }) {
  const more = group.entries.length - 1
  return (
    <>
      <Link to="/tunnels/$id" params={{ id: group.first.tunnelId }} className={linkClass}>
        {group.first.name}
      </Link>
      {more > 0 && ' and '}
      {more > 0 && (
        <Link to="/jobs/$jobId" params={{ jobId: group.id }} className={linkClass}>
          {formatNumber(more)} more
        </Link>
      )}
    </>
  )
}

const lastMinuteMs = 60_000

/** What is another once a change was undone: the tunnel, how it does, its versions and the log. */
const changed = [['tunnels'], ['status'], ['versions'], ['audit']] as const

/** Says when it starts, when a minute is left, and how it ended; not each second. */
function useAnnounceStage(group: UndoGroup): void {
  const isLate = useTimely((now) => leftMs(group, now) <= lastMinuteMs)
  const wasOpen = useRef(false)
  const client = useQueryClient()
  const { stage } = group
  const moment = stage === 'counting' && isLate ? 'last minute' : stage
  const latest = useRef(group)
  latest.current = group
  // A screen reader and the cache are outside React.
  useEffect(() => {
    const now = latest.current
    if (moment === 'ended') {
      if (!wasOpen.current) return
      announce(`${namesOf(now)}: ${endWords(now)}`)
      for (const queryKey of changed) void client.invalidateQueries({ queryKey })
      return
    }
    wasOpen.current = true
    const seconds = leftMs(now, new Date()) / 1000
    if (moment === 'counting') announce(`${namesOf(now)}: undoes itself in ${shortDuration(seconds)} unless kept`)
    if (moment === 'last minute') announce(`${namesOf(now)}: undoes itself within a minute unless kept`)
  }, [moment, client])
}
