import { useQueryClient } from '@tanstack/react-query'
import { problemOf } from '@tunnel-console/shared/problem'
import type { Target } from '@tunnel-console/shared/travel/mapping'
import type { FileProblem } from '@tunnel-console/shared/travel/sheet'
import type { Tunnel } from '@tunnel-console/shared/tunnel'
import { isWholeTunnel } from '@tunnel-console/shared/visible'
import { useEffect, useRef, useState } from 'react'
import { useSession } from '../../../data/session.ts'
import { tunnelsQuery } from '../../../data/tunnels.ts'
import { dropFile, keepFile, keptFile } from './kept-file.ts'
import { type OpenFile, openedFile, type Purpose, tableOf, withMended } from './open-file.ts'
import { rowOfImport, rowOfPlan, type TravelRow } from './rows.ts'
import { useCheck } from './use-check.ts'
import { useWorker } from './use-worker.ts'

interface Judged {
  /** What the file would do; `null` while nobody has looked, or when the look was cancelled. */
  rows: readonly TravelRow[] | null
  /** How many tunnels are as the file says. */
  same: number
  /** What is to be done, should it be right: a row to mend comes back with its mark. */
  wished: ReadonlySet<string>
  /** Fields that were wrong once, `row 7 name`: they stay open for typing. */
  open: ReadonlySet<string>
}

const unjudged: Judged = { rows: null, same: 0, wished: new Set(), open: new Set() }

/** A file on its way into the account: read, mended, chosen from and asked about. */
export function useTravel(purpose: Purpose) {
  const client = useQueryClient()
  const owner = useSession().user.id
  const [before] = useState(() => keptFile(owner, purpose))
  const [isResumed, setResumed] = useState(before !== null)
  const [isKept, setKept] = useState(false)
  const worker = useWorker()
  const check = useCheck()
  const [file, setFile] = useState<OpenFile | null>(null)
  const latest = useRef<OpenFile | null>(null)
  const [problems, setProblems] = useState<readonly FileProblem[]>([])
  const [judged, setJudged] = useState(unjudged)

  async function wholeTunnels(): Promise<Tunnel[]> {
    const { body } = await client.fetchQuery({ ...tunnelsQuery(), staleTime: 0 })
    return body.tunnels.filter(isWholeTunnel)
  }

  async function rowsOf(next: OpenFile): Promise<Pick<Judged, 'rows' | 'same'> | null> {
    const tunnels = await wholeTunnels()
    const table = tableOf(next, purpose)
    if (purpose === 'plan') {
      const answer = await worker.ask<'plan'>({ kind: 'plan', ...table, tunnels })
      return answer && { rows: answer.plan.rows.map(rowOfPlan), same: answer.plan.same }
    }
    const neighbours = tunnels.map(({ id, name, interface_address }) => ({ id, name, interface_address }))
    const answer = await worker.ask<'import'>({ kind: 'import', ...table, neighbours })
    return answer && { rows: answer.rows.map(rowOfImport), same: 0 }
  }

  /** Judges the file as it stands now. What was said of it before is no more. */
  async function judge(next: OpenFile): Promise<void> {
    check.forget()
    latest.current = next
    setFile(next)
    setKept(keepFile(owner, purpose, next))
    setProblems([])
    try {
      const seen = await rowsOf(next)
      if (seen?.rows && latest.current === next) setJudged((now) => judgedAnew(now, seen.rows ?? [], seen.same))
    } catch (error) {
      const { title, detail } = problemOf(error)
      setProblems([{ line: null, message: `The tunnels of the account could not be read. ${detail ?? title}` }])
    }
  }

  async function read(content: Blob, name: string): Promise<void> {
    setProblems([])
    const answer = await worker.ask<'read'>({ kind: 'read', file: content })
    if (!answer) return
    if (!('sheet' in answer.read)) return setProblems(answer.read.problems)
    setJudged(unjudged)
    setResumed(false)
    await judge(openedFile(name, answer.read.sheet))
  }

  const begun = useRef(false)
  // The tab's storage is outside React: what it has kept is looked at once, and judged as things are now.
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    if (before !== null) void judge(before)
  })

  const { wished, ...shown } = judged
  const isWrong = wrongIn(judged)
  return {
    ...shown,
    chosen: new Set([...wished].filter((key) => !isWrong(key))),
    /** How many are wished and wrong. */
    leftOut: [...wished].filter(isWrong).length,
    /** The file comes from before a reload. */
    isResumed,
    /** The tab has it, should the page be left or loaded anew. */
    isKept,
    /** It is on its way: nothing is kept of it. */
    forget: () => dropFile(purpose),
    purpose,
    file,
    problems,
    check,
    progress: worker.progress,
    cancel: worker.cancel,
    read,
    judgeAgain: () => file && void judge(file),
    map: (mapping: readonly Target[]) => file && void judge({ ...file, mapping }),
    mend: (line: number, path: string, text: string) =>
      latest.current && void judge(withMended(latest.current, line, path, text)),
    choose: (chosen: ReadonlySet<string>) => {
      setJudged((now) => ({ ...now, wished: wishedAnew(now, chosen) }))
      check.forget()
    },
    close: () => {
      check.forget()
      latest.current = null
      dropFile(purpose)
      setResumed(false)
      setFile(null)
      setProblems([])
      setJudged(unjudged)
    },
  }
}

export type Travelling = ReturnType<typeof useTravel>

const wrongIn = ({ rows }: Judged) => {
  const wrong = new Set(rows?.flatMap(({ key, asked }) => (asked === null ? [key] : [])))
  return (key: string) => wrong.has(key)
}

/** What is wrong keeps its mark, whatever is chosen around it. */
function wishedAnew(now: Judged, chosen: ReadonlySet<string>): ReadonlySet<string> {
  const isWrong = wrongIn(now)
  return new Set([...[...now.wished].filter(isWrong), ...[...chosen].filter((key) => !isWrong(key))])
}

/** New rows are chosen, but never a deletion; what somebody has chosen or left out stays so. */
function judgedAnew(now: Judged, rows: readonly TravelRow[], same: number): Judged {
  const known = new Set(now.rows?.map(({ key }) => key))
  const chosen = rows.filter(({ key, kind }) => (known.has(key) ? now.wished.has(key) : kind !== 'delete'))
  const open = rows.flatMap(({ line, problems }) => problems.map(({ path }) => `${line} ${path}`))
  return {
    rows,
    same,
    wished: new Set(chosen.map(({ key }) => key)),
    open: new Set([...now.open, ...open]),
  }
}
