import { createStore } from './store.ts'

export const noApprovals = { isUsed: false, toDecide: 0 }

/** Whether there is anything to go to the page of approvals for, and how many changes wait there for this person's word. */
export const approvalNews = createStore(noApprovals)
