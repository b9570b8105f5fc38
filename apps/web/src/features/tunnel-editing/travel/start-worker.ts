import workerUrl from './travel-worker.ts?worker&url'

interface ScriptUrlPolicy {
  createScriptURL(url: string): string
}

declare global {
  interface Window {
    /** The compiler does not know trusted types yet. What a policy makes stands for the text that it was made of. */
    trustedTypes?: { createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy }
  }
}

/**
 * Starts the worker. The page's policy takes no script address that is only text (`require-trusted-types-for`), so one that
 * lets this very address through, and no other, vouches for it. Browsers without trusted types take it as it is.
 */
export function startWorker(): Worker {
  return new Worker(policy ? policy.createScriptURL(workerUrl) : workerUrl, { type: 'module' })
}

const policy = window.trustedTypes?.createPolicy('travel-worker', {
  createScriptURL(url) {
    if (url !== workerUrl) throw new TypeError('This is not the address of the worker')
    return url
  },
})
