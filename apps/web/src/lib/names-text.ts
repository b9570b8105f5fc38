/** "Name, Description, Rate and 2 more": names in a row, and a number for those that find no place. */
export function namesText(names: readonly string[], most = 4): string {
  const rest = names.length - most
  return rest > 0 ? `${names.slice(0, most).join(', ')} and ${rest} more` : names.join(', ')
}
