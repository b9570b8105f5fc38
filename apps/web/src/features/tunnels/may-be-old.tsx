import { Banner } from '../../ui/banner.tsx'

/** All that can be said of the data where the words for it are not to be had. */
export const MayBeOld = () => <Banner kind="warning" title="What you see may be old or not complete." />
