interface ProgressBarProps {
  /** The accessible name, such as "Dry run". */
  label: string
  value: number
  max: number
  /** The value in words, such as "12 of 40 checked": to see, and for screen readers. */
  text: string
}

/** How far something is. It announces nothing by itself: whoever shows it decides what is worth a word. */
export function ProgressBar({ label, value, max, text }: ProgressBarProps) {
  return (
    <div className="flex flex-col gap-1.5">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={value}
        aria-valuetext={text}
        className="h-2 overflow-hidden rounded-s border border-control-line bg-sunken"
      >
        <div
          className="h-full bg-accent forced-colors:bg-[Highlight]"
          style={{ width: `${(100 * value) / Math.max(1, max)}%` }}
        />
      </div>
      <p className="nums text-13 text-fg-2">{text}</p>
    </div>
  )
}
