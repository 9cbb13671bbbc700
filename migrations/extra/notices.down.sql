DROP TRIGGER notice_entry_keeps_its_time ON notice_entry;
DROP FUNCTION notice_entry_keeps_its_time();
