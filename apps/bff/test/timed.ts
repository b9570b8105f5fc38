/** For a test that reads a clock: another suite on the same cores may make one attempt late, never three in a row. */
export const timed = { retry: 2 }
