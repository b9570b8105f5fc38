import { z } from 'zod'
import { wordsFor } from './zod-words.ts'

// In a browser zod would try `new Function` to see whether it may compile its parsers. Our content security policy forbids
// that and reports the attempt, so it is told not to try. Servers keep the compiled parsers. An assignment, since bundlers
// take `z.config()` for a call without effect and drop it.
z.core.globalConfig.jitless = 'document' in globalThis
// Rules have words of their own where there is more to say; what has none must not speak zod's language to people.
z.core.globalConfig.customError = wordsFor

export { z }
