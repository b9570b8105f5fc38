/** The chain of problem codes that led to a failure, outermost first: each with what caused it. */
function codesOf({ code, causes = [] }: { code: string; causes?: readonly string[] }): readonly string[] {
  return causes[0] === code ? causes : [code, ...causes]
}

/** "outcome-unknown ← upstream-timeout ← UND_ERR_HEADERS_TIMEOUT". */
export const codesText = (failure: { code: string; causes?: readonly string[] }): string => codesOf(failure).join(' ← ')
