// An address or a key is not a login, but 1Password, LastPass and Bitwarden offer to fill it.
export const ignoredByPasswordManagers = { 'data-1p-ignore': true, 'data-lpignore': 'true', 'data-bwignore': true }

export function ShowButton({ label, isShown, onToggle }: { label: string; isShown: boolean; onToggle: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={isShown}
      aria-label={`Show ${label.toLowerCase()}`}
      onClick={onToggle}
      className="focus-inset absolute inset-y-px right-px min-w-12 rounded-r-m px-3 text-13 font-medium text-accent"
    >
      {isShown ? 'Hide' : 'Show'}
    </button>
  )
}
