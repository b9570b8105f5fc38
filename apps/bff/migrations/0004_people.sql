CREATE TABLE `attempt` (
	`key` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`since` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `attempt_since` ON `attempt` (`since`);--> statement-breakpoint
CREATE TABLE `known_place` (
	`key` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `known_place_expires` ON `known_place` (`expires_at`);--> statement-breakpoint
CREATE TABLE `user_link` (
	`user_id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`token_hash` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `user_link_token_hash_unique` ON `user_link` (`token_hash`);--> statement-breakpoint
ALTER TABLE `user_role` ADD `disabled_at` text;--> statement-breakpoint
ALTER TABLE `user_role` ADD `last_used_at` text;--> statement-breakpoint
CREATE INDEX `audit_event_at` ON `audit_event` (`at`);