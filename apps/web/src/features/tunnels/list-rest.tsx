// What the list shows once its rows are there, in one file. The rows do not wait for it.

import { Guard } from '../../ui/guard.tsx'
import { guarded } from '../../ui/guarded.tsx'
import { ListBanners as Banners, type ListBannersProps } from './list-banners.tsx'
import { MayBeOld } from './may-be-old.tsx'
import { Overview as WholeOverview } from './overview/overview.tsx'
import { StateNews as News } from './state-news.tsx'

export { siteNamer } from '@tunnel-console/shared/site'
export { bySite, siteGrouping } from './by-site.tsx'
export { DayBars } from './day-bars.tsx'
export { KeyAgeCell } from './key-age-cell.tsx'

export const Overview = guarded('Overview', WholeOverview)
export const StateNews = guarded('News for screen readers', News)

/** There is something to say of the data: where the words for it fail, that alone. */
export const ListBanners = (props: ListBannersProps) => (
  <Guard of={props.list}>{(retry) => (retry ? <MayBeOld /> : <Banners {...props} />)}</Guard>
)
