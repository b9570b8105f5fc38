/**
 * Pairs as many of `left` as possible with one of `right` each. Pairs of an earlier tier are made first and are never given
 * up for later ones, though a partner may be exchanged for another of the tiers so far.
 */
export function pair<L, R>(
  left: readonly L[],
  right: readonly R[],
  tiers: readonly ((l: L, r: R) => boolean)[],
): Map<L, R> {
  const partnerOf = new Map<R, L>()
  tiers.forEach((_tier, last) => {
    const fits = (l: L, r: R) => tiers.slice(0, last + 1).some((tier) => tier(l, r))
    const paired = new Set(partnerOf.values())
    for (const l of left) {
      if (!paired.has(l)) place(l, right, fits, partnerOf, new Set())
    }
  })
  return new Map([...partnerOf].map(([r, l]) => [l, r]))
}

/** Finds a partner for `l`, moving those who stand in the way to another of theirs (Kuhn's algorithm). */
function place<L, R>(
  l: L,
  right: readonly R[],
  fits: (l: L, r: R) => boolean,
  partnerOf: Map<R, L>,
  tried: Set<R>,
): boolean {
  for (const r of right) {
    if (tried.has(r) || !fits(l, r)) continue
    tried.add(r)
    const other = partnerOf.get(r)
    if (other !== undefined && !place(other, right, fits, partnerOf, tried)) continue
    partnerOf.set(r, l)
    return true
  }
  return false
}
