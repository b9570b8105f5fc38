import { draftOf, type TunnelDraft } from '@tunnel-console/shared/draft'
import type { Field } from '@tunnel-console/shared/field'
import { isEmpty, isInUse, valueAt } from '@tunnel-console/shared/field-values'
import { fieldList, isDefault } from '@tunnel-console/shared/fields'
import { sections } from '@tunnel-console/shared/sections'
import { Tunnel } from '@tunnel-console/shared/tunnel'
import { isWholeTunnel, type VisibleTunnel } from '@tunnel-console/shared/visible'
import { valueWords } from '@tunnel-console/shared/words'
import type { ReactNode } from 'react'
import { Address, Nothing } from '../../ui/address.tsx'
import type { Definition } from '../../ui/definition-list.tsx'
import { readOnlyRows } from './configuration-read-only.tsx'
import { SecretValue } from './secret-value.tsx'

/** A part of the configuration under its heading. */
export interface Rows {
  title: string
  items: Definition[]
}

/** Every field that the role may see and that is in use, in the order of the form, then what only Cloudflare writes. */
export function configurationOf(tunnel: VisibleTunnel): Rows[] {
  // What the role may not see is empty in the draft, and has no row.
  const draft = draftOf(Tunnel.parse(tunnel))
  const isSeen = ({ path, support }: Field) => isInUse(draft, path) && (support || isWholeTunnel(tunnel))
  return sections
    .map(({ id, title }) => ({
      title,
      items: [
        ...fieldList.filter((field) => field.section === id && isSeen(field)).map((field) => row(field, draft)),
        ...(readOnlyRows[id]?.(tunnel) ?? []),
      ],
    }))
    .filter(({ items }) => items.length > 0)
}

/** What somebody pastes elsewhere as it is. */
const copied: ReadonlySet<Field['control']> = new Set(['text', 'address', 'subnet', 'hostname', 'number'])

function row(field: Field, draft: TunnelDraft): Definition {
  const value = valueAt(draft, field.path)
  const isCopied = !isEmpty(value) && copied.has(field.control)
  return {
    label: field.label,
    value: isEmpty(value) ? <Nothing words="not set" /> : shown(field, draft),
    mark: isDefault(draft, field.path) ? 'default' : undefined,
    copy: isCopied ? String(value) : undefined,
  }
}

function shown({ path, label, control }: Field, draft: TunnelDraft): ReactNode {
  const value = valueAt(draft, path)
  if (control === 'secret') return <SecretValue label={label} value={String(value)} />
  if (Array.isArray(value)) return value.map((entry) => <Address key={entry} value={entry} />)
  if (control === 'address' || control === 'subnet' || control === 'number') {
    return <Address value={String(value)} canCopy={false} />
  }
  const words = valueWords(path, value)
  return control === 'hostname' ? <span className="mono [overflow-wrap:anywhere]">{words}</span> : words
}
