CREATE TABLE approval_rule (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	name TEXT NOT NULL, 
	conditions TEXT NOT NULL, 
	approver_role TEXT DEFAULT 'manager' NOT NULL, 
	sequence INTEGER DEFAULT '1' NOT NULL, 
	is_active INTEGER DEFAULT '1' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT approval_rule_id CHECK (length(id) = 36), 
	CONSTRAINT approval_rule_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT approval_rule_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT approval_rule_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT approval_rule_name CHECK (length(name) <= 200 AND trim(name) <> ''), 
	CONSTRAINT approval_rule_conditions CHECK (json_valid(conditions) AND json_type(conditions) = 'array'), 
	CONSTRAINT approval_rule_approver_role CHECK (approver_role IN ('manager', 'director', 'finance', 'admin')), 
	CONSTRAINT approval_rule_is_active CHECK (is_active IN (0, 1))
)
 STRICT;

CREATE UNIQUE INDEX approval_rule_ref ON approval_rule (ref);

CREATE TABLE comp_plan (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	code TEXT NOT NULL, 
	name TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT comp_plan_id CHECK (length(id) = 36), 
	CONSTRAINT comp_plan_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT comp_plan_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT comp_plan_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT comp_plan_code CHECK (length(code) <= 40 AND trim(code) <> ''), 
	CONSTRAINT comp_plan_name CHECK (length(name) <= 200 AND trim(name) <> ''), 
	CONSTRAINT comp_plan_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]')
)
 STRICT;

CREATE UNIQUE INDEX comp_plan_code ON comp_plan (code);

CREATE UNIQUE INDEX comp_plan_ref ON comp_plan (ref);

CREATE TABLE dav_collection (
	name TEXT NOT NULL, 
	url TEXT NOT NULL, 
	user TEXT, 
	kind TEXT NOT NULL, 
	title TEXT, 
	ca_file TEXT, 
	is_insecure INTEGER DEFAULT '0' NOT NULL, 
	takes_new INTEGER DEFAULT '0' NOT NULL, 
	sync_token TEXT, 
	ctag TEXT, 
	seen_seq INTEGER, 
	synced_at TEXT, 
	PRIMARY KEY (name), 
	CONSTRAINT dav_collection_url CHECK (length(url) <= 2000 AND trim(url) <> ''), 
	CONSTRAINT dav_collection_user CHECK (length(user) <= 320), 
	CONSTRAINT dav_collection_kind CHECK (kind IN ('calendar', 'contacts')), 
	CONSTRAINT dav_collection_title CHECK (length(title) <= 200), 
	CONSTRAINT dav_collection_ca_file CHECK (length(ca_file) <= 2000), 
	CONSTRAINT dav_collection_is_insecure CHECK (is_insecure IN (0, 1)), 
	CONSTRAINT dav_collection_takes_new CHECK (takes_new IN (0, 1)), 
	CONSTRAINT dav_collection_sync_token CHECK (length(sync_token) <= 4000), 
	CONSTRAINT dav_collection_ctag CHECK (length(ctag) <= 4000), 
	CONSTRAINT dav_collection_synced_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', synced_at) IS synced_at)
)
 STRICT;

CREATE TABLE dav_conflict (
	id INTEGER NOT NULL, 
	collection TEXT NOT NULL, 
	href TEXT NOT NULL, 
	uid TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	title TEXT NOT NULL, 
	fields TEXT, 
	mine TEXT, 
	theirs TEXT, 
	etag TEXT, 
	at TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT dav_conflict_once UNIQUE (collection, href), 
	CONSTRAINT dav_conflict_kind CHECK (kind IN ('edited', 'deleted_here', 'deleted_there', 'undone')), 
	CONSTRAINT dav_conflict_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
)
 STRICT;

CREATE TABLE dav_item (
	collection TEXT NOT NULL, 
	href TEXT NOT NULL, 
	uid TEXT, 
	etag TEXT, 
	base TEXT, 
	told TEXT, 
	sent TEXT, 
	sent_told TEXT, 
	pulled_by TEXT, 
	problem TEXT, 
	PRIMARY KEY (collection, href)
)
 STRICT;

CREATE INDEX ix_dav_item_uid ON dav_item (uid);

CREATE TABLE external_id (
	id TEXT NOT NULL, 
	table_name TEXT NOT NULL, 
	row_id TEXT NOT NULL, 
	source TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT external_id_once UNIQUE (table_name, source, value), 
	CONSTRAINT external_id_id CHECK (length(id) = 36), 
	CONSTRAINT external_id_table_name CHECK (length(table_name) <= 40 AND trim(table_name) <> ''), 
	CONSTRAINT external_id_row_id CHECK (length(row_id) <= 36 AND trim(row_id) <> ''), 
	CONSTRAINT external_id_source CHECK (length(source) <= 80 AND trim(source) <> ''), 
	CONSTRAINT external_id_value CHECK (length(value) <= 200 AND trim(value) <> '')
)
 STRICT;

CREATE INDEX ix_external_id_row_id ON external_id (row_id);

CREATE TABLE fx_rate (
	id TEXT NOT NULL, 
	source TEXT NOT NULL, 
	target TEXT NOT NULL, 
	on_day TEXT NOT NULL, 
	rate_e9 INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT fx_rate_id CHECK (length(id) = 36), 
	CONSTRAINT fx_rate_source CHECK (source GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT fx_rate_target CHECK (target GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT fx_rate_on_day CHECK (date(on_day) IS on_day), 
	CONSTRAINT fx_rate_rate_e9 CHECK (rate_e9 >= 1)
)
 STRICT;

CREATE UNIQUE INDEX fx_rate_on ON fx_rate (source, target, on_day);

CREATE TABLE import_profile (
	name TEXT NOT NULL, 
	mapping TEXT NOT NULL, 
	PRIMARY KEY (name)
)
 STRICT;

CREATE TABLE journal_state (
	id INTEGER NOT NULL, 
	operation_id TEXT, 
	at TEXT, 
	is_replay INTEGER DEFAULT '0' NOT NULL, 
	direct_id TEXT, 
	direct_at TEXT, 
	"before" TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT journal_state_once CHECK (id = 1)
);

CREATE TABLE operation (
	id TEXT NOT NULL, 
	at TEXT NOT NULL, 
	hlc TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	device TEXT NOT NULL, 
	verb TEXT NOT NULL, 
	summary TEXT NOT NULL, 
	undoes TEXT REFERENCES operation, 
	undone_by TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT operation_id CHECK (length(id) = 36), 
	CONSTRAINT operation_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at)
)
 STRICT;

CREATE INDEX ix_operation_hlc ON operation (hlc);

CREATE INDEX ix_operation_undoes ON operation (undoes);

CREATE TABLE paper_file (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	table_name TEXT NOT NULL, 
	record_id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	template TEXT NOT NULL, 
	template_sha256 TEXT, 
	language TEXT, 
	media_type TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	name TEXT NOT NULL, 
	made_at TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT paper_file_id CHECK (length(id) = 36), 
	CONSTRAINT paper_file_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT paper_file_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT paper_file_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT paper_file_table_name CHECK (length(table_name) <= 40 AND trim(table_name) <> ''), 
	CONSTRAINT paper_file_record_id CHECK (length(record_id) <= 36 AND trim(record_id) <> ''), 
	CONSTRAINT paper_file_kind CHECK (length(kind) <= 40 AND trim(kind) <> ''), 
	CONSTRAINT paper_file_template CHECK (length(template) <= 200 AND trim(template) <> ''), 
	CONSTRAINT paper_file_template_sha256 CHECK (length(template_sha256) <= 64), 
	CONSTRAINT paper_file_language CHECK (length(language) <= 20), 
	CONSTRAINT paper_file_media_type CHECK (length(media_type) <= 200 AND trim(media_type) <> ''), 
	CONSTRAINT paper_file_sha256 CHECK (length(sha256) <= 64 AND trim(sha256) <> ''), 
	CONSTRAINT paper_file_name CHECK (length(name) <= 200 AND trim(name) <> ''), 
	CONSTRAINT paper_file_made_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', made_at) IS made_at)
)
 STRICT;

CREATE INDEX ix_paper_file_record_id ON paper_file (record_id);

CREATE INDEX ix_paper_file_sha256 ON paper_file (sha256);

CREATE UNIQUE INDEX paper_file_ref ON paper_file (ref);

CREATE TABLE pipeline (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	name TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT pipeline_id CHECK (length(id) = 36), 
	CONSTRAINT pipeline_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT pipeline_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT pipeline_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT pipeline_name CHECK (length(name) <= 200 AND trim(name) <> '')
)
 STRICT;

CREATE UNIQUE INDEX pipeline_ref ON pipeline (ref);

CREATE TABLE price_book (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	name TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	is_tax_inclusive INTEGER DEFAULT '0' NOT NULL, 
	is_standard INTEGER DEFAULT '0' NOT NULL, 
	parent_id TEXT REFERENCES price_book, 
	valid_from TEXT, 
	valid_to TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT price_book_in_order CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to > valid_from), 
	CONSTRAINT price_book_not_own_parent CHECK (parent_id <> id), 
	CONSTRAINT price_book_id CHECK (length(id) = 36), 
	CONSTRAINT price_book_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT price_book_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT price_book_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT price_book_name CHECK (length(name) <= 200 AND trim(name) <> ''), 
	CONSTRAINT price_book_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT price_book_is_tax_inclusive CHECK (is_tax_inclusive IN (0, 1)), 
	CONSTRAINT price_book_is_standard CHECK (is_standard IN (0, 1)), 
	CONSTRAINT price_book_valid_from CHECK (date(valid_from) IS valid_from), 
	CONSTRAINT price_book_valid_to CHECK (date(valid_to) IS valid_to)
)
 STRICT;

CREATE INDEX ix_price_book_parent_id ON price_book (parent_id);

CREATE UNIQUE INDEX price_book_ref ON price_book (ref);

CREATE TABLE price_rule (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	name TEXT NOT NULL, 
	priority INTEGER DEFAULT '0' NOT NULL, 
	condition TEXT, 
	effect TEXT DEFAULT 'percent' NOT NULL, 
	value INTEGER NOT NULL, 
	currency TEXT, 
	is_stackable INTEGER DEFAULT '1' NOT NULL, 
	exclusive_group TEXT, 
	additive_group TEXT, 
	valid_from TEXT, 
	valid_to TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT price_rule_percent CHECK (NOT (effect = 'percent' AND value > 1000000)), 
	CONSTRAINT price_rule_has_currency CHECK (effect = 'percent' OR currency IS NOT NULL), 
	CONSTRAINT price_rule_in_order CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to > valid_from), 
	CONSTRAINT price_rule_id CHECK (length(id) = 36), 
	CONSTRAINT price_rule_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT price_rule_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT price_rule_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT price_rule_name CHECK (length(name) <= 200 AND trim(name) <> ''), 
	CONSTRAINT price_rule_condition CHECK (json_valid(condition) AND json_type(condition) = 'object'), 
	CONSTRAINT price_rule_effect CHECK (effect IN ('percent', 'amount', 'price')), 
	CONSTRAINT price_rule_value CHECK (value >= 0), 
	CONSTRAINT price_rule_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT price_rule_is_stackable CHECK (is_stackable IN (0, 1)), 
	CONSTRAINT price_rule_exclusive_group CHECK (length(exclusive_group) <= 80), 
	CONSTRAINT price_rule_additive_group CHECK (length(additive_group) <= 80), 
	CONSTRAINT price_rule_valid_from CHECK (date(valid_from) IS valid_from), 
	CONSTRAINT price_rule_valid_to CHECK (date(valid_to) IS valid_to)
)
 STRICT;

CREATE UNIQUE INDEX price_rule_ref ON price_rule (ref);

CREATE TABLE search_entry (
	id INTEGER NOT NULL, 
	row_id TEXT NOT NULL, 
	PRIMARY KEY (id)
);

CREATE INDEX search_entry_of_row ON search_entry (row_id);

CREATE TABLE search_queue (
	table_name TEXT NOT NULL, 
	row_id TEXT NOT NULL, 
	PRIMARY KEY (table_name, row_id)
)
 WITHOUT ROWID;

CREATE TABLE search_word (
	word TEXT NOT NULL, 
	count INTEGER NOT NULL, 
	PRIMARY KEY (word)
)
 WITHOUT ROWID;

CREATE TABLE setting (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
)
 STRICT;

CREATE TABLE sync_cursor (
	bucket TEXT NOT NULL, 
	epoch INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	is_writable INTEGER NOT NULL, 
	profile TEXT NOT NULL, 
	PRIMARY KEY (bucket)
)
 WITHOUT ROWID;

CREATE TABLE sync_out (
	n INTEGER NOT NULL, 
	operation_id TEXT NOT NULL, 
	table_name TEXT NOT NULL, 
	row_id TEXT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (n)
)
 STRICT;

CREATE INDEX ix_sync_out_row_id ON sync_out (row_id);

CREATE TABLE sync_row (
	bucket TEXT NOT NULL, 
	table_name TEXT NOT NULL, 
	row_id TEXT NOT NULL, 
	epoch INTEGER NOT NULL, 
	PRIMARY KEY (bucket, table_name, row_id)
)
 WITHOUT ROWID;

CREATE TABLE tag (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	name TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT tag_name_once UNIQUE (name), 
	CONSTRAINT tag_id CHECK (length(id) = 36), 
	CONSTRAINT tag_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT tag_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT tag_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT tag_name CHECK (length(name) <= 60 AND trim(name) <> '')
)
 STRICT;

CREATE UNIQUE INDEX tag_ref ON tag (ref);

