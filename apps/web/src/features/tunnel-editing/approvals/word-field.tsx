import { ReasonField } from '../stakes/reason-field.tsx'

/** What whoever decides has to say. Needed to decline; whoever asked reads it. */
export function WordField({ value, onChange }: { value: string; onChange: (word: string) => void }) {
  return (
    <div className="max-w-form">
      <ReasonField
        label="Your word"
        hint="Needed to decline. Whoever asked reads it, and it is kept in the audit log."
        value={value}
        onChange={onChange}
      />
    </div>
  )
}
