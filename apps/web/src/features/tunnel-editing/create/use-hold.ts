import { useQueryClient } from '@tanstack/react-query'
import { type Problem, problemOf } from '@tunnel-console/shared/problem'
import { useRef, useState } from 'react'
import { holdAddress, releaseAddress } from '../../../data/address-holds.ts'
import { addressesQuery } from '../../../data/addresses.ts'

/**
 * Keeps inside addresses for a draft. The console is asked when somebody does something, never by a timer: a page that is
 * left open must not hold an address for ever, nor a session.
 */
export function useHold(draftId: string, onHeld: (holdId: string) => void) {
  const client = useQueryClient()
  /** What is kept, until a moment in UTC. */
  const [hold, setHold] = useState<{ address: string; until: string } | null>(null)
  const [refused, setRefused] = useState<{ address: string | null; problem: Problem } | null>(null)
  const [isAsking, setAsking] = useState(false)
  const [seen, setSeen] = useState<readonly string[]>([])
  const last = useRef(0)
  /** The draft is given up: an answer that is still under way is given back too. */
  const isOver = useRef(false)
  /** Asks for an address, or for the next free one. Gives what is held; `null` when nothing is. */
  const ask = async (address?: string): Promise<string | null> => {
    last.current += 1
    const turn = last.current
    setAsking(true)
    try {
      const { hold: got } = await holdAddress({ draftId, ...(address && { interface_address: address }) })
      if (isOver.current) releaseAddress(got.id)
      if (isOver.current || turn !== last.current) return null
      onHeld(got.id)
      setHold({ address: got.interface_address, until: got.until })
      setRefused(null)
      return got.interface_address
    } catch (error) {
      if (turn === last.current) setRefused({ address: address ?? null, problem: problemOf(error) })
      return null
    } finally {
      if (turn === last.current) setAsking(false)
      void client.invalidateQueries(addressesQuery())
    }
  }
  /** Gives the address back early, since nobody wants this draft any more. */
  const release = (holdId: string | null) => {
    isOver.current = true
    if (holdId !== null) releaseAddress(holdId)
  }
  /** Notes what the console has proposed, so that "Another" is another one. */
  const noteProposed = (address: string) => setSeen((all) => [...all.filter((one) => one !== address), address])
  return { hold, refused, isAsking, ask, seen, noteProposed, release }
}
