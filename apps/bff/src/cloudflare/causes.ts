export function causesOf(_error: unknown): string[] {
  return []
}
