import { useQuery, useQueryClient } from '@tanstack/react-query'
import { fateOf } from '@tunnel-console/shared/fate'
import { useEffect, useRef } from 'react'
import { noteDeleted } from '../../../data/deleted.ts'
import { deleteCheckQuery, deleteTunnel, type Seen } from '../../../data/tunnel-writes.ts'
import { tunnelsQuery } from '../../../data/tunnels.ts'
import { withoutTunnel } from '../../../data/watched-tunnel.ts'
import { toast } from '../../../ui/toast.ts'
import { useWrite } from '../write/use-write.ts'

interface DeletionOptions extends Seen {
  name: string
  /** Why, for the audit log. */
  reason: string
  /** The tunnel is gone: leave its page. */
  onGone: () => void
}

/** What is known of a deletion, and the way to make it happen once. */
export function useDeletion({ id, version, name, reason, onGone }: DeletionOptions) {
  const client = useQueryClient()
  const isHere = useIsHere()
  const check = useQuery(deleteCheckQuery({ id, version }))
  const forget = () => {
    noteDeleted(id, name)
    // The list must not show it for the moment until it is read anew: rows stay put under a resting mouse.
    client.setQueryData(tunnelsQuery().queryKey, (list) => list && withoutTunnel(list, id))
    // The page of the tunnel is about to go; asking for it again could only fail.
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== id })
  }
  const finish = () => {
    forget()
    // Only whoever still looks at the dialog is led away from the page.
    if (isHere.current) onGone()
  }
  const deleted = () => {
    toast(`${name} was deleted`)
    finish()
  }
  const write = useWrite({
    payload: version,
    send: (key) => deleteTunnel({ id, version }, key, reason),
    onApplied: deleted,
    onAppliedLate: deleted,
    left: { name, done: 'deleted', form: null, pageOf: () => null, onApplied: forget },
  })
  const { stop, work } = write.state
  const failure = stop?.kind === 'unchanged' ? stop.problem : undefined
  const fatesSoFar = [check.error?.problem, failure].map((problem) => problem && fateOf(problem))
  return {
    check,
    failure,
    lost: stop?.kind === 'unknown' ? stop : null,
    watch: write.watch,
    isDeleting: work === 'applying',
    isGone: fatesSoFar.includes('gone'),
    hasConflict: fatesSoFar.includes('conflict'),
    finish,
    press: () => void write.send(),
  }
}

/** Whether the component is still in the page: an answer may come after it has gone. */
function useIsHere() {
  const isHere = useRef(false)
  // React tells of coming and going by effects alone.
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  return isHere
}

export type Deletion = ReturnType<typeof useDeletion>
