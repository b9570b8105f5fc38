import { useState } from 'react'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { PartMissing } from '../../ui/part-missing.tsx'

const ResetDialog = lazyPart(async () => (await import('./reset-dialog.tsx')).ResetDialog, {
  Missing: ({ retry, props }) =>
    props.open && <PartMissing retry={retry} look="card" onClose={() => props.onOpenChange(false)} />,
})

/** Says where we are, on every page, and brings the seed back for those who may. */
export function SandboxBanner({ canReset }: { canReset: boolean }) {
  const [isAsking, setAsking] = useState(false)
  const [wasAsked, setWasAsked] = useState(false)
  const ask = () => {
    setWasAsked(true)
    setAsking(true)
  }
  return (
    <aside aria-label="Sandbox">
      <Banner
        isStrip
        actions={
          canReset && (
            <Button size="small" kind="ghost" className="text-establishing-fg!" onClick={ask}>
              Reset sandbox
            </Button>
          )
        }
      >
        Sandbox: nothing here reaches Cloudflare
      </Banner>
      {wasAsked && <ResetDialog open={isAsking} onOpenChange={setAsking} />}
    </aside>
  )
}
