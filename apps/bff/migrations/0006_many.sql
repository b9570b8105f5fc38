CREATE TABLE `handoff` (
	`id` text PRIMARY KEY NOT NULL,
	`tunnel_id` text NOT NULL,
	`name` text NOT NULL,
	`by` text NOT NULL,
	`ciphertext` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`opened_at` integer,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE TABLE `job` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`why` text,
	`by` text NOT NULL,
	`reason` text,
	`options` text NOT NULL,
	`request_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`starts_at` integer,
	`started_at` integer,
	`ended_at` integer,
	`batch` text
);
--> statement-breakpoint
CREATE INDEX `job_state` ON `job` (`state`,`created_at`);
--> statement-breakpoint
CREATE TABLE `job_row` (
	`job_id` text NOT NULL,
	`position` integer NOT NULL,
	`tunnel_id` text NOT NULL,
	`name` text NOT NULL,
	`change` text NOT NULL,
	`state` text NOT NULL,
	`attempt` integer DEFAULT 0 NOT NULL,
	`changes` text DEFAULT '[]' NOT NULL,
	`problem` text,
	`audit_id` text,
	PRIMARY KEY(`job_id`, `position`),
	FOREIGN KEY (`job_id`) REFERENCES `job`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `job_row_state` ON `job_row` (`job_id`,`state`);
--> statement-breakpoint
CREATE TABLE `tunnel_version` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`tunnel_id` text NOT NULL,
	`name` text NOT NULL,
	`at` text NOT NULL,
	`by` text NOT NULL,
	`audit_id` text,
	`before` text,
	`after` text
);
--> statement-breakpoint
CREATE INDEX `tunnel_version_tunnel` ON `tunnel_version` (`tunnel_id`,`seq`);
--> statement-breakpoint
CREATE UNIQUE INDEX `tunnel_version_audit` ON `tunnel_version` (`audit_id`);
--> statement-breakpoint
CREATE TABLE `undo` (
	`id` text PRIMARY KEY NOT NULL,
	`group_id` text NOT NULL,
	`tunnel_id` text NOT NULL,
	`name` text NOT NULL,
	`by` text NOT NULL,
	`patch` text NOT NULL,
	`changes` text NOT NULL,
	`before` text NOT NULL,
	`state` text NOT NULL,
	`minutes` integer NOT NULL,
	`version` text,
	`due_at` integer NOT NULL,
	`ended_at` integer,
	`why` text,
	`attempt` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `undo_state` ON `undo` (`state`,`due_at`);
--> statement-breakpoint
CREATE INDEX `undo_group` ON `undo` (`group_id`);
