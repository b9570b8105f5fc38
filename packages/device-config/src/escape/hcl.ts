/**
 * A string in Terraform's language: quotes, backslashes and what moves a cursor as escapes, and both beginnings of a template
 * doubled, so that nothing in it is computed (HCL syntax specification, "Template expressions").
 */
export function hclString(value: string): string {
  const escaped = value
    .toWellFormed()
    .replace(/["\\]/g, '\\$&')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (one) => {
      const hex = (one.codePointAt(0) ?? 0).toString(16)
      return hex.length > 4 ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`
    })
    .replace(/[$%](?=\{)/g, '$&$&')
  return `"${escaped}"`
}
