/**
 * What a page keeps for as long as its tab lives, a reload included, and nobody else's: not other tabs', not the next
 * person's. Never a key. Where the browser blocks it, it lasts as long as the page.
 */
const kept = new Map<string, string>()

interface Owned {
  owner: string
  value: unknown
}

export function keepInTab(name: string, owner: string, value: unknown): void {
  const text = JSON.stringify({ owner, value } satisfies Owned)
  kept.set(name, text)
  try {
    sessionStorage.setItem(name, text)
  } catch {
    // Blocked or full: the page still has it.
  }
}

/** What was kept under this name by this person, unchecked: an older build may have written it. */
export function keptInTab(name: string, owner: string): unknown {
  try {
    const text = kept.get(name) ?? sessionStorage.getItem(name)
    const owned = text === null ? null : (JSON.parse(text) as Partial<Owned> | null)
    return owned?.owner === owner ? owned.value : undefined
  } catch {
    return undefined
  }
}

export function dropFromTab(name: string): void {
  kept.delete(name)
  try {
    sessionStorage.removeItem(name)
  } catch {
    // There was nothing to keep it in.
  }
}
