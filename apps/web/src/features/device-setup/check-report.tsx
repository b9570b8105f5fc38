import type { Finding, Part, Report } from '@tunnel-console/device-config/check/check-device'
import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { count } from '../../lib/format.ts'
import { Callout } from '../../ui/callout.tsx'

/** "2 differences, 1 doubt, 6 fit": what came of it, in one sentence. */
export function reportWords({ parts }: Report): string {
  if (parts.length === 0) return 'Nothing was recognised'
  const all = parts.flatMap(({ findings }) => findings)
  const having = (verdict: Finding['verdict']) => all.filter((finding) => finding.verdict === verdict).length
  const causes = parts.reduce((sum, { notices }) => sum + notices.length, 0)
  const told = [
    causes > 0 && count(causes, 'cause in the log', 'causes in the log'),
    having('differs') > 0 && count(having('differs'), 'difference'),
    having('doubt') > 0 && count(having('doubt'), 'doubt'),
    `${having('fits')} fit`,
  ]
  return told.filter((words) => words !== false).join(', ')
}

/** What was recognised, what differs and how to mend it, and what nobody could see. */
export function CheckReport({ report }: { report: Report }) {
  const { parts, unchecked, isCut } = report
  if (parts.length === 0) {
    return (
      <Callout title="Nothing was recognised">
        None of the texts under “What can be read” is in it. Paste the whole output, with its first line.
      </Callout>
    )
  }
  return (
    <section aria-label="What was found" className="flex flex-col gap-5">
      <p className="text-14 font-semibold">{reportWords(report)}</p>
      {isCut && <p className="text-13 text-fg-3">Only the first 30,000 lines were read.</p>}
      {parts.map((part) => (
        <PartReport key={part.title} part={part} />
      ))}
      {unchecked.length > 0 && (
        <details className="text-14">
          <summary className="min-h-6 rounded-s text-fg-2 pointer-coarse:min-h-11">
            {count(unchecked.length, 'thing')} could not be checked
          </summary>
          <ul className="mt-1 list-disc pl-5 text-13">
            {unchecked.map(({ label, where }) => (
              <li key={label}>
                {label}: not in it. See <span className="[overflow-wrap:anywhere]">{where}</span>.
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

const worstFirst: readonly Finding['verdict'][] = ['differs', 'doubt', 'fits']

function PartReport({ part: { title, tested, compared, passedOver, isAnother, notices, findings } }: { part: Part }) {
  const sorted = findings.toSorted((a, b) => worstFirst.indexOf(a.verdict) - worstFirst.indexOf(b.verdict))
  return (
    <section aria-label={title}>
      <h3 className="text-14 font-semibold">Recognised: {title}</h3>
      <p className="text-13 text-fg-3">Its reader was written after {tested}.</p>
      {isAnother && (
        <p className="mt-1 text-14 text-fg-2">
          None of its {passedOver.length} connections ({passedOver.slice(0, 8).join(', ')}) has the peer, the identity
          or the address of this tunnel, so none was compared.
        </p>
      )}
      {compared !== null && passedOver.length > 0 && (
        <p className="mt-1 text-13 text-fg-3">
          Compared: <span className="mono">{compared}</span>. Passed over: {passedOver.slice(0, 8).join(', ')}.
        </p>
      )}
      <ul className="mt-2 flex flex-col">
        {notices.map(({ word, meaning, mend }) => (
          <Row key={word} verdict="differs" label={word}>
            <p>{meaning}</p>
            <p className="text-fg-2">{mend}</p>
          </Row>
        ))}
        {sorted.map((finding) => (
          <FindingRow key={finding.topic} finding={finding} />
        ))}
      </ul>
    </section>
  )
}

function FindingRow({ finding: { label, verdict, yours, expected, why, mend } }: { finding: Finding }) {
  if (verdict === 'fits') {
    return (
      <Row verdict={verdict} label={label}>
        <p className="mono [overflow-wrap:anywhere]">{yours}</p>
      </Row>
    )
  }
  return (
    <Row verdict={verdict} label={label}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
        <dt className="text-fg-3">Yours</dt>
        <dd className="mono [overflow-wrap:anywhere]">{yours}</dd>
        <dt className="text-fg-3">Expected</dt>
        <dd className="mono [overflow-wrap:anywhere]">{expected}</dd>
        {mend !== null && (
          <>
            <dt className="text-fg-3">To mend</dt>
            <dd className="[overflow-wrap:anywhere]">{mend}</dd>
          </>
        )}
      </dl>
      {why !== null && <p className="mt-0.5 text-fg-2 [overflow-wrap:anywhere]">{why}</p>}
    </Row>
  )
}

const looks = {
  fits: [CircleCheck, 'text-up-fg', 'fits'],
  doubt: [TriangleAlert, 'text-degraded-fg', 'look at it'],
  differs: [CircleX, 'text-down-fg', 'differs'],
} as const

interface RowProps {
  verdict: Finding['verdict']
  label: string
  children: ReactNode
}

function Row({ verdict, label, children }: RowProps) {
  const [Icon, tone, word] = looks[verdict]
  return (
    <li className="flex gap-2.5 border-t border-line py-2 text-13 first:border-t-0">
      <Icon aria-hidden size={16} className={`mt-0.5 shrink-0 ${tone}`} />
      <div className="min-w-0 flex-1">
        <p className="text-14 font-medium">
          {label}
          <span className={`ml-2 text-12 font-normal ${tone}`}>{word}</span>
        </p>
        {children}
      </div>
    </li>
  )
}
