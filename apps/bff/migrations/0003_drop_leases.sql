DROP TABLE `idempotent_answer`;--> statement-breakpoint
DROP TABLE `write_lock`;