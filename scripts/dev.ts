import { spawn } from 'node:child_process'

// The developer's loop: the BFF restarts when a file of it changes, Vite replaces modules in the browser.
const web = 'http://localhost:5173'
const env = { ...process.env, PORT: process.env['PORT'] ?? '8787', PUBLIC_URL: process.env['PUBLIC_URL'] ?? web }

const children = [
  spawn('node', ['--watch', '--watch-preserve-output', 'apps/bff/node/main.ts'], { stdio: 'inherit', env }),
  spawn('vite', ['apps/web', '--port', '5173', '--strictPort'], {
    stdio: 'inherit',
    env: { ...env, BFF_PORT: env.PORT },
  }),
]

const stop = () => {
  for (const child of children) child.kill('SIGTERM')
}
for (const child of children) child.on('exit', stop)
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
