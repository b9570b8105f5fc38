import './plain.css'
import { createRoot } from 'react-dom/client'
import type { StatusAnswer, TunnelListAnswer } from '../../../packages/shared/src/api.ts'
import { PlainTable } from './plain-table.tsx'

// Both are asked for at once, before anything is drawn.
const answers = ['/tunnels.json', '/status.json'].map(async (path) => (await fetch(path)).json())
const root = document.getElementById('root')

void Promise.all(answers).then(([list, status]: (TunnelListAnswer | StatusAnswer)[]) => {
  if (root) createRoot(root).render(<PlainTable list={list as TunnelListAnswer} status={status as StatusAnswer} />)
})
