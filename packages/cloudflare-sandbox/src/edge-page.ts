const titles: Record<number, string> = {
  520: 'Web server is returning an unknown error',
  521: 'Web server is down',
  522: 'Connection timed out',
  524: 'A timeout occurred',
}

/** The page that Cloudflare's edge shows when the origin fails. With any status, 200 included. */
export function edgePage(status: number): Response {
  const title = titles[status] ?? 'Error'
  const html = `<!DOCTYPE html>
<html lang="en-US">
<head><title>api.cloudflare.com | ${status}: ${title}</title><meta charset="UTF-8" /></head>
<body>
<div id="cf-wrapper"><div id="cf-error-details">
<h1><span>${title}</span> <span class="code-label">Error code ${status}</span></h1>
<p>Visit <a href="https://www.cloudflare.com/5xx-error-landing">cloudflare.com</a> for more information.</p>
</div></div>
</body>
</html>
`
  return new Response(html, { status, headers: { 'content-type': 'text/html; charset=UTF-8', server: 'cloudflare' } })
}
