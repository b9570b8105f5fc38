import type { DeviceFile } from '@tunnel-console/device-config/templates'

/** A place in a file where the reader must decide. */
export interface Marker {
  number: string
  token: string
  why: string
}

const explained = /(DECIDE-(\d+)-[A-Z0-9-]+): (.+?)(?:\s*-->|\s*\*\/)?$/gm

/** The numbered markers of files, each once and in order, with the words in which the files themselves explain them. */
export function markersOf(files: readonly DeviceFile[]): Marker[] {
  const found = files.flatMap(({ text }) => [...text.matchAll(explained)])
  const markers = found.map(([, token = '', number = '', why = '']) => ({ number, token, why }))
  return [...new Map(markers.map((marker) => [marker.token, marker])).values()].sort(
    (a, b) => Number(a.number) - Number(b.number),
  )
}