CREATE TABLE tax_code (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	name TEXT NOT NULL, 
	code TEXT NOT NULL, 
	category TEXT DEFAULT 'S' NOT NULL, 
	reason TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT tax_code_id CHECK (length(id) = 36), 
	CONSTRAINT tax_code_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT tax_code_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT tax_code_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT tax_code_name CHECK (length(name) <= 200 AND trim(name) <> ''), 
	CONSTRAINT tax_code_code CHECK (length(code) <= 40 AND trim(code) <> ''), 
	CONSTRAINT tax_code_category CHECK (category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')), 
	CONSTRAINT tax_code_reason CHECK (length(reason) <= 500)
)
 STRICT;

CREATE INDEX ix_tax_code_code ON tax_code (code);

CREATE UNIQUE INDEX tax_code_ref ON tax_code (ref);

CREATE TABLE team (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	name TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT team_id CHECK (length(id) = 36), 
	CONSTRAINT team_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT team_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT team_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT team_name CHECK (length(name) <= 200 AND trim(name) <> '')
)
 STRICT;

CREATE UNIQUE INDEX team_ref ON team (ref);

CREATE TABLE territory (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	name TEXT NOT NULL, 
	parent_id TEXT REFERENCES territory, 
	PRIMARY KEY (id), 
	CONSTRAINT territory_not_own_parent CHECK (parent_id <> id), 
	CONSTRAINT territory_id CHECK (length(id) = 36), 
	CONSTRAINT territory_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT territory_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT territory_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT territory_name CHECK (length(name) <= 200 AND trim(name) <> '')
)
 STRICT;

CREATE INDEX ix_territory_parent_id ON territory (parent_id);

CREATE UNIQUE INDEX territory_ref ON territory (ref);

CREATE TABLE app_user (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	name TEXT NOT NULL, 
	email TEXT, 
	role TEXT DEFAULT 'rep' NOT NULL, 
	manager_id TEXT REFERENCES app_user, 
	team_id TEXT REFERENCES team, 
	territory_id TEXT REFERENCES territory, 
	region TEXT, 
	is_active INTEGER DEFAULT '1' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT user_not_own_manager CHECK (manager_id <> id), 
	CONSTRAINT app_user_id CHECK (length(id) = 36), 
	CONSTRAINT app_user_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT app_user_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT app_user_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT app_user_name CHECK (length(name) <= 200 AND trim(name) <> ''), 
	CONSTRAINT app_user_email CHECK (length(email) <= 200), 
	CONSTRAINT app_user_role CHECK (role IN ('rep', 'manager', 'director', 'finance', 'admin')), 
	CONSTRAINT app_user_region CHECK (length(region) <= 200), 
	CONSTRAINT app_user_is_active CHECK (is_active IN (0, 1))
)
 STRICT;

CREATE INDEX ix_app_user_manager_id ON app_user (manager_id);

CREATE INDEX ix_app_user_team_id ON app_user (team_id);

CREATE INDEX ix_app_user_territory_id ON app_user (territory_id);

CREATE UNIQUE INDEX app_user_ref ON app_user (ref);

CREATE TABLE change (
	seq INTEGER NOT NULL, 
	operation_id TEXT NOT NULL REFERENCES operation, 
	table_name TEXT NOT NULL, 
	row_id TEXT NOT NULL, 
	field TEXT, 
	old ANY, 
	new ANY, 
	PRIMARY KEY (seq), 
	CONSTRAINT change_is_insert_or_delete CHECK (field IS NOT NULL OR (old IS NULL) <> (new IS NULL))
)
 STRICT;

CREATE INDEX change_of_row ON change (table_name, row_id);

CREATE INDEX change_removed ON change (table_name) WHERE field IS NULL AND new IS NULL;

CREATE INDEX ix_change_operation_id ON change (operation_id);

CREATE TABLE comp_plan_version (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	plan_id TEXT NOT NULL REFERENCES comp_plan, 
	no INTEGER NOT NULL, 
	valid_from TEXT NOT NULL, 
	valid_to TEXT, 
	terms TEXT NOT NULL, 
	status TEXT DEFAULT 'draft' NOT NULL, 
	content_hash TEXT NOT NULL, 
	published_at TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT comp_plan_version_id CHECK (length(id) = 36), 
	CONSTRAINT comp_plan_version_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT comp_plan_version_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT comp_plan_version_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT comp_plan_version_no CHECK (no >= 1), 
	CONSTRAINT comp_plan_version_valid_from CHECK (date(valid_from) IS valid_from), 
	CONSTRAINT comp_plan_version_valid_to CHECK (date(valid_to) IS valid_to), 
	CONSTRAINT comp_plan_version_terms CHECK (length(terms) <= 65536 AND trim(terms) <> ''), 
	CONSTRAINT comp_plan_version_status CHECK (status IN ('draft', 'published', 'retired')), 
	CONSTRAINT comp_plan_version_content_hash CHECK (length(content_hash) <= 64 AND trim(content_hash) <> ''), 
	CONSTRAINT comp_plan_version_published_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', published_at) IS published_at)
)
 STRICT;

CREATE UNIQUE INDEX comp_plan_version_no ON comp_plan_version (plan_id, no);

CREATE INDEX ix_comp_plan_version_plan_id ON comp_plan_version (plan_id);

CREATE UNIQUE INDEX comp_plan_version_ref ON comp_plan_version (ref);

CREATE TABLE product (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	name TEXT NOT NULL, 
	code TEXT, 
	category TEXT, 
	unit TEXT, 
	price_dec6 INTEGER, 
	cost_dec6 INTEGER, 
	currency TEXT, 
	tax_code_id TEXT REFERENCES tax_code, 
	period TEXT, 
	floor_dec6 INTEGER, 
	min_margin_ppm INTEGER, 
	bundle TEXT, 
	is_active INTEGER DEFAULT '1' NOT NULL, 
	description TEXT, 
	custom TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT product_id CHECK (length(id) = 36), 
	CONSTRAINT product_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT product_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT product_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT product_name CHECK (length(name) <= 200 AND trim(name) <> ''), 
	CONSTRAINT product_code CHECK (length(code) <= 80), 
	CONSTRAINT product_category CHECK (length(category) <= 200), 
	CONSTRAINT product_unit CHECK (length(unit) <= 40), 
	CONSTRAINT product_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT product_period CHECK (period IN ('month', 'quarter', 'half', 'year')), 
	CONSTRAINT product_floor_dec6 CHECK (floor_dec6 >= 0), 
	CONSTRAINT product_min_margin_ppm CHECK (min_margin_ppm >= 0 AND min_margin_ppm <= 1000000), 
	CONSTRAINT product_bundle CHECK (length(bundle) <= 200), 
	CONSTRAINT product_is_active CHECK (is_active IN (0, 1)), 
	CONSTRAINT product_description CHECK (length(description) <= 65536), 
	CONSTRAINT product_custom CHECK (json_valid(custom) AND json_type(custom) = 'object')
)
 STRICT;

CREATE INDEX ix_product_code ON product (code);

CREATE INDEX ix_product_tax_code_id ON product (tax_code_id);

CREATE UNIQUE INDEX product_ref ON product (ref);

CREATE TABLE record_tag (
	id TEXT NOT NULL, 
	table_name TEXT NOT NULL, 
	row_id TEXT NOT NULL, 
	tag_id TEXT NOT NULL REFERENCES tag, 
	PRIMARY KEY (id), 
	CONSTRAINT tag_on_record_once UNIQUE (table_name, row_id, tag_id), 
	CONSTRAINT record_tag_id CHECK (length(id) = 36), 
	CONSTRAINT record_tag_table_name CHECK (length(table_name) <= 40 AND trim(table_name) <> ''), 
	CONSTRAINT record_tag_row_id CHECK (length(row_id) <= 36 AND trim(row_id) <> '')
)
 STRICT;

CREATE INDEX ix_record_tag_tag_id ON record_tag (tag_id);

CREATE TABLE stage (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	pipeline_id TEXT NOT NULL REFERENCES pipeline, 
	seq INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	type TEXT DEFAULT 'open' NOT NULL, 
	probability_ppm INTEGER NOT NULL, 
	category TEXT NOT NULL, 
	rot_days INTEGER, 
	exit_checklist TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT stage_id CHECK (length(id) = 36), 
	CONSTRAINT stage_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT stage_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT stage_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT stage_name CHECK (length(name) <= 200 AND trim(name) <> ''), 
	CONSTRAINT stage_type CHECK (type IN ('open', 'on_hold', 'won', 'lost')), 
	CONSTRAINT stage_probability_ppm CHECK (probability_ppm >= 0 AND probability_ppm <= 1000000), 
	CONSTRAINT stage_category CHECK (category IN ('pipeline', 'best_case', 'commit', 'closed', 'omitted')), 
	CONSTRAINT stage_rot_days CHECK (rot_days >= 1), 
	CONSTRAINT stage_exit_checklist CHECK (json_valid(exit_checklist) AND json_type(exit_checklist) = 'array')
)
 STRICT;

CREATE INDEX ix_stage_pipeline_id ON stage (pipeline_id);

CREATE UNIQUE INDEX stage_ref ON stage (ref);

CREATE TABLE tax_rate (
	id TEXT NOT NULL, 
	tax_code_id TEXT NOT NULL REFERENCES tax_code, 
	jurisdiction TEXT, 
	rate_ppm INTEGER NOT NULL, 
	valid_from TEXT, 
	valid_to TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT tax_rate_in_order CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to > valid_from), 
	CONSTRAINT tax_rate_id CHECK (length(id) = 36), 
	CONSTRAINT tax_rate_jurisdiction CHECK (length(jurisdiction) <= 40), 
	CONSTRAINT tax_rate_rate_ppm CHECK (rate_ppm >= 0 AND rate_ppm <= 1000000), 
	CONSTRAINT tax_rate_valid_from CHECK (date(valid_from) IS valid_from), 
	CONSTRAINT tax_rate_valid_to CHECK (date(valid_to) IS valid_to)
)
 STRICT;

CREATE INDEX ix_tax_rate_tax_code_id ON tax_rate (tax_code_id);

CREATE TABLE account (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	name TEXT NOT NULL, 
	legal_name TEXT, 
	parent_id TEXT REFERENCES account, 
	type TEXT DEFAULT 'prospect' NOT NULL, 
	lifecycle TEXT, 
	industry TEXT, 
	segment TEXT, 
	employees INTEGER, 
	annual_revenue_minor INTEGER, 
	currency TEXT, 
	payment_terms_days INTEGER, 
	credit_limit_minor INTEGER, 
	price_group TEXT, 
	price_book_id TEXT REFERENCES price_book, 
	website TEXT, 
	domain TEXT, 
	tax_id TEXT, 
	owner_id TEXT REFERENCES app_user, 
	team_id TEXT REFERENCES team, 
	territory_id TEXT REFERENCES territory, 
	language TEXT, 
	source TEXT, 
	founded_year INTEGER, 
	created_on TEXT, 
	description TEXT, 
	custom TEXT, 
	match_key TEXT, 
	merged_into TEXT REFERENCES account, 
	PRIMARY KEY (id), 
	CONSTRAINT account_not_own_parent CHECK (parent_id <> id), 
	CONSTRAINT merged_account_is_removed CHECK (merged_into IS NULL OR deleted_at IS NOT NULL), 
	CONSTRAINT account_id CHECK (length(id) = 36), 
	CONSTRAINT account_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT account_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT account_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT account_name CHECK (length(name) <= 200 AND trim(name) <> ''), 
	CONSTRAINT account_legal_name CHECK (length(legal_name) <= 200), 
	CONSTRAINT account_type CHECK (type IN ('prospect', 'customer', 'partner', 'reseller', 'competitor', 'supplier', 'other')), 
	CONSTRAINT account_lifecycle CHECK (length(lifecycle) <= 40), 
	CONSTRAINT account_industry CHECK (length(industry) <= 200), 
	CONSTRAINT account_segment CHECK (length(segment) <= 200), 
	CONSTRAINT account_employees CHECK (employees >= 0), 
	CONSTRAINT account_annual_revenue_minor CHECK (annual_revenue_minor >= -1000000000000000 AND annual_revenue_minor <= 1000000000000000), 
	CONSTRAINT account_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT account_payment_terms_days CHECK (payment_terms_days >= 0 AND payment_terms_days <= 3650), 
	CONSTRAINT account_credit_limit_minor CHECK (credit_limit_minor >= -1000000000000000 AND credit_limit_minor <= 1000000000000000), 
	CONSTRAINT account_price_group CHECK (length(price_group) <= 200), 
	CONSTRAINT account_website CHECK (length(website) <= 500), 
	CONSTRAINT account_domain CHECK (length(domain) <= 200), 
	CONSTRAINT account_tax_id CHECK (length(tax_id) <= 200), 
	CONSTRAINT account_language CHECK (length(language) <= 20), 
	CONSTRAINT account_source CHECK (length(source) <= 200), 
	CONSTRAINT account_founded_year CHECK (founded_year >= 1 AND founded_year <= 9999), 
	CONSTRAINT account_created_on CHECK (date(created_on) IS created_on), 
	CONSTRAINT account_description CHECK (length(description) <= 65536), 
	CONSTRAINT account_custom CHECK (json_valid(custom) AND json_type(custom) = 'object'), 
	CONSTRAINT account_match_key CHECK (length(match_key) <= 400)
)
 STRICT;

CREATE INDEX account_called ON account (name COLLATE NOCASE) WHERE deleted_at IS NULL;

CREATE INDEX ix_account_domain ON account (domain);

CREATE INDEX ix_account_match_key ON account (match_key);

CREATE INDEX ix_account_merged_into ON account (merged_into);

CREATE INDEX ix_account_owner_id ON account (owner_id);

CREATE INDEX ix_account_parent_id ON account (parent_id);

CREATE INDEX ix_account_price_book_id ON account (price_book_id);

CREATE INDEX ix_account_team_id ON account (team_id);

CREATE INDEX ix_account_territory_id ON account (territory_id);

CREATE UNIQUE INDEX account_ref ON account (ref);

CREATE TABLE comp_adjustment (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	participant_id TEXT NOT NULL REFERENCES app_user, 
	period_code TEXT NOT NULL, 
	amount_minor INTEGER NOT NULL, 
	currency TEXT NOT NULL, 
	reason_code TEXT NOT NULL, 
	note TEXT, 
	requested_by_id TEXT NOT NULL REFERENCES app_user, 
	approved_by_id TEXT REFERENCES app_user, 
	PRIMARY KEY (id), 
	CONSTRAINT comp_adjustment_four_eyes CHECK (approved_by_id IS NULL OR approved_by_id <> requested_by_id), 
	CONSTRAINT comp_adjustment_id CHECK (length(id) = 36), 
	CONSTRAINT comp_adjustment_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT comp_adjustment_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT comp_adjustment_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT comp_adjustment_period_code CHECK (length(period_code) <= 20 AND trim(period_code) <> ''), 
	CONSTRAINT comp_adjustment_amount_minor CHECK (amount_minor >= -1000000000000000 AND amount_minor <= 1000000000000000), 
	CONSTRAINT comp_adjustment_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT comp_adjustment_reason_code CHECK (length(reason_code) <= 40 AND trim(reason_code) <> ''), 
	CONSTRAINT comp_adjustment_note CHECK (length(note) <= 2000)
)
 STRICT;

CREATE INDEX ix_comp_adjustment_approved_by_id ON comp_adjustment (approved_by_id);

CREATE INDEX ix_comp_adjustment_participant_id ON comp_adjustment (participant_id);

CREATE INDEX ix_comp_adjustment_requested_by_id ON comp_adjustment (requested_by_id);

CREATE UNIQUE INDEX comp_adjustment_ref ON comp_adjustment (ref);

CREATE TABLE comp_assignment (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	participant_id TEXT NOT NULL REFERENCES app_user, 
	plan_id TEXT NOT NULL REFERENCES comp_plan, 
	role TEXT, 
	valid_from TEXT NOT NULL, 
	valid_to TEXT, 
	target_incentive_minor INTEGER, 
	leave TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT comp_assignment_id CHECK (length(id) = 36), 
	CONSTRAINT comp_assignment_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT comp_assignment_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT comp_assignment_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT comp_assignment_role CHECK (length(role) <= 40), 
	CONSTRAINT comp_assignment_valid_from CHECK (date(valid_from) IS valid_from), 
	CONSTRAINT comp_assignment_valid_to CHECK (date(valid_to) IS valid_to), 
	CONSTRAINT comp_assignment_target_incentive_minor CHECK (target_incentive_minor >= -1000000000000000 AND target_incentive_minor <= 1000000000000000), 
	CONSTRAINT comp_assignment_leave CHECK (json_valid(leave) AND json_type(leave) = 'array')
)
 STRICT;

CREATE INDEX ix_comp_assignment_participant_id ON comp_assignment (participant_id);

CREATE INDEX ix_comp_assignment_plan_id ON comp_assignment (plan_id);

CREATE UNIQUE INDEX comp_assignment_ref ON comp_assignment (ref);

