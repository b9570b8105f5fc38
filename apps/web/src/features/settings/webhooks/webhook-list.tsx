import { useMutation } from '@tanstack/react-query'
import { stateWords } from '@tunnel-console/shared/status'
import type { Webhook, WebhookDelivery } from '@tunnel-console/shared/webhooks'
import { CircleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { changeWebhook, deleteWebhook, testWebhook } from '../../../data/webhooks.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { ErrorPanel } from '../../../ui/error-panel.tsx'
import { TimeAgo } from '../../../ui/time-ago.tsx'
import { toast } from '../../../ui/toast.ts'

/** Who is told of changes of state, each with what was sent last. */
export function WebhookList({ webhooks }: { webhooks: readonly Webhook[] }) {
  const deleting = useMutation(deleteWebhook())
  const [asked, setAsked] = useState<Webhook | null>(null)
  if (webhooks.length === 0) {
    return (
      <p className="max-w-text text-14 text-fg-2">
        No webhooks yet. Nobody is told when a tunnel goes down. Add the address of a chat, an alerting service or a
        script.
      </p>
    )
  }
  return (
    <div className="flex max-w-220 flex-col gap-4">
      {deleting.error && deleting.error.problem.status !== 401 && (
        <ErrorPanel problem={deleting.error.problem} isAlert />
      )}
      <ul aria-label="Webhooks" className="flex flex-col gap-4">
        {webhooks.map((webhook) => (
          <WebhookCard key={webhook.id} webhook={webhook} onDelete={() => setAsked(webhook)} />
        ))}
      </ul>
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title="Delete this webhook?"
        description={`${asked?.url ?? ''} is told nothing any more. ${waitingWords(asked?.waiting ?? 0)}`}
        cancelLabel="Keep it"
        confirmLabel="Delete webhook"
        isDanger
        onConfirm={() => {
          if (asked) deleting.mutate(asked.id, { onSuccess: () => toast('The webhook was deleted') })
          setAsked(null)
        }}
      />
    </div>
  )
}

function WebhookCard({ webhook, onDelete }: { webhook: Webhook; onDelete: () => void }) {
  const { id, url, states, isEnabled, by, createdAt, waiting, deliveries } = webhook
  const testing = useMutation(testWebhook())
  const changing = useMutation(changeWebhook())
  const error = testing.error ?? changing.error
  return (
    <li className="flex flex-col gap-3 rounded-m border border-line p-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1 basis-64">
          <p className="flex flex-wrap items-center gap-x-2 text-14 font-medium">
            <span className="mono break-all">{url}</span>
            {!isEnabled && <Badge>Off</Badge>}
            {waiting > 0 && <Badge tone="degraded">{`${waiting} waiting`}</Badge>}
          </p>
          <p className="text-13 text-fg-2">{states.map((state) => stateWords[state]).join(', ')}</p>
          <p className="text-13 text-fg-3 [overflow-wrap:anywhere]">
            by {by}, <TimeAgo at={createdAt} />
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button size="small" busy={testing.isPending} onClick={() => testing.mutate(id)}>
            Send a test
          </Button>
          <Button
            size="small"
            busy={changing.isPending}
            onClick={() => changing.mutate({ id, patch: { isEnabled: !isEnabled } })}
          >
            {isEnabled ? 'Switch off' : 'Switch on'}
          </Button>
          <Button size="small" aria-label={`Delete ${url}`} onClick={onDelete}>
            Delete
          </Button>
        </div>
      </div>
      {error && error.problem.status !== 401 && <ErrorPanel problem={error.problem} isAlert />}
      {isEnabled && <Failing deliveries={deliveries} />}
      <div role="status" className="text-14 empty:hidden">
        {testing.data && <Result delivery={testing.data} />}
      </div>
      <Deliveries deliveries={deliveries} />
    </li>
  )
}

function Result({ delivery: { state, status, problem } }: { delivery: WebhookDelivery }) {
  if (state === 'delivered') return `The test arrived: it answered ${status}.`
  return <Wrong>{`The test did not arrive. ${problem}.`}</Wrong>
}

/** What stands between a receiver and its messages, where one does: the last one that was tried says so. */
function Failing({ deliveries }: { deliveries: readonly WebhookDelivery[] }) {
  const last = deliveries.filter(({ isTest, triedAt }) => !isTest && triedAt !== null).toSorted(byTry)[0]
  if (!last || last.state === 'delivered') return null
  const { state, problem, triedAt, createdAt } = last
  return (
    <Wrong>
      {state === 'waiting'
        ? 'Messages do not arrive. '
        : 'The last message did not arrive within a day and was given up. '}
      {problem}; last tried <TimeAgo at={triedAt ?? createdAt} />.
      {state === 'waiting' && ' It is tried again, for a day in all.'}
    </Wrong>
  )
}

const byTry = (a: WebhookDelivery, b: WebhookDelivery) => (b.triedAt ?? '').localeCompare(a.triedAt ?? '')

function Wrong({ children }: { children: ReactNode }) {
  return (
    <p className="flex items-start gap-1.5 text-14 text-down-fg">
      <CircleAlert aria-hidden size={16} className="mt-0.5 shrink-0" />
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </p>
  )
}

function Deliveries({ deliveries }: { deliveries: readonly WebhookDelivery[] }) {
  if (deliveries.length === 0) return <p className="text-13 text-fg-3">Nothing has been sent yet.</p>
  return (
    <details>
      <summary className="cursor-pointer text-13 text-fg-2 pointer-coarse:min-h-11">Last messages</summary>
      <ul aria-label="Last messages" className="mt-2 border-t border-line">
        {deliveries.map((delivery) => (
          <li key={delivery.id} className="flex flex-wrap items-baseline gap-x-3 border-b border-line py-1.5 text-13">
            <Badge tone={toneOf(delivery)}>{stateOf(delivery)}</Badge>
            <span>{delivery.isTest ? 'Test' : changesWords(delivery.changes)}</span>
            {delivery.problem && <span className="[overflow-wrap:anywhere] text-fg-2">{delivery.problem}</span>}
            {delivery.attempts > 1 && <span className="text-fg-3">{delivery.attempts} attempts</span>}
            <span className="text-fg-3">
              <TimeAgo at={delivery.triedAt ?? delivery.createdAt} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function toneOf({ state }: WebhookDelivery) {
  return state === 'delivered' ? 'up' : state === 'waiting' ? 'establishing' : 'down'
}

function stateOf({ state, status }: WebhookDelivery): string {
  if (state === 'delivered') return `Delivered, ${status}`
  return state === 'waiting' ? 'Waiting' : 'Given up'
}

const changesWords = (changes: number) => (changes === 1 ? '1 change' : `${changes} changes`)

const waitingWords = (waiting: number) =>
  waiting === 0
    ? ''
    : waiting === 1
      ? 'The message that waits is dropped.'
      : `The ${waiting} messages that wait are dropped.`
