import { LoaderCircle } from 'lucide-react'

/** Decoration beside words that say what is going on. */
export function Spinner({ size = 16 }: { size?: number }) {
  return <LoaderCircle aria-hidden size={size} className="spinning shrink-0" />
}
