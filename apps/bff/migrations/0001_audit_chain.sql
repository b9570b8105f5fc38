DROP INDEX `audit_event_target`;--> statement-breakpoint
DROP INDEX `audit_event_actor`;--> statement-breakpoint
ALTER TABLE `audit_event` ADD `entry_seq` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `audit_event` ADD `problem_causes` text;--> statement-breakpoint
ALTER TABLE `audit_event` ADD `times` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `audit_event` ADD `prev` text;--> statement-breakpoint
ALTER TABLE `audit_event` ADD `hash` text;--> statement-breakpoint
CREATE UNIQUE INDEX `audit_event_prev` ON `audit_event` (`prev`);--> statement-breakpoint
CREATE INDEX `audit_event_entry` ON `audit_event` (`entry_seq`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_event_action` ON `audit_event` (`action`,`entry_seq`);--> statement-breakpoint
CREATE INDEX `audit_event_outcome` ON `audit_event` (`outcome`,`entry_seq`);--> statement-breakpoint
CREATE INDEX `audit_event_target` ON `audit_event` (`target_id`,`entry_seq`);--> statement-breakpoint
CREATE INDEX `audit_event_actor` ON `audit_event` (`actor_email`,`entry_seq`);--> statement-breakpoint
UPDATE `audit_event` SET `entry_seq` = `seq`;--> statement-breakpoint
CREATE TRIGGER `audit_event_no_update` BEFORE UPDATE ON `audit_event` BEGIN
	SELECT RAISE(ABORT, 'the audit log is append-only');
END;--> statement-breakpoint
CREATE TRIGGER `audit_event_no_delete` BEFORE DELETE ON `audit_event` BEGIN
	SELECT RAISE(ABORT, 'the audit log is append-only');
END;--> statement-breakpoint
-- INSERT OR REPLACE deletes the row in its way without asking the trigger above.
CREATE TRIGGER `audit_event_no_replace` BEFORE INSERT ON `audit_event`
WHEN NEW.`prev` IS NULL OR NEW.`hash` IS NULL OR EXISTS (
	SELECT 1 FROM `audit_event` WHERE `seq` = NEW.`seq` OR `id` = NEW.`id` OR `prev` = NEW.`prev`
)
BEGIN
	SELECT RAISE(ABORT, 'the audit log is append-only');
END;
