CREATE TABLE `address_hold` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`by` text NOT NULL,
	`draft_id` text NOT NULL,
	`interface_address` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `address_hold_draft` ON `address_hold` (`user_id`,`draft_id`);--> statement-breakpoint
CREATE TABLE `address_hold_slot` (
	`slot` integer PRIMARY KEY NOT NULL,
	`hold_id` text NOT NULL,
	FOREIGN KEY (`hold_id`) REFERENCES `address_hold`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `address_hold_slot_hold` ON `address_hold_slot` (`hold_id`);