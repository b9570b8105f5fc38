import { useQuery } from '@tanstack/react-query'
import { clashesOf, nextFree, type Taken } from '@tunnel-console/shared/address-pools'
import type { AddressesAnswer } from '@tunnel-console/shared/addresses'
import { interfaceAddressProblem } from '@tunnel-console/shared/field-rules'
import { useEffect, useRef } from 'react'
import { addressesQuery } from '../../../data/addresses.ts'
import { useCan } from '../../../data/session.ts'
import { clockTime, count } from '../../../lib/format.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { TextLink } from '../../../ui/link-button.tsx'
import { nextFree as nextNearby } from '../form/next-free.ts'
import { TunnelField } from '../form/tunnel-field.tsx'
import { checkedWords } from './checked-words.ts'
import { fieldOf, type StepProps } from './step-part.ts'
import type { Creation } from './use-creation.ts'

/** The private addresses of both ends: the next free ones, kept for this draft while it is filled in. */
export function InsideStep({ creation, neighbours }: StepProps) {
  const { creating, hold } = creation
  const { kit } = creating
  const known = useQuery(addressesQuery())
  const address = kit.draft.interface_address
  const nearby = nextNearby(neighbours.map(({ interface_address }) => interface_address))
  const { proposed, propose, other } = useProposal(creation, known.data)
  const hasPool = known.data === undefined || known.data.pools.length > 0
  const offered = proposed ?? (known.isError || !hasPool ? nearby : (known.data?.next ?? null))
  return (
    <>
      {known.data && !hasPool && <NoPool />}
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap gap-2">
          {offered && (
            <Button aria-pressed={address === offered} onClick={() => void propose(offered)}>
              Use next free: <span className="mono">{offered}</span>
            </Button>
          )}
          {other && <Button onClick={() => void propose(other)}>Another</Button>}
          <Button onClick={() => kit.form.setFocus('interface_address', { shouldSelect: true })}>Type my own</Button>
        </div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it hears the field that it is around, and is none itself */}
        <div onBlur={() => void keepTyped(creation)}>
          <TunnelField kit={kit} field={fieldOf('interface_address')} />
        </div>
        <Clash address={address} known={known.data} creation={creation} onUse={(free) => void propose(free)} />
        <div role="status" className="text-13 text-fg-3">
          {hold.hold?.address === address && address !== '' && (
            <p>Held for you until {clockTime(new Date(hold.hold.until))}: nobody else is offered it meanwhile.</p>
          )}
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
      <TunnelField kit={kit} field={fieldOf('interface_address6')} />
    </>
  )
}

/** What the console proposes: at first the next free address, held, unless the draft has one; then what is asked for. */
function useProposal(creation: Creation, known: AddressesAnswer | undefined) {
  const { creating, hold, set } = creation
  const { form } = creating.kit
  const start = form.getValues('interface_address')
  const isBegun = useRef(false)
  const begin = async () => {
    const got = await hold.ask(start === '' ? undefined : start)
    // Somebody may have begun to type by now.
    if (got === null || start !== '' || form.getValues('interface_address') !== '') return
    hold.noteProposed(got)
    set('interface_address', got)
  }
  // Coming to the step is the question; what it answers must not overwrite what is typed.
  useEffect(() => {
    if (isBegun.current) return
    isBegun.current = true
    void begin()
  })
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
async function keepTyped({ creating, hold }: Creation): Promise<void> {
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

function NoPool() {
  const maySet = useCan('settings.manage')
  return (
    <Banner
      title="No pool of inside addresses is set"
      actions={
        maySet && (
          <TextLink to="/settings" className="text-13">
            Set one
          </TextLink>
        )
      }
    >
      So addresses are proposed near those in use, and none is held for you.
    </Banner>
  )
}
