import { Trash2 } from 'lucide-react'
import { type FormEvent, useId, useRef, useState } from 'react'
import { announce } from '../../../ui/announcer.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { Dialog, DialogClose } from '../../../ui/dialog.tsx'
import { TextInput } from '../../../ui/text-input.tsx'
import type { Person } from '../list-looks.ts'
import { longestViewName, mostViews, removeView, type SavedView, saveView } from './saved-views.ts'

interface ViewsDialogProps {
  person: Person
  views: readonly SavedView[]
  /** What is shown, to be saved. */
  now: Omit<SavedView, 'name'>
  onClose: () => void
}

/** Saves the filter, order and columns that are shown under a name, and takes away what is no longer wanted. */
export function ViewsDialog({ person, views, now, onClose }: ViewsDialogProps) {
  const [name, setName] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const formId = useId()
  const field = useRef<HTMLInputElement>(null)
  const trimmed = name.trim()
  const isKnown = views.some((view) => view.name === trimmed)
  const save = (event: FormEvent) => {
    event.preventDefault()
    // The list below is part of the page, and so is its form.
    event.stopPropagation()
    if (trimmed === '') return setProblem('Give the view a name')
    if (!isKnown && views.length >= mostViews) {
      return setProblem(`There are ${mostViews} views already. Remove one first.`)
    }
    saveView(person, { ...now, name: trimmed })
    announce(`View ${trimmed} saved`)
    onClose()
  }
  const note =
    problem ?? (isKnown ? 'Replaces the view of this name.' : 'Filter, order and columns, for you in this browser.')
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Views of the list"
      size="small"
      footer={
        <>
          <DialogClose />
          <Button kind="primary" type="submit" form={formId}>
            Save view
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={save} noValidate>
        <label htmlFor={`${formId}-name`} className="text-13 font-medium">
          Name of what is shown now
        </label>
        <TextInput
          id={`${formId}-name`}
          ref={field}
          value={name}
          maxLength={longestViewName}
          onChange={(event) => {
            setName(event.target.value)
            setProblem(null)
          }}
          aria-invalid={problem !== null || undefined}
          aria-describedby={`${formId}-note`}
          autoComplete="off"
          className="mt-1"
        />
        <p id={`${formId}-note`} className={`mt-1 text-12 ${problem ? 'text-danger' : 'text-fg-2'}`}>
          {note}
        </p>
      </form>
      {views.length > 0 && (
        <ul aria-label="Saved views" className="mt-4 divide-y divide-line border-t border-line">
          {views.map((view) => (
            <li key={view.name} className="flex items-center justify-between gap-3 py-1 text-14">
              <span className="min-w-0 [overflow-wrap:anywhere]">{view.name}</span>
              <IconButton
                label={`Remove view ${view.name}`}
                icon={<Trash2 aria-hidden size={16} />}
                onClick={() => {
                  removeView(person, view.name)
                  // The button that was pressed is gone.
                  field.current?.focus()
                  announce(`View ${view.name} removed`)
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