CREATE TABLE comp_balance (
	id TEXT NOT NULL, 
	participant_id TEXT NOT NULL REFERENCES app_user, 
	period_code TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	opening INTEGER NOT NULL, 
	increase INTEGER NOT NULL, 
	decrease INTEGER NOT NULL, 
	closing INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT comp_balance_rolls CHECK (opening + increase - decrease = closing), 
	CONSTRAINT comp_balance_id CHECK (length(id) = 36), 
	CONSTRAINT comp_balance_period_code CHECK (length(period_code) <= 20 AND trim(period_code) <> ''), 
	CONSTRAINT comp_balance_kind CHECK (kind IN ('overpaid', 'draw', 'holdback', 'cap')), 
	CONSTRAINT comp_balance_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT comp_balance_opening CHECK (opening >= -1000000000000000 AND opening <= 1000000000000000), 
	CONSTRAINT comp_balance_increase CHECK (increase >= -1000000000000000 AND increase <= 1000000000000000), 
	CONSTRAINT comp_balance_decrease CHECK (decrease >= -1000000000000000 AND decrease <= 1000000000000000), 
	CONSTRAINT comp_balance_closing CHECK (closing >= -1000000000000000 AND closing <= 1000000000000000)
)
 STRICT;

CREATE UNIQUE INDEX comp_balance_of ON comp_balance (participant_id, period_code, kind);

CREATE INDEX ix_comp_balance_participant_id ON comp_balance (participant_id);

CREATE TABLE comp_credit (
	id TEXT NOT NULL, 
	source_type TEXT NOT NULL, 
	source_id TEXT NOT NULL, 
	participant_id TEXT NOT NULL REFERENCES app_user, 
	role TEXT, 
	type TEXT DEFAULT 'direct' NOT NULL, 
	commission_ppm INTEGER NOT NULL, 
	quota_ppm INTEGER NOT NULL, 
	valid_from TEXT, 
	reason TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT comp_credit_id CHECK (length(id) = 36), 
	CONSTRAINT comp_credit_source_type CHECK (source_type IN ('opportunity', 'sales_order', 'comp_event')), 
	CONSTRAINT comp_credit_source_id CHECK (length(source_id) <= 36 AND trim(source_id) <> ''), 
	CONSTRAINT comp_credit_role CHECK (length(role) <= 40), 
	CONSTRAINT comp_credit_type CHECK (type IN ('direct', 'overlay', 'rollup')), 
	CONSTRAINT comp_credit_commission_ppm CHECK (commission_ppm >= 0 AND commission_ppm <= 1000000), 
	CONSTRAINT comp_credit_quota_ppm CHECK (quota_ppm >= 0 AND quota_ppm <= 1000000), 
	CONSTRAINT comp_credit_valid_from CHECK (date(valid_from) IS valid_from), 
	CONSTRAINT comp_credit_reason CHECK (length(reason) <= 500)
)
 STRICT;

CREATE INDEX comp_credit_source ON comp_credit (source_type, source_id);

CREATE INDEX ix_comp_credit_participant_id ON comp_credit (participant_id);

CREATE TABLE comp_dispute (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	line_id TEXT NOT NULL, 
	participant_id TEXT NOT NULL REFERENCES app_user, 
	period_code TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	claimed_minor INTEGER, 
	status TEXT DEFAULT 'open' NOT NULL, 
	resolution TEXT, 
	resolution_line_id TEXT, 
	opened_at TEXT NOT NULL, 
	closed_at TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT comp_dispute_id CHECK (length(id) = 36), 
	CONSTRAINT comp_dispute_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT comp_dispute_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT comp_dispute_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT comp_dispute_line_id CHECK (length(line_id) <= 36 AND trim(line_id) <> ''), 
	CONSTRAINT comp_dispute_period_code CHECK (length(period_code) <= 20 AND trim(period_code) <> ''), 
	CONSTRAINT comp_dispute_reason CHECK (length(reason) <= 2000 AND trim(reason) <> ''), 
	CONSTRAINT comp_dispute_claimed_minor CHECK (claimed_minor >= -1000000000000000 AND claimed_minor <= 1000000000000000), 
	CONSTRAINT comp_dispute_status CHECK (status IN ('open', 'in_review', 'accepted', 'rejected', 'withdrawn', 'deferred')), 
	CONSTRAINT comp_dispute_resolution CHECK (length(resolution) <= 2000), 
	CONSTRAINT comp_dispute_resolution_line_id CHECK (length(resolution_line_id) <= 36), 
	CONSTRAINT comp_dispute_opened_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', opened_at) IS opened_at), 
	CONSTRAINT comp_dispute_closed_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', closed_at) IS closed_at)
)
 STRICT;

CREATE INDEX ix_comp_dispute_line_id ON comp_dispute (line_id);

CREATE INDEX ix_comp_dispute_participant_id ON comp_dispute (participant_id);

CREATE UNIQUE INDEX comp_dispute_ref ON comp_dispute (ref);

CREATE TABLE comp_period (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	code TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	starts_on TEXT NOT NULL, 
	ends_on TEXT NOT NULL, 
	status TEXT DEFAULT 'open' NOT NULL, 
	closed_by_id TEXT REFERENCES app_user, 
	closed_at TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT comp_period_id CHECK (length(id) = 36), 
	CONSTRAINT comp_period_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT comp_period_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT comp_period_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT comp_period_code CHECK (length(code) <= 20 AND trim(code) <> ''), 
	CONSTRAINT comp_period_kind CHECK (kind IN ('month', 'quarter', 'half', 'year')), 
	CONSTRAINT comp_period_starts_on CHECK (date(starts_on) IS starts_on), 
	CONSTRAINT comp_period_ends_on CHECK (date(ends_on) IS ends_on), 
	CONSTRAINT comp_period_status CHECK (status IN ('open', 'closed')), 
	CONSTRAINT comp_period_closed_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', closed_at) IS closed_at)
)
 STRICT;

CREATE UNIQUE INDEX comp_period_code ON comp_period (code);

CREATE INDEX ix_comp_period_closed_by_id ON comp_period (closed_by_id);

CREATE UNIQUE INDEX comp_period_ref ON comp_period (ref);

CREATE TABLE comp_quota (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	participant_id TEXT NOT NULL REFERENCES app_user, 
	period_code TEXT NOT NULL, 
	component_code TEXT, 
	amount INTEGER NOT NULL, 
	currency TEXT, 
	ramp_ppm INTEGER DEFAULT '1000000' NOT NULL, 
	recorded_at TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT comp_quota_id CHECK (length(id) = 36), 
	CONSTRAINT comp_quota_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT comp_quota_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT comp_quota_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT comp_quota_period_code CHECK (length(period_code) <= 20 AND trim(period_code) <> ''), 
	CONSTRAINT comp_quota_component_code CHECK (length(component_code) <= 40), 
	CONSTRAINT comp_quota_amount CHECK (amount >= 0), 
	CONSTRAINT comp_quota_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT comp_quota_ramp_ppm CHECK (ramp_ppm >= 0), 
	CONSTRAINT comp_quota_recorded_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', recorded_at) IS recorded_at)
)
 STRICT;

CREATE INDEX comp_quota_of ON comp_quota (participant_id, period_code, component_code);

CREATE INDEX ix_comp_quota_participant_id ON comp_quota (participant_id);

CREATE UNIQUE INDEX comp_quota_ref ON comp_quota (ref);

CREATE TABLE comp_statement (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	participant_id TEXT NOT NULL REFERENCES app_user, 
	period_code TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	status TEXT DEFAULT 'open' NOT NULL, 
	currency TEXT NOT NULL, 
	payable_minor INTEGER NOT NULL, 
	input_hash TEXT, 
	output_hash TEXT, 
	engine_version TEXT, 
	calculated_at TEXT, 
	calculated_by_id TEXT REFERENCES app_user, 
	approved_by_id TEXT REFERENCES app_user, 
	PRIMARY KEY (id), 
	CONSTRAINT comp_statement_id CHECK (length(id) = 36), 
	CONSTRAINT comp_statement_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT comp_statement_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT comp_statement_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT comp_statement_period_code CHECK (length(period_code) <= 20 AND trim(period_code) <> ''), 
	CONSTRAINT comp_statement_version CHECK (version >= 1), 
	CONSTRAINT comp_statement_status CHECK (status IN ('open', 'calculated', 'in_review', 'approved', 'closed', 'paid')), 
	CONSTRAINT comp_statement_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT comp_statement_payable_minor CHECK (payable_minor >= -1000000000000000 AND payable_minor <= 1000000000000000), 
	CONSTRAINT comp_statement_input_hash CHECK (length(input_hash) <= 64), 
	CONSTRAINT comp_statement_output_hash CHECK (length(output_hash) <= 64), 
	CONSTRAINT comp_statement_engine_version CHECK (length(engine_version) <= 40), 
	CONSTRAINT comp_statement_calculated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', calculated_at) IS calculated_at)
)
 STRICT;

CREATE UNIQUE INDEX comp_statement_of ON comp_statement (participant_id, period_code, version);

CREATE INDEX ix_comp_statement_approved_by_id ON comp_statement (approved_by_id);

CREATE INDEX ix_comp_statement_calculated_by_id ON comp_statement (calculated_by_id);

CREATE INDEX ix_comp_statement_participant_id ON comp_statement (participant_id);

CREATE UNIQUE INDEX comp_statement_ref ON comp_statement (ref);

CREATE TABLE contact (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	name TEXT NOT NULL, 
	given_name TEXT, 
	family_name TEXT, 
	middle_name TEXT, 
	prefix TEXT, 
	suffix TEXT, 
	nickname TEXT, 
	title TEXT, 
	department TEXT, 
	reports_to_id TEXT REFERENCES contact, 
	birthday TEXT, 
	language TEXT, 
	preferred_channel TEXT, 
	preferred_time TEXT, 
	owner_id TEXT REFERENCES app_user, 
	source TEXT, 
	created_on TEXT, 
	description TEXT, 
	custom TEXT, 
	match_key TEXT, 
	merged_into TEXT REFERENCES contact, 
	uid TEXT, 
	extra TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT contact_not_own_manager CHECK (reports_to_id <> id), 
	CONSTRAINT merged_contact_is_removed CHECK (merged_into IS NULL OR deleted_at IS NOT NULL), 
	CONSTRAINT contact_id CHECK (length(id) = 36), 
	CONSTRAINT contact_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT contact_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT contact_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT contact_name CHECK (length(name) <= 200 AND trim(name) <> ''), 
	CONSTRAINT contact_given_name CHECK (length(given_name) <= 200), 
	CONSTRAINT contact_family_name CHECK (length(family_name) <= 200), 
	CONSTRAINT contact_middle_name CHECK (length(middle_name) <= 200), 
	CONSTRAINT contact_prefix CHECK (length(prefix) <= 60), 
	CONSTRAINT contact_suffix CHECK (length(suffix) <= 60), 
	CONSTRAINT contact_nickname CHECK (length(nickname) <= 200), 
	CONSTRAINT contact_title CHECK (length(title) <= 200), 
	CONSTRAINT contact_department CHECK (length(department) <= 200), 
	CONSTRAINT contact_birthday CHECK (date(birthday) IS birthday), 
	CONSTRAINT contact_language CHECK (length(language) <= 20), 
	CONSTRAINT contact_preferred_channel CHECK (preferred_channel IN ('call', 'email', 'message', 'visit', 'letter')), 
	CONSTRAINT contact_preferred_time CHECK (length(preferred_time) <= 200), 
	CONSTRAINT contact_source CHECK (length(source) <= 200), 
	CONSTRAINT contact_created_on CHECK (date(created_on) IS created_on), 
	CONSTRAINT contact_description CHECK (length(description) <= 65536), 
	CONSTRAINT contact_custom CHECK (json_valid(custom) AND json_type(custom) = 'object'), 
	CONSTRAINT contact_match_key CHECK (length(match_key) <= 400), 
	CONSTRAINT contact_uid CHECK (length(uid) <= 500), 
	CONSTRAINT contact_extra CHECK (length(extra) <= 1000000)
)
 STRICT;

CREATE INDEX contact_called ON contact (name COLLATE NOCASE) WHERE deleted_at IS NULL;

CREATE INDEX ix_contact_match_key ON contact (match_key);

CREATE INDEX ix_contact_merged_into ON contact (merged_into);

CREATE INDEX ix_contact_owner_id ON contact (owner_id);

CREATE INDEX ix_contact_reports_to_id ON contact (reports_to_id);

CREATE INDEX ix_contact_uid ON contact (uid);

CREATE UNIQUE INDEX contact_ref ON contact (ref);

CREATE TABLE inbox_entry (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	user_id TEXT REFERENCES app_user, 
	kind TEXT NOT NULL, 
	table_name TEXT NOT NULL, 
	row_id TEXT NOT NULL, 
	code TEXT NOT NULL, 
	sentence TEXT, 
	mine TEXT, 
	theirs TEXT, 
	"before" TEXT, 
	status TEXT DEFAULT 'open' NOT NULL, 
	happened_at TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT inbox_entry_id CHECK (length(id) = 36), 
	CONSTRAINT inbox_entry_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT inbox_entry_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT inbox_entry_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT inbox_entry_kind CHECK (kind IN ('conflict', 'refused', 'deleted', 'duplicate')), 
	CONSTRAINT inbox_entry_table_name CHECK (length(table_name) <= 40 AND trim(table_name) <> ''), 
	CONSTRAINT inbox_entry_row_id CHECK (length(row_id) <= 36 AND trim(row_id) <> ''), 
	CONSTRAINT inbox_entry_code CHECK (length(code) <= 40 AND trim(code) <> ''), 
	CONSTRAINT inbox_entry_sentence CHECK (length(sentence) <= 500), 
	CONSTRAINT inbox_entry_mine CHECK (json_valid(mine) AND json_type(mine) = 'object'), 
	CONSTRAINT inbox_entry_theirs CHECK (json_valid(theirs) AND json_type(theirs) = 'object'), 
	CONSTRAINT inbox_entry_before CHECK (json_valid(before) AND json_type(before) = 'object'), 
	CONSTRAINT inbox_entry_status CHECK (status IN ('open', 'mine', 'theirs', 'dismissed')), 
	CONSTRAINT inbox_entry_happened_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', happened_at) IS happened_at)
)
 STRICT;

CREATE INDEX ix_inbox_entry_row_id ON inbox_entry (row_id);

CREATE INDEX ix_inbox_entry_user_id ON inbox_entry (user_id);

CREATE UNIQUE INDEX inbox_entry_ref ON inbox_entry (ref);

CREATE TABLE lead (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	name TEXT NOT NULL, 
	given_name TEXT, 
	family_name TEXT, 
	company TEXT, 
	title TEXT, 
	email TEXT, 
	phone TEXT, 
	website TEXT, 
	industry TEXT, 
	source TEXT, 
	status TEXT DEFAULT 'new' NOT NULL, 
	owner_id TEXT REFERENCES app_user, 
	created_on TEXT, 
	description TEXT, 
	custom TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT lead_id CHECK (length(id) = 36), 
	CONSTRAINT lead_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT lead_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT lead_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT lead_name CHECK (length(name) <= 200 AND trim(name) <> ''), 
	CONSTRAINT lead_given_name CHECK (length(given_name) <= 200), 
	CONSTRAINT lead_family_name CHECK (length(family_name) <= 200), 
	CONSTRAINT lead_company CHECK (length(company) <= 200), 
	CONSTRAINT lead_title CHECK (length(title) <= 200), 
	CONSTRAINT lead_email CHECK (length(email) <= 320), 
	CONSTRAINT lead_phone CHECK (length(phone) <= 80), 
	CONSTRAINT lead_website CHECK (length(website) <= 500), 
	CONSTRAINT lead_industry CHECK (length(industry) <= 200), 
	CONSTRAINT lead_source CHECK (length(source) <= 200), 
	CONSTRAINT lead_status CHECK (status IN ('new', 'contacted', 'qualified', 'converted', 'disqualified')), 
	CONSTRAINT lead_created_on CHECK (date(created_on) IS created_on), 
	CONSTRAINT lead_description CHECK (length(description) <= 65536), 
	CONSTRAINT lead_custom CHECK (json_valid(custom) AND json_type(custom) = 'object')
)
 STRICT;

