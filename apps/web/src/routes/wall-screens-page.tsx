import { useQuery } from '@tanstack/react-query'
import { MonitorUp } from 'lucide-react'
import { useRef, useState } from 'react'
import { wallScreensQuery } from '../data/walls.ts'
import { AddScreen } from '../features/settings/add-screen.tsx'
import { ScreenList } from '../features/settings/screen-list.tsx'
import { Button } from '../ui/button.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { SettingsPages } from './settings-pages.tsx'
import { WholeList } from './whole-list.tsx'

export function WallScreensPage() {
  const [isAdding, setAdding] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const list = useQuery(wallScreensQuery())
  return (
    <>
      <PageHeader
        title="Wall screens"
        description="Screens that show the state of every tunnel, and may do nothing else. One stays signed in until it is revoked."
        actions={
          <>
            <LinkButton to="/wall">Look at the wall</LinkButton>
            <Button
              ref={opener}
              kind="primary"
              icon={<MonitorUp aria-hidden size={16} />}
              onClick={() => setAdding(true)}
            >
              Add a screen
            </Button>
          </>
        }
      />
      <SettingsPages />
      <WholeList query={list} label="Loading screens">
        {(screens) => <ScreenList screens={screens} />}
      </WholeList>
      {isAdding && <AddScreen opener={opener} onClose={() => setAdding(false)} />}
    </>
  )
}
