/** A line of a configuration is never longer; what is may be anything, and no pattern shall labour on it. */
const longest = 1000

/** The configuration of the largest router is shorter. */
const most = 30_000

/**
 * A text as its lines that hold something, without what a terminal adds: control sequences, carriage returns, spaces at the
 * end. `isCut`: there were more than can be read.
 */
export function linesOf(text: string): { lines: string[]; isCut: boolean } {
  const all = text.split('\n').filter((line) => line !== '' && line !== '\r')
  return { lines: all.slice(0, most).map((line) => plain(line.slice(0, longest))), isCut: all.length > most }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's control sequences begin with ESC
const terminal = /\u001b\[[0-9;]*[A-Za-z]|[\u0000-\u0008\u000b-\u001f]/g

const plain = (line: string) => line.replace(terminal, '').trimEnd()

/** An address, with or without a prefix length; nothing else is taken for one. */
export const addressPattern = /^(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2})?$/

/** An identity of IKE: a name, an address or an e-mail address. A key with a mark in it is none. */
export const identityPattern = /^[\w@:*.+%-]{1,255}$/

/** What a device calls a connection, shortened, so that it can be shown. */
export const shortName = (name: string): string => name.replace(/[^\w.:/-]/g, '').slice(0, 60) || 'unnamed'
