import { expect, test } from 'vitest'
import '../styles/tokens.css'

const tones = ['up', 'degraded', 'down', 'establishing', 'unknown']

const text: [string, string][] = [
  ...tones.map((tone): [string, string] => [`${tone}-fg`, `${tone}-bg`]),
  ...tones.flatMap((tone): [string, string][] => [
    [`${tone}-fg`, 'surface'],
    [`${tone}-fg`, 'canvas'],
  ]),
  ...['text', 'text-2', 'text-3', 'accent'].flatMap((name): [string, string][] => [
    [name, 'surface'],
    [name, 'canvas'],
    [name, 'sunken'],
  ]),
  ['on-accent', 'accent'],
  ['on-danger', 'danger-button'],
  ['danger-button', 'surface'],
  ['text', 'establishing-bg'],
]

const shapes: [string, string][] = [
  ...tones.map((tone): [string, string] => [`${tone}-fill`, 'surface']),
  ['control-line', 'surface'],
  ['focus', 'surface'],
  ['focus', 'canvas'],
]

const themes = ['light', 'dark']

function luminance(token: string): number {
  const hex = getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim()
  expect(hex, token).toMatch(/^#[0-9a-f]{6}$/i)
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

test.each(themes)('text is at least 4.5:1 on what it stands on (%s)', (theme) => {
  document.documentElement.dataset['theme'] = theme
  for (const [fg, bg] of text) expect(contrast(fg, bg), `${fg} on ${bg}`).toBeGreaterThanOrEqual(4.5)
})

test.each(themes)('shapes, control lines and the focus ring are at least 3:1 (%s)', (theme) => {
  document.documentElement.dataset['theme'] = theme
  for (const [fg, bg] of shapes) expect(contrast(fg, bg), `${fg} on ${bg}`).toBeGreaterThanOrEqual(3)
})
