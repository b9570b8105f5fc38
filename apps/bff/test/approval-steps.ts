import type { AuditPage } from '@tunnel-console/shared/api'
import type { ApprovalEntry } from '@tunnel-console/shared/approvals'
import { idOf, opened } from './steps.ts'
import { type Person, startWorld, type World } from './world.ts'

export const site = 'fra-dc1-a'
/** High risk: Cloudflare would no longer see that the tunnel is dead. */
export const risky = { health_check: { enabled: false } }

/** A console where high-risk changes by operators wait, with an operator and an administrator. */
export const startTwoPeople = async () => twoPeopleIn(await startWorld())

/** The same in a world that has been started. */
export async function twoPeopleIn<W extends World>(world: W) {
  const [operator, admin] = [await world.as('operator'), await world.as('admin')]
  await admin.send('PATCH', '/api/settings', { secondPerson: 'high-risk' })
  return { world, operator, admin, id: idOf(world, site) }
}

/** What asks for approval, on the version of now. */
export async function wishOf(person: Person, tunnelId: string, patch: object = risky, more: object = {}) {
  const { version } = await opened(person, tunnelId)
  return { tunnelId, version, patch, ...more }
}

/** Asks, and gives what waits. */
export async function ask(person: Person, tunnelId: string, patch: object = risky, more: object = {}) {
  return approvalIn(await person.send('POST', '/api/approvals', await wishOf(person, tunnelId, patch, more)))
}

export async function approvalIn(answer: Response): Promise<ApprovalEntry> {
  return ((await answer.json()) as { approval: ApprovalEntry }).approval
}

export async function approvalsOf(person: Person): Promise<ApprovalEntry[]> {
  return ((await (await person.get('/api/approvals')).json()) as { approvals: ApprovalEntry[] }).approvals
}

export const approve = (person: Person, { id }: Pick<ApprovalEntry, 'id'>, body: object = {}) =>
  person.send('POST', `/api/approvals/${id}/approve`, body)

export const decline = (person: Person, { id }: Pick<ApprovalEntry, 'id'>, word = 'not today') =>
  person.send('POST', `/api/approvals/${id}/decline`, { word })

export const withdraw = (person: Person, { id }: Pick<ApprovalEntry, 'id'>) =>
  person.send('DELETE', `/api/approvals/${id}`)

/** What the log says of a tunnel, newest first: actions and how they ended. */
export async function storyOf(world: World, tunnelId: string) {
  const admin = await world.as('admin')
  const { entries } = (await (await admin.get(`/api/audit?target=${tunnelId}`)).json()) as AuditPage
  return entries
}
