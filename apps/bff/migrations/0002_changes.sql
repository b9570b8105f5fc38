CREATE TABLE `change_intent` (
	`id` text PRIMARY KEY NOT NULL,
	`phase` text NOT NULL,
	`user_id` text NOT NULL,
	`key` text,
	`request_hash` text NOT NULL,
	`lock` text NOT NULL,
	`change` text NOT NULL,
	`facts` text,
	`outcome` text,
	`actor` text NOT NULL,
	`request_id` text NOT NULL,
	`boot` text NOT NULL,
	`fence` integer NOT NULL,
	`created_at` integer NOT NULL,
	`sent_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `change_intent_key` ON `change_intent` (`user_id`,`key`);--> statement-breakpoint
CREATE UNIQUE INDEX `change_intent_sending` ON `change_intent` (`lock`) WHERE phase = 'sending';--> statement-breakpoint
CREATE INDEX `change_intent_phase` ON `change_intent` (`phase`,`created_at`);--> statement-breakpoint
CREATE TABLE `change_owner` (
	`id` integer PRIMARY KEY NOT NULL,
	`boot` text NOT NULL,
	`fence` integer NOT NULL
);
