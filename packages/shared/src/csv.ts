type Cell = string | number | boolean | null

/**
 * One line of a CSV file, with its end (RFC 4180). `null` is an empty cell.
 *
 * Text comes from outside and is opened in spreadsheets, so it must do nothing there (S60): what a spreadsheet would take
 * for a formula gets an apostrophe in front, and every character that moves a cursor, turns the direction of writing or ends
 * a line is written as its escape, `\\u202e`.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell)
  const text = (startsFormula.test(cell) ? `'${cell}` : cell).replace(unprintable, escaped)
  return plain.test(text) ? text : `"${text.replaceAll('"', '""')}"`
}

/** OWASP's list, with the full-width forms that some spreadsheets take for the same. Spaces before are skipped by some. */
const startsFormula = /^ *[=+\-@\t\r\n\0＝＋－＠]/

/** Controls of both sets, lone surrogates, and what Unicode has for invisible marks, line ends and directions. */
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu

/** What no reader could take for a separator, in whatever country. */
const plain = /^[\w.:@/ -]*$/

/** A character as `\u202e`, which JSON reads as that character. */
function escaped(character: string): string {
  return [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`)
    .join('')
}

/** Text that shows what it holds: characters that are not to be seen are written as escapes, `\\u202e`, or as `write` says. */
export function visibleText(text: string, write: (character: string) => string = escaped): string {
  return text.replace(unprintable, (character) => write(character))
}

/** JSON that shows what it holds: the same value, with the characters that are not to be seen written as escapes. */
export function visibleJson(value: unknown): string {
  return visibleText(JSON.stringify(value))
}
