import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Problem, ProblemError } from '@tunnel-console/shared/problem'
import { useEffect } from 'react'
import { readBundle } from '../../../data/support-bundle.ts'
import { announce } from '../../../ui/announcer.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { toast } from '../../../ui/toast.ts'
import { type WantedBundle, wantedBundle } from './wanted-bundle.ts'
import { writeBundle } from './write-bundle.ts'

/** Makes the bundle of one tunnel as soon as it is there, and shows nothing but a failure. */
export function BundleMaker({ tunnelId, form }: WantedBundle) {
  const client = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () => writeBundle(await readBundle(client, tunnelId, new Date()), form),
    onSuccess: (name) => {
      toast(`Saved as ${name}`)
      wantedBundle.set(null)
    },
  })
  // Being there is the wish.
  useEffect(() => {
    announce('Collecting the support bundle')
    mutate()
  }, [mutate])
  if (!error) return null
  return (
    <Dialog
      open
      onOpenChange={() => wantedBundle.set(null)}
      title="Support bundle"
      description="It could not be made."
      footer={<Button onClick={() => wantedBundle.set(null)}>Close</Button>}
    >
      <ErrorPanel problem={problemOf(error)} isAlert onRetry={() => mutate()} isRetrying={isPending} />
    </Dialog>
  )
}

const problemOf = (error: unknown): Problem =>
  error instanceof ProblemError ? error.problem : ProblemError.of('internal').problem
