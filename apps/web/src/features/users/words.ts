import { linkHours } from '@tunnel-console/shared/contract'

const validity = (hours: number) => `Valid for ${hours} hours, works once, and is shown only now.`

/** What is said of the two kinds of one-time link. */
export const linkWords = {
  invite: {
    ask: (name: string) => `New invitation link for ${name}?`,
    means: (name: string) =>
      `A link with which ${name} sets a password and comes in. The link before it stops working.`,
    made: (name: string) => `Invitation for ${name}`,
    validity: validity(linkHours.invite),
  },
  reset: {
    ask: (name: string) => `Reset the password of ${name}?`,
    means: (name: string) =>
      `A link with which ${name} sets a new password. Until it is used, the password of now and all sessions go on; then the sessions end.`,
    made: (name: string) => `New password for ${name}`,
    validity: validity(linkHours.reset),
  },
}
