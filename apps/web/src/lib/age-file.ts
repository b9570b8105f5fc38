/** Loads what encrypts, ahead of the moment when it is needed: the network may be gone by then. */
export const loadAge = () => import('age-encryption')

/** A file in the age format (age-encryption.org/v1), which `age -d` opens with the passphrase. Nothing else has it. */
export async function encryptWithPassphrase(text: string, passphrase: string): Promise<Blob> {
  const { Encrypter } = await loadAge()
  const encrypter = new Encrypter()
  // 2^16 and not the library's 2^18: this is JavaScript on somebody's phone, and the passphrase has been weighed before.
  encrypter.setScryptWorkFactor(16)
  encrypter.setPassphrase(passphrase)
  const sealed = await encrypter.encrypt(text)
  return new Blob([new Uint8Array(sealed)], { type: 'application/octet-stream' })
}
