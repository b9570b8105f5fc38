/** Two arches, one inside the other: a tunnel. */
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 32 32" className="shrink-0 text-accent">
      <rect width="32" height="32" rx="7" fill="currentColor" />
      <path
        d="M7 23v-5a9 9 0 0 1 18 0v5M12.5 23v-5a3.5 3.5 0 0 1 7 0v5"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
    </svg>
  )
}
