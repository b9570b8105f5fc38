import type { ComponentType } from 'react'
import { lazyPart, type MissingProps } from '../ui/lazy-part.tsx'
import { PartMissing } from '../ui/part-missing.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'

/**
 * A page whose code comes when it is opened, by the name of its component, and with it what must be at hand there. The
 * router's own would leave the app where it cannot be loaded. Nothing here asks for the component's type: it may rest on
 * that of the route which is being made.
 */
export const lazyPage = <Module, Name extends keyof Module>(
  load: () => Promise<Module>,
  name: Name,
  withIt: () => Promise<void> = async () => undefined,
  // In the shape of what comes, so that nothing jumps when it does.
  Waiting: ComponentType = WaitingPage,
) =>
  lazyPart<object>(async () => (await Promise.all([load(), withIt()]))[0][name] as ComponentType, {
    Waiting,
    Missing: MissingPage,
  })

function WaitingPage() {
  return <SkeletonRows label="Loading" />
}

function MissingPage({ retry }: MissingProps<object>) {
  return <PartMissing retry={retry} look="page" />
}

/** For a page that is a form. */
export const WaitingForm = lazyPart<object>(async () => (await import('../ui/form-skeleton.tsx')).FormSkeleton, {
  Waiting: WaitingPage,
  Missing: WaitingPage,
})