CREATE INDEX ix_lead_owner_id ON lead (owner_id);

CREATE INDEX lead_called ON lead (name COLLATE NOCASE) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX lead_ref ON lead (ref);

CREATE TABLE price_entry (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	book_id TEXT NOT NULL REFERENCES price_book, 
	product_id TEXT NOT NULL REFERENCES product, 
	unit TEXT, 
	channel TEXT, 
	price_dec6 INTEGER NOT NULL, 
	base_dec6 INTEGER DEFAULT '1000000' NOT NULL, 
	priority INTEGER DEFAULT '0' NOT NULL, 
	valid_from TEXT, 
	valid_to TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT price_entry_in_order CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to > valid_from), 
	CONSTRAINT price_entry_id CHECK (length(id) = 36), 
	CONSTRAINT price_entry_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT price_entry_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT price_entry_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT price_entry_unit CHECK (length(unit) <= 40), 
	CONSTRAINT price_entry_channel CHECK (length(channel) <= 40), 
	CONSTRAINT price_entry_price_dec6 CHECK (price_dec6 >= 0), 
	CONSTRAINT price_entry_base_dec6 CHECK (base_dec6 >= 1), 
	CONSTRAINT price_entry_valid_from CHECK (date(valid_from) IS valid_from), 
	CONSTRAINT price_entry_valid_to CHECK (date(valid_to) IS valid_to)
)
 STRICT;

CREATE INDEX ix_price_entry_book_id ON price_entry (book_id);

CREATE INDEX ix_price_entry_product_id ON price_entry (product_id);

CREATE INDEX price_entry_of ON price_entry (product_id, book_id);

CREATE UNIQUE INDEX price_entry_ref ON price_entry (ref);

CREATE TABLE account_relation (
	id TEXT NOT NULL, 
	account_id TEXT NOT NULL REFERENCES account, 
	other_id TEXT NOT NULL REFERENCES account, 
	kind TEXT NOT NULL, 
	note TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT account_relation_of_two CHECK (account_id <> other_id), 
	CONSTRAINT account_relation_once UNIQUE (account_id, other_id, kind), 
	CONSTRAINT account_relation_id CHECK (length(id) = 36), 
	CONSTRAINT account_relation_kind CHECK (kind IN ('agent_of', 'reseller_of', 'supplier_of', 'partner_of', 'influences', 'competes_with', 'advises')), 
	CONSTRAINT account_relation_note CHECK (length(note) <= 500)
)
 STRICT;

CREATE INDEX ix_account_relation_account_id ON account_relation (account_id);

CREATE INDEX ix_account_relation_other_id ON account_relation (other_id);

CREATE TABLE address (
	id TEXT NOT NULL, 
	account_id TEXT REFERENCES account, 
	contact_id TEXT REFERENCES contact, 
	kind TEXT DEFAULT 'work' NOT NULL, 
	street TEXT, 
	city TEXT, 
	region TEXT, 
	postal_code TEXT, 
	country TEXT, 
	latitude_dec6 INTEGER, 
	longitude_dec6 INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT address_of_one_record CHECK ((account_id IS NULL) <> (contact_id IS NULL)), 
	CONSTRAINT address_has_both_coordinates CHECK ((latitude_dec6 IS NULL) = (longitude_dec6 IS NULL)), 
	CONSTRAINT address_id CHECK (length(id) = 36), 
	CONSTRAINT address_kind CHECK (kind IN ('billing', 'shipping', 'site', 'work', 'home', 'other')), 
	CONSTRAINT address_street CHECK (length(street) <= 500), 
	CONSTRAINT address_city CHECK (length(city) <= 200), 
	CONSTRAINT address_region CHECK (length(region) <= 200), 
	CONSTRAINT address_postal_code CHECK (length(postal_code) <= 40), 
	CONSTRAINT address_country CHECK (length(country) <= 200), 
	CONSTRAINT address_latitude_dec6 CHECK (latitude_dec6 >= -90000000 AND latitude_dec6 <= 90000000), 
	CONSTRAINT address_longitude_dec6 CHECK (longitude_dec6 >= -180000000 AND longitude_dec6 <= 180000000)
)
 STRICT;

CREATE INDEX ix_address_account_id ON address (account_id);

CREATE INDEX ix_address_contact_id ON address (contact_id);

CREATE TABLE comp_event (
	id TEXT NOT NULL, 
	type TEXT NOT NULL, 
	event_date TEXT NOT NULL, 
	recorded_at TEXT NOT NULL, 
	source_type TEXT NOT NULL, 
	source_id TEXT NOT NULL, 
	source_line_id TEXT, 
	account_id TEXT REFERENCES account, 
	product_id TEXT REFERENCES product, 
	owner_id TEXT REFERENCES app_user, 
	quantity_dec6 INTEGER, 
	net_minor INTEGER NOT NULL, 
	cost_minor INTEGER, 
	currency TEXT NOT NULL, 
	fx_rate_e9 INTEGER, 
	reverses_event_id TEXT REFERENCES comp_event, 
	facts TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT comp_event_id CHECK (length(id) = 36), 
	CONSTRAINT comp_event_type CHECK (type IN ('booked', 'delivered', 'invoiced', 'paid', 'cancelled', 'returned', 'credited', 'written_off', 'reinstated')), 
	CONSTRAINT comp_event_event_date CHECK (date(event_date) IS event_date), 
	CONSTRAINT comp_event_recorded_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', recorded_at) IS recorded_at), 
	CONSTRAINT comp_event_source_type CHECK (length(source_type) <= 40 AND trim(source_type) <> ''), 
	CONSTRAINT comp_event_source_id CHECK (length(source_id) <= 80 AND trim(source_id) <> ''), 
	CONSTRAINT comp_event_source_line_id CHECK (length(source_line_id) <= 80), 
	CONSTRAINT comp_event_net_minor CHECK (net_minor >= -1000000000000000 AND net_minor <= 1000000000000000), 
	CONSTRAINT comp_event_cost_minor CHECK (cost_minor >= -1000000000000000 AND cost_minor <= 1000000000000000), 
	CONSTRAINT comp_event_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT comp_event_fx_rate_e9 CHECK (fx_rate_e9 >= 1), 
	CONSTRAINT comp_event_facts CHECK (json_valid(facts) AND json_type(facts) = 'object')
)
 STRICT;

CREATE INDEX comp_event_on ON comp_event (event_date, recorded_at, id);

CREATE INDEX comp_event_source ON comp_event (source_type, source_id);

CREATE INDEX ix_comp_event_account_id ON comp_event (account_id);

CREATE INDEX ix_comp_event_owner_id ON comp_event (owner_id);

CREATE INDEX ix_comp_event_product_id ON comp_event (product_id);

CREATE INDEX ix_comp_event_reverses_event_id ON comp_event (reverses_event_id);

CREATE TABLE comp_line (
	id TEXT NOT NULL, 
	statement_id TEXT NOT NULL REFERENCES comp_statement, 
	ordinal INTEGER NOT NULL, 
	line_key TEXT NOT NULL, 
	component_code TEXT, 
	event_id TEXT, 
	earning_period TEXT NOT NULL, 
	posting_period TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	amount_minor INTEGER NOT NULL, 
	is_memo INTEGER DEFAULT '0' NOT NULL, 
	"explain" TEXT NOT NULL, 
	prev_hash TEXT, 
	hash TEXT NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT comp_line_id CHECK (length(id) = 36), 
	CONSTRAINT comp_line_line_key CHECK (length(line_key) <= 64 AND trim(line_key) <> ''), 
	CONSTRAINT comp_line_component_code CHECK (length(component_code) <= 40), 
	CONSTRAINT comp_line_event_id CHECK (length(event_id) <= 80), 
	CONSTRAINT comp_line_earning_period CHECK (length(earning_period) <= 20 AND trim(earning_period) <> ''), 
	CONSTRAINT comp_line_posting_period CHECK (length(posting_period) <= 20 AND trim(posting_period) <> ''), 
	CONSTRAINT comp_line_kind CHECK (length(kind) <= 40 AND trim(kind) <> ''), 
	CONSTRAINT comp_line_amount_minor CHECK (amount_minor >= -1000000000000000 AND amount_minor <= 1000000000000000), 
	CONSTRAINT comp_line_is_memo CHECK (is_memo IN (0, 1)), 
	CONSTRAINT comp_line_explain CHECK (json_valid(explain) AND json_type(explain) = 'object'), 
	CONSTRAINT comp_line_prev_hash CHECK (length(prev_hash) <= 64), 
	CONSTRAINT comp_line_hash CHECK (length(hash) <= 64 AND trim(hash) <> '')
)
 STRICT;

CREATE UNIQUE INDEX comp_line_of ON comp_line (statement_id, ordinal);

CREATE INDEX ix_comp_line_line_key ON comp_line (line_key);

CREATE INDEX ix_comp_line_statement_id ON comp_line (statement_id);

CREATE TABLE consent_event (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	contact_id TEXT NOT NULL REFERENCES contact, 
	channel TEXT NOT NULL, 
	purpose TEXT NOT NULL, 
	stance TEXT NOT NULL, 
	said_at TEXT NOT NULL, 
	source TEXT NOT NULL, 
	evidence TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT consent_event_id CHECK (length(id) = 36), 
	CONSTRAINT consent_event_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT consent_event_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT consent_event_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT consent_event_channel CHECK (channel IN ('call', 'email', 'message', 'visit', 'letter')), 
	CONSTRAINT consent_event_purpose CHECK (purpose IN ('service', 'sales', 'marketing')), 
	CONSTRAINT consent_event_stance CHECK (stance IN ('preferred', 'allowed', 'avoid', 'forbidden')), 
	CONSTRAINT consent_event_said_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', said_at) IS said_at), 
	CONSTRAINT consent_event_source CHECK (length(source) <= 200 AND trim(source) <> ''), 
	CONSTRAINT consent_event_evidence CHECK (length(evidence) <= 65536)
)
 STRICT;

CREATE INDEX consent_of_contact ON consent_event (contact_id, channel, purpose, said_at);

CREATE INDEX ix_consent_event_contact_id ON consent_event (contact_id);

CREATE UNIQUE INDEX consent_event_ref ON consent_event (ref);

CREATE TABLE contact_relation (
	id TEXT NOT NULL, 
	contact_id TEXT NOT NULL REFERENCES contact, 
	other_id TEXT NOT NULL REFERENCES contact, 
	kind TEXT NOT NULL, 
	note TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT contact_relation_of_two CHECK (contact_id <> other_id), 
	CONSTRAINT contact_relation_once UNIQUE (contact_id, other_id, kind), 
	CONSTRAINT contact_relation_id CHECK (length(id) = 36), 
	CONSTRAINT contact_relation_kind CHECK (kind IN ('influences', 'assists', 'recommended', 'works_with', 'knows', 'family', 'blocks')), 
	CONSTRAINT contact_relation_note CHECK (length(note) <= 500)
)
 STRICT;

CREATE INDEX ix_contact_relation_contact_id ON contact_relation (contact_id);

CREATE INDEX ix_contact_relation_other_id ON contact_relation (other_id);

CREATE TABLE contact_role (
	id TEXT NOT NULL, 
	account_id TEXT NOT NULL REFERENCES account, 
	contact_id TEXT NOT NULL REFERENCES contact, 
	role TEXT, 
	is_primary INTEGER DEFAULT '1' NOT NULL, 
	valid_from TEXT, 
	valid_to TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT role_dates_in_order CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from), 
	CONSTRAINT contact_role_id CHECK (length(id) = 36), 
	CONSTRAINT contact_role_role CHECK (length(role) <= 200), 
	CONSTRAINT contact_role_is_primary CHECK (is_primary IN (0, 1)), 
	CONSTRAINT contact_role_valid_from CHECK (date(valid_from) IS valid_from), 
	CONSTRAINT contact_role_valid_to CHECK (date(valid_to) IS valid_to)
)
 STRICT;

CREATE INDEX ix_contact_role_account_id ON contact_role (account_id);

CREATE INDEX ix_contact_role_contact_id ON contact_role (contact_id);

CREATE TABLE contract_price (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	account_id TEXT REFERENCES account, 
	price_group TEXT, 
	product_id TEXT REFERENCES product, 
	category TEXT, 
	kind TEXT DEFAULT 'price' NOT NULL, 
	value INTEGER NOT NULL, 
	currency TEXT, 
	base_dec6 INTEGER DEFAULT '1000000' NOT NULL, 
	unit TEXT, 
	min_qty_dec6 INTEGER DEFAULT '0' NOT NULL, 
	max_qty_dec6 INTEGER, 
	priority INTEGER DEFAULT '0' NOT NULL, 
	valid_from TEXT, 
	valid_to TEXT, 
	document_ref TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT contract_price_of_one_holder CHECK ((account_id IS NULL) <> (price_group IS NULL)), 
	CONSTRAINT contract_price_of_one_target CHECK ((product_id IS NULL) <> (category IS NULL)), 
	CONSTRAINT contract_price_has_currency CHECK (kind = 'percent' OR currency IS NOT NULL), 
	CONSTRAINT contract_price_percent CHECK (NOT (kind = 'percent' AND value > 1000000)), 
	CONSTRAINT contract_price_quantities CHECK (max_qty_dec6 IS NULL OR max_qty_dec6 >= min_qty_dec6), 
	CONSTRAINT contract_price_in_order CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to > valid_from), 
	CONSTRAINT contract_price_id CHECK (length(id) = 36), 
	CONSTRAINT contract_price_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT contract_price_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT contract_price_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT contract_price_price_group CHECK (length(price_group) <= 200), 
	CONSTRAINT contract_price_category CHECK (length(category) <= 200), 
	CONSTRAINT contract_price_kind CHECK (kind IN ('price', 'percent')), 
	CONSTRAINT contract_price_value CHECK (value >= 0), 
	CONSTRAINT contract_price_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT contract_price_base_dec6 CHECK (base_dec6 >= 1), 
	CONSTRAINT contract_price_unit CHECK (length(unit) <= 40), 
	CONSTRAINT contract_price_min_qty_dec6 CHECK (min_qty_dec6 >= 0), 
	CONSTRAINT contract_price_max_qty_dec6 CHECK (max_qty_dec6 >= 0), 
	CONSTRAINT contract_price_valid_from CHECK (date(valid_from) IS valid_from), 
	CONSTRAINT contract_price_valid_to CHECK (date(valid_to) IS valid_to), 
	CONSTRAINT contract_price_document_ref CHECK (length(document_ref) <= 200)
)
 STRICT;

CREATE INDEX ix_contract_price_account_id ON contract_price (account_id);

CREATE INDEX ix_contract_price_price_group ON contract_price (price_group);

CREATE INDEX ix_contract_price_product_id ON contract_price (product_id);

CREATE UNIQUE INDEX contract_price_ref ON contract_price (ref);

