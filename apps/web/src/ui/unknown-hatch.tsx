/** What fills a stretch of a picture that nobody measured: `fill="url(#id)"` of that picture. */
export function UnknownHatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="5" height="5" className="fill-unknown-bg" />
        <line y2="5" strokeWidth="3" className="stroke-unknown-fill" />
      </pattern>
    </defs>
  )
}
