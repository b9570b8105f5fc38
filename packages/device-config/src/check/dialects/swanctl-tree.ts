/** A section of swanctl.conf: its values, and the sections in it. */
export interface Section {
  values: ReadonlyMap<string, string>
  sections: ReadonlyMap<string, Section>
}

interface Open {
  values: Map<string, string>
  sections: Map<string, Open>
}

const opened = (): Open => ({ values: new Map(), sections: new Map() })

/**
 * Comments run to the end of a line, a value to the end of a line or to a brace. A word is tried at its beginning only: a long
 * one would be labour at each of its letters.
 */
const parts = /#.*$|(?<![\w.:@-])([\w.:@-]{1,100})\s*\{|\}|(?<![\w.-])([\w.-]{1,60})\s*=\s*("[^"]*"|[^"#{}]*)/g

/** Reads lines as strongSwan's configuration language does; what is none of it is passed over. Never fails. */
export function treeOf(lines: readonly string[]): Section {
  const root = opened()
  const path = [root]
  for (const line of lines) {
    for (const [part, name, key, value = ''] of line.matchAll(parts)) {
      const here = path.at(-1) ?? root
      if (name !== undefined) path.push(sectionOf(here, name))
      else if (key !== undefined) here.values.set(key, value.trim().replace(/^"|"$/g, ''))
      else if (part === '}' && path.length > 1) path.pop()
    }
  }
  return root
}

function sectionOf(here: Open, name: string): Open {
  const section = here.sections.get(name) ?? opened()
  here.sections.set(name, section)
  return section
}
