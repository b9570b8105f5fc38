import { useQuery } from '@tanstack/react-query'
import { Webhook } from 'lucide-react'
import { useRef, useState } from 'react'
import { webhooksQuery } from '../data/webhooks.ts'
import { AddWebhook } from '../features/settings/webhooks/add-webhook.tsx'
import { WebhookList } from '../features/settings/webhooks/webhook-list.tsx'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { SettingsPages } from './settings-pages.tsx'
import { WholeList } from './whole-list.tsx'

export function WebhooksPage() {
  const [isAdding, setAdding] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const list = useQuery(webhooksQuery())
  return (
    <>
      <PageHeader
        title="Webhooks"
        description="Messages to other systems when tunnels change their state: signed, in order, and tried again for a day."
        actions={
          <Button ref={opener} kind="primary" icon={<Webhook aria-hidden size={16} />} onClick={() => setAdding(true)}>
            Add a webhook
          </Button>
        }
      />
      <SettingsPages />
      <WholeList query={list} label="Loading webhooks">
        {({ webhooks, canSend }) => (
          <>
            {!canSend && <Banner kind="warning">This installation of the console cannot send messages.</Banner>}
            <WebhookList webhooks={webhooks} />
          </>
        )}
      </WholeList>
      {isAdding && <AddWebhook opener={opener} onClose={() => setAdding(false)} />}
    </>
  )
}
