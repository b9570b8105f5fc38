import type { DBAdapter, Where } from 'better-auth'
import { hashToken } from './token.ts'

/**
 * better-auth's database adapter, but session tokens rest as SHA-256 only (S29): a stolen database holds nobody's cookie.
 *
 * better-auth stores and looks up the token itself, so it is hashed on the way in, and in what comes back the caller's own
 * token takes the hash's place. A row found by another field keeps the hash, which opens nothing.
 */
export function withHashedTokens(adapter: DBAdapter): DBAdapter {
  const wrapped: DBAdapter = {
    ...adapter,
    async create<T extends Record<string, unknown>, R = T>(query: CreateQuery<T>) {
      if (query.model !== 'session') return adapter.create<T, R>(query)
      const row = await adapter.create<T, R>({ ...query, data: await hashed(query.data) })
      return withToken(row, query.data)
    },
    async findOne<T>(query: Parameters<DBAdapter['findOne']>[0]) {
      return restored(await adapter.findOne<T>(await hashedWhere(query)), query)
    },
    async findMany<T>(query: Parameters<DBAdapter['findMany']>[0]) {
      const rows = await adapter.findMany<T>(await hashedWhere(query))
      return Promise.all(rows.map((row) => restored(row, query)))
    },
    async update<T>(query: Parameters<DBAdapter['update']>[0]) {
      return restored(await adapter.update<T>(await hashedUpdate(query)), query)
    },
    async consumeOne<T>(query: Parameters<DBAdapter['consumeOne']>[0]) {
      return restored(await adapter.consumeOne<T>(await hashedWhere(query)), query)
    },
    count: async (query) => adapter.count(await hashedWhere(query)),
    updateMany: async (query) => adapter.updateMany(await hashedUpdate(query)),
    delete: async (query) => adapter.delete(await hashedWhere(query)),
    deleteMany: async (query) => adapter.deleteMany(await hashedWhere(query)),
    incrementOne: async (query) => adapter.incrementOne(await hashedWhere(query)),
    // The adapter's own would hand out itself, without the hashing. There are no real transactions on D1 anyway.
    transaction: (callback) => callback(wrapped),
  }
  return wrapped
}

interface CreateQuery<T> {
  model: string
  data: Omit<T, 'id'>
  select?: string[] | undefined
  forceAllowId?: boolean | undefined
}

interface Query {
  model: string
  where?: Where[] | undefined
}

async function hashedWhere<Q extends Query>(query: Q): Promise<Q> {
  if (query.model !== 'session' || !query.where) return query
  return { ...query, where: await Promise.all(query.where.map(hashedCondition)) }
}

async function hashedCondition(condition: Where): Promise<Where> {
  const { field, value } = condition
  if (field !== 'token') return condition
  if (typeof value === 'string') return { ...condition, value: await hashToken(value) }
  if (!Array.isArray(value)) throw new TypeError('A session token is looked up by its text')
  return { ...condition, value: await Promise.all(value.map((token) => hashToken(String(token)))) }
}

async function hashedUpdate<Q extends Query & { update: Record<string, unknown> }>(query: Q): Promise<Q> {
  const by = await hashedWhere(query)
  return query.model === 'session' ? { ...by, update: await hashed(query.update) } : by
}

async function hashed<T extends object>(data: T): Promise<T> {
  return 'token' in data && typeof data.token === 'string' ? { ...data, token: await hashToken(data.token) } : data
}

/** Puts the caller's own token back into a row that was found by it. */
async function restored<T>(row: T, query: Query): Promise<T> {
  if (query.model !== 'session' || !hasToken(row)) return row
  const tokens = query.where?.filter(({ field }) => field === 'token').flatMap(({ value }) => value) ?? []
  for (const token of tokens) {
    if (typeof token === 'string' && (await hashToken(token)) === row.token) return { ...row, token }
  }
  return row
}

function withToken<R>(row: R, data: object): R {
  return hasToken(row) && 'token' in data ? { ...row, token: data.token } : row
}

function hasToken(row: unknown): row is { token: unknown } {
  return typeof row === 'object' && row !== null && 'token' in row
}
