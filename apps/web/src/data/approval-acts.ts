import type { QueryClient } from '@tanstack/react-query'
import type { ApprovalInput } from '@tunnel-console/shared/approvals'
import { endpoints } from '@tunnel-console/shared/contract'
import { request } from '../lib/api.ts'

/** Asking the same again gives what waits already. Throws `conflict`, and `invalid` where nobody has to be asked. */
export const askApproval = async (body: ApprovalInput) => (await request(endpoints.askApproval, { body })).approval

/** Carries the change out. Throws `decided`, and what became of a change that was not applied. */
export const approve = async (approvalId: string, word: string) =>
  (await request(endpoints.approve, { params: { approvalId }, body: word === '' ? {} : { word } })).approval

export const decline = async (approvalId: string, word: string) =>
  (await request(endpoints.decline, { params: { approvalId }, body: { word } })).approval

export const withdrawApproval = async (approvalId: string) =>
  (await request(endpoints.withdrawApproval, { params: { approvalId } })).approval

/** After a decision: the tunnel may be another as well. */
export function refreshApprovals(client: QueryClient): void {
  for (const key of ['approvals', 'tunnels', 'status', 'audit']) void client.invalidateQueries({ queryKey: [key] })
}
