import { fairBits, secretBits, strengthOf } from '@tunnel-console/shared/key-strength'
import { useEffect, useState } from 'react'
import { encryptWithPassphrase, loadAge } from '../../../lib/age-file.ts'
import { saveFile } from '../../../lib/save-file.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { SecretField } from '../../../ui/secret-field.tsx'
import { useAlone } from '../write/use-alone.ts'
import { identityOf } from './rotate-columns.tsx'
import type { RotatedKey } from './use-rotate.ts'

interface EncryptedDownloadProps {
  rotated: readonly RotatedKey[]
  /** The person is at work with the keys. */
  onUse: () => void
}

/** All keys in one file that only its passphrase opens. It is encrypted here; the passphrase goes nowhere. */
export function EncryptedDownload({ rotated, onUse }: EncryptedDownloadProps) {
  const [passphrase, setPassphrase] = useState('')
  const [isTried, setTried] = useState(false)
  const [outcome, setOutcome] = useState<'idle' | 'busy' | 'saved' | 'failed'>('idle')
  const alone = useAlone()
  // Code comes over a network, which may be gone later.
  useEffect(() => void loadAge().catch(() => undefined), [])
  const complaint = passphraseComplaint(passphrase)
  const save = () => {
    setTried(true)
    onUse()
    if (complaint !== null) return
    void alone(async () => {
      setOutcome('busy')
      try {
        // Deriving the key takes a second of this very thread: what says so must be drawn before.
        await afterPaint()
        saveFile(await encryptWithPassphrase(textOf(rotated), passphrase), fileName())
        setOutcome('saved')
      } catch {
        setOutcome('failed')
      }
    })
  }
  return (
    <section aria-labelledby="download-keys" className="max-w-form">
      <h2 id="download-keys" className="text-16 font-semibold">
        Download all, encrypted
      </h2>
      <p className="mt-0.5 mb-3 text-13 text-fg-3">
        One file in the age format, with the key, peer address and identity of each tunnel as JSON.{' '}
        <span className="mono">age -d</span> and other programs for age open it with the passphrase, which stays in this
        browser.
      </p>
      <div className="flex flex-col gap-3">
        <SecretField
          label="Passphrase"
          hint="Long rather than odd: five or more random words."
          onChange={(text) => {
            setPassphrase(text)
            setOutcome('idle')
          }}
          complaint={isTried ? complaint : null}
          strengthWords={passphraseWords}
          onEnter={save}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button busy={outcome === 'busy'} onClick={save}>
            Download
          </Button>
          <p role="status" className="text-13 text-fg-2">
            {outcome === 'busy' && 'Encrypting…'}
            {outcome === 'saved' && 'Saved. Without the passphrase nobody can open it.'}
          </p>
        </div>
        {outcome === 'failed' && (
          <Banner kind="danger" role="alert">
            The file could not be made: the part of the console that encrypts could not be loaded. Try again, or copy
            the keys one by one.
          </Banner>
        )}
      </div>
    </section>
  )
}

/** Such a file lies about: a passphrase that can be tried out is no lock. */
function passphraseComplaint(passphrase: string): string | null {
  if (passphrase === '') return 'Enter a passphrase'
  const bits = secretBits(passphrase)
  if (bits >= fairBits) return null
  return `Too short: it takes ${bits} bits to write down, and should take ${fairBits} or more. Add words.`
}

function passphraseWords(bits: number): string {
  const strength = strengthOf(bits)
  if (strength === 'weak') return `Too weak for a file: ${bits} of at least ${fairBits} bits.`
  return `${strength === 'fair' ? 'Fair' : 'Strong'}: ${bits} bits at most. A sentence that somebody has said before counts for much less.`
}

/** JSON and not CSV, which would put an apostrophe before a key that looks like a formula. */
function textOf(rotated: readonly RotatedKey[]): string {
  const keys = rotated.flatMap((row) => {
    const { name: tunnel, peerAddress: peer_address } = row.tunnel
    return row.result.psk === undefined
      ? []
      : [{ tunnel, psk: row.result.psk, peer_address, ike_identity: identityOf(row) }]
  })
  return `${JSON.stringify(keys, null, 2)}\n`
}

const fileName = () => `pre-shared-keys-${new Date().toISOString().slice(0, 10)}.json.age`

const afterPaint = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
