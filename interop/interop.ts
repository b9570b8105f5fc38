import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { lacking } from './lacking.ts'
import { tryOut } from './run.ts'

// npm run interop: the generated strongSwan, BIRD and FRR files on real engines. With --record, what the engines said is kept.
const reasons = lacking()
if (reasons.length > 0) {
  console.log(`Not tried: ${reasons.join('; ')}. See interop/README.md.`)
  process.exit(2)
}

const recorded = path.join(import.meta.dirname, '../packages/device-config/test/recorded')
try {
  const recording = await tryOut((line) => console.log(line))
  if (process.argv.includes('--record')) {
    writeFileSync(path.join(recorded, 'swanctl-list-sas.txt'), recording.sas)
    writeFileSync(path.join(recorded, 'birdc-show-protocols-all.txt'), recording.protocols)
    writeFileSync(path.join(recorded, 'swanctl-initiate-wrong-key.txt'), recording.wrongKey)
    console.log(`Kept in ${recorded}`)
  }
  console.log('Everything is as it must be.')
} catch (error) {
  console.log(`FAILED: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
