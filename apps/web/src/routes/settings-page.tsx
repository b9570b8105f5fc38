import { useQuery } from '@tanstack/react-query'
import { settingsQuery } from '../data/settings.ts'
import { SettingsForm } from '../features/settings/settings-form.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { SkeletonRows } from '../ui/skeleton.tsx'
import { SettingsPages } from './settings-pages.tsx'

export function SettingsPage() {
  const { data, error, isFetching, refetch } = useQuery(settingsQuery())
  return (
    <>
      <PageHeader title="Settings" description="For everybody who uses this console. A change acts at once." />
      <SettingsPages />
      {!data && !error && <SkeletonRows label="Loading settings" rows={3} />}
      {!data && error && <ErrorPanel problem={error.problem} onRetry={() => void refetch()} isRetrying={isFetching} />}
      {data && <SettingsForm settings={data} />}
    </>
  )
}
