import { CopyButton } from './copy-button.tsx'

/** Copies what the console does here as a command for a shell, made when it is pressed. */
export function CurlButton({ command }: { command: () => string }) {
  return <CopyButton isWide label="Copy as curl" value={command} />
}
