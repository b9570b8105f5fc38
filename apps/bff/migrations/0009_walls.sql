CREATE TABLE `wall_screen` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`by` text NOT NULL,
	`created_at` integer NOT NULL,
	`link_hash` text,
	`link_until` integer NOT NULL,
	`session_hash` text,
	`last_seen_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `wall_screen_link_hash_unique` ON `wall_screen` (`link_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `wall_screen_session_hash_unique` ON `wall_screen` (`session_hash`);