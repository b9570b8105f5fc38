/** For a field that must not be empty: `message` says what to enter. */
export const filled = (message: string) => (value: string) => (value.trim() === '' ? message : null)
