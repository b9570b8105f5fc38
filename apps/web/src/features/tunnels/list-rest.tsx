// What the list shows once its rows are there, in one file. The rows do not wait for it.

import { guarded } from '../../ui/guarded.tsx'
import { ListBanners as Banners } from './list-banners.tsx'
import { Overview as WholeOverview } from './overview/overview.tsx'
import { StateNews as News } from './state-news.tsx'

export { siteNamer } from '@tunnel-console/shared/site'
export { bySite, siteGrouping } from './by-site.tsx'
export { DayBars } from './day-bars.tsx'
export { KeyAgeCell } from './key-age-cell.tsx'

export const ListBanners = guarded('What is to be known of this list', Banners)
export const Overview = guarded('Overview', WholeOverview)
export const StateNews = guarded('News for screen readers', News)
