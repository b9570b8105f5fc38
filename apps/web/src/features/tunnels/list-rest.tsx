// What the list shows once its rows are there, in one file. The rows do not wait for it.

export { siteNamer } from '@tunnel-console/shared/site'
export { bySite, siteGrouping } from './by-site.tsx'
export { DayBars } from './day-bars.tsx'
export { KeyAgeCell } from './key-age-cell.tsx'
export { ListBanners } from './list-banners.tsx'
export { Overview } from './overview/overview.tsx'
export { StateNews } from './state-news.tsx'
