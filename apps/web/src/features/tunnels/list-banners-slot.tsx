import { lazyPart } from '../../ui/lazy-part.tsx'
import type { ListBannersProps } from './list-banners.tsx'
import { MayBeOld } from './may-be-old.tsx'

// The words for it come when there is something to say. That there is must show in any case.
const Banners = lazyPart(async () => (await import('./list-rest.tsx')).ListBanners, {
  Missing: MayBeOld,
})

/** What is wrong with the data itself, above the data. */
export function ListBannersSlot(props: ListBannersProps) {
  const { list, sources, listError, statusError } = props
  const isListSound = !listError && !list.stale && !list.doubted && list.unreadable === 0
  const isStatusSound = !statusError && sources?.health.ok !== false
  return isListSound && isStatusSound ? null : <Banners {...props} />
}
