import { type Question, type Told, workOn } from './travel-work.ts'

const tell = (told: Told) => self.postMessage(told)

self.addEventListener('message', ({ data }: MessageEvent<{ number: number; question: Question }>) => {
  const { number, question } = data
  void workOn(question, (progress) => tell({ number, progress })).then((answer) => tell({ number, answer }))
})
