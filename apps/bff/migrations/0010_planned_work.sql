CREATE TABLE `planned_tunnel` (
	`work_id` text NOT NULL,
	`tunnel_id` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`work_id`, `tunnel_id`),
	FOREIGN KEY (`work_id`) REFERENCES `planned_work`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `planned_work` (
	`id` text PRIMARY KEY NOT NULL,
	`text` text NOT NULL,
	`by` text NOT NULL,
	`created_at` integer NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `planned_work_until` ON `planned_work` (`until`);