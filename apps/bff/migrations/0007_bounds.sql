ALTER TABLE `job` ADD `request_hash` text;--> statement-breakpoint
CREATE INDEX `job_row_by_state` ON `job_row` (`state`);--> statement-breakpoint
CREATE INDEX `undo_ended` ON `undo` (`ended_at`);