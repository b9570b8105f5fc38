/** Gives a file to the person, as the browser saves one: into the downloads, or with a question where. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  const link = Object.assign(document.createElement('a'), { href: url, download: name })
  link.click()
  // The browser has taken the content over by then; kept, it would fill the memory with each export.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