CREATE TABLE discount_schedule (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	name TEXT NOT NULL, 
	kind TEXT DEFAULT 'range' NOT NULL, 
	effect TEXT DEFAULT 'percent' NOT NULL, 
	scope TEXT DEFAULT 'line' NOT NULL, 
	product_id TEXT REFERENCES product, 
	category TEXT, 
	account_id TEXT REFERENCES account, 
	price_group TEXT, 
	currency TEXT, 
	tiers TEXT NOT NULL, 
	priority INTEGER DEFAULT '0' NOT NULL, 
	valid_from TEXT, 
	valid_to TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT discount_schedule_of_one_target CHECK (product_id IS NULL OR category IS NULL), 
	CONSTRAINT discount_schedule_counted_is_range CHECK (scope = 'line' OR kind = 'range'), 
	CONSTRAINT discount_schedule_in_order CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to > valid_from), 
	CONSTRAINT discount_schedule_id CHECK (length(id) = 36), 
	CONSTRAINT discount_schedule_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT discount_schedule_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT discount_schedule_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT discount_schedule_name CHECK (length(name) <= 200 AND trim(name) <> ''), 
	CONSTRAINT discount_schedule_kind CHECK (kind IN ('range', 'slab')), 
	CONSTRAINT discount_schedule_effect CHECK (effect IN ('percent', 'amount', 'price')), 
	CONSTRAINT discount_schedule_scope CHECK (scope IN ('line', 'group', 'quote', 'term')), 
	CONSTRAINT discount_schedule_category CHECK (length(category) <= 200), 
	CONSTRAINT discount_schedule_price_group CHECK (length(price_group) <= 200), 
	CONSTRAINT discount_schedule_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT discount_schedule_tiers CHECK (json_valid(tiers) AND json_type(tiers) = 'array'), 
	CONSTRAINT discount_schedule_valid_from CHECK (date(valid_from) IS valid_from), 
	CONSTRAINT discount_schedule_valid_to CHECK (date(valid_to) IS valid_to)
)
 STRICT;

CREATE INDEX ix_discount_schedule_account_id ON discount_schedule (account_id);

CREATE INDEX ix_discount_schedule_product_id ON discount_schedule (product_id);

CREATE UNIQUE INDEX discount_schedule_ref ON discount_schedule (ref);

CREATE TABLE email (
	id TEXT NOT NULL, 
	account_id TEXT REFERENCES account, 
	contact_id TEXT REFERENCES contact, 
	kind TEXT DEFAULT 'work' NOT NULL, 
	address TEXT NOT NULL, 
	folded TEXT NOT NULL, 
	is_primary INTEGER DEFAULT '0' NOT NULL, 
	is_invalid INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT email_of_one_record CHECK ((account_id IS NULL) <> (contact_id IS NULL)), 
	CONSTRAINT email_id CHECK (length(id) = 36), 
	CONSTRAINT email_kind CHECK (kind IN ('work', 'home', 'other')), 
	CONSTRAINT email_address CHECK (length(address) <= 320 AND trim(address) <> ''), 
	CONSTRAINT email_folded CHECK (length(folded) <= 320 AND trim(folded) <> ''), 
	CONSTRAINT email_is_primary CHECK (is_primary IN (0, 1)), 
	CONSTRAINT email_is_invalid CHECK (is_invalid IN (0, 1))
)
 STRICT;

CREATE INDEX ix_email_account_id ON email (account_id);

CREATE INDEX ix_email_contact_id ON email (contact_id);

CREATE INDEX ix_email_folded ON email (folded);

CREATE TABLE opportunity (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	name TEXT NOT NULL, 
	account_id TEXT REFERENCES account, 
	pipeline_id TEXT NOT NULL REFERENCES pipeline, 
	stage_id TEXT NOT NULL REFERENCES stage, 
	owner_id TEXT REFERENCES app_user, 
	amount_minor INTEGER, 
	currency TEXT, 
	close_date TEXT, 
	created_on TEXT NOT NULL, 
	closed_on TEXT, 
	is_won INTEGER, 
	probability_ppm INTEGER NOT NULL, 
	is_probability_overridden INTEGER DEFAULT '0' NOT NULL, 
	category TEXT NOT NULL, 
	is_category_overridden INTEGER DEFAULT '0' NOT NULL, 
	override_reason TEXT, 
	type TEXT, 
	source TEXT, 
	campaign TEXT, 
	territory_id TEXT REFERENCES territory, 
	next_step TEXT, 
	next_step_on TEXT, 
	win_reason TEXT, 
	loss_reason TEXT, 
	loss_note TEXT, 
	competitor TEXT, 
	discount_ppm INTEGER, 
	description TEXT, 
	custom TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT closed_deal_is_won_or_lost CHECK ((closed_on IS NULL) = (is_won IS NULL)), 
	CONSTRAINT amount_has_currency CHECK (amount_minor IS NULL OR currency IS NOT NULL), 
	CONSTRAINT opportunity_id CHECK (length(id) = 36), 
	CONSTRAINT opportunity_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT opportunity_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT opportunity_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT opportunity_name CHECK (length(name) <= 200 AND trim(name) <> ''), 
	CONSTRAINT opportunity_amount_minor CHECK (amount_minor >= -1000000000000000 AND amount_minor <= 1000000000000000), 
	CONSTRAINT opportunity_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT opportunity_close_date CHECK (date(close_date) IS close_date), 
	CONSTRAINT opportunity_created_on CHECK (date(created_on) IS created_on), 
	CONSTRAINT opportunity_closed_on CHECK (date(closed_on) IS closed_on), 
	CONSTRAINT opportunity_is_won CHECK (is_won >= 0 AND is_won <= 1), 
	CONSTRAINT opportunity_probability_ppm CHECK (probability_ppm >= 0 AND probability_ppm <= 1000000), 
	CONSTRAINT opportunity_is_probability_overridden CHECK (is_probability_overridden IN (0, 1)), 
	CONSTRAINT opportunity_category CHECK (category IN ('pipeline', 'best_case', 'commit', 'closed', 'omitted')), 
	CONSTRAINT opportunity_is_category_overridden CHECK (is_category_overridden IN (0, 1)), 
	CONSTRAINT opportunity_override_reason CHECK (length(override_reason) <= 500), 
	CONSTRAINT opportunity_type CHECK (type IN ('new', 'existing', 'renewal')), 
	CONSTRAINT opportunity_source CHECK (length(source) <= 200), 
	CONSTRAINT opportunity_campaign CHECK (length(campaign) <= 200), 
	CONSTRAINT opportunity_next_step CHECK (length(next_step) <= 500), 
	CONSTRAINT opportunity_next_step_on CHECK (date(next_step_on) IS next_step_on), 
	CONSTRAINT opportunity_win_reason CHECK (length(win_reason) <= 500), 
	CONSTRAINT opportunity_loss_reason CHECK (length(loss_reason) <= 200), 
	CONSTRAINT opportunity_loss_note CHECK (length(loss_note) <= 2000), 
	CONSTRAINT opportunity_competitor CHECK (length(competitor) <= 200), 
	CONSTRAINT opportunity_discount_ppm CHECK (discount_ppm >= -1000000 AND discount_ppm <= 1000000), 
	CONSTRAINT opportunity_description CHECK (length(description) <= 65536), 
	CONSTRAINT opportunity_custom CHECK (json_valid(custom) AND json_type(custom) = 'object')
)
 STRICT;

CREATE INDEX ix_opportunity_account_id ON opportunity (account_id);

CREATE INDEX ix_opportunity_owner_id ON opportunity (owner_id);

CREATE INDEX ix_opportunity_pipeline_id ON opportunity (pipeline_id);

CREATE INDEX ix_opportunity_stage_id ON opportunity (stage_id);

CREATE INDEX ix_opportunity_territory_id ON opportunity (territory_id);

CREATE INDEX opportunity_by_amount ON opportunity (amount_minor) WHERE deleted_at IS NULL;

CREATE INDEX opportunity_by_close ON opportunity (close_date) WHERE deleted_at IS NULL;

CREATE INDEX opportunity_called ON opportunity (name COLLATE NOCASE) WHERE deleted_at IS NULL;

CREATE INDEX opportunity_closed ON opportunity (closed_on, is_won, owner_id, currency, amount_minor) WHERE closed_on IS NOT NULL AND deleted_at IS NULL;

CREATE INDEX opportunity_next_step ON opportunity (owner_id, next_step_on) WHERE (next_step IS NOT NULL OR next_step_on IS NOT NULL) AND closed_on IS NULL AND deleted_at IS NULL;

CREATE INDEX opportunity_open ON opportunity (owner_id, stage_id, currency, amount_minor, probability_ppm, close_date, closed_on, deleted_at, next_step_on, id) WHERE closed_on IS NULL AND deleted_at IS NULL;

CREATE INDEX opportunity_open_by_close ON opportunity (close_date) WHERE closed_on IS NULL AND deleted_at IS NULL;

CREATE INDEX opportunity_open_by_owner ON opportunity (owner_id, stage_id, close_date) WHERE closed_on IS NULL AND deleted_at IS NULL;

CREATE INDEX opportunity_open_by_stage ON opportunity (stage_id, close_date) WHERE closed_on IS NULL AND deleted_at IS NULL;

CREATE UNIQUE INDEX opportunity_ref ON opportunity (ref);

CREATE TABLE phone (
	id TEXT NOT NULL, 
	account_id TEXT REFERENCES account, 
	contact_id TEXT REFERENCES contact, 
	kind TEXT DEFAULT 'work' NOT NULL, 
	number TEXT NOT NULL, 
	e164 TEXT, 
	is_primary INTEGER DEFAULT '0' NOT NULL, 
	is_invalid INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT phone_of_one_record CHECK ((account_id IS NULL) <> (contact_id IS NULL)), 
	CONSTRAINT phone_id CHECK (length(id) = 36), 
	CONSTRAINT phone_kind CHECK (kind IN ('work', 'mobile', 'home', 'main', 'fax', 'other')), 
	CONSTRAINT phone_number CHECK (length(number) <= 80 AND trim(number) <> ''), 
	CONSTRAINT phone_e164 CHECK (length(e164) <= 20), 
	CONSTRAINT phone_is_primary CHECK (is_primary IN (0, 1)), 
	CONSTRAINT phone_is_invalid CHECK (is_invalid IN (0, 1))
)
 STRICT;

CREATE INDEX ix_phone_account_id ON phone (account_id);

CREATE INDEX ix_phone_contact_id ON phone (contact_id);

CREATE INDEX ix_phone_e164 ON phone (e164);

CREATE TABLE activity (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	kind TEXT NOT NULL, 
	direction TEXT DEFAULT 'out' NOT NULL, 
	subject TEXT NOT NULL, 
	note TEXT, 
	outcome TEXT, 
	started_at TEXT NOT NULL, 
	duration_min INTEGER, 
	account_id TEXT REFERENCES account, 
	opportunity_id TEXT REFERENCES opportunity, 
	lead_id TEXT REFERENCES lead, 
	owner_id TEXT REFERENCES app_user, 
	is_internal INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT activity_id CHECK (length(id) = 36), 
	CONSTRAINT activity_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT activity_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT activity_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT activity_kind CHECK (kind IN ('call', 'meeting', 'visit', 'email', 'message', 'letter', 'demo', 'coaching', 'internal', 'other')), 
	CONSTRAINT activity_direction CHECK (direction IN ('out', 'in')), 
	CONSTRAINT activity_subject CHECK (length(subject) <= 500 AND trim(subject) <> ''), 
	CONSTRAINT activity_note CHECK (length(note) <= 65536), 
	CONSTRAINT activity_outcome CHECK (outcome IN ('connected', 'no_answer', 'left_message', 'positive', 'neutral', 'negative', 'next_step_set', 'cancelled')), 
	CONSTRAINT activity_started_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', started_at) IS started_at), 
	CONSTRAINT activity_duration_min CHECK (duration_min >= 0 AND duration_min <= 10080), 
	CONSTRAINT activity_is_internal CHECK (is_internal IN (0, 1))
)
 STRICT;

CREATE INDEX activity_by_time ON activity (started_at);

CREATE INDEX activity_of_account ON activity (account_id, started_at);

CREATE INDEX activity_of_opportunity ON activity (opportunity_id, started_at);

CREATE INDEX activity_visits ON activity (account_id, started_at) WHERE kind IN ('visit', 'meeting', 'demo') AND deleted_at IS NULL AND outcome IS NOT 'cancelled';

CREATE INDEX ix_activity_account_id ON activity (account_id);

CREATE INDEX ix_activity_lead_id ON activity (lead_id);

CREATE INDEX ix_activity_opportunity_id ON activity (opportunity_id);

CREATE INDEX ix_activity_owner_id ON activity (owner_id);

CREATE UNIQUE INDEX activity_ref ON activity (ref);

CREATE TABLE opportunity_contact (
	id TEXT NOT NULL, 
	opportunity_id TEXT NOT NULL REFERENCES opportunity, 
	contact_id TEXT NOT NULL REFERENCES contact, 
	role TEXT, 
	stance INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT opportunity_contact_id CHECK (length(id) = 36), 
	CONSTRAINT opportunity_contact_role CHECK (length(role) <= 200), 
	CONSTRAINT opportunity_contact_stance CHECK (stance >= -2 AND stance <= 2)
)
 STRICT;

CREATE INDEX ix_opportunity_contact_contact_id ON opportunity_contact (contact_id);

CREATE INDEX ix_opportunity_contact_opportunity_id ON opportunity_contact (opportunity_id);

CREATE TABLE opportunity_history (
	id TEXT NOT NULL, 
	opportunity_id TEXT NOT NULL REFERENCES opportunity, 
	at TEXT NOT NULL, 
	stage_id TEXT NOT NULL REFERENCES stage, 
	is_stage_change INTEGER DEFAULT '0' NOT NULL, 
	amount_minor INTEGER, 
	currency TEXT, 
	close_date TEXT, 
	probability_ppm INTEGER NOT NULL, 
	category TEXT NOT NULL, 
	owner_id TEXT, 
	is_won INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT opportunity_history_id CHECK (length(id) = 36), 
	CONSTRAINT opportunity_history_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at), 
	CONSTRAINT opportunity_history_is_stage_change CHECK (is_stage_change IN (0, 1)), 
	CONSTRAINT opportunity_history_amount_minor CHECK (amount_minor >= -1000000000000000 AND amount_minor <= 1000000000000000), 
	CONSTRAINT opportunity_history_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT opportunity_history_close_date CHECK (date(close_date) IS close_date), 
	CONSTRAINT opportunity_history_probability_ppm CHECK (probability_ppm >= 0 AND probability_ppm <= 1000000), 
	CONSTRAINT opportunity_history_category CHECK (category IN ('pipeline', 'best_case', 'commit', 'closed', 'omitted')), 
	CONSTRAINT opportunity_history_owner_id CHECK (length(owner_id) <= 36), 
	CONSTRAINT opportunity_history_is_won CHECK (is_won >= 0 AND is_won <= 1)
)
 STRICT;

CREATE INDEX ix_opportunity_history_opportunity_id ON opportunity_history (opportunity_id);

CREATE INDEX ix_opportunity_history_stage_id ON opportunity_history (stage_id);

CREATE INDEX opportunity_history_at ON opportunity_history (opportunity_id, at);

CREATE TABLE opportunity_line (
	id TEXT NOT NULL, 
	opportunity_id TEXT NOT NULL REFERENCES opportunity, 
	product_id TEXT REFERENCES product, 
	seq INTEGER NOT NULL, 
	description TEXT, 
	quantity_dec6 INTEGER NOT NULL, 
	unit_price_dec6 INTEGER, 
	amount_minor INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT opportunity_line_id CHECK (length(id) = 36), 
	CONSTRAINT opportunity_line_description CHECK (length(description) <= 500), 
	CONSTRAINT opportunity_line_amount_minor CHECK (amount_minor >= -1000000000000000 AND amount_minor <= 1000000000000000)
)
 STRICT;

CREATE INDEX ix_opportunity_line_opportunity_id ON opportunity_line (opportunity_id);

