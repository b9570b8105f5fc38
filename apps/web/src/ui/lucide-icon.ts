import { createElement, type SVGProps } from 'react'

/** What a file of lucide says of its icon. */
interface IconData {
  name: string
  node: readonly (readonly [tag: string, attributes: Record<string, string>])[]
}

/**
 * An icon, out of what its file in lucide says; `vite.config.ts` puts this in the place of lucide's own. That one reads a
 * context, names of old and attributes for other frameworks, which nothing here uses, in front of every page's first paint.
 */
// biome-ignore lint/style/noDefaultExport: the files of lucide import it so
export default function createLucideIcon({ name, node }: IconData) {
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each icon, as its file is read
  return function LucideIcon({ size = 24, className = '', ...rest }: SVGProps<SVGSVGElement> & { size?: number }) {
    const props = { ...strokes, width: size, height: size, className: `lucide lucide-${name} ${className}`, ...rest }
    return createElement('svg', props, ...node.map(([tag, attributes]) => createElement(tag, attributes)))
  }
}

const strokes = {
  xmlns: 'http://www.w3.org/2000/svg',
  viewBox: '0 0 24 24',
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 2,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const
