import { hclString } from './escape/hcl.ts'
import { type Parameters, parametersOf } from './parameters.ts'
import { groupsOf } from './rows.ts'
import { entries, keyRow, sheetFile } from './sheet.ts'
import { type DeviceFile, type DeviceInput, type DeviceTemplate, keyPlaceholder } from './template.ts'
import { commented, heading, type Lines, textOf } from './text.ts'

type Template = Omit<DeviceTemplate, 'files'>

/** What one cloud adds: its Terraform, what to do in which order, and its settings by their names in its own pages. */
interface Cloud {
  resources: (parameters: Parameters) => Lines
  steps: readonly string[]
  settings: Record<string, string>
}

/**
 * The three files for the VPN gateway of a cloud: a sheet, Terraform, and the key apart from it, so that Terraform's files can be
 * kept and the key is not.
 */
export function cloudFiles(template: Template, input: DeviceInput, cloud: Cloud): DeviceFile[] {
  const parameters = parametersOf(input)
  const groups = [
    { title: 'Steps', rows: cloud.steps.map((value, index) => ({ label: `${index + 1}`, value, source: '' })) },
    ...groupsOf(parameters, ['ends']),
    { title: 'Settings there', rows: entries(cloud.settings) },
    ...groupsOf(parameters, ['health', 'bgp']),
    { title: 'Key', rows: [keyRow(input.key)] },
  ]
  return [
    sheetFile(template, parameters, groups),
    {
      name: `${parameters.label}.tf`,
      language: 'hcl',
      text: terraform(template, parameters, cloud.resources(parameters)),
    },
    { name: `${parameters.label}.auto.tfvars`, language: 'hcl', text: variables(parameters, input.key) },
  ]
}

function terraform(template: Template, parameters: Parameters, resources: Lines): string {
  return textOf(
    commented('#', heading(template, parameters)),
    '',
    keyVariable(parameters),
    resources,
    commented('#', 'Clean up: terraform destroy, or take this file away and apply.'),
  )
}

const nameOfKey = ({ symbol }: Parameters) => `${symbol}_key`

function keyVariable(parameters: Parameters): Lines {
  return [
    block(`variable "${nameOfKey(parameters)}"`, [
      'type = string',
      'sensitive = true',
      'description = "Pre-shared key; never write it into a file that is kept."',
    ]),
  ]
}

function variables(parameters: Parameters, key: string | null): string {
  return textOf(
    commented('#', 'Keep this file out of version control, or set the variable in the environment instead.'),
    `${nameOfKey(parameters)} = ${hclString(key ?? keyPlaceholder)}`,
  )
}

/** The key as an expression. */
export const keyExpression = (parameters: Parameters) => `var.${nameOfKey(parameters)}`

/** A variable that the reader sets: an id of something that is there already. */
export function variable(name: string, description: string): Lines {
  return block(`variable "${name}"`, ['type = string', `description = ${hclString(description)}`])
}

/** A block of Terraform with an empty line after it; equals signs are aligned as `terraform fmt` does. */
export function block(head: string, body: readonly (string | null)[]): Lines {
  return [`${head} {`, aligned(body.filter((line) => line !== null)).map((line) => `  ${line}`), '}', '']
}

function aligned(body: readonly string[]): string[] {
  const isSetting = (line: string) => /^[a-z0-9_]+ = /.test(line)
  const width = (line: string) => (isSetting(line) ? line.indexOf(' = ') : 0)
  const widths = body.map((_, index) => Math.max(...runAround(body, index, isSetting).map(width)))
  return body.map((line, index) => {
    if (!isSetting(line)) return line
    const at = line.indexOf(' = ')
    return `${line.slice(0, at).padEnd(widths[index] ?? at)}${line.slice(at)}`
  })
}

/** The settings that stand next to each other around one. */
function runAround(body: readonly string[], index: number, belongs: (line: string) => boolean): string[] {
  const before = body.slice(0, index + 1).findLastIndex((line) => !belongs(line))
  const after = body.findIndex((line, at) => at >= index && !belongs(line))
  return body.slice(before + 1, after === -1 ? body.length : Math.max(after, index + 1))
}
