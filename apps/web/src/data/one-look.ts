/** For what is asked once each time that a dialog opens: never by itself again, and not kept. */
export const oneLook = {
  retry: false,
  gcTime: 0,
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const
