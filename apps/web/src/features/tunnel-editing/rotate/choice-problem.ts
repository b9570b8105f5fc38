import { mostTunnels } from '@tunnel-console/shared/jobs'

/** Why so many keys cannot be rotated at once, if so. */
export function choiceProblem(chosen: number): string | undefined {
  if (chosen === 0) return 'Choose at least one tunnel'
  return chosen > mostTunnels.request
    ? `Choose at most ${mostTunnels.request} tunnels at a time; these are ${chosen}`
    : undefined
}
