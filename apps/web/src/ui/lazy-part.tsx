import { type ComponentType, useDeferredValue, useEffect } from 'react'
import { createStore, type Store, useStore } from '../lib/store.ts'

export interface MissingProps<Props> {
  /** Loads it again. Never fails; what comes of it shows by itself. */
  retry: () => Promise<void>
  props: Props
}

interface Loaded<Props> {
  Part: ComponentType<Props> | null
  isMissing: boolean
}

interface LazyPartLooks<Props> {
  /** In its place while it loads. */
  Waiting?: ComponentType<Props> | undefined
  /** In its place when it could not be loaded. */
  Missing: ComponentType<MissingProps<Props>>
  /**
   * What stands in its place does until somebody calls for it: it is loaded by `preload` or, with all others, once the page
   * has come to rest, and not as it is shown.
   */
  isPatient?: boolean
}

/** How often a part could not be loaded: the network is gone, or the server has another build by now. */
export const failedParts = createStore(0)

/** What loads each part. None fails: `failedParts` tells. */
export const parts: (() => Promise<void>)[] = []

/**
 * A part of the page whose code comes later. What cannot be loaded is missing in its own place only: the page around it
 * stays, with all that was typed there (H8). `preload` is what the router calls ahead.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { Waiting, Missing, isPatient = false }: LazyPartLooks<Props>,
) {
  const state = createStore<Loaded<Props>>({ Part: null, isMissing: false })
  let underWay: Promise<void> | null = null
  const take = async () => {
    try {
      const Part = await load()
      state.set({ Part, isMissing: false })
    } catch {
      state.set({ Part: null, isMissing: true })
      failedParts.set((count) => count + 1)
    }
    underWay = null
  }
  const preload = async (): Promise<void> => {
    if (state.get().Part !== null) return
    underWay ??= take()
    await underWay
  }
  parts.push(preload)

  const part = { state, preload, Waiting, Missing, isPatient }
  return Object.assign((props: Props) => <Shown {...part} props={props} />, { preload })
}

interface ShownProps<Props> extends LazyPartLooks<Props> {
  state: Store<Loaded<Props>>
  preload: () => Promise<void>
  props: Props
}

function Shown<Props extends object>({ state, preload, Waiting, Missing, isPatient, props }: ShownProps<Props>) {
  // Drawn in slices when it comes: nobody waits for it.
  const { Part, isMissing } = useDeferredValue(useStore(state))
  // Loading code is outside React.
  useEffect(() => {
    if (!isPatient) void preload()
  }, [preload, isPatient])
  if (Part) return <Part {...props} />
  if (isMissing) return <Missing retry={preload} props={props} />
  return Waiting ? <Waiting {...props} /> : null
}
