import { z } from 'zod'

// In a browser zod would try `new Function` to see whether it may compile its parsers. Our content security policy forbids
// that and reports the attempt, so it is told not to try. Servers keep the compiled parsers. An assignment, since bundlers
// take `z.config()` for a call without effect and drop it.
z.core.globalConfig.jitless = 'document' in globalThis

export { z }
