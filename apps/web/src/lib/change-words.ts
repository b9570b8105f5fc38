import type { FieldChange } from '@tunnel-console/shared/diff'
import { isEmpty } from '@tunnel-console/shared/field-values'
import { valueWords } from '@tunnel-console/shared/words'

export type ChangeKind = 'added' | 'removed' | 'changed'

/** What kind of change it is. A switch is never added or removed. */
export function changeKind({ before, after }: Pick<FieldChange, 'before' | 'after'>): ChangeKind {
  if (isEmpty(before) && !isEmpty(after)) return 'added'
  return !isEmpty(before) && isEmpty(after) ? 'removed' : 'changed'
}

/** Both sides of a change in words. Two secrets have the same words, and are told apart all the same. */
export function changeWords({ path, before, after }: Omit<FieldChange, 'label'>): { before: string; after: string } {
  const words = { before: valueWords(path, before), after: valueWords(path, after) }
  return words.before === words.after && words.after === 'set' ? { ...words, after: 'set to another value' } : words
}
