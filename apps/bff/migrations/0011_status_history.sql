CREATE TABLE `status_backfill` (
	`tunnel_id` text PRIMARY KEY NOT NULL,
	`before` integer NOT NULL,
	`done` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `status_backfill_done` ON `status_backfill` (`done`);--> statement-breakpoint
CREATE TABLE `status_period` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`tunnel_id` text NOT NULL,
	`state` text NOT NULL,
	`reason` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`is_exact` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `status_period_tunnel` ON `status_period` (`tunnel_id`,`started_at`);--> statement-breakpoint
CREATE INDEX `status_period_ended` ON `status_period` (`ended_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `status_period_open` ON `status_period` (`tunnel_id`) WHERE ended_at IS NULL;--> statement-breakpoint
CREATE TABLE `status_seen` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