CREATE INDEX ix_opportunity_line_product_id ON opportunity_line (product_id);

CREATE TABLE quote (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	number TEXT NOT NULL, 
	name TEXT NOT NULL, 
	account_id TEXT NOT NULL REFERENCES account, 
	contact_id TEXT REFERENCES contact, 
	opportunity_id TEXT REFERENCES opportunity, 
	owner_id TEXT REFERENCES app_user, 
	currency TEXT NOT NULL, 
	price_book_id TEXT REFERENCES price_book, 
	fx_rate_e9 INTEGER, 
	fx_date TEXT, 
	is_primary INTEGER DEFAULT '0' NOT NULL, 
	is_template INTEGER DEFAULT '0' NOT NULL, 
	language TEXT, 
	created_on TEXT NOT NULL, 
	description TEXT, 
	custom TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT quote_id CHECK (length(id) = 36), 
	CONSTRAINT quote_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT quote_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT quote_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT quote_number CHECK (length(number) <= 40 AND trim(number) <> ''), 
	CONSTRAINT quote_name CHECK (length(name) <= 200 AND trim(name) <> ''), 
	CONSTRAINT quote_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT quote_fx_rate_e9 CHECK (fx_rate_e9 >= 1), 
	CONSTRAINT quote_fx_date CHECK (date(fx_date) IS fx_date), 
	CONSTRAINT quote_is_primary CHECK (is_primary IN (0, 1)), 
	CONSTRAINT quote_is_template CHECK (is_template IN (0, 1)), 
	CONSTRAINT quote_language CHECK (length(language) <= 20), 
	CONSTRAINT quote_created_on CHECK (date(created_on) IS created_on), 
	CONSTRAINT quote_description CHECK (length(description) <= 65536), 
	CONSTRAINT quote_custom CHECK (json_valid(custom) AND json_type(custom) = 'object')
)
 STRICT;

CREATE INDEX ix_quote_account_id ON quote (account_id);

CREATE INDEX ix_quote_contact_id ON quote (contact_id);

CREATE INDEX ix_quote_opportunity_id ON quote (opportunity_id);

CREATE INDEX ix_quote_owner_id ON quote (owner_id);

CREATE INDEX ix_quote_price_book_id ON quote (price_book_id);

CREATE UNIQUE INDEX quote_number ON quote (number);

CREATE UNIQUE INDEX quote_ref ON quote (ref);

CREATE TABLE task (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	subject TEXT NOT NULL, 
	due_on TEXT, 
	due_time TEXT, 
	priority TEXT DEFAULT 'normal' NOT NULL, 
	status TEXT DEFAULT 'open' NOT NULL, 
	done_at TEXT, 
	note TEXT, 
	account_id TEXT REFERENCES account, 
	contact_id TEXT REFERENCES contact, 
	opportunity_id TEXT REFERENCES opportunity, 
	lead_id TEXT REFERENCES lead, 
	owner_id TEXT REFERENCES app_user, 
	created_on TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT done_task_has_time CHECK ((status = 'done') = (done_at IS NOT NULL)), 
	CONSTRAINT task_id CHECK (length(id) = 36), 
	CONSTRAINT task_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT task_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT task_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT task_subject CHECK (length(subject) <= 500 AND trim(subject) <> ''), 
	CONSTRAINT task_due_on CHECK (date(due_on) IS due_on), 
	CONSTRAINT task_due_time CHECK (length(due_time) <= 5), 
	CONSTRAINT task_priority CHECK (priority IN ('low', 'normal', 'high', 'urgent')), 
	CONSTRAINT task_status CHECK (status IN ('open', 'done', 'cancelled', 'deferred')), 
	CONSTRAINT task_done_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', done_at) IS done_at), 
	CONSTRAINT task_note CHECK (length(note) <= 65536), 
	CONSTRAINT task_created_on CHECK (date(created_on) IS created_on)
)
 STRICT;

CREATE INDEX ix_task_account_id ON task (account_id);

CREATE INDEX ix_task_contact_id ON task (contact_id);

CREATE INDEX ix_task_lead_id ON task (lead_id);

CREATE INDEX ix_task_opportunity_id ON task (opportunity_id);

CREATE INDEX ix_task_owner_id ON task (owner_id);

CREATE INDEX task_open ON task (due_on) WHERE done_at IS NULL AND deleted_at IS NULL;

CREATE UNIQUE INDEX task_ref ON task (ref);

CREATE TABLE activity_contact (
	id TEXT NOT NULL, 
	activity_id TEXT NOT NULL REFERENCES activity, 
	contact_id TEXT NOT NULL REFERENCES contact, 
	PRIMARY KEY (id), 
	CONSTRAINT activity_contact_id CHECK (length(id) = 36)
)
 STRICT;

CREATE INDEX ix_activity_contact_activity_id ON activity_contact (activity_id);

CREATE INDEX ix_activity_contact_contact_id ON activity_contact (contact_id);

CREATE TABLE attachment (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	name TEXT NOT NULL, 
	path TEXT NOT NULL, 
	size_bytes INTEGER, 
	sha256 TEXT, 
	account_id TEXT REFERENCES account, 
	contact_id TEXT REFERENCES contact, 
	opportunity_id TEXT REFERENCES opportunity, 
	activity_id TEXT REFERENCES activity, 
	quote_id TEXT REFERENCES quote, 
	PRIMARY KEY (id), 
	CONSTRAINT attachment_id CHECK (length(id) = 36), 
	CONSTRAINT attachment_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT attachment_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT attachment_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT attachment_name CHECK (length(name) <= 200 AND trim(name) <> ''), 
	CONSTRAINT attachment_path CHECK (length(path) <= 4096 AND trim(path) <> ''), 
	CONSTRAINT attachment_size_bytes CHECK (size_bytes >= 0), 
	CONSTRAINT attachment_sha256 CHECK (length(sha256) <= 64)
)
 STRICT;

CREATE INDEX ix_attachment_account_id ON attachment (account_id);

CREATE INDEX ix_attachment_activity_id ON attachment (activity_id);

CREATE INDEX ix_attachment_contact_id ON attachment (contact_id);

CREATE INDEX ix_attachment_opportunity_id ON attachment (opportunity_id);

CREATE INDEX ix_attachment_quote_id ON attachment (quote_id);

CREATE UNIQUE INDEX attachment_ref ON attachment (ref);

CREATE TABLE event (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	subject TEXT NOT NULL, 
	kind TEXT DEFAULT 'meeting' NOT NULL, 
	is_all_day INTEGER DEFAULT '0' NOT NULL, 
	starts_wall TEXT NOT NULL, 
	ends_wall TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	ends_zone TEXT, 
	starts_at TEXT NOT NULL, 
	ends_at TEXT NOT NULL, 
	rule TEXT, 
	until_at TEXT, 
	series_id TEXT REFERENCES event, 
	original_wall TEXT, 
	place TEXT, 
	url TEXT, 
	status TEXT DEFAULT 'planned' NOT NULL, 
	busy TEXT DEFAULT 'busy' NOT NULL, 
	privacy TEXT DEFAULT 'public' NOT NULL, 
	moved_count INTEGER DEFAULT '0' NOT NULL, 
	moved_why TEXT, 
	account_id TEXT REFERENCES account, 
	contact_id TEXT REFERENCES contact, 
	opportunity_id TEXT REFERENCES opportunity, 
	activity_id TEXT REFERENCES activity, 
	owner_id TEXT REFERENCES app_user, 
	note TEXT, 
	uid TEXT, 
	sequence INTEGER DEFAULT '0' NOT NULL, 
	extra TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT event_exception_is_whole CHECK ((series_id IS NULL) = (original_wall IS NULL)), 
	CONSTRAINT event_exception_repeats_nothing CHECK (series_id IS NULL OR rule IS NULL), 
	CONSTRAINT event_ends_after_it_starts CHECK (ends_wall >= starts_wall OR ends_zone IS NOT NULL), 
	CONSTRAINT event_exception_once UNIQUE (series_id, original_wall), 
	CONSTRAINT event_id CHECK (length(id) = 36), 
	CONSTRAINT event_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT event_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT event_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT event_subject CHECK (length(subject) <= 500 AND trim(subject) <> ''), 
	CONSTRAINT event_kind CHECK (kind IN ('meeting', 'call', 'visit', 'demo', 'other')), 
	CONSTRAINT event_is_all_day CHECK (is_all_day IN (0, 1)), 
	CONSTRAINT event_starts_wall CHECK (length(starts_wall) <= 19 AND trim(starts_wall) <> ''), 
	CONSTRAINT event_ends_wall CHECK (length(ends_wall) <= 19 AND trim(ends_wall) <> ''), 
	CONSTRAINT event_zone CHECK (length(zone) <= 80 AND trim(zone) <> ''), 
	CONSTRAINT event_ends_zone CHECK (length(ends_zone) <= 80), 
	CONSTRAINT event_starts_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', starts_at) IS starts_at), 
	CONSTRAINT event_ends_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', ends_at) IS ends_at), 
	CONSTRAINT event_rule CHECK (length(rule) <= 65536), 
	CONSTRAINT event_until_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', until_at) IS until_at), 
	CONSTRAINT event_original_wall CHECK (length(original_wall) <= 19), 
	CONSTRAINT event_place CHECK (length(place) <= 500), 
	CONSTRAINT event_url CHECK (length(url) <= 2000), 
	CONSTRAINT event_status CHECK (status IN ('planned', 'held', 'not_held', 'cancelled')), 
	CONSTRAINT event_busy CHECK (busy IN ('busy', 'free', 'tentative', 'away')), 
	CONSTRAINT event_privacy CHECK (privacy IN ('public', 'private', 'confidential')), 
	CONSTRAINT event_moved_count CHECK (moved_count >= 0), 
	CONSTRAINT event_moved_why CHECK (length(moved_why) <= 500), 
	CONSTRAINT event_note CHECK (length(note) <= 65536), 
	CONSTRAINT event_uid CHECK (length(uid) <= 500), 
	CONSTRAINT event_sequence CHECK (sequence >= 0), 
	CONSTRAINT event_extra CHECK (length(extra) <= 1000000)
)
 STRICT;

CREATE INDEX event_by_end ON event (ends_at) WHERE rule IS NULL AND deleted_at IS NULL;

CREATE INDEX event_by_time ON event (starts_at);

CREATE INDEX event_series ON event (until_at) WHERE rule IS NOT NULL AND deleted_at IS NULL;

CREATE INDEX ix_event_account_id ON event (account_id);

CREATE INDEX ix_event_activity_id ON event (activity_id);

CREATE INDEX ix_event_contact_id ON event (contact_id);

CREATE INDEX ix_event_opportunity_id ON event (opportunity_id);

CREATE INDEX ix_event_owner_id ON event (owner_id);

CREATE INDEX ix_event_series_id ON event (series_id);

CREATE INDEX ix_event_uid ON event (uid);

CREATE UNIQUE INDEX event_ref ON event (ref);

CREATE TABLE note (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	body TEXT NOT NULL, 
	account_id TEXT REFERENCES account, 
	contact_id TEXT REFERENCES contact, 
	opportunity_id TEXT REFERENCES opportunity, 
	lead_id TEXT REFERENCES lead, 
	quote_id TEXT REFERENCES quote, 
	owner_id TEXT REFERENCES app_user, 
	PRIMARY KEY (id), 
	CONSTRAINT note_id CHECK (length(id) = 36), 
	CONSTRAINT note_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT note_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT note_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT note_body CHECK (length(body) <= 65536)
)
 STRICT;

CREATE INDEX ix_note_account_id ON note (account_id);

CREATE INDEX ix_note_contact_id ON note (contact_id);

CREATE INDEX ix_note_lead_id ON note (lead_id);

CREATE INDEX ix_note_opportunity_id ON note (opportunity_id);

CREATE INDEX ix_note_owner_id ON note (owner_id);

CREATE INDEX ix_note_quote_id ON note (quote_id);

CREATE UNIQUE INDEX note_ref ON note (ref);

CREATE TABLE quote_version (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	quote_id TEXT NOT NULL REFERENCES quote, 
	revision INTEGER NOT NULL, 
	state TEXT DEFAULT 'draft' NOT NULL, 
	quoted_on TEXT NOT NULL, 
	priced_on TEXT NOT NULL, 
	valid_until TEXT, 
	extended_until TEXT, 
	extended_by_id TEXT REFERENCES app_user, 
	payment_terms_days INTEGER, 
	tax_method TEXT DEFAULT 'total' NOT NULL, 
	is_tax_inclusive INTEGER DEFAULT '0' NOT NULL, 
	rounding TEXT DEFAULT 'half_up' NOT NULL, 
	cash_minor INTEGER DEFAULT '0' NOT NULL, 
	template TEXT, 
	cover TEXT, 
	terms TEXT, 
	note TEXT, 
	is_nonstandard INTEGER DEFAULT '0' NOT NULL, 
	list_minor INTEGER, 
	line_sum_minor INTEGER, 
	net_minor INTEGER, 
	tax_minor INTEGER, 
	gross_minor INTEGER, 
	prepaid_minor INTEGER, 
	payable_rounding_minor INTEGER, 
	payable_minor INTEGER, 
	cost_minor INTEGER, 
	content_hash TEXT, 
	sent_at TEXT, 
	sent_to TEXT, 
	decided_on TEXT, 
	decision_reason TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT quote_version_sent_when CHECK (state <> 'sent' OR sent_at IS NOT NULL), 
	CONSTRAINT quote_version_sent_what CHECK (sent_at IS NULL OR content_hash IS NOT NULL), 
	CONSTRAINT quote_version_id CHECK (length(id) = 36), 
	CONSTRAINT quote_version_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT quote_version_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT quote_version_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT quote_version_revision CHECK (revision >= 1), 
	CONSTRAINT quote_version_state CHECK (state IN ('draft', 'in_approval', 'approved', 'sent', 'accepted', 'rejected', 'expired', 'withdrawn', 'superseded')), 
	CONSTRAINT quote_version_quoted_on CHECK (date(quoted_on) IS quoted_on), 
	CONSTRAINT quote_version_priced_on CHECK (date(priced_on) IS priced_on), 
	CONSTRAINT quote_version_valid_until CHECK (date(valid_until) IS valid_until), 
	CONSTRAINT quote_version_extended_until CHECK (date(extended_until) IS extended_until), 
	CONSTRAINT quote_version_payment_terms_days CHECK (payment_terms_days >= 0 AND payment_terms_days <= 3650), 
	CONSTRAINT quote_version_tax_method CHECK (tax_method IN ('total', 'line')), 
	CONSTRAINT quote_version_is_tax_inclusive CHECK (is_tax_inclusive IN (0, 1)), 
	CONSTRAINT quote_version_rounding CHECK (rounding IN ('half_up', 'half_even', 'up', 'down')), 
	CONSTRAINT quote_version_cash_minor CHECK (cash_minor >= 0), 
	CONSTRAINT quote_version_template CHECK (length(template) <= 200), 
	CONSTRAINT quote_version_cover CHECK (length(cover) <= 65536), 
	CONSTRAINT quote_version_terms CHECK (length(terms) <= 65536), 
	CONSTRAINT quote_version_note CHECK (length(note) <= 65536), 
	CONSTRAINT quote_version_is_nonstandard CHECK (is_nonstandard IN (0, 1)), 
	CONSTRAINT quote_version_list_minor CHECK (list_minor >= -1000000000000000 AND list_minor <= 1000000000000000), 
	CONSTRAINT quote_version_line_sum_minor CHECK (line_sum_minor >= -1000000000000000 AND line_sum_minor <= 1000000000000000), 
	CONSTRAINT quote_version_net_minor CHECK (net_minor >= -1000000000000000 AND net_minor <= 1000000000000000), 
	CONSTRAINT quote_version_tax_minor CHECK (tax_minor >= -1000000000000000 AND tax_minor <= 1000000000000000), 
	CONSTRAINT quote_version_gross_minor CHECK (gross_minor >= -1000000000000000 AND gross_minor <= 1000000000000000), 
	CONSTRAINT quote_version_prepaid_minor CHECK (prepaid_minor >= -1000000000000000 AND prepaid_minor <= 1000000000000000), 
	CONSTRAINT quote_version_payable_rounding_minor CHECK (payable_rounding_minor >= -1000000000000000 AND payable_rounding_minor <= 1000000000000000), 
	CONSTRAINT quote_version_payable_minor CHECK (payable_minor >= -1000000000000000 AND payable_minor <= 1000000000000000), 
	CONSTRAINT quote_version_cost_minor CHECK (cost_minor >= -1000000000000000 AND cost_minor <= 1000000000000000), 
	CONSTRAINT quote_version_content_hash CHECK (length(content_hash) <= 64), 
	CONSTRAINT quote_version_sent_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', sent_at) IS sent_at), 
	CONSTRAINT quote_version_sent_to CHECK (length(sent_to) <= 320), 
	CONSTRAINT quote_version_decided_on CHECK (date(decided_on) IS decided_on), 
	CONSTRAINT quote_version_decision_reason CHECK (length(decision_reason) <= 500)
)
 STRICT;

