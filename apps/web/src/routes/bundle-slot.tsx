import { type WantedBundle, wantedBundle } from '../features/tunnels/support-bundle/wanted-bundle.ts'
import { useStore } from '../lib/store.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { PartMissing } from '../ui/part-missing.tsx'

const Maker = lazyPart<WantedBundle>(
  async () => (await import('../features/tunnels/support-bundle/bundle-maker.tsx')).BundleMaker,
  { Missing: ({ retry }) => <PartMissing retry={retry} look="card" onClose={() => wantedBundle.set(null)} /> },
)

/** What makes a support bundle, where somebody has asked for one. */
export function BundleSlot() {
  const wanted = useStore(wantedBundle)
  return wanted && <Maker key={`${wanted.tunnelId} ${wanted.form}`} {...wanted} />
}
