/**
 * Nothing in the drawn page can be pressed, focused or heard, so it goes out without what is for that alone: a quarter less for
 * the browser to read before it paints. React writes every quote that is data as `&quot;`, so what looks like an attribute here is one.
 */
export const asSeen = (html: string): string =>
  html
    .replaceAll('<!-- -->', '')
    .replaceAll(unseen, '')
    .replaceAll(/<title>[^<]*<\/title>|<span class="sr-only">[^<]*<\/span>/g, '')
    .replaceAll(/ class="([^"]*)"/g, (_, names: string) => ` class="${atRest(names)}"`)

/** Attributes that neither show nor are asked for by the stylesheet. */
const unseen =
  / (?:aria-(?!pressed|sort)[a-z]+|data-(?!first|row|density|cloudflare|page-filter)[a-z]+|title|tabindex|dateTime|href|rel|role|scope|xmlns|autoComplete|spellCheck)="[^"]*"/g

const known = new Map<string, string>()

/** The classes that act without anybody pointing, pressing or choosing. There are as many lists of them as the code has. */
function atRest(names: string): string {
  const left = known.get(names) ?? names.split(' ').filter(isAtRest).join(' ')
  known.set(names, left)
  return left
}

const acted =
  /(?:^|:)(?:hover|focus|active|focus-visible|focus-within)\b|^(?:in-data-wide|aria-disabled|not-aria-disabled|data-selected|group-hover|transition|duration)\b/

const isAtRest = (name: string): boolean => name !== '' && !acted.test(name)

/**
 * The policy allows no `style` attribute in a page. `public/first.js` gives the heads of columns and the bar of the states theirs;
 * rows have their height by an attribute, and what would only stay in sight while others scroll does without.
 */
export const withoutStyles = (html: string): string =>
  html
    .replaceAll(/ style="height:(\d+)px"/g, ' height="$1"')
    .replaceAll(/ style="--left:[^";]*"/g, '')
    .replaceAll(' style="', ' data-style="')