CREATE INDEX ix_quote_version_extended_by_id ON quote_version (extended_by_id);

CREATE INDEX ix_quote_version_quote_id ON quote_version (quote_id);

CREATE UNIQUE INDEX quote_version_accepted_once ON quote_version (quote_id) WHERE state = 'accepted';

CREATE UNIQUE INDEX quote_version_revision ON quote_version (quote_id, revision);

CREATE UNIQUE INDEX quote_version_ref ON quote_version (ref);

CREATE TABLE acceptance (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	version_id TEXT NOT NULL REFERENCES quote_version, 
	signer TEXT NOT NULL, 
	method TEXT DEFAULT 'typed' NOT NULL, 
	signed_at TEXT NOT NULL, 
	document_sha256 TEXT NOT NULL, 
	note TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT acceptance_id CHECK (length(id) = 36), 
	CONSTRAINT acceptance_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT acceptance_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT acceptance_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT acceptance_signer CHECK (length(signer) <= 200 AND trim(signer) <> ''), 
	CONSTRAINT acceptance_method CHECK (method IN ('typed', 'drawn', 'uploaded', 'external')), 
	CONSTRAINT acceptance_signed_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', signed_at) IS signed_at), 
	CONSTRAINT acceptance_document_sha256 CHECK (length(document_sha256) <= 64 AND trim(document_sha256) <> ''), 
	CONSTRAINT acceptance_note CHECK (length(note) <= 2000)
)
 STRICT;

CREATE INDEX ix_acceptance_version_id ON acceptance (version_id);

CREATE UNIQUE INDEX acceptance_ref ON acceptance (ref);

CREATE TABLE approval_request (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	version_id TEXT NOT NULL REFERENCES quote_version, 
	rule_id TEXT NOT NULL REFERENCES approval_rule, 
	metrics TEXT NOT NULL, 
	why TEXT NOT NULL, 
	approver_role TEXT NOT NULL, 
	sequence INTEGER NOT NULL, 
	status TEXT DEFAULT 'waiting' NOT NULL, 
	asked_by_id TEXT REFERENCES app_user, 
	decided_by_id TEXT REFERENCES app_user, 
	decided_at TEXT, 
	note TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT approval_request_id CHECK (length(id) = 36), 
	CONSTRAINT approval_request_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT approval_request_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT approval_request_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT approval_request_metrics CHECK (json_valid(metrics) AND json_type(metrics) = 'object'), 
	CONSTRAINT approval_request_why CHECK (length(why) <= 500 AND trim(why) <> ''), 
	CONSTRAINT approval_request_approver_role CHECK (approver_role IN ('manager', 'director', 'finance', 'admin')), 
	CONSTRAINT approval_request_status CHECK (status IN ('waiting', 'approved', 'refused', 'withdrawn')), 
	CONSTRAINT approval_request_decided_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', decided_at) IS decided_at), 
	CONSTRAINT approval_request_note CHECK (length(note) <= 2000)
)
 STRICT;

CREATE INDEX ix_approval_request_asked_by_id ON approval_request (asked_by_id);

CREATE INDEX ix_approval_request_decided_by_id ON approval_request (decided_by_id);

CREATE INDEX ix_approval_request_rule_id ON approval_request (rule_id);

CREATE INDEX ix_approval_request_version_id ON approval_request (version_id);

CREATE UNIQUE INDEX approval_request_ref ON approval_request (ref);

CREATE TABLE event_attendee (
	id TEXT NOT NULL, 
	event_id TEXT NOT NULL REFERENCES event, 
	contact_id TEXT REFERENCES contact, 
	name TEXT, 
	address TEXT, 
	answer TEXT DEFAULT 'needs_action' NOT NULL, 
	is_organizer INTEGER DEFAULT '0' NOT NULL, 
	is_optional INTEGER DEFAULT '0' NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT attendee_is_somebody CHECK (contact_id IS NOT NULL OR name IS NOT NULL OR address IS NOT NULL), 
	CONSTRAINT event_attendee_id CHECK (length(id) = 36), 
	CONSTRAINT event_attendee_name CHECK (length(name) <= 200), 
	CONSTRAINT event_attendee_address CHECK (length(address) <= 320), 
	CONSTRAINT event_attendee_answer CHECK (answer IN ('needs_action', 'accepted', 'declined', 'tentative', 'delegated')), 
	CONSTRAINT event_attendee_is_organizer CHECK (is_organizer IN (0, 1)), 
	CONSTRAINT event_attendee_is_optional CHECK (is_optional IN (0, 1))
)
 STRICT;

CREATE INDEX ix_event_attendee_contact_id ON event_attendee (contact_id);

CREATE INDEX ix_event_attendee_event_id ON event_attendee (event_id);

CREATE TABLE event_reminder (
	id TEXT NOT NULL, 
	event_id TEXT NOT NULL REFERENCES event, 
	minutes_before INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT reminder_once UNIQUE (event_id, minutes_before), 
	CONSTRAINT event_reminder_id CHECK (length(id) = 36), 
	CONSTRAINT event_reminder_minutes_before CHECK (minutes_before >= 0 AND minutes_before <= 527040)
)
 STRICT;

CREATE INDEX ix_event_reminder_event_id ON event_reminder (event_id);

