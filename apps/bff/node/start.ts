import { enableCompileCache } from 'node:module'
import path from 'node:path'

// What was compiled once is kept beside the program, where only who may change the program can write. Where nobody can,
// each start compiles anew.
enableCompileCache(path.join(import.meta.dirname, '.compiled'))
await import('./main.ts')
