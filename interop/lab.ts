import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Program, placeOf } from './lacking.ts'

/** What a command said, and how it ended. */
export interface Said {
  status: number
  text: string
}

/**
 * A place for one run: a folder, network namespaces and processes of its own. `close` ends what it started, by pid, and takes
 * the namespaces and the folder away; it may be called at any time and more than once.
 */
export class Lab {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'interop-'))
  readonly #namespaces: string[] = []
  readonly #processes: ChildProcess[] = []

  /** Makes a namespace with `lo` up, and gives its name on this machine, which no other run has. */
  namespace(name: string): string {
    const unique = `${name}-${process.pid}`
    this.must('ip', ['netns', 'add', unique])
    this.#namespaces.push(unique)
    mkdirSync(this.file(name, ''), { recursive: true })
    this.must('ip', ['link', 'set', 'lo', 'up'], unique)
    return unique
  }

  file(...parts: string[]): string {
    return path.join(this.folder, ...parts)
  }

  /** Writes a file that only root reads, since it may hold a key. */
  write(file: string, text: string): string {
    writeFileSync(file, text, { mode: 0o600 })
    chmodSync(file, 0o600)
    return file
  }

  /** The end of a log, for an error. */
  tail(file: string): string {
    return existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(-40).join('\n') : ''
  }

  /** Runs a program to its end, ten seconds at most, within a namespace where one is named. */
  run(program: Program, args: readonly string[], namespace?: string, env: Record<string, string> = {}): Said {
    const [command = '', ...rest] = commandOf(program, args, namespace)
    const { status, stdout, stderr } = spawnSync(command, rest, {
      encoding: 'utf8',
      timeout: 10_000,
      env: { ...process.env, ...env },
    })
    return { status: status ?? -1, text: `${stdout ?? ''}${stderr ?? ''}` }
  }

  /** The same where nothing else than success makes sense. */
  must(program: Program, args: readonly string[], namespace?: string): string {
    const { status, text } = this.run(program, args, namespace)
    if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${text.trim()}`)
    return text
  }

  /** Starts a program that goes on until the lab closes. */
  start(program: Program, args: readonly string[], namespace: string, env: Record<string, string> = {}): ChildProcess {
    const [command = '', ...rest] = commandOf(program, args, namespace)
    const child = spawn(command, rest, { stdio: 'ignore', env: { ...process.env, ...env } })
    this.#processes.push(child)
    return child
  }

  async close(): Promise<void> {
    await Promise.all(this.#processes.splice(0).map(ended))
    for (const namespace of this.#namespaces.splice(0)) this.run('ip', ['netns', 'delete', namespace])
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** `ip netns exec` becomes the program, so that the pid of the child is the program's own. */
function commandOf(program: Program, args: readonly string[], namespace?: string): string[] {
  const place = placeOf(program) ?? program
  return namespace === undefined
    ? [place, ...args]
    : [placeOf('ip') ?? 'ip', 'netns', 'exec', namespace, place, ...args]
}

/** Asks a process to end, and no longer asks after five seconds. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), 5000)
  await exit
  clearTimeout(force)
}

/** Asks again and again until there is a value, and gives it. Throws with the last sight when `ms` have passed. */
export async function until<T>(what: string, look: () => T | null, sight: () => string, ms = 20_000): Promise<T> {
  const end = performance.now() + ms
  for (;;) {
    const found = look()
    if (found !== null) return found
    if (performance.now() > end) throw new Error(`Waited ${ms / 1000} s in vain: ${what}\n${sight()}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
