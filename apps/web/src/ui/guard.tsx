import { Component, type ReactNode } from 'react'

interface GuardProps {
  /** What is drawn from. With another the children are tried again. */
  of?: unknown
  /** Draws the part, or what stands in its place once an error came up in a component of it: then there is a `retry`. */
  children: (retry: (() => void) | undefined) => ReactNode
}

interface GuardState {
  of?: unknown
  hasFailed: boolean
}

/**
 * Where an error that comes up while a part is drawn ends, so that what is around the part stays (H11). It catches what a component in it
 * throws, and not `children` itself.
 */
export class Guard extends Component<GuardProps, GuardState> {
  override state: GuardState = { hasFailed: false }

  static getDerivedStateFromError = () => ({ hasFailed: true })

  static getDerivedStateFromProps = ({ of }: GuardProps, before: GuardState) =>
    of === before.of ? null : { of, hasFailed: false }

  retry = () => this.setState({ hasFailed: false })

  override render() {
    return this.props.children(this.state.hasFailed ? this.retry : undefined)
  }
}
