import { mutationOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { endpoints } from '@tunnel-console/shared/contract'
import type { WebhookInput, WebhookPatch } from '@tunnel-console/shared/webhooks'
import { request } from '../lib/api.ts'

/** Who is told of changes of state, and how that went. Read again every 15 s while somebody looks. */
export const webhooksQuery = () =>
  queryOptions({
    queryKey: ['webhooks'],
    queryFn: ({ signal }) => request(endpoints.webhooks, { signal }),
    staleTime: 0,
    refetchInterval: 15_000,
    refetchOnWindowFocus: 'always',
  })

const readAnew = (client: QueryClient) => client.invalidateQueries({ queryKey: webhooksQuery().queryKey })

/** Makes one. Only its caller holds the secret. */
export async function createWebhook(body: WebhookInput) {
  return request(endpoints.createWebhook, { body, cache: 'no-store' })
}

export const changeWebhook = () =>
  mutationOptions({
    mutationFn: ({ id: webhookId, patch }: { id: string; patch: WebhookPatch }) =>
      request(endpoints.changeWebhook, { params: { webhookId }, body: patch }),
    onSettled: (_answer, _error, _asked, _result, { client }) => readAnew(client),
  })

export const deleteWebhook = () =>
  mutationOptions({
    mutationFn: (webhookId: string) => request(endpoints.deleteWebhook, { params: { webhookId } }),
    onSettled: (_answer, _error, _asked, _result, { client }) => readAnew(client),
  })

/** Sends a message that tells nothing, and says how that ended. */
export const testWebhook = () =>
  mutationOptions({
    mutationFn: async (webhookId: string) => (await request(endpoints.testWebhook, { params: { webhookId } })).delivery,
    onSettled: (_answer, _error, _asked, _result, { client }) => readAnew(client),
  })
