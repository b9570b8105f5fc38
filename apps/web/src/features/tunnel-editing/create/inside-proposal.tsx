import { useQuery } from '@tanstack/react-query'
import { clashesOf, nextFree, type Taken } from '@tunnel-console/shared/address-pools'
import type { AddressesAnswer } from '@tunnel-console/shared/addresses'
import { interfaceAddressProblem } from '@tunnel-console/shared/field-rules'
import type { ReactNode } from 'react'
import { addressesQuery } from '../../../data/addresses.ts'
import { clockTime } from '../../../lib/exact-times.ts'
import { count } from '../../../lib/format.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { TextLink } from '../../../ui/link-button.tsx'
import { nextFree as nextNearby } from '../form/next-free.ts'
import type { NeighbourTunnel } from '../form/use-tunnel-form.ts'
import { checkedWords } from './checked-words.ts'
import type { Creation } from './use-creation.ts'

interface InsideProposalProps {
  creation: Creation
  neighbours: readonly NeighbourTunnel[]
  /** The address itself, where it is asked for between what is proposed and what is known of it. */
  field?: ReactNode
}

/** The next free inside address, kept for this draft as soon as it is taken; who has the one in the field; what was looked at. */
export function InsideProposal({ creation, neighbours, field }: InsideProposalProps) {
  const { creating, hold } = creation
  const { kit } = creating
  const known = useQuery(addressesQuery())
  const address = kit.draft.interface_address
  const nearby = nextNearby(neighbours.map(({ interface_address }) => interface_address))
  // Which tunnel of the list has it, the field of the plain form says itself.
  const taken = known.data?.taken.filter(({ kind }) => field !== undefined || kind !== 'ipsec')
  const { proposed, propose, other } = useProposal(creation, known.data)
  const hasPool = known.data === undefined || known.data.pools.length > 0
  const offered = proposed ?? (known.isError || !hasPool ? nearby : (known.data?.next ?? null))
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        {offered && (
          <Button aria-pressed={address === offered} onClick={() => void propose(offered)}>
            Use next free: <span className="mono">{offered}</span>
          </Button>
        )}
        {other && <Button onClick={() => void propose(other)}>Another</Button>}
        {field && (
          <Button onClick={() => kit.form.setFocus('interface_address', { shouldSelect: true })}>Type my own</Button>
        )}
      </div>
      {field}
      <Clash
        address={address}
        known={known.data && { ...known.data, taken: taken ?? [] }}
        creation={creation}
        onUse={(free) => void propose(free)}
      />
      <div role="status" className="text-13 text-fg-3">
        {hold.hold?.address === address && address !== '' && (
          <p>Held for you until {clockTime(new Date(hold.hold.until))}: nobody else is offered it meanwhile.</p>
        )}
        {hasPool && <NotHeld hold={hold} address={address} />}
        {known.data ? (
          <p>{checkedWords(known.data.checked)}</p>
        ) : (
          known.isError && (
            <p>
              Checked against {count(neighbours.length, 'IPsec tunnel')}. What else takes addresses could not be read.
            </p>
          )
        )}
      </div>
    </div>
  )
}

/** Why nothing is held, where that is not for somebody who has the address: then it may be used all the same. */
function NotHeld({ hold: { refused }, address }: { hold: Creation['hold']; address: string }) {
  if (!refused || refused.problem.code === 'address-taken') return null
  if (refused.address !== null && refused.address !== address) return null
  const { detail, title } = refused.problem
  return (
    <p>
      {address !== '' && 'It is not held for you. '}
      {detail ?? `${title}.`}
    </p>
  )
}

/** What is proposed beside what is taken, and what a press on it does: the address is in the field, and held. */
function useProposal({ hold, set }: Creation, known: AddressesAnswer | undefined) {
  const propose = async (address: string) => {
    set('interface_address', address)
    hold.noteProposed(address)
    await hold.ask(address)
  }
  const others = known ? [...known.taken, ...known.holds].map(({ subnet }) => subnet) : []
  const other = known && nextFree(known.pools, [...others, ...known.reserved, ...hold.seen])
  return { proposed: hold.seen.at(-1) ?? null, propose, other: hold.seen.length > 0 ? other : null }
}

/** Asks for what was typed, where that is an address at all and not held already. */
export async function keepTyped({ creating, hold }: Creation): Promise<void> {
  const address = creating.kit.form.getValues('interface_address').trim()
  if (interfaceAddressProblem(address) === null && hold.hold?.address !== address) await hold.ask(address)
}

interface ClashProps {
  address: string
  known: AddressesAnswer | undefined
  creation: Creation
  onUse: (free: string) => void
}

/** Who has the address, as soon as it is known, and one that is free. */
function Clash({ address, known, creation, onUse }: ClashProps) {
  const { refused } = creation.hold
  const isRefused = refused?.problem.code === 'address-taken' && refused.address === address
  const clash = known && address !== '' ? clashesOf(address, known.taken)[0] : undefined
  if (!clash && !isRefused) return null
  const free = (isRefused ? refused.problem.alternative : undefined) ?? known?.next ?? null
  return (
    <Banner
      kind="warning"
      role="alert"
      isWordy
      actions={
        free && (
          <Button size="small" onClick={() => onUse(free)}>
            Use {free} instead
          </Button>
        )
      }
    >
      {clash ? <ClashWords clash={clash} /> : refused?.problem.detail}
    </Banner>
  )
}

const kinds = { ipsec: 'IPsec tunnel', gre: 'GRE tunnel', interconnect: 'interconnect', route: 'static route' } as const

function ClashWords({ clash: { kind, id, name, subnet } }: { clash: Taken }) {
  return (
    <>
      It overlaps the {kinds[kind]}{' '}
      {kind === 'ipsec' && id ? (
        <>
          <TextLink to="/tunnels/$id" params={{ id }} target="_blank">
            {name}
          </TextLink>{' '}
          (opens in a new tab)
        </>
      ) : (
        name
      )}
      , {subnet}.
    </>
  )
}
