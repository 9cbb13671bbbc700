"""Tables in and out: hostile files kept apart, real ones understood, nothing written that becomes a formula."""
