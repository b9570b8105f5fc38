import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/**
 * The tables of better-auth 1.7, in the shape that its drizzle adapter asks for: the property names are better-auth's
 * field names, and dates are milliseconds, as its own generator makes them for SQLite.
 */
const moment = (name: string) => integer(name, { mode: 'timestamp_ms' })

export const user = sqliteTable('user', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  /** Always lower case: better-auth folds it before it stores and before it looks up. */
  email: text('email').notNull().unique(),
  emailVerified: integer('email_verified', { mode: 'boolean' }).notNull().default(false),
  image: text('image'),
  createdAt: moment('created_at').notNull(),
  updatedAt: moment('updated_at').notNull(),
})

export const session = sqliteTable(
  'session',
  {
    id: text('id').primaryKey(),
    expiresAt: moment('expires_at').notNull(),
    /** SHA-256 of what the cookie holds, never the cookie's value itself (S29). */
    token: text('token').notNull().unique(),
    createdAt: moment('created_at').notNull(),
    /** When a person last did something under it, to the minute: the idle time runs from here (S32). */
    updatedAt: moment('updated_at').notNull(),
    ipAddress: text('ip_address'),
    /** Such as "Firefox on Linux"; what the browser really sent is not kept. */
    userAgent: text('user_agent'),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
  },
  (table) => [index('session_user').on(table.userId)],
)

/** A way to sign in. Today only `credential`, which carries the scrypt hash. The token columns are better-auth's, for OIDC. */
export const account = sqliteTable(
  'account',
  {
    id: text('id').primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => user.id, { onDelete: 'cascade' }),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: moment('access_token_expires_at'),
    refreshTokenExpiresAt: moment('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [index('account_user').on(table.userId)],
)

export const verification = sqliteTable(
  'verification',
  {
    id: text('id').primaryKey(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: moment('expires_at').notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [index('verification_identifier').on(table.identifier)],
)

/** Attempts for each client address and path. In the database, so that a restart or a second Worker does not forget them. */
export const rateLimit = sqliteTable('rate_limit', {
  id: text('id').primaryKey(),
  key: text('key').notNull().unique(),
  count: integer('count').notNull(),
  lastRequest: integer('last_request').notNull(),
})
