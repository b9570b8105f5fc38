import type { RoutesAnswer } from '@tunnel-console/shared/addresses'
import { parseIpv4 } from '@tunnel-console/shared/ip'
import { type RouteWorld, type Way, wayOutside, wayTo } from '@tunnel-console/shared/route-lookup'
import { useId } from 'react'
import { useForm } from 'react-hook-form'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { TimeAgo } from '../../ui/time-ago.tsx'
import { type LookOf, WayPanel } from './way-panel.tsx'

/** What is asked. It lives in the URL. */
export interface Asked {
  /** The destination. */
  to?: string
  /** The id of a tunnel that is thought away. */
  without?: string
}

interface DestinationProps {
  asked: Asked
  onAsk: (asked: Asked) => void
  answer: RoutesAnswer
  world: Omit<RouteWorld, 'routes'>
  lookOf: LookOf
}

/** "Where does 10.29.4.7 go?": which route and tunnel carries it now, and if a tunnel were gone. */
export function Destination({ asked, onAsk, answer, world, lookOf }: DestinationProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4">
      <h2 id={id} className="text-16 font-semibold">
        Where does an address go?
      </h2>
      {answer.routes === null ? (
        <Banner kind="warning" title="The static routes cannot be read">
          The API token may lack the permission. Without them nobody here can tell where an address goes.
        </Banner>
      ) : (
        <>
          <Question key={`${asked.to} ${asked.without}`} asked={asked} onAsk={onAsk} networks={world.networks} />
          {asked.to !== undefined && parseIpv4(asked.to) !== null && (
            <Ways to={asked.to} without={asked.without} world={{ ...world, routes: answer.routes }} lookOf={lookOf} />
          )}
          <Limits fetchedAt={answer.fetchedAt} />
        </>
      )}
    </section>
  )
}

interface QuestionProps {
  asked: Asked
  onAsk: (asked: Asked) => void
  networks: RouteWorld['networks']
}

function Question({ asked, onAsk, networks }: QuestionProps) {
  const form = useForm({ defaultValues: { to: asked.to ?? '', without: asked.without ?? '' } })
  const tunnels = networks
    .filter(({ id }) => id !== null)
    .map(({ id, name }) => ({ value: id ?? '', label: name }))
    .toSorted((one, other) => one.label.localeCompare(other.label))
  const ask = form.handleSubmit(({ to, without }) => {
    const destination = to.trim()
    if (parseIpv4(destination) === null) {
      const message = destination.includes(':')
        ? 'Only IPv4 can be looked up'
        : 'Write an IPv4 address, such as 10.29.4.7'
      form.setError('to', { type: 'console', message }, { shouldFocus: true })
      return
    }
    onAsk({ to: destination, ...(without !== '' && { without }) })
  })
  return (
    <form
      onSubmit={ask}
      noValidate
      aria-label="Where does an address go"
      className="grid max-w-form items-start gap-4 sm:grid-cols-2"
    >
      <TextField
        control={form.control}
        name="to"
        label="Destination"
        isMono
        inputMode="decimal"
        placeholder="10.29.4.7"
      />
      <SelectField
        control={form.control}
        name="without"
        label="If this were gone"
        options={[{ value: '', label: 'Nothing: as it is now' }, ...tunnels]}
      />
      <div>
        <Button type="submit">Show the way</Button>
      </div>
    </form>
  )
}

interface WaysProps {
  to: string
  without: string | undefined
  world: RouteWorld
  lookOf: LookOf
}

function Ways({ to, without, world, lookOf }: WaysProps) {
  const gone = world.networks.find(({ id }) => id === without && without !== undefined)
  return (
    <div role="status" className="flex flex-col gap-6">
      <WayPanel title={`${to} now`} way={wayTo(to, world)} lookOf={lookOf} />
      <Outside title={`${to} in all other data centres`} way={wayOutside(to, world)} lookOf={lookOf} />
      {gone && (
        <>
          <WayPanel title={`${to} without ${gone.name}`} way={wayTo(to, world, without)} lookOf={lookOf} />
          <Outside
            title={`${to} without ${gone.name}, in all other data centres`}
            way={wayOutside(to, world, without)}
            lookOf={lookOf}
          />
          <p className="max-w-[72ch] text-13 text-fg-2">
            Routes through {gone.name} are left out here. The same happens when its inside address changes, since the
            routes’ next hop then leads nowhere. What Cloudflare itself does with such routes is not documented: change
            or delete them first.
          </p>
        </>
      )}
    </div>
  )
}

/** Beside a way by routes that hold in some data centres only: the way where none of them does. */
function Outside({ way, ...props }: { title: string; way: Way | null; lookOf: LookOf }) {
  return way && <WayPanel {...props} way={way} />
}

function Limits({ fetchedAt }: { fetchedAt: string | null }) {
  return (
    <p className="max-w-[72ch] text-13 text-fg-3">
      From the static routes
      {fetchedAt !== null && (
        <>
          , read <TimeAgo at={fetchedAt} />
        </>
      )}
      . Not known here: routes learnt by BGP, which Cloudflare does not list; at which data centre the traffic comes in;
      and health in each data centre, which decides there. A degraded tunnel adds 500,000 to the priority of its routes,
      one that is down 1,000,000.
    </p>
  )
}
