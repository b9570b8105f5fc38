/** Changes that a cause can suggest, by name: an address names one, so that no link can lay values of its own into a form. */
const preparedNames = ['monitor-it', 'probe-by-request', 'protect-from-replay'] as const

export type PreparedName = (typeof preparedNames)[number]

/** What a text names, if it names one. */
export const preparedName = (value: unknown): PreparedName | undefined => preparedNames.find((name) => name === value)
