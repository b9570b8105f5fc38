import { Lab } from './lab.ts'
import { checkSyntax, layNetwork, type Recording, raiseTunnel, refuseWrongKey, speakBird, speakFrr } from './steps.ts'

/**
 * Everything in turn, and everything taken away again, whatever happens. Throws with what was seen where something is not as it
 * must be. Needs what `lacking` asks for. The short form leaves out the session by FRR, whose file is still read.
 */
export async function tryOut(note: (line: string) => void, isShort = false): Promise<Recording> {
  const lab = new Lab()
  const stop = () => void lab.close().then(() => process.exit(130))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    await checkSyntax(lab, note)
    const names = layNetwork(lab)
    const { customer, sas } = await raiseTunnel(lab, names, note)
    const protocols = await speakBird(lab, names, note)
    if (!isShort) await speakFrr(lab, names, note)
    return { sas, protocols, wrongKey: refuseWrongKey(lab, customer, note) }
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    await lab.close()
  }
}