CREATE TABLE quote_line (
	id TEXT NOT NULL, 
	version_id TEXT NOT NULL REFERENCES quote_version, 
	ordinal INTEGER NOT NULL, 
	parent_line_id TEXT REFERENCES quote_line, 
	kind TEXT DEFAULT 'product' NOT NULL, 
	role TEXT DEFAULT 'normal' NOT NULL, 
	choice_of TEXT, 
	is_chosen INTEGER DEFAULT '0' NOT NULL, 
	product_id TEXT REFERENCES product, 
	description TEXT, 
	unit TEXT, 
	quantity_dec6 INTEGER, 
	base_dec6 INTEGER DEFAULT '1000000' NOT NULL, 
	periods INTEGER, 
	period TEXT, 
	list_dec6 INTEGER, 
	net_dec6 INTEGER, 
	fixed_dec6 INTEGER, 
	discounts TEXT, 
	steps TEXT, 
	slices TEXT, 
	options TEXT, 
	list_minor INTEGER, 
	net_minor INTEGER, 
	cost_dec6 INTEGER, 
	cost_minor INTEGER, 
	tax_code_id TEXT REFERENCES tax_code, 
	tax_reason TEXT, 
	tax_category TEXT, 
	tax_rate_ppm INTEGER, 
	tax_minor INTEGER, 
	delivery_on TEXT, 
	note TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT quote_line_has_quantity CHECK (kind <> 'product' OR quantity_dec6 IS NOT NULL), 
	CONSTRAINT quote_line_says_what CHECK (product_id IS NOT NULL OR description IS NOT NULL), 
	CONSTRAINT quote_line_id CHECK (length(id) = 36), 
	CONSTRAINT quote_line_kind CHECK (kind IN ('product', 'text', 'section')), 
	CONSTRAINT quote_line_role CHECK (role IN ('normal', 'optional', 'alternative')), 
	CONSTRAINT quote_line_choice_of CHECK (length(choice_of) <= 80), 
	CONSTRAINT quote_line_is_chosen CHECK (is_chosen IN (0, 1)), 
	CONSTRAINT quote_line_description CHECK (length(description) <= 4000), 
	CONSTRAINT quote_line_unit CHECK (length(unit) <= 40), 
	CONSTRAINT quote_line_base_dec6 CHECK (base_dec6 >= 1), 
	CONSTRAINT quote_line_periods CHECK (periods >= 0), 
	CONSTRAINT quote_line_period CHECK (period IN ('month', 'quarter', 'half', 'year')), 
	CONSTRAINT quote_line_list_dec6 CHECK (list_dec6 >= 0), 
	CONSTRAINT quote_line_net_dec6 CHECK (net_dec6 >= 0), 
	CONSTRAINT quote_line_fixed_dec6 CHECK (fixed_dec6 >= 0), 
	CONSTRAINT quote_line_discounts CHECK (json_valid(discounts) AND json_type(discounts) = 'array'), 
	CONSTRAINT quote_line_steps CHECK (json_valid(steps) AND json_type(steps) = 'array'), 
	CONSTRAINT quote_line_slices CHECK (json_valid(slices) AND json_type(slices) = 'array'), 
	CONSTRAINT quote_line_options CHECK (json_valid(options) AND json_type(options) = 'object'), 
	CONSTRAINT quote_line_list_minor CHECK (list_minor >= -1000000000000000 AND list_minor <= 1000000000000000), 
	CONSTRAINT quote_line_net_minor CHECK (net_minor >= -1000000000000000 AND net_minor <= 1000000000000000), 
	CONSTRAINT quote_line_cost_dec6 CHECK (cost_dec6 >= 0), 
	CONSTRAINT quote_line_cost_minor CHECK (cost_minor >= -1000000000000000 AND cost_minor <= 1000000000000000), 
	CONSTRAINT quote_line_tax_reason CHECK (length(tax_reason) <= 500), 
	CONSTRAINT quote_line_tax_category CHECK (tax_category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')), 
	CONSTRAINT quote_line_tax_rate_ppm CHECK (tax_rate_ppm >= 0 AND tax_rate_ppm <= 1000000), 
	CONSTRAINT quote_line_tax_minor CHECK (tax_minor >= -1000000000000000 AND tax_minor <= 1000000000000000), 
	CONSTRAINT quote_line_delivery_on CHECK (date(delivery_on) IS delivery_on), 
	CONSTRAINT quote_line_note CHECK (length(note) <= 2000)
)
 STRICT;

CREATE INDEX ix_quote_line_parent_line_id ON quote_line (parent_line_id);

CREATE INDEX ix_quote_line_product_id ON quote_line (product_id);

CREATE INDEX ix_quote_line_tax_code_id ON quote_line (tax_code_id);

CREATE INDEX ix_quote_line_version_id ON quote_line (version_id);

CREATE INDEX quote_line_of ON quote_line (version_id, ordinal);

CREATE TABLE sales_order (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	number TEXT NOT NULL, 
	name TEXT NOT NULL, 
	account_id TEXT NOT NULL REFERENCES account, 
	contact_id TEXT REFERENCES contact, 
	opportunity_id TEXT REFERENCES opportunity, 
	version_id TEXT REFERENCES quote_version, 
	owner_id TEXT REFERENCES app_user, 
	state TEXT DEFAULT 'open' NOT NULL, 
	currency TEXT NOT NULL, 
	ordered_on TEXT NOT NULL, 
	promised_on TEXT, 
	delivered_on TEXT, 
	payment_terms_days INTEGER, 
	net_minor INTEGER, 
	tax_minor INTEGER, 
	gross_minor INTEGER, 
	cost_minor INTEGER, 
	customer_ref TEXT, 
	channel TEXT, 
	ship_to TEXT, 
	description TEXT, 
	custom TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT sales_order_id CHECK (length(id) = 36), 
	CONSTRAINT sales_order_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT sales_order_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT sales_order_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT sales_order_number CHECK (length(number) <= 40 AND trim(number) <> ''), 
	CONSTRAINT sales_order_name CHECK (length(name) <= 200 AND trim(name) <> ''), 
	CONSTRAINT sales_order_state CHECK (state IN ('open', 'part_delivered', 'delivered', 'part_invoiced', 'invoiced', 'paid', 'cancelled')), 
	CONSTRAINT sales_order_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT sales_order_ordered_on CHECK (date(ordered_on) IS ordered_on), 
	CONSTRAINT sales_order_promised_on CHECK (date(promised_on) IS promised_on), 
	CONSTRAINT sales_order_delivered_on CHECK (date(delivered_on) IS delivered_on), 
	CONSTRAINT sales_order_payment_terms_days CHECK (payment_terms_days >= 0 AND payment_terms_days <= 3650), 
	CONSTRAINT sales_order_net_minor CHECK (net_minor >= -1000000000000000 AND net_minor <= 1000000000000000), 
	CONSTRAINT sales_order_tax_minor CHECK (tax_minor >= -1000000000000000 AND tax_minor <= 1000000000000000), 
	CONSTRAINT sales_order_gross_minor CHECK (gross_minor >= -1000000000000000 AND gross_minor <= 1000000000000000), 
	CONSTRAINT sales_order_cost_minor CHECK (cost_minor >= -1000000000000000 AND cost_minor <= 1000000000000000), 
	CONSTRAINT sales_order_customer_ref CHECK (length(customer_ref) <= 200), 
	CONSTRAINT sales_order_channel CHECK (length(channel) <= 40), 
	CONSTRAINT sales_order_ship_to CHECK (length(ship_to) <= 1000), 
	CONSTRAINT sales_order_description CHECK (length(description) <= 65536), 
	CONSTRAINT sales_order_custom CHECK (json_valid(custom) AND json_type(custom) = 'object')
)
 STRICT;

CREATE INDEX ix_sales_order_account_id ON sales_order (account_id);

CREATE INDEX ix_sales_order_contact_id ON sales_order (contact_id);

CREATE INDEX ix_sales_order_opportunity_id ON sales_order (opportunity_id);

CREATE INDEX ix_sales_order_owner_id ON sales_order (owner_id);

CREATE INDEX ix_sales_order_version_id ON sales_order (version_id);

CREATE INDEX sales_order_by_day ON sales_order (ordered_on, owner_id, state, currency, net_minor) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX sales_order_number ON sales_order (number);

CREATE INDEX sales_order_of_account ON sales_order (account_id, ordered_on, state, currency, net_minor) WHERE deleted_at IS NULL;

CREATE INDEX sales_order_promised ON sales_order (promised_on, state) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX sales_order_ref ON sales_order (ref);

CREATE TABLE invoice (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	number TEXT NOT NULL, 
	kind TEXT DEFAULT 'invoice' NOT NULL, 
	corrects_id TEXT REFERENCES invoice, 
	order_id TEXT REFERENCES sales_order, 
	account_id TEXT NOT NULL REFERENCES account, 
	owner_id TEXT REFERENCES app_user, 
	state TEXT DEFAULT 'open' NOT NULL, 
	issued_on TEXT NOT NULL, 
	due_on TEXT, 
	currency TEXT NOT NULL, 
	net_minor INTEGER NOT NULL, 
	tax_minor INTEGER NOT NULL, 
	gross_minor INTEGER NOT NULL, 
	paid_minor INTEGER DEFAULT '0' NOT NULL, 
	channel TEXT, 
	note TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT invoice_id CHECK (length(id) = 36), 
	CONSTRAINT invoice_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT invoice_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT invoice_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT invoice_number CHECK (length(number) <= 80 AND trim(number) <> ''), 
	CONSTRAINT invoice_kind CHECK (kind IN ('invoice', 'credit_note')), 
	CONSTRAINT invoice_state CHECK (state IN ('open', 'part_paid', 'paid', 'written_off')), 
	CONSTRAINT invoice_issued_on CHECK (date(issued_on) IS issued_on), 
	CONSTRAINT invoice_due_on CHECK (date(due_on) IS due_on), 
	CONSTRAINT invoice_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT invoice_net_minor CHECK (net_minor >= -1000000000000000 AND net_minor <= 1000000000000000), 
	CONSTRAINT invoice_tax_minor CHECK (tax_minor >= -1000000000000000 AND tax_minor <= 1000000000000000), 
	CONSTRAINT invoice_gross_minor CHECK (gross_minor >= -1000000000000000 AND gross_minor <= 1000000000000000), 
	CONSTRAINT invoice_channel CHECK (length(channel) <= 40), 
	CONSTRAINT invoice_note CHECK (length(note) <= 2000)
)
 STRICT;

CREATE INDEX invoice_by_day ON invoice (issued_on, owner_id, account_id, currency, net_minor) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX invoice_number ON invoice (number);

CREATE INDEX ix_invoice_account_id ON invoice (account_id);

CREATE INDEX ix_invoice_corrects_id ON invoice (corrects_id);

CREATE INDEX ix_invoice_order_id ON invoice (order_id);

CREATE INDEX ix_invoice_owner_id ON invoice (owner_id);

CREATE UNIQUE INDEX invoice_ref ON invoice (ref);

CREATE TABLE quote_allowance (
	id TEXT NOT NULL, 
	version_id TEXT NOT NULL REFERENCES quote_version, 
	line_id TEXT REFERENCES quote_line, 
	is_charge INTEGER DEFAULT '0' NOT NULL, 
	reason TEXT NOT NULL, 
	percent_ppm INTEGER, 
	base_minor INTEGER, 
	amount_minor INTEGER, 
	tax_code_id TEXT REFERENCES tax_code, 
	PRIMARY KEY (id), 
	CONSTRAINT quote_allowance_one_way CHECK ((percent_ppm IS NULL) <> (amount_minor IS NULL)), 
	CONSTRAINT quote_allowance_id CHECK (length(id) = 36), 
	CONSTRAINT quote_allowance_is_charge CHECK (is_charge IN (0, 1)), 
	CONSTRAINT quote_allowance_reason CHECK (length(reason) <= 200 AND trim(reason) <> ''), 
	CONSTRAINT quote_allowance_percent_ppm CHECK (percent_ppm >= 0), 
	CONSTRAINT quote_allowance_base_minor CHECK (base_minor >= -1000000000000000 AND base_minor <= 1000000000000000), 
	CONSTRAINT quote_allowance_amount_minor CHECK (amount_minor >= -1000000000000000 AND amount_minor <= 1000000000000000)
)
 STRICT;

CREATE INDEX ix_quote_allowance_line_id ON quote_allowance (line_id);

CREATE INDEX ix_quote_allowance_tax_code_id ON quote_allowance (tax_code_id);

CREATE INDEX ix_quote_allowance_version_id ON quote_allowance (version_id);

CREATE TABLE sales_order_line (
	id TEXT NOT NULL, 
	order_id TEXT NOT NULL REFERENCES sales_order, 
	ordinal INTEGER NOT NULL, 
	quote_line_id TEXT REFERENCES quote_line, 
	product_id TEXT REFERENCES product, 
	description TEXT, 
	unit TEXT, 
	quantity_dec6 INTEGER NOT NULL, 
	delivered_dec6 INTEGER DEFAULT '0' NOT NULL, 
	invoiced_dec6 INTEGER DEFAULT '0' NOT NULL, 
	returned_dec6 INTEGER DEFAULT '0' NOT NULL, 
	tolerance_dec6 INTEGER DEFAULT '0' NOT NULL, 
	net_dec6 INTEGER, 
	net_minor INTEGER NOT NULL, 
	cost_minor INTEGER, 
	tax_code_id TEXT REFERENCES tax_code, 
	tax_category TEXT, 
	tax_rate_ppm INTEGER, 
	promised_on TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT order_line_returned CHECK (returned_dec6 BETWEEN 0 AND delivered_dec6), 
	CONSTRAINT order_line_delivered CHECK (delivered_dec6 <= quantity_dec6 + tolerance_dec6), 
	CONSTRAINT order_line_invoiced CHECK (invoiced_dec6 BETWEEN 0 AND quantity_dec6 + tolerance_dec6), 
	CONSTRAINT sales_order_line_id CHECK (length(id) = 36), 
	CONSTRAINT sales_order_line_description CHECK (length(description) <= 4000), 
	CONSTRAINT sales_order_line_unit CHECK (length(unit) <= 40), 
	CONSTRAINT sales_order_line_quantity_dec6 CHECK (quantity_dec6 >= 0), 
	CONSTRAINT sales_order_line_delivered_dec6 CHECK (delivered_dec6 >= 0), 
	CONSTRAINT sales_order_line_invoiced_dec6 CHECK (invoiced_dec6 >= 0), 
	CONSTRAINT sales_order_line_returned_dec6 CHECK (returned_dec6 >= 0), 
	CONSTRAINT sales_order_line_tolerance_dec6 CHECK (tolerance_dec6 >= 0), 
	CONSTRAINT sales_order_line_net_dec6 CHECK (net_dec6 >= 0), 
	CONSTRAINT sales_order_line_net_minor CHECK (net_minor >= -1000000000000000 AND net_minor <= 1000000000000000), 
	CONSTRAINT sales_order_line_cost_minor CHECK (cost_minor >= -1000000000000000 AND cost_minor <= 1000000000000000), 
	CONSTRAINT sales_order_line_tax_category CHECK (tax_category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')), 
	CONSTRAINT sales_order_line_tax_rate_ppm CHECK (tax_rate_ppm >= 0 AND tax_rate_ppm <= 1000000), 
	CONSTRAINT sales_order_line_promised_on CHECK (date(promised_on) IS promised_on)
)
 STRICT;

CREATE INDEX ix_sales_order_line_order_id ON sales_order_line (order_id);

CREATE INDEX ix_sales_order_line_product_id ON sales_order_line (product_id);

CREATE INDEX ix_sales_order_line_quote_line_id ON sales_order_line (quote_line_id);

CREATE INDEX ix_sales_order_line_tax_code_id ON sales_order_line (tax_code_id);

CREATE INDEX sales_order_line_of ON sales_order_line (order_id, ordinal);

CREATE TABLE shipment (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	order_id TEXT NOT NULL REFERENCES sales_order, 
	kind TEXT DEFAULT 'delivery' NOT NULL, 
	shipped_on TEXT NOT NULL, 
	carrier TEXT, 
	tracking_number TEXT, 
	lines TEXT NOT NULL, 
	note TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT shipment_id CHECK (length(id) = 36), 
	CONSTRAINT shipment_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT shipment_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT shipment_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT shipment_kind CHECK (kind IN ('delivery', 'return')), 
	CONSTRAINT shipment_shipped_on CHECK (date(shipped_on) IS shipped_on), 
	CONSTRAINT shipment_carrier CHECK (length(carrier) <= 200), 
	CONSTRAINT shipment_tracking_number CHECK (length(tracking_number) <= 200), 
	CONSTRAINT shipment_lines CHECK (json_valid(lines) AND json_type(lines) = 'array'), 
	CONSTRAINT shipment_note CHECK (length(note) <= 2000)
)
 STRICT;

CREATE INDEX ix_shipment_order_id ON shipment (order_id);

CREATE UNIQUE INDEX shipment_ref ON shipment (ref);

CREATE TABLE dispute (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	order_id TEXT REFERENCES sales_order, 
	invoice_id TEXT REFERENCES invoice, 
	reason TEXT NOT NULL, 
	claimed_minor INTEGER, 
	currency TEXT, 
	status TEXT DEFAULT 'open' NOT NULL, 
	opened_on TEXT NOT NULL, 
	closed_on TEXT, 
	resolution TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT dispute_of CHECK (order_id IS NOT NULL OR invoice_id IS NOT NULL), 
	CONSTRAINT dispute_id CHECK (length(id) = 36), 
	CONSTRAINT dispute_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT dispute_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT dispute_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT dispute_reason CHECK (length(reason) <= 500 AND trim(reason) <> ''), 
	CONSTRAINT dispute_claimed_minor CHECK (claimed_minor >= -1000000000000000 AND claimed_minor <= 1000000000000000), 
	CONSTRAINT dispute_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT dispute_status CHECK (status IN ('open', 'in_review', 'accepted', 'rejected', 'withdrawn')), 
	CONSTRAINT dispute_opened_on CHECK (date(opened_on) IS opened_on), 
	CONSTRAINT dispute_closed_on CHECK (date(closed_on) IS closed_on), 
	CONSTRAINT dispute_resolution CHECK (length(resolution) <= 2000)
)
 STRICT;

CREATE INDEX ix_dispute_invoice_id ON dispute (invoice_id);

CREATE INDEX ix_dispute_order_id ON dispute (order_id);

CREATE UNIQUE INDEX dispute_ref ON dispute (ref);

CREATE TABLE invoice_line (
	id TEXT NOT NULL, 
	invoice_id TEXT NOT NULL REFERENCES invoice, 
	ordinal INTEGER NOT NULL, 
	order_line_id TEXT REFERENCES sales_order_line, 
	product_id TEXT REFERENCES product, 
	description TEXT, 
	quantity_dec6 INTEGER NOT NULL, 
	net_minor INTEGER NOT NULL, 
	cost_minor INTEGER, 
	tax_category TEXT, 
	tax_rate_ppm INTEGER, 
	PRIMARY KEY (id), 
	CONSTRAINT invoice_line_id CHECK (length(id) = 36), 
	CONSTRAINT invoice_line_description CHECK (length(description) <= 4000), 
	CONSTRAINT invoice_line_net_minor CHECK (net_minor >= -1000000000000000 AND net_minor <= 1000000000000000), 
	CONSTRAINT invoice_line_cost_minor CHECK (cost_minor >= -1000000000000000 AND cost_minor <= 1000000000000000), 
	CONSTRAINT invoice_line_tax_category CHECK (tax_category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')), 
	CONSTRAINT invoice_line_tax_rate_ppm CHECK (tax_rate_ppm >= 0 AND tax_rate_ppm <= 1000000)
)
 STRICT;

CREATE INDEX invoice_line_of ON invoice_line (invoice_id, ordinal);

CREATE INDEX ix_invoice_line_invoice_id ON invoice_line (invoice_id);

CREATE INDEX ix_invoice_line_order_line_id ON invoice_line (order_line_id);

CREATE INDEX ix_invoice_line_product_id ON invoice_line (product_id);

CREATE TABLE payment (
	id TEXT NOT NULL, 
	ref TEXT, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	deleted_at TEXT, 
	invoice_id TEXT NOT NULL REFERENCES invoice, 
	paid_on TEXT NOT NULL, 
	amount_minor INTEGER NOT NULL, 
	currency TEXT NOT NULL, 
	reference TEXT, 
	PRIMARY KEY (id), 
	CONSTRAINT payment_id CHECK (length(id) = 36), 
	CONSTRAINT payment_created_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	CONSTRAINT payment_updated_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	CONSTRAINT payment_deleted_at CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	CONSTRAINT payment_paid_on CHECK (date(paid_on) IS paid_on), 
	CONSTRAINT payment_amount_minor CHECK (amount_minor >= -1000000000000000 AND amount_minor <= 1000000000000000), 
	CONSTRAINT payment_currency CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	CONSTRAINT payment_reference CHECK (length(reference) <= 200)
)
 STRICT;

CREATE INDEX ix_payment_invoice_id ON payment (invoice_id);

CREATE UNIQUE INDEX payment_ref ON payment (ref);

CREATE VIRTUAL TABLE search_index USING fts5(words, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize='ascii');

INSERT INTO journal_state (id, is_replay) VALUES (1, 0);

INSERT INTO pipeline (id, ref, created_at, updated_at, name, seq) VALUES ('00000000-0000-7000-8000-000000000001', '0001', '2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.000Z', 'Sales', 1);

INSERT INTO stage (id, ref, created_at, updated_at, pipeline_id, seq, name, type, probability_ppm, category, rot_days, exit_checklist) VALUES ('00000000-0000-7000-8000-000000000101', '0101', '2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.000Z', '00000000-0000-7000-8000-000000000001', 1, 'Qualification', 'open', 100000, 'pipeline', 14, '["Need named", "Budget known or not", "Decision maker named"]');

INSERT INTO stage (id, ref, created_at, updated_at, pipeline_id, seq, name, type, probability_ppm, category, rot_days, exit_checklist) VALUES ('00000000-0000-7000-8000-000000000102', '0102', '2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.000Z', '00000000-0000-7000-8000-000000000001', 2, 'Needs analysis', 'open', 200000, 'pipeline', 21, '["Needs written down", "Close date agreed"]');

INSERT INTO stage (id, ref, created_at, updated_at, pipeline_id, seq, name, type, probability_ppm, category, rot_days, exit_checklist) VALUES ('00000000-0000-7000-8000-000000000103', '0103', '2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.000Z', '00000000-0000-7000-8000-000000000001', 3, 'Solution / value', 'open', 400000, 'best_case', 21, '["Value shown", "Competitors known"]');

INSERT INTO stage (id, ref, created_at, updated_at, pipeline_id, seq, name, type, probability_ppm, category, rot_days, exit_checklist) VALUES ('00000000-0000-7000-8000-000000000104', '0104', '2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.000Z', '00000000-0000-7000-8000-000000000001', 4, 'Proposal / quote', 'open', 600000, 'best_case', 14, '["Quote sent"]');

INSERT INTO stage (id, ref, created_at, updated_at, pipeline_id, seq, name, type, probability_ppm, category, rot_days, exit_checklist) VALUES ('00000000-0000-7000-8000-000000000105', '0105', '2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.000Z', '00000000-0000-7000-8000-000000000001', 5, 'Negotiation', 'open', 800000, 'commit', 14, '["Objections answered", "Signer and date named"]');

INSERT INTO stage (id, ref, created_at, updated_at, pipeline_id, seq, name, type, probability_ppm, category, rot_days, exit_checklist) VALUES ('00000000-0000-7000-8000-000000000106', '0106', '2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.000Z', '00000000-0000-7000-8000-000000000001', 6, 'Won', 'won', 1000000, 'closed', NULL, '[]');

INSERT INTO stage (id, ref, created_at, updated_at, pipeline_id, seq, name, type, probability_ppm, category, rot_days, exit_checklist) VALUES ('00000000-0000-7000-8000-000000000107', '0107', '2024-01-01T00:00:00.000Z', '2024-01-01T00:00:00.000Z', '00000000-0000-7000-8000-000000000001', 7, 'Lost', 'lost', 0, 'omitted', NULL, '[]');
