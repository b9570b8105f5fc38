import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../lib/api.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { toast } from '../../ui/toast.tsx'

/** Says where we are, on every page, and brings the seed back for those who may. */
export function SandboxBanner({ canReset }: { canReset: boolean }) {
  const [isAsking, setAsking] = useState(false)
  const reset = useMutation({
    mutationFn: () => call('/api/sandbox/reset', { method: 'POST' }),
    onSuccess: (_answer, _input, _result, { client }) => {
      setAsking(false)
      toast('The sandbox is as it was at the start')
      return client.invalidateQueries()
    },
  })
  return (
    <>
      <Banner
        isStrip
        actions={
          canReset && (
            <Button size="small" kind="ghost" className="text-establishing-fg!" onClick={() => setAsking(true)}>
              Reset sandbox
            </Button>
          )
        }
      >
        Sandbox: nothing here reaches Cloudflare
      </Banner>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Reset the sandbox?"
        description="All tunnels go back to how they were at the start. Your changes in the sandbox are lost, for everybody who uses it."
        confirmLabel="Reset sandbox"
        isDanger
        busy={reset.isPending}
        onConfirm={() => reset.mutate()}
      >
        {reset.error && <ErrorPanel problem={reset.error.problem} isAlert />}
      </ConfirmDialog>
    </>
  )
}
