import { visibleText } from './csv.ts'

/**
 * Text from outside as Markdown that starts nothing. CommonMark lets every mark of ASCII be escaped; a line end within a cell
 * is a `<br>`, and bare addresses start no link.
 */
export function markdownText(text: string): string {
  return text
    .split(/\r\n|\n|\r/)
    .map((line) =>
      visibleText(line.toWellFormed())
        .replace(/[\\`*_{}[\]<>#|!~&$@^]/g, '\\$&')
        .replace(/:(?=\/\/)|(?<=\bwww)\./gi, '\\$&'),
    )
    .join('<br>')
}
