import { type Role, roles } from '@tunnel-console/shared/access'
import { createStore } from './store.ts'

const param = 'view-as'

/**
 * The role through whose eyes an administrator looks in this tab; `null`: their own. Every request says so. The address
 * brings it once, on import and before the router has seen it, and the tab keeps it.
 */
export const viewAs = createStore<Role | null>(takeView())

/**
 * Opens `path` in this tab through the eyes of a role, or of one's own again. The page starts anew, so that nothing of what
 * the other role saw is left; when somebody stays because of typed values, nothing has happened.
 */
export function look(role: Role | null, path: string): void {
  location.assign(viewHref(role, path))
}

function viewHref(role: Role | null, path: string): string {
  const url = new URL(path, location.origin)
  url.searchParams.set(param, role ?? '')
  return url.pathname + url.search
}

export const here = (): string => location.pathname + location.search

/** For the next person at this tab. */
export function forgetView(): void {
  keep(null)
}

function takeView(): Role | null {
  const url = new URL(location.href)
  const asked = url.searchParams.get(param)
  if (asked === null) return roleOf(kept())
  url.searchParams.delete(param)
  history.replaceState(history.state, '', url)
  const role = roleOf(asked)
  keep(role)
  return role
}

function roleOf(text: string | null): Role | null {
  return roles.find((role) => role === text) ?? null
}

/** `sessionStorage` throws where the browser blocks it. */
function kept(): string | null {
  try {
    return sessionStorage.getItem(param)
  } catch {
    return null
  }
}

function keep(role: Role | null): void {
  try {
    if (role === null) sessionStorage.removeItem(param)
    else sessionStorage.setItem(param, role)
  } catch {
    // Not kept, but it holds for this page.
  }
}
