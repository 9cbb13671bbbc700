DROP TRIGGER helper_link_no_gap ON helper_link;
DROP TRIGGER pairing_has_first ON pairing;
DROP FUNCTION check_first_link();
ALTER TABLE helper_link DROP CONSTRAINT helper_link_one_first;
DROP TYPE uuid_range;
