/** What the name of a tunnel ends with where a site has several: "-a" of `paris-a`, "_2" of `paris_2`. */
export const usualEnding = '[-_.]([a-z]|[0-9])$'
