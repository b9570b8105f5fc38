import { endpoints } from '@tunnel-console/shared/contract'
import { polledQuery } from './polled.ts'

/** The status of every tunnel, polled. It answers `Fetched<StatusAnswer>`. */
export const statusQuery = () => polledQuery(['status'], endpoints.status)
