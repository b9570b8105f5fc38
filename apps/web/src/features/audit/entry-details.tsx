import type { AuditEntry } from '@tunnel-console/shared/audit'
import { isTunnelId } from '@tunnel-console/shared/tunnel-id'
import { codesText } from '../../lib/codes.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { DefinitionList } from '../../ui/definition-list.tsx'
import { FieldDiffs } from '../../ui/field-diffs.tsx'
import { entryLink, entryText, outcomes, timesText, turnsText } from './words.ts'

/** An entry opened: the field diff, why it was not applied, and the ids that somebody can quote. */
export function EntryDetails({ entry }: { entry: AuditEntry }) {
  const { changes, problem, ray, reason, requestId, target, times, validateOnly } = entry
  const turned = turnsText(entry.turns)
  const ids = [
    { label: 'Request id', value: requestId },
    ...(ray ? [{ label: 'Cloudflare Ray ID', value: ray }] : []),
    ...(target?.id ? [{ label: isTunnelId(target.id) ? 'Tunnel id' : 'User id', value: target.id }] : []),
  ]
  return (
    <div className="flex max-w-240 flex-col gap-4 py-2">
      <p className="text-13 text-fg-2">
        {validateOnly && 'Dry run. '}
        {outcomes[entry.outcome]?.meaning}
        {times > 1 && ` It happened ${timesText(times)}.`}
      </p>
      {turned && <p className="nums text-13">{turned}</p>}
      {reason && (
        <p className="max-w-[72ch] text-13 whitespace-pre-line [overflow-wrap:anywhere]">
          <span className="font-medium">Reason: </span>
          {reason}
        </p>
      )}
      {changes.length > 0 && <FieldDiffs label="Fields" changes={changes} />}
      {problem && (
        <div className="text-13">
          <p className="[overflow-wrap:anywhere]">
            <span className="font-medium">Why: </span>
            <span className="mono text-12">{codesText(problem)}</span>
          </p>
          {problem.detail && <p className="text-fg-2 [overflow-wrap:anywhere]">{problem.detail}</p>}
        </div>
      )}
      <div>
        <DefinitionList
          items={ids.map(({ label, value }) => ({
            label,
            value: <span className="mono text-12">{value}</span>,
            copy: value,
          }))}
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <CopyButton isWide value={() => entryText(entry)} label="Copy entry" />
        <CopyButton isWide value={() => entryLink(entry.id)} label="Copy link" />
      </div>
    </div>
  )
}
