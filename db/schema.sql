CREATE TABLE approval_rule (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	conditions TEXT NOT NULL CHECK (json_valid(conditions) AND json_type(conditions) = 'array'), 
	approver_role TEXT DEFAULT 'manager' NOT NULL CHECK (approver_role IN ('manager', 'director', 'finance', 'admin')), 
	sequence INTEGER DEFAULT '1' NOT NULL, 
	is_active INTEGER DEFAULT '1' NOT NULL CHECK (is_active IN (0, 1)), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE billed_item (
	account_id TEXT NOT NULL, 
	item TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	billed_on TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	line_id TEXT NOT NULL, 
	net_minor INTEGER NOT NULL, 
	cost_minor INTEGER, 
	PRIMARY KEY (account_id, item, channel, billed_on, currency, line_id)
)
 WITHOUT ROWID;

CREATE TABLE comp_plan (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	code TEXT NOT NULL CHECK (length(code) <= 40 AND trim(code) <> ''), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE UNIQUE INDEX comp_plan_code ON comp_plan (code);

CREATE TABLE dav_collection (
	name TEXT NOT NULL, 
	url TEXT NOT NULL CHECK (length(url) <= 2000 AND trim(url) <> ''), 
	user TEXT CHECK (length(user) <= 320), 
	kind TEXT NOT NULL CHECK (kind IN ('calendar', 'contacts')), 
	title TEXT CHECK (length(title) <= 200), 
	ca_file TEXT CHECK (length(ca_file) <= 2000), 
	is_insecure INTEGER DEFAULT '0' NOT NULL CHECK (is_insecure IN (0, 1)), 
	takes_new INTEGER DEFAULT '0' NOT NULL CHECK (takes_new IN (0, 1)), 
	sync_token TEXT CHECK (length(sync_token) <= 4000), 
	ctag TEXT CHECK (length(ctag) <= 4000), 
	seen_seq INTEGER, 
	synced_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', synced_at) IS synced_at), 
	PRIMARY KEY (name)
)
 STRICT;

CREATE TABLE dav_conflict (
	id INTEGER NOT NULL, 
	collection TEXT NOT NULL, 
	href TEXT NOT NULL, 
	uid TEXT NOT NULL, 
	kind TEXT NOT NULL CHECK (kind IN ('edited', 'deleted_here', 'deleted_there', 'undone')), 
	title TEXT NOT NULL, 
	fields TEXT, 
	mine TEXT, 
	theirs TEXT, 
	etag TEXT, 
	at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at), 
	PRIMARY KEY (id), 
	CONSTRAINT dav_conflict_once UNIQUE (collection, href)
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
	id TEXT NOT NULL CHECK (length(id) = 36), 
	table_name TEXT NOT NULL CHECK (length(table_name) <= 40 AND trim(table_name) <> ''), 
	row_id TEXT NOT NULL CHECK (length(row_id) <= 36 AND trim(row_id) <> ''), 
	source TEXT NOT NULL CHECK (length(source) <= 80 AND trim(source) <> ''), 
	value TEXT NOT NULL CHECK (length(value) <= 200 AND trim(value) <> ''), 
	PRIMARY KEY (id), 
	CONSTRAINT external_id_once UNIQUE (table_name, source, value)
)
 STRICT;

CREATE INDEX ix_external_id_row_id ON external_id (row_id);

CREATE TABLE fx_rate (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	source TEXT NOT NULL CHECK (source GLOB '[A-Z][A-Z][A-Z]'), 
	target TEXT NOT NULL CHECK (target GLOB '[A-Z][A-Z][A-Z]'), 
	on_day TEXT NOT NULL CHECK (date(on_day) IS on_day), 
	rate_e9 INTEGER NOT NULL CHECK (rate_e9 >= 1), 
	PRIMARY KEY (id)
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

CREATE TABLE kpi_baseline (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	kpi TEXT NOT NULL CHECK (length(kpi) <= 60 AND trim(kpi) <> ''), 
	scope TEXT NOT NULL CHECK (length(scope) <= 36 AND trim(scope) <> ''), 
	value_dec6 INTEGER NOT NULL, 
	period TEXT NOT NULL CHECK (length(period) <= 20 AND trim(period) <> ''), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE UNIQUE INDEX kpi_baseline_of ON kpi_baseline (kpi, scope);

CREATE TABLE operation (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at), 
	hlc TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	device TEXT NOT NULL, 
	verb TEXT NOT NULL, 
	summary TEXT NOT NULL, 
	undoes TEXT REFERENCES operation, 
	undone_by TEXT, 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_operation_hlc ON operation (hlc);

CREATE INDEX ix_operation_undoes ON operation (undoes);

CREATE TABLE ordered_item (
	ordered_on TEXT NOT NULL, 
	order_id TEXT NOT NULL, 
	line_id TEXT NOT NULL, 
	product_id TEXT NOT NULL, 
	PRIMARY KEY (ordered_on, order_id, line_id)
)
 WITHOUT ROWID;

CREATE TABLE paid_item (
	account_id TEXT NOT NULL, 
	issued_on TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	payment_id TEXT NOT NULL, 
	late INTEGER NOT NULL, 
	outstanding INTEGER NOT NULL, 
	PRIMARY KEY (account_id, issued_on, currency, payment_id)
)
 WITHOUT ROWID;

CREATE TABLE paper_file (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	table_name TEXT NOT NULL CHECK (length(table_name) <= 40 AND trim(table_name) <> ''), 
	record_id TEXT NOT NULL CHECK (length(record_id) <= 36 AND trim(record_id) <> ''), 
	kind TEXT NOT NULL CHECK (length(kind) <= 40 AND trim(kind) <> ''), 
	template TEXT NOT NULL CHECK (length(template) <= 200 AND trim(template) <> ''), 
	template_sha256 TEXT CHECK (length(template_sha256) <= 64), 
	language TEXT CHECK (length(language) <= 20), 
	media_type TEXT NOT NULL CHECK (length(media_type) <= 200 AND trim(media_type) <> ''), 
	sha256 TEXT NOT NULL CHECK (length(sha256) <= 64 AND trim(sha256) <> ''), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	made_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', made_at) IS made_at), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_paper_file_record_id ON paper_file (record_id);

CREATE INDEX ix_paper_file_sha256 ON paper_file (sha256);

CREATE TABLE pipeline (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	seq INTEGER NOT NULL, 
	PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE price_book (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	is_tax_inclusive INTEGER DEFAULT '0' NOT NULL CHECK (is_tax_inclusive IN (0, 1)), 
	is_standard INTEGER DEFAULT '0' NOT NULL CHECK (is_standard IN (0, 1)), 
	parent_id TEXT REFERENCES price_book, 
	valid_from TEXT CHECK (date(valid_from) IS valid_from), 
	valid_to TEXT CHECK (date(valid_to) IS valid_to), 
	PRIMARY KEY (id), 
	CONSTRAINT price_book_in_order CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to > valid_from), 
	CONSTRAINT price_book_not_own_parent CHECK (parent_id <> id)
)
 STRICT;

CREATE INDEX ix_price_book_parent_id ON price_book (parent_id);

CREATE TABLE price_rule (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	priority INTEGER DEFAULT '0' NOT NULL, 
	condition TEXT CHECK (json_valid(condition) AND json_type(condition) = 'object'), 
	effect TEXT DEFAULT 'percent' NOT NULL CHECK (effect IN ('percent', 'amount', 'price')), 
	value INTEGER NOT NULL CHECK (value >= 0), 
	currency TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	is_stackable INTEGER DEFAULT '1' NOT NULL CHECK (is_stackable IN (0, 1)), 
	exclusive_group TEXT CHECK (length(exclusive_group) <= 80), 
	additive_group TEXT CHECK (length(additive_group) <= 80), 
	valid_from TEXT CHECK (date(valid_from) IS valid_from), 
	valid_to TEXT CHECK (date(valid_to) IS valid_to), 
	PRIMARY KEY (id), 
	CONSTRAINT price_rule_percent CHECK (NOT (effect = 'percent' AND value > 1000000)), 
	CONSTRAINT price_rule_has_currency CHECK (effect = 'percent' OR currency IS NOT NULL), 
	CONSTRAINT price_rule_in_order CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to > valid_from)
)
 STRICT;

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
	floor INTEGER NOT NULL, 
	is_resetting INTEGER NOT NULL, 
	is_writable INTEGER NOT NULL, 
	profile TEXT NOT NULL, 
	PRIMARY KEY (bucket)
)
 WITHOUT ROWID;

CREATE TABLE sync_done (
	n INTEGER NOT NULL, 
	judged_at TEXT NOT NULL, 
	operation_id TEXT NOT NULL, 
	table_name TEXT NOT NULL, 
	row_id TEXT NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (n)
)
 STRICT;

CREATE TABLE sync_gap (
	row_id TEXT NOT NULL, 
	table_name TEXT NOT NULL, 
	field TEXT NOT NULL, 
	target_id TEXT NOT NULL, 
	body TEXT, 
	PRIMARY KEY (row_id, table_name, field)
)
 WITHOUT ROWID;

CREATE INDEX ix_sync_gap_target_id ON sync_gap (target_id);

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
	row_id TEXT NOT NULL, 
	table_name TEXT NOT NULL, 
	bucket TEXT NOT NULL, 
	epoch INTEGER NOT NULL, 
	PRIMARY KEY (row_id, table_name, bucket)
)
 WITHOUT ROWID;

CREATE TABLE tag (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	name TEXT NOT NULL CHECK (length(name) <= 60 AND trim(name) <> ''), 
	PRIMARY KEY (id), 
	CONSTRAINT tag_name_once UNIQUE (name)
)
 STRICT;

CREATE TABLE tax_code (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	code TEXT NOT NULL CHECK (length(code) <= 40 AND trim(code) <> ''), 
	category TEXT DEFAULT 'S' NOT NULL CHECK (category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')), 
	reason TEXT CHECK (length(reason) <= 500), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_tax_code_code ON tax_code (code);

CREATE TABLE team (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE TABLE territory (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	parent_id TEXT REFERENCES territory, 
	PRIMARY KEY (id), 
	CONSTRAINT territory_not_own_parent CHECK (parent_id <> id)
)
 STRICT;

CREATE INDEX ix_territory_parent_id ON territory (parent_id);

CREATE TABLE app_user (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	email TEXT CHECK (length(email) <= 200), 
	role TEXT DEFAULT 'rep' NOT NULL CHECK (role IN ('rep', 'manager', 'director', 'finance', 'admin')), 
	manager_id TEXT REFERENCES app_user, 
	team_id TEXT REFERENCES team, 
	territory_id TEXT REFERENCES territory, 
	region TEXT CHECK (length(region) <= 200), 
	is_active INTEGER DEFAULT '1' NOT NULL CHECK (is_active IN (0, 1)), 
	PRIMARY KEY (id), 
	CONSTRAINT user_not_own_manager CHECK (manager_id <> id)
)
 STRICT;

CREATE INDEX ix_app_user_manager_id ON app_user (manager_id);

CREATE INDEX ix_app_user_team_id ON app_user (team_id);

CREATE INDEX ix_app_user_territory_id ON app_user (territory_id);

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
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	plan_id TEXT NOT NULL REFERENCES comp_plan, 
	no INTEGER NOT NULL CHECK (no >= 1), 
	valid_from TEXT NOT NULL CHECK (date(valid_from) IS valid_from), 
	valid_to TEXT CHECK (date(valid_to) IS valid_to), 
	terms TEXT NOT NULL CHECK (length(terms) <= 65536 AND trim(terms) <> ''), 
	status TEXT DEFAULT 'draft' NOT NULL CHECK (status IN ('draft', 'published', 'retired')), 
	content_hash TEXT NOT NULL CHECK (length(content_hash) <= 64 AND trim(content_hash) <> ''), 
	published_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', published_at) IS published_at), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE UNIQUE INDEX comp_plan_version_no ON comp_plan_version (plan_id, no);

CREATE TABLE product (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	code TEXT CHECK (length(code) <= 80), 
	category TEXT CHECK (length(category) <= 200), 
	unit TEXT CHECK (length(unit) <= 40), 
	price_dec6 INTEGER, 
	cost_dec6 INTEGER, 
	currency TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	tax_code_id TEXT REFERENCES tax_code, 
	period TEXT CHECK (period IN ('month', 'quarter', 'half', 'year')), 
	floor_dec6 INTEGER CHECK (floor_dec6 >= 0), 
	min_margin_ppm INTEGER CHECK (min_margin_ppm >= 0 AND min_margin_ppm <= 1000000), 
	bundle TEXT CHECK (length(bundle) <= 200), 
	is_active INTEGER DEFAULT '1' NOT NULL CHECK (is_active IN (0, 1)), 
	description TEXT CHECK (length(description) <= 65536), 
	custom TEXT CHECK (json_valid(custom) AND json_type(custom) = 'object'), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_product_code ON product (code);

CREATE INDEX ix_product_tax_code_id ON product (tax_code_id);

CREATE TABLE record_tag (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	table_name TEXT NOT NULL CHECK (length(table_name) <= 40 AND trim(table_name) <> ''), 
	row_id TEXT NOT NULL CHECK (length(row_id) <= 36 AND trim(row_id) <> ''), 
	tag_id TEXT NOT NULL REFERENCES tag, 
	PRIMARY KEY (id), 
	CONSTRAINT tag_on_record_once UNIQUE (table_name, row_id, tag_id)
)
 STRICT;

CREATE INDEX ix_record_tag_tag_id ON record_tag (tag_id);

CREATE TABLE stage (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	pipeline_id TEXT NOT NULL REFERENCES pipeline, 
	seq INTEGER NOT NULL, 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	type TEXT DEFAULT 'open' NOT NULL CHECK (type IN ('open', 'on_hold', 'won', 'lost')), 
	probability_ppm INTEGER NOT NULL CHECK (probability_ppm >= 0 AND probability_ppm <= 1000000), 
	category TEXT NOT NULL CHECK (category IN ('pipeline', 'best_case', 'commit', 'closed', 'omitted')), 
	rot_days INTEGER CHECK (rot_days >= 1), 
	exit_checklist TEXT CHECK (json_valid(exit_checklist) AND json_type(exit_checklist) = 'array'), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_stage_pipeline_id ON stage (pipeline_id);

CREATE TABLE tax_rate (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	tax_code_id TEXT NOT NULL REFERENCES tax_code, 
	jurisdiction TEXT CHECK (length(jurisdiction) <= 40), 
	rate_ppm INTEGER NOT NULL CHECK (rate_ppm >= 0 AND rate_ppm <= 1000000), 
	valid_from TEXT CHECK (date(valid_from) IS valid_from), 
	valid_to TEXT CHECK (date(valid_to) IS valid_to), 
	PRIMARY KEY (id), 
	CONSTRAINT tax_rate_in_order CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to > valid_from)
)
 STRICT;

CREATE INDEX ix_tax_rate_tax_code_id ON tax_rate (tax_code_id);

CREATE TABLE account (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	legal_name TEXT CHECK (length(legal_name) <= 200), 
	parent_id TEXT REFERENCES account, 
	type TEXT DEFAULT 'prospect' NOT NULL CHECK (type IN ('prospect', 'customer', 'partner', 'reseller', 'competitor', 'supplier', 'other')), 
	lifecycle TEXT CHECK (length(lifecycle) <= 40), 
	industry TEXT CHECK (length(industry) <= 200), 
	segment TEXT CHECK (length(segment) <= 200), 
	employees INTEGER CHECK (employees >= 0), 
	annual_revenue_minor INTEGER CHECK (annual_revenue_minor >= -1000000000000000 AND annual_revenue_minor <= 1000000000000000), 
	currency TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	payment_terms_days INTEGER CHECK (payment_terms_days >= 0 AND payment_terms_days <= 3650), 
	credit_limit_minor INTEGER CHECK (credit_limit_minor >= -1000000000000000 AND credit_limit_minor <= 1000000000000000), 
	price_group TEXT CHECK (length(price_group) <= 200), 
	price_book_id TEXT REFERENCES price_book, 
	website TEXT CHECK (length(website) <= 500), 
	domain TEXT CHECK (length(domain) <= 200), 
	tax_id TEXT CHECK (length(tax_id) <= 200), 
	owner_id TEXT REFERENCES app_user, 
	team_id TEXT REFERENCES team, 
	territory_id TEXT REFERENCES territory, 
	language TEXT CHECK (length(language) <= 20), 
	source TEXT CHECK (length(source) <= 200), 
	founded_year INTEGER CHECK (founded_year >= 1 AND founded_year <= 9999), 
	referrer_id TEXT REFERENCES account, 
	category_spend_minor INTEGER CHECK (category_spend_minor >= 0 AND category_spend_minor <= 1000000000000000), 
	spend_as_of TEXT CHECK (date(spend_as_of) IS spend_as_of), 
	spend_source TEXT CHECK (length(spend_source) <= 200), 
	operates_in TEXT CHECK (length(operates_in) <= 500), 
	influence INTEGER CHECK (influence >= 1 AND influence <= 5), 
	competitor_relation INTEGER CHECK (competitor_relation >= 1 AND competitor_relation <= 5), 
	switching_effort INTEGER CHECK (switching_effort >= 1 AND switching_effort <= 5), 
	management_level INTEGER CHECK (management_level >= 1 AND management_level <= 5), 
	credit_rating INTEGER CHECK (credit_rating >= 1 AND credit_rating <= 5), 
	risk_band TEXT CHECK (risk_band IN ('low', 'medium', 'high')), 
	has_stock_priority INTEGER CHECK (has_stock_priority >= 0 AND has_stock_priority <= 1), 
	"plan" TEXT CHECK (length(plan) <= 65536), 
	plan_until TEXT CHECK (date(plan_until) IS plan_until), 
	retention_level TEXT CHECK (retention_level IN ('financial', 'social', 'structural')), 
	created_on TEXT CHECK (date(created_on) IS created_on), 
	description TEXT CHECK (length(description) <= 65536), 
	custom TEXT CHECK (json_valid(custom) AND json_type(custom) = 'object'), 
	match_key TEXT CHECK (length(match_key) <= 400), 
	merged_into TEXT REFERENCES account, 
	PRIMARY KEY (id), 
	CONSTRAINT account_not_own_parent CHECK (parent_id <> id), 
	CONSTRAINT account_not_own_referrer CHECK (referrer_id <> id), 
	CONSTRAINT merged_account_is_removed CHECK (merged_into IS NULL OR deleted_at IS NOT NULL)
)
 STRICT;

CREATE INDEX account_called ON account (name COLLATE NOCASE) WHERE deleted_at IS NULL;

CREATE INDEX ix_account_domain ON account (domain);

CREATE INDEX ix_account_match_key ON account (match_key);

CREATE INDEX ix_account_merged_into ON account (merged_into);

CREATE INDEX ix_account_owner_id ON account (owner_id);

CREATE INDEX ix_account_parent_id ON account (parent_id);

CREATE INDEX ix_account_price_book_id ON account (price_book_id);

CREATE INDEX ix_account_referrer_id ON account (referrer_id);

CREATE INDEX ix_account_team_id ON account (team_id);

CREATE INDEX ix_account_territory_id ON account (territory_id);

CREATE TABLE comp_adjustment (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	participant_id TEXT NOT NULL REFERENCES app_user, 
	period_code TEXT NOT NULL CHECK (length(period_code) <= 20 AND trim(period_code) <> ''), 
	amount_minor INTEGER NOT NULL CHECK (amount_minor >= -1000000000000000 AND amount_minor <= 1000000000000000), 
	currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	reason_code TEXT NOT NULL CHECK (length(reason_code) <= 40 AND trim(reason_code) <> ''), 
	note TEXT CHECK (length(note) <= 2000), 
	requested_by_id TEXT NOT NULL REFERENCES app_user, 
	approved_by_id TEXT REFERENCES app_user, 
	approved_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', approved_at) IS approved_at), 
	PRIMARY KEY (id), 
	CONSTRAINT comp_adjustment_four_eyes CHECK (approved_by_id IS NULL OR approved_by_id <> requested_by_id)
)
 STRICT;

CREATE INDEX ix_comp_adjustment_approved_by_id ON comp_adjustment (approved_by_id);

CREATE INDEX ix_comp_adjustment_participant_id ON comp_adjustment (participant_id);

CREATE INDEX ix_comp_adjustment_requested_by_id ON comp_adjustment (requested_by_id);

CREATE TABLE comp_assignment (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	participant_id TEXT NOT NULL REFERENCES app_user, 
	plan_id TEXT NOT NULL REFERENCES comp_plan, 
	role TEXT CHECK (length(role) <= 40), 
	valid_from TEXT NOT NULL CHECK (date(valid_from) IS valid_from), 
	valid_to TEXT CHECK (date(valid_to) IS valid_to), 
	target_incentive_minor INTEGER CHECK (target_incentive_minor >= -1000000000000000 AND target_incentive_minor <= 1000000000000000), 
	leave TEXT CHECK (json_valid(leave) AND json_type(leave) = 'array'), 
	draw TEXT CHECK (json_valid(draw) AND json_type(draw) = 'object'), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_comp_assignment_participant_id ON comp_assignment (participant_id);

CREATE INDEX ix_comp_assignment_plan_id ON comp_assignment (plan_id);

CREATE TABLE comp_balance (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	participant_id TEXT NOT NULL REFERENCES app_user, 
	period_code TEXT NOT NULL CHECK (length(period_code) <= 20 AND trim(period_code) <> ''), 
	kind TEXT NOT NULL CHECK (kind IN ('overpaid', 'draw', 'holdback', 'cap')), 
	currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	opening INTEGER NOT NULL CHECK (opening >= -1000000000000000 AND opening <= 1000000000000000), 
	increase INTEGER NOT NULL CHECK (increase >= -1000000000000000 AND increase <= 1000000000000000), 
	decrease INTEGER NOT NULL CHECK (decrease >= -1000000000000000 AND decrease <= 1000000000000000), 
	closing INTEGER NOT NULL CHECK (closing >= -1000000000000000 AND closing <= 1000000000000000), 
	PRIMARY KEY (id), 
	CONSTRAINT comp_balance_rolls CHECK (opening + increase - decrease = closing)
)
 STRICT;

CREATE UNIQUE INDEX comp_balance_of ON comp_balance (participant_id, period_code, kind);

CREATE TABLE comp_credit (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	source_type TEXT NOT NULL CHECK (source_type IN ('opportunity', 'sales_order', 'comp_event')), 
	source_id TEXT NOT NULL CHECK (length(source_id) <= 36 AND trim(source_id) <> ''), 
	participant_id TEXT NOT NULL REFERENCES app_user, 
	role TEXT CHECK (length(role) <= 40), 
	type TEXT DEFAULT 'direct' NOT NULL CHECK (type IN ('direct', 'overlay', 'rollup')), 
	commission_ppm INTEGER NOT NULL CHECK (commission_ppm >= 0 AND commission_ppm <= 1000000), 
	quota_ppm INTEGER NOT NULL CHECK (quota_ppm >= 0 AND quota_ppm <= 1000000), 
	recorded_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', recorded_at) IS recorded_at), 
	reason TEXT CHECK (length(reason) <= 500), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX comp_credit_source ON comp_credit (source_type, source_id);

CREATE INDEX ix_comp_credit_participant_id ON comp_credit (participant_id);

CREATE TABLE comp_dispute (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	line_key TEXT NOT NULL CHECK (length(line_key) <= 64 AND trim(line_key) <> ''), 
	participant_id TEXT NOT NULL REFERENCES app_user, 
	period_code TEXT NOT NULL CHECK (length(period_code) <= 20 AND trim(period_code) <> ''), 
	reason TEXT NOT NULL CHECK (length(reason) <= 2000 AND trim(reason) <> ''), 
	claimed_minor INTEGER CHECK (claimed_minor >= -1000000000000000 AND claimed_minor <= 1000000000000000), 
	status TEXT DEFAULT 'open' NOT NULL CHECK (status IN ('open', 'in_review', 'accepted', 'rejected', 'withdrawn', 'deferred')), 
	resolution TEXT CHECK (length(resolution) <= 2000), 
	resolution_key TEXT CHECK (length(resolution_key) <= 64), 
	due_on TEXT CHECK (date(due_on) IS due_on), 
	opened_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', opened_at) IS opened_at), 
	closed_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', closed_at) IS closed_at), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_comp_dispute_line_key ON comp_dispute (line_key);

CREATE INDEX ix_comp_dispute_participant_id ON comp_dispute (participant_id);

CREATE TABLE comp_period (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	code TEXT NOT NULL CHECK (length(code) <= 20 AND trim(code) <> ''), 
	kind TEXT NOT NULL CHECK (kind IN ('month', 'quarter', 'half', 'year')), 
	starts_on TEXT NOT NULL CHECK (date(starts_on) IS starts_on), 
	ends_on TEXT NOT NULL CHECK (date(ends_on) IS ends_on), 
	status TEXT DEFAULT 'open' NOT NULL CHECK (status IN ('open', 'closed')), 
	closed_by_id TEXT REFERENCES app_user, 
	closed_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', closed_at) IS closed_at), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE UNIQUE INDEX comp_period_code ON comp_period (code);

CREATE INDEX ix_comp_period_closed_by_id ON comp_period (closed_by_id);

CREATE TABLE comp_quota (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	participant_id TEXT NOT NULL REFERENCES app_user, 
	period_code TEXT NOT NULL CHECK (length(period_code) <= 20 AND trim(period_code) <> ''), 
	component_code TEXT CHECK (length(component_code) <= 40), 
	amount INTEGER NOT NULL CHECK (amount >= 0), 
	currency TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	target_minor INTEGER CHECK (target_minor >= -1000000000000000 AND target_minor <= 1000000000000000), 
	score INTEGER, 
	ramp_ppm INTEGER DEFAULT '1000000' NOT NULL CHECK (ramp_ppm >= 0), 
	recorded_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', recorded_at) IS recorded_at), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX comp_quota_of ON comp_quota (participant_id, period_code, component_code);

CREATE TABLE comp_statement (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	participant_id TEXT NOT NULL REFERENCES app_user, 
	period_code TEXT NOT NULL CHECK (length(period_code) <= 20 AND trim(period_code) <> ''), 
	version INTEGER NOT NULL CHECK (version >= 1), 
	status TEXT DEFAULT 'open' NOT NULL CHECK (status IN ('open', 'calculated', 'in_review', 'approved', 'closed', 'paid')), 
	currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	earned_minor INTEGER NOT NULL CHECK (earned_minor >= -1000000000000000 AND earned_minor <= 1000000000000000), 
	clawed_back_minor INTEGER NOT NULL CHECK (clawed_back_minor >= -1000000000000000 AND clawed_back_minor <= 1000000000000000), 
	forgiven_minor INTEGER NOT NULL CHECK (forgiven_minor >= -1000000000000000 AND forgiven_minor <= 1000000000000000), 
	payable_minor INTEGER NOT NULL CHECK (payable_minor >= -1000000000000000 AND payable_minor <= 1000000000000000), 
	acknowledged TEXT CHECK (json_valid(acknowledged) AND json_type(acknowledged) = 'array'), 
	prev_hash TEXT CHECK (length(prev_hash) <= 64), 
	input_hash TEXT CHECK (length(input_hash) <= 64), 
	output_hash TEXT CHECK (length(output_hash) <= 64), 
	engine_version TEXT CHECK (length(engine_version) <= 40), 
	calculated_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', calculated_at) IS calculated_at), 
	calculated_by_id TEXT REFERENCES app_user, 
	approved_by_id TEXT REFERENCES app_user, 
	PRIMARY KEY (id)
)
 STRICT;

CREATE UNIQUE INDEX comp_statement_of ON comp_statement (participant_id, period_code, version);

CREATE INDEX ix_comp_statement_approved_by_id ON comp_statement (approved_by_id);

CREATE INDEX ix_comp_statement_calculated_by_id ON comp_statement (calculated_by_id);

CREATE TABLE contact (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	given_name TEXT CHECK (length(given_name) <= 200), 
	family_name TEXT CHECK (length(family_name) <= 200), 
	middle_name TEXT CHECK (length(middle_name) <= 200), 
	prefix TEXT CHECK (length(prefix) <= 60), 
	suffix TEXT CHECK (length(suffix) <= 60), 
	nickname TEXT CHECK (length(nickname) <= 200), 
	title TEXT CHECK (length(title) <= 200), 
	department TEXT CHECK (length(department) <= 200), 
	reports_to_id TEXT REFERENCES contact, 
	birthday TEXT CHECK (date(birthday) IS birthday), 
	language TEXT CHECK (length(language) <= 20), 
	preferred_channel TEXT CHECK (preferred_channel IN ('call', 'email', 'message', 'visit', 'letter')), 
	preferred_time TEXT CHECK (length(preferred_time) <= 200), 
	time_zone TEXT CHECK (length(time_zone) <= 80), 
	owner_id TEXT REFERENCES app_user, 
	source TEXT CHECK (length(source) <= 200), 
	created_on TEXT CHECK (date(created_on) IS created_on), 
	description TEXT CHECK (length(description) <= 65536), 
	custom TEXT CHECK (json_valid(custom) AND json_type(custom) = 'object'), 
	match_key TEXT CHECK (length(match_key) <= 400), 
	merged_into TEXT REFERENCES contact, 
	uid TEXT CHECK (length(uid) <= 500), 
	extra TEXT CHECK (length(extra) <= 1000000), 
	PRIMARY KEY (id), 
	CONSTRAINT contact_not_own_manager CHECK (reports_to_id <> id), 
	CONSTRAINT merged_contact_is_removed CHECK (merged_into IS NULL OR deleted_at IS NOT NULL)
)
 STRICT;

CREATE INDEX contact_called ON contact (name COLLATE NOCASE) WHERE deleted_at IS NULL;

CREATE INDEX ix_contact_match_key ON contact (match_key);

CREATE INDEX ix_contact_merged_into ON contact (merged_into);

CREATE INDEX ix_contact_owner_id ON contact (owner_id);

CREATE INDEX ix_contact_reports_to_id ON contact (reports_to_id);

CREATE INDEX ix_contact_uid ON contact (uid);

CREATE TABLE forecast_submission (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	user_id TEXT NOT NULL REFERENCES app_user, 
	owner_id TEXT REFERENCES app_user, 
	is_rolled_up INTEGER DEFAULT '0' NOT NULL CHECK (is_rolled_up IN (0, 1)), 
	starts_on TEXT NOT NULL CHECK (date(starts_on) IS starts_on), 
	ends_on TEXT NOT NULL CHECK (date(ends_on) IS ends_on), 
	horizon INTEGER NOT NULL, 
	category TEXT NOT NULL CHECK (category IN ('commit', 'best_case', 'pipeline')), 
	currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	point_minor INTEGER NOT NULL CHECK (point_minor >= -1000000000000000 AND point_minor <= 1000000000000000), 
	p10_minor INTEGER CHECK (p10_minor >= -1000000000000000 AND p10_minor <= 1000000000000000), 
	p90_minor INTEGER CHECK (p90_minor >= -1000000000000000 AND p90_minor <= 1000000000000000), 
	note TEXT CHECK (length(note) <= 500), 
	at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at), 
	PRIMARY KEY (id), 
	CONSTRAINT said_range_holds_the_number CHECK (p10_minor <= point_minor AND point_minor <= p90_minor), 
	CONSTRAINT said_period_has_days CHECK (starts_on < ends_on)
)
 STRICT;

CREATE INDEX forecast_submission_of ON forecast_submission (ends_on, currency, at);

CREATE INDEX ix_forecast_submission_owner_id ON forecast_submission (owner_id);

CREATE INDEX ix_forecast_submission_user_id ON forecast_submission (user_id);

CREATE TABLE inbox_entry (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	user_id TEXT REFERENCES app_user, 
	kind TEXT NOT NULL CHECK (kind IN ('conflict', 'refused', 'deleted', 'duplicate')), 
	table_name TEXT NOT NULL CHECK (length(table_name) <= 40 AND trim(table_name) <> ''), 
	row_id TEXT NOT NULL CHECK (length(row_id) <= 36 AND trim(row_id) <> ''), 
	code TEXT NOT NULL CHECK (length(code) <= 40 AND trim(code) <> ''), 
	sentence TEXT CHECK (length(sentence) <= 500), 
	mine TEXT CHECK (json_valid(mine) AND json_type(mine) = 'object'), 
	theirs TEXT CHECK (json_valid(theirs) AND json_type(theirs) = 'object'), 
	"before" TEXT CHECK (json_valid(before) AND json_type(before) = 'object'), 
	settled TEXT CHECK (json_valid(settled) AND json_type(settled) = 'object'), 
	status TEXT DEFAULT 'open' NOT NULL CHECK (status IN ('open', 'mine', 'theirs', 'before', 'mixed', 'dismissed')), 
	happened_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', happened_at) IS happened_at), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_inbox_entry_row_id ON inbox_entry (row_id);

CREATE INDEX ix_inbox_entry_user_id ON inbox_entry (user_id);

CREATE TABLE lead (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	given_name TEXT CHECK (length(given_name) <= 200), 
	family_name TEXT CHECK (length(family_name) <= 200), 
	company TEXT CHECK (length(company) <= 200), 
	title TEXT CHECK (length(title) <= 200), 
	email TEXT CHECK (length(email) <= 320), 
	phone TEXT CHECK (length(phone) <= 80), 
	website TEXT CHECK (length(website) <= 500), 
	industry TEXT CHECK (length(industry) <= 200), 
	segment TEXT CHECK (length(segment) <= 200), 
	source TEXT CHECK (length(source) <= 200), 
	status TEXT DEFAULT 'new' NOT NULL CHECK (status IN ('new', 'contacted', 'qualified', 'converted', 'disqualified')), 
	owner_id TEXT REFERENCES app_user, 
	created_on TEXT CHECK (date(created_on) IS created_on), 
	description TEXT CHECK (length(description) <= 65536), 
	custom TEXT CHECK (json_valid(custom) AND json_type(custom) = 'object'), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_lead_owner_id ON lead (owner_id);

CREATE INDEX lead_called ON lead (name COLLATE NOCASE) WHERE deleted_at IS NULL;

CREATE TABLE price_entry (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	book_id TEXT NOT NULL REFERENCES price_book, 
	product_id TEXT NOT NULL REFERENCES product, 
	unit TEXT CHECK (length(unit) <= 40), 
	channel TEXT CHECK (length(channel) <= 40), 
	price_dec6 INTEGER NOT NULL CHECK (price_dec6 >= 0), 
	base_dec6 INTEGER DEFAULT '1000000' NOT NULL CHECK (base_dec6 >= 1), 
	priority INTEGER DEFAULT '0' NOT NULL, 
	valid_from TEXT CHECK (date(valid_from) IS valid_from), 
	valid_to TEXT CHECK (date(valid_to) IS valid_to), 
	PRIMARY KEY (id), 
	CONSTRAINT price_entry_in_order CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to > valid_from)
)
 STRICT;

CREATE INDEX ix_price_entry_book_id ON price_entry (book_id);

CREATE INDEX price_entry_of ON price_entry (product_id, book_id);

CREATE TABLE account_relation (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	account_id TEXT NOT NULL REFERENCES account, 
	other_id TEXT NOT NULL REFERENCES account, 
	kind TEXT NOT NULL CHECK (kind IN ('agent_of', 'reseller_of', 'supplier_of', 'partner_of', 'influences', 'competes_with', 'advises')), 
	note TEXT CHECK (length(note) <= 500), 
	PRIMARY KEY (id), 
	CONSTRAINT account_relation_of_two CHECK (account_id <> other_id), 
	CONSTRAINT account_relation_once UNIQUE (account_id, other_id, kind)
)
 STRICT;

CREATE INDEX ix_account_relation_other_id ON account_relation (other_id);

CREATE TABLE address (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	account_id TEXT REFERENCES account, 
	contact_id TEXT REFERENCES contact, 
	kind TEXT DEFAULT 'work' NOT NULL CHECK (kind IN ('billing', 'shipping', 'site', 'work', 'home', 'other')), 
	street TEXT CHECK (length(street) <= 500), 
	city TEXT CHECK (length(city) <= 200), 
	region TEXT CHECK (length(region) <= 200), 
	postal_code TEXT CHECK (length(postal_code) <= 40), 
	country TEXT CHECK (length(country) <= 200), 
	latitude_dec6 INTEGER CHECK (latitude_dec6 >= -90000000 AND latitude_dec6 <= 90000000), 
	longitude_dec6 INTEGER CHECK (longitude_dec6 >= -180000000 AND longitude_dec6 <= 180000000), 
	PRIMARY KEY (id), 
	CONSTRAINT address_of_one_record CHECK ((account_id IS NULL) <> (contact_id IS NULL)), 
	CONSTRAINT address_has_both_coordinates CHECK ((latitude_dec6 IS NULL) = (longitude_dec6 IS NULL))
)
 STRICT;

CREATE INDEX ix_address_account_id ON address (account_id);

CREATE INDEX ix_address_contact_id ON address (contact_id);

CREATE TABLE comp_event (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	type TEXT NOT NULL CHECK (type IN ('booked', 'delivered', 'invoiced', 'paid', 'cancelled', 'returned', 'credited', 'written_off', 'reinstated')), 
	event_date TEXT NOT NULL CHECK (date(event_date) IS event_date), 
	recorded_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', recorded_at) IS recorded_at), 
	source_type TEXT NOT NULL CHECK (length(source_type) <= 40 AND trim(source_type) <> ''), 
	source_id TEXT NOT NULL CHECK (length(source_id) <= 80 AND trim(source_id) <> ''), 
	source_line_id TEXT CHECK (length(source_line_id) <= 80), 
	account_id TEXT REFERENCES account, 
	product_id TEXT REFERENCES product, 
	owner_id TEXT REFERENCES app_user, 
	quantity_dec6 INTEGER, 
	net_minor INTEGER NOT NULL CHECK (net_minor >= -1000000000000000 AND net_minor <= 1000000000000000), 
	cost_minor INTEGER CHECK (cost_minor >= -1000000000000000 AND cost_minor <= 1000000000000000), 
	currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	fx_rate_e9 INTEGER CHECK (fx_rate_e9 >= 1), 
	reverses_event_id TEXT REFERENCES comp_event, 
	facts TEXT CHECK (json_valid(facts) AND json_type(facts) = 'object'), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX comp_event_on ON comp_event (event_date, recorded_at, id);

CREATE INDEX comp_event_sold ON comp_event (owner_id, reverses_event_id, event_date, type, currency, net_minor, id);

CREATE INDEX comp_event_source ON comp_event (source_type, source_id);

CREATE INDEX ix_comp_event_account_id ON comp_event (account_id);

CREATE INDEX ix_comp_event_product_id ON comp_event (product_id);

CREATE INDEX ix_comp_event_reverses_event_id ON comp_event (reverses_event_id);

CREATE TABLE comp_line (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	statement_id TEXT NOT NULL REFERENCES comp_statement, 
	ordinal INTEGER NOT NULL, 
	on_day TEXT NOT NULL CHECK (date(on_day) IS on_day), 
	rule TEXT CHECK (length(rule) <= 60), 
	line_key TEXT NOT NULL CHECK (length(line_key) <= 64 AND trim(line_key) <> ''), 
	component_code TEXT CHECK (length(component_code) <= 40), 
	event_id TEXT CHECK (length(event_id) <= 80), 
	earning_period TEXT NOT NULL CHECK (length(earning_period) <= 20 AND trim(earning_period) <> ''), 
	posting_period TEXT NOT NULL CHECK (length(posting_period) <= 20 AND trim(posting_period) <> ''), 
	kind TEXT NOT NULL CHECK (length(kind) <= 40 AND trim(kind) <> ''), 
	amount_minor INTEGER NOT NULL CHECK (amount_minor >= -1000000000000000 AND amount_minor <= 1000000000000000), 
	is_memo INTEGER DEFAULT '0' NOT NULL CHECK (is_memo IN (0, 1)), 
	"explain" TEXT NOT NULL CHECK (json_valid(explain) AND json_type(explain) = 'object'), 
	prev_hash TEXT CHECK (length(prev_hash) <= 64), 
	hash TEXT NOT NULL CHECK (length(hash) <= 64 AND trim(hash) <> ''), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE UNIQUE INDEX comp_line_of ON comp_line (statement_id, ordinal);

CREATE INDEX ix_comp_line_line_key ON comp_line (line_key);

CREATE TABLE consent_event (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	contact_id TEXT NOT NULL REFERENCES contact, 
	channel TEXT NOT NULL CHECK (channel IN ('call', 'email', 'message', 'visit', 'letter')), 
	purpose TEXT NOT NULL CHECK (purpose IN ('service', 'sales', 'marketing')), 
	stance TEXT NOT NULL CHECK (stance IN ('preferred', 'allowed', 'avoid', 'forbidden')), 
	said_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', said_at) IS said_at), 
	source TEXT NOT NULL CHECK (length(source) <= 200 AND trim(source) <> ''), 
	evidence TEXT CHECK (length(evidence) <= 65536), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX consent_of_contact ON consent_event (contact_id, channel, purpose, said_at);

CREATE TABLE contact_relation (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	contact_id TEXT NOT NULL REFERENCES contact, 
	other_id TEXT NOT NULL REFERENCES contact, 
	kind TEXT NOT NULL CHECK (kind IN ('influences', 'assists', 'recommended', 'works_with', 'knows', 'family', 'blocks')), 
	note TEXT CHECK (length(note) <= 500), 
	PRIMARY KEY (id), 
	CONSTRAINT contact_relation_of_two CHECK (contact_id <> other_id), 
	CONSTRAINT contact_relation_once UNIQUE (contact_id, other_id, kind)
)
 STRICT;

CREATE INDEX ix_contact_relation_other_id ON contact_relation (other_id);

CREATE TABLE contact_role (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	account_id TEXT NOT NULL REFERENCES account, 
	contact_id TEXT NOT NULL REFERENCES contact, 
	role TEXT CHECK (length(role) <= 200), 
	is_primary INTEGER DEFAULT '1' NOT NULL CHECK (is_primary IN (0, 1)), 
	valid_from TEXT CHECK (date(valid_from) IS valid_from), 
	valid_to TEXT CHECK (date(valid_to) IS valid_to), 
	PRIMARY KEY (id), 
	CONSTRAINT role_dates_in_order CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from)
)
 STRICT;

CREATE INDEX ix_contact_role_account_id ON contact_role (account_id);

CREATE INDEX ix_contact_role_contact_id ON contact_role (contact_id);

CREATE TABLE contract_price (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	account_id TEXT REFERENCES account, 
	price_group TEXT CHECK (length(price_group) <= 200), 
	product_id TEXT REFERENCES product, 
	category TEXT CHECK (length(category) <= 200), 
	kind TEXT DEFAULT 'price' NOT NULL CHECK (kind IN ('price', 'percent')), 
	value INTEGER NOT NULL CHECK (value >= 0), 
	currency TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	base_dec6 INTEGER DEFAULT '1000000' NOT NULL CHECK (base_dec6 >= 1), 
	unit TEXT CHECK (length(unit) <= 40), 
	min_qty_dec6 INTEGER DEFAULT '0' NOT NULL CHECK (min_qty_dec6 >= 0), 
	max_qty_dec6 INTEGER CHECK (max_qty_dec6 >= 0), 
	priority INTEGER DEFAULT '0' NOT NULL, 
	valid_from TEXT CHECK (date(valid_from) IS valid_from), 
	valid_to TEXT CHECK (date(valid_to) IS valid_to), 
	document_ref TEXT CHECK (length(document_ref) <= 200), 
	PRIMARY KEY (id), 
	CONSTRAINT contract_price_of_one_holder CHECK ((account_id IS NULL) <> (price_group IS NULL)), 
	CONSTRAINT contract_price_of_one_target CHECK ((product_id IS NULL) <> (category IS NULL)), 
	CONSTRAINT contract_price_has_currency CHECK (kind = 'percent' OR currency IS NOT NULL), 
	CONSTRAINT contract_price_percent CHECK (NOT (kind = 'percent' AND value > 1000000)), 
	CONSTRAINT contract_price_quantities CHECK (max_qty_dec6 IS NULL OR max_qty_dec6 >= min_qty_dec6), 
	CONSTRAINT contract_price_in_order CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to > valid_from)
)
 STRICT;

CREATE INDEX ix_contract_price_account_id ON contract_price (account_id);

CREATE INDEX ix_contract_price_price_group ON contract_price (price_group);

CREATE INDEX ix_contract_price_product_id ON contract_price (product_id);

CREATE TABLE discount_schedule (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	kind TEXT DEFAULT 'range' NOT NULL CHECK (kind IN ('range', 'slab')), 
	effect TEXT DEFAULT 'percent' NOT NULL CHECK (effect IN ('percent', 'amount', 'price')), 
	scope TEXT DEFAULT 'line' NOT NULL CHECK (scope IN ('line', 'group', 'quote', 'term')), 
	product_id TEXT REFERENCES product, 
	category TEXT CHECK (length(category) <= 200), 
	account_id TEXT REFERENCES account, 
	price_group TEXT CHECK (length(price_group) <= 200), 
	currency TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	tiers TEXT NOT NULL CHECK (json_valid(tiers) AND json_type(tiers) = 'array'), 
	priority INTEGER DEFAULT '0' NOT NULL, 
	valid_from TEXT CHECK (date(valid_from) IS valid_from), 
	valid_to TEXT CHECK (date(valid_to) IS valid_to), 
	PRIMARY KEY (id), 
	CONSTRAINT discount_schedule_of_one_target CHECK (product_id IS NULL OR category IS NULL), 
	CONSTRAINT discount_schedule_counted_is_range CHECK (scope = 'line' OR kind = 'range'), 
	CONSTRAINT discount_schedule_in_order CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_to > valid_from)
)
 STRICT;

CREATE INDEX ix_discount_schedule_account_id ON discount_schedule (account_id);

CREATE INDEX ix_discount_schedule_product_id ON discount_schedule (product_id);

CREATE TABLE email (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	account_id TEXT REFERENCES account, 
	contact_id TEXT REFERENCES contact, 
	kind TEXT DEFAULT 'work' NOT NULL CHECK (kind IN ('work', 'home', 'other')), 
	address TEXT NOT NULL CHECK (length(address) <= 320 AND trim(address) <> ''), 
	folded TEXT NOT NULL CHECK (length(folded) <= 320 AND trim(folded) <> ''), 
	is_primary INTEGER DEFAULT '0' NOT NULL CHECK (is_primary IN (0, 1)), 
	is_invalid INTEGER DEFAULT '0' NOT NULL CHECK (is_invalid IN (0, 1)), 
	PRIMARY KEY (id), 
	CONSTRAINT email_of_one_record CHECK ((account_id IS NULL) <> (contact_id IS NULL))
)
 STRICT;

CREATE INDEX ix_email_account_id ON email (account_id);

CREATE INDEX ix_email_contact_id ON email (contact_id);

CREATE INDEX ix_email_folded ON email (folded);

CREATE TABLE opportunity (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	account_id TEXT REFERENCES account, 
	pipeline_id TEXT NOT NULL REFERENCES pipeline, 
	stage_id TEXT NOT NULL REFERENCES stage, 
	owner_id TEXT REFERENCES app_user, 
	amount_minor INTEGER CHECK (amount_minor >= -1000000000000000 AND amount_minor <= 1000000000000000), 
	currency TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	close_date TEXT CHECK (date(close_date) IS close_date), 
	created_on TEXT NOT NULL CHECK (date(created_on) IS created_on), 
	closed_on TEXT CHECK (date(closed_on) IS closed_on), 
	is_won INTEGER CHECK (is_won >= 0 AND is_won <= 1), 
	probability_ppm INTEGER NOT NULL CHECK (probability_ppm >= 0 AND probability_ppm <= 1000000), 
	is_probability_overridden INTEGER DEFAULT '0' NOT NULL CHECK (is_probability_overridden IN (0, 1)), 
	category TEXT NOT NULL CHECK (category IN ('pipeline', 'best_case', 'commit', 'closed', 'omitted')), 
	is_category_overridden INTEGER DEFAULT '0' NOT NULL CHECK (is_category_overridden IN (0, 1)), 
	override_reason TEXT CHECK (length(override_reason) <= 500), 
	type TEXT CHECK (type IN ('new', 'existing', 'renewal')), 
	source TEXT CHECK (length(source) <= 200), 
	campaign TEXT CHECK (length(campaign) <= 200), 
	territory_id TEXT REFERENCES territory, 
	next_step TEXT CHECK (length(next_step) <= 500), 
	next_step_on TEXT CHECK (date(next_step_on) IS next_step_on), 
	win_reason TEXT CHECK (length(win_reason) <= 500), 
	loss_reason TEXT CHECK (length(loss_reason) <= 200), 
	loss_note TEXT CHECK (length(loss_note) <= 2000), 
	competitor TEXT CHECK (length(competitor) <= 200), 
	discount_ppm INTEGER CHECK (discount_ppm >= -1000000 AND discount_ppm <= 1000000), 
	description TEXT CHECK (length(description) <= 65536), 
	custom TEXT CHECK (json_valid(custom) AND json_type(custom) = 'object'), 
	PRIMARY KEY (id), 
	CONSTRAINT closed_deal_is_won_or_lost CHECK ((closed_on IS NULL) = (is_won IS NULL)), 
	CONSTRAINT amount_has_currency CHECK (amount_minor IS NULL OR currency IS NOT NULL)
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

CREATE TABLE phone (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	account_id TEXT REFERENCES account, 
	contact_id TEXT REFERENCES contact, 
	kind TEXT DEFAULT 'work' NOT NULL CHECK (kind IN ('work', 'mobile', 'home', 'main', 'fax', 'other')), 
	number TEXT NOT NULL CHECK (length(number) <= 80 AND trim(number) <> ''), 
	e164 TEXT CHECK (length(e164) <= 20), 
	is_primary INTEGER DEFAULT '0' NOT NULL CHECK (is_primary IN (0, 1)), 
	is_invalid INTEGER DEFAULT '0' NOT NULL CHECK (is_invalid IN (0, 1)), 
	PRIMARY KEY (id), 
	CONSTRAINT phone_of_one_record CHECK ((account_id IS NULL) <> (contact_id IS NULL))
)
 STRICT;

CREATE INDEX ix_phone_account_id ON phone (account_id);

CREATE INDEX ix_phone_contact_id ON phone (contact_id);

CREATE INDEX ix_phone_e164 ON phone (e164);

CREATE TABLE value_class (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	account_id TEXT NOT NULL REFERENCES account, 
	recorded_on TEXT NOT NULL CHECK (date(recorded_on) IS recorded_on), 
	value_score INTEGER NOT NULL CHECK (value_score >= 0 AND value_score <= 100000), 
	loyalty_score INTEGER NOT NULL CHECK (loyalty_score >= 0 AND loyalty_score <= 100000), 
	is_valuable INTEGER DEFAULT '0' NOT NULL CHECK (is_valuable IN (0, 1)), 
	is_loyal INTEGER DEFAULT '0' NOT NULL CHECK (is_loyal IN (0, 1)), 
	value_runs INTEGER DEFAULT '0' NOT NULL CHECK (value_runs >= 0), 
	loyalty_runs INTEGER DEFAULT '0' NOT NULL CHECK (loyalty_runs >= 0), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX value_class_of ON value_class (account_id, recorded_on);

CREATE TABLE activity (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	kind TEXT NOT NULL CHECK (kind IN ('call', 'meeting', 'visit', 'email', 'message', 'letter', 'demo', 'coaching', 'internal', 'other')), 
	direction TEXT DEFAULT 'out' NOT NULL CHECK (direction IN ('out', 'in')), 
	subject TEXT NOT NULL CHECK (length(subject) <= 500 AND trim(subject) <> ''), 
	note TEXT CHECK (length(note) <= 65536), 
	outcome TEXT CHECK (outcome IN ('connected', 'no_answer', 'left_message', 'positive', 'neutral', 'negative', 'next_step_set', 'cancelled')), 
	started_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', started_at) IS started_at), 
	duration_min INTEGER CHECK (duration_min >= 0 AND duration_min <= 10080), 
	account_id TEXT REFERENCES account, 
	opportunity_id TEXT REFERENCES opportunity, 
	lead_id TEXT REFERENCES lead, 
	owner_id TEXT REFERENCES app_user, 
	is_internal INTEGER DEFAULT '0' NOT NULL CHECK (is_internal IN (0, 1)), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX activity_by_time ON activity (started_at);

CREATE INDEX activity_of_account ON activity (account_id, started_at);

CREATE INDEX activity_of_opportunity ON activity (opportunity_id, started_at);

CREATE INDEX activity_visits ON activity (account_id, started_at) WHERE kind IN ('visit', 'meeting', 'demo') AND deleted_at IS NULL AND outcome IS NOT 'cancelled';

CREATE INDEX ix_activity_lead_id ON activity (lead_id);

CREATE INDEX ix_activity_owner_id ON activity (owner_id);

CREATE TABLE opportunity_contact (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	opportunity_id TEXT NOT NULL REFERENCES opportunity, 
	contact_id TEXT NOT NULL REFERENCES contact, 
	role TEXT CHECK (length(role) <= 200), 
	stance INTEGER CHECK (stance >= -2 AND stance <= 2), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_opportunity_contact_contact_id ON opportunity_contact (contact_id);

CREATE INDEX ix_opportunity_contact_opportunity_id ON opportunity_contact (opportunity_id);

CREATE TABLE opportunity_history (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	opportunity_id TEXT NOT NULL REFERENCES opportunity, 
	at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', at) IS at), 
	stage_id TEXT NOT NULL REFERENCES stage, 
	is_stage_change INTEGER DEFAULT '0' NOT NULL CHECK (is_stage_change IN (0, 1)), 
	amount_minor INTEGER CHECK (amount_minor >= -1000000000000000 AND amount_minor <= 1000000000000000), 
	currency TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	close_date TEXT CHECK (date(close_date) IS close_date), 
	probability_ppm INTEGER NOT NULL CHECK (probability_ppm >= 0 AND probability_ppm <= 1000000), 
	category TEXT NOT NULL CHECK (category IN ('pipeline', 'best_case', 'commit', 'closed', 'omitted')), 
	owner_id TEXT CHECK (length(owner_id) <= 36), 
	is_won INTEGER CHECK (is_won >= 0 AND is_won <= 1), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_opportunity_history_stage_id ON opportunity_history (stage_id);

CREATE INDEX opportunity_history_at ON opportunity_history (opportunity_id, at);

CREATE TABLE opportunity_line (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	opportunity_id TEXT NOT NULL REFERENCES opportunity, 
	product_id TEXT REFERENCES product, 
	seq INTEGER NOT NULL, 
	description TEXT CHECK (length(description) <= 500), 
	quantity_dec6 INTEGER NOT NULL, 
	unit_price_dec6 INTEGER, 
	amount_minor INTEGER CHECK (amount_minor >= -1000000000000000 AND amount_minor <= 1000000000000000), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_opportunity_line_opportunity_id ON opportunity_line (opportunity_id);

CREATE INDEX ix_opportunity_line_product_id ON opportunity_line (product_id);

CREATE TABLE quote (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	number TEXT NOT NULL CHECK (length(number) <= 40 AND trim(number) <> ''), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	account_id TEXT NOT NULL REFERENCES account, 
	contact_id TEXT REFERENCES contact, 
	opportunity_id TEXT REFERENCES opportunity, 
	owner_id TEXT REFERENCES app_user, 
	currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	price_book_id TEXT REFERENCES price_book, 
	fx_rate_e9 INTEGER CHECK (fx_rate_e9 >= 1), 
	fx_date TEXT CHECK (date(fx_date) IS fx_date), 
	progress TEXT CHECK (progress IN ('not_ordered', 'partly_ordered', 'ordered', 'partly_invoiced', 'invoiced', 'paid')), 
	is_primary INTEGER DEFAULT '0' NOT NULL CHECK (is_primary IN (0, 1)), 
	is_template INTEGER DEFAULT '0' NOT NULL CHECK (is_template IN (0, 1)), 
	language TEXT CHECK (length(language) <= 20), 
	created_on TEXT NOT NULL CHECK (date(created_on) IS created_on), 
	description TEXT CHECK (length(description) <= 65536), 
	custom TEXT CHECK (json_valid(custom) AND json_type(custom) = 'object'), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_quote_account_id ON quote (account_id);

CREATE INDEX ix_quote_contact_id ON quote (contact_id);

CREATE INDEX ix_quote_opportunity_id ON quote (opportunity_id);

CREATE INDEX ix_quote_owner_id ON quote (owner_id);

CREATE INDEX ix_quote_price_book_id ON quote (price_book_id);

CREATE UNIQUE INDEX quote_number ON quote (number);

CREATE TABLE task (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	subject TEXT NOT NULL CHECK (length(subject) <= 500 AND trim(subject) <> ''), 
	due_on TEXT CHECK (date(due_on) IS due_on), 
	due_time TEXT CHECK (length(due_time) <= 5), 
	priority TEXT DEFAULT 'normal' NOT NULL CHECK (priority IN ('low', 'normal', 'high', 'urgent')), 
	status TEXT DEFAULT 'open' NOT NULL CHECK (status IN ('open', 'done', 'cancelled', 'deferred')), 
	done_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', done_at) IS done_at), 
	note TEXT CHECK (length(note) <= 65536), 
	account_id TEXT REFERENCES account, 
	contact_id TEXT REFERENCES contact, 
	opportunity_id TEXT REFERENCES opportunity, 
	lead_id TEXT REFERENCES lead, 
	owner_id TEXT REFERENCES app_user, 
	created_on TEXT CHECK (date(created_on) IS created_on), 
	PRIMARY KEY (id), 
	CONSTRAINT done_task_has_time CHECK ((status = 'done') = (done_at IS NOT NULL))
)
 STRICT;

CREATE INDEX ix_task_account_id ON task (account_id);

CREATE INDEX ix_task_contact_id ON task (contact_id);

CREATE INDEX ix_task_lead_id ON task (lead_id);

CREATE INDEX ix_task_opportunity_id ON task (opportunity_id);

CREATE INDEX ix_task_owner_id ON task (owner_id);

CREATE INDEX task_open ON task (due_on) WHERE done_at IS NULL AND deleted_at IS NULL;

CREATE TABLE activity_contact (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	activity_id TEXT NOT NULL REFERENCES activity, 
	contact_id TEXT NOT NULL REFERENCES contact, 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_activity_contact_activity_id ON activity_contact (activity_id);

CREATE INDEX ix_activity_contact_contact_id ON activity_contact (contact_id);

CREATE TABLE attachment (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	path TEXT NOT NULL CHECK (length(path) <= 4096 AND trim(path) <> ''), 
	size_bytes INTEGER CHECK (size_bytes >= 0), 
	sha256 TEXT CHECK (length(sha256) <= 64), 
	account_id TEXT REFERENCES account, 
	contact_id TEXT REFERENCES contact, 
	opportunity_id TEXT REFERENCES opportunity, 
	activity_id TEXT REFERENCES activity, 
	quote_id TEXT REFERENCES quote, 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_attachment_account_id ON attachment (account_id);

CREATE INDEX ix_attachment_activity_id ON attachment (activity_id);

CREATE INDEX ix_attachment_contact_id ON attachment (contact_id);

CREATE INDEX ix_attachment_opportunity_id ON attachment (opportunity_id);

CREATE INDEX ix_attachment_quote_id ON attachment (quote_id);

CREATE TABLE event (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	subject TEXT NOT NULL CHECK (length(subject) <= 500 AND trim(subject) <> ''), 
	kind TEXT DEFAULT 'meeting' NOT NULL CHECK (kind IN ('meeting', 'call', 'visit', 'demo', 'other')), 
	is_all_day INTEGER DEFAULT '0' NOT NULL CHECK (is_all_day IN (0, 1)), 
	starts_wall TEXT NOT NULL CHECK (length(starts_wall) <= 19 AND trim(starts_wall) <> ''), 
	ends_wall TEXT NOT NULL CHECK (length(ends_wall) <= 19 AND trim(ends_wall) <> ''), 
	zone TEXT NOT NULL CHECK (length(zone) <= 80 AND trim(zone) <> ''), 
	ends_zone TEXT CHECK (length(ends_zone) <= 80), 
	starts_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', starts_at) IS starts_at), 
	ends_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', ends_at) IS ends_at), 
	rule TEXT CHECK (length(rule) <= 65536), 
	until_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', until_at) IS until_at), 
	series_id TEXT REFERENCES event, 
	original_wall TEXT CHECK (length(original_wall) <= 19), 
	place TEXT CHECK (length(place) <= 500), 
	url TEXT CHECK (length(url) <= 2000), 
	status TEXT DEFAULT 'planned' NOT NULL CHECK (status IN ('planned', 'held', 'not_held', 'cancelled')), 
	busy TEXT DEFAULT 'busy' NOT NULL CHECK (busy IN ('busy', 'free', 'tentative', 'away')), 
	privacy TEXT DEFAULT 'public' NOT NULL CHECK (privacy IN ('public', 'private', 'confidential')), 
	moved_count INTEGER DEFAULT '0' NOT NULL CHECK (moved_count >= 0), 
	moved_why TEXT CHECK (length(moved_why) <= 500), 
	account_id TEXT REFERENCES account, 
	contact_id TEXT REFERENCES contact, 
	opportunity_id TEXT REFERENCES opportunity, 
	activity_id TEXT REFERENCES activity, 
	owner_id TEXT REFERENCES app_user, 
	note TEXT CHECK (length(note) <= 65536), 
	uid TEXT CHECK (length(uid) <= 500), 
	sequence INTEGER DEFAULT '0' NOT NULL CHECK (sequence >= 0), 
	extra TEXT CHECK (length(extra) <= 1000000), 
	PRIMARY KEY (id), 
	CONSTRAINT event_exception_is_whole CHECK ((series_id IS NULL) = (original_wall IS NULL)), 
	CONSTRAINT event_exception_repeats_nothing CHECK (series_id IS NULL OR rule IS NULL), 
	CONSTRAINT event_ends_after_it_starts CHECK (ends_wall >= starts_wall OR ends_zone IS NOT NULL), 
	CONSTRAINT event_exception_once UNIQUE (series_id, original_wall)
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

CREATE INDEX ix_event_uid ON event (uid);

CREATE TABLE note (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	body TEXT NOT NULL CHECK (length(body) <= 65536), 
	account_id TEXT REFERENCES account, 
	contact_id TEXT REFERENCES contact, 
	opportunity_id TEXT REFERENCES opportunity, 
	lead_id TEXT REFERENCES lead, 
	quote_id TEXT REFERENCES quote, 
	owner_id TEXT REFERENCES app_user, 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_note_account_id ON note (account_id);

CREATE INDEX ix_note_contact_id ON note (contact_id);

CREATE INDEX ix_note_lead_id ON note (lead_id);

CREATE INDEX ix_note_opportunity_id ON note (opportunity_id);

CREATE INDEX ix_note_owner_id ON note (owner_id);

CREATE INDEX ix_note_quote_id ON note (quote_id);

CREATE TABLE quote_version (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	quote_id TEXT NOT NULL REFERENCES quote, 
	revision INTEGER NOT NULL CHECK (revision >= 1), 
	state TEXT DEFAULT 'draft' NOT NULL CHECK (state IN ('draft', 'in_approval', 'approved', 'sent', 'accepted', 'rejected', 'expired', 'withdrawn', 'superseded')), 
	quoted_on TEXT NOT NULL CHECK (date(quoted_on) IS quoted_on), 
	priced_on TEXT NOT NULL CHECK (date(priced_on) IS priced_on), 
	valid_until TEXT CHECK (date(valid_until) IS valid_until), 
	extended_until TEXT CHECK (date(extended_until) IS extended_until), 
	extended_by_id TEXT REFERENCES app_user, 
	payment_terms_days INTEGER CHECK (payment_terms_days >= 0 AND payment_terms_days <= 3650), 
	tax_method TEXT DEFAULT 'total' NOT NULL CHECK (tax_method IN ('total', 'line')), 
	is_tax_inclusive INTEGER DEFAULT '0' NOT NULL CHECK (is_tax_inclusive IN (0, 1)), 
	rounding TEXT DEFAULT 'half_up' NOT NULL CHECK (rounding IN ('half_up', 'half_even', 'up', 'down')), 
	cash_minor INTEGER DEFAULT '0' NOT NULL CHECK (cash_minor >= 0), 
	template TEXT CHECK (length(template) <= 200), 
	cover TEXT CHECK (length(cover) <= 65536), 
	terms TEXT CHECK (length(terms) <= 65536), 
	note TEXT CHECK (length(note) <= 65536), 
	is_nonstandard INTEGER DEFAULT '0' NOT NULL CHECK (is_nonstandard IN (0, 1)), 
	list_minor INTEGER CHECK (list_minor >= -1000000000000000 AND list_minor <= 1000000000000000), 
	line_sum_minor INTEGER CHECK (line_sum_minor >= -1000000000000000 AND line_sum_minor <= 1000000000000000), 
	net_minor INTEGER CHECK (net_minor >= -1000000000000000 AND net_minor <= 1000000000000000), 
	tax_minor INTEGER CHECK (tax_minor >= -1000000000000000 AND tax_minor <= 1000000000000000), 
	gross_minor INTEGER CHECK (gross_minor >= -1000000000000000 AND gross_minor <= 1000000000000000), 
	prepaid_minor INTEGER CHECK (prepaid_minor >= -1000000000000000 AND prepaid_minor <= 1000000000000000), 
	payable_rounding_minor INTEGER CHECK (payable_rounding_minor >= -1000000000000000 AND payable_rounding_minor <= 1000000000000000), 
	payable_minor INTEGER CHECK (payable_minor >= -1000000000000000 AND payable_minor <= 1000000000000000), 
	cost_minor INTEGER CHECK (cost_minor >= -1000000000000000 AND cost_minor <= 1000000000000000), 
	content_hash TEXT CHECK (length(content_hash) <= 64), 
	sent_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', sent_at) IS sent_at), 
	sent_to TEXT CHECK (length(sent_to) <= 320), 
	decided_on TEXT CHECK (date(decided_on) IS decided_on), 
	decision_reason TEXT CHECK (length(decision_reason) <= 500), 
	PRIMARY KEY (id), 
	CONSTRAINT quote_version_sent_when CHECK (state <> 'sent' OR sent_at IS NOT NULL), 
	CONSTRAINT quote_version_sent_what CHECK (sent_at IS NULL OR content_hash IS NOT NULL)
)
 STRICT;

CREATE INDEX ix_quote_version_extended_by_id ON quote_version (extended_by_id);

CREATE UNIQUE INDEX quote_version_accepted_once ON quote_version (quote_id) WHERE state = 'accepted';

CREATE UNIQUE INDEX quote_version_revision ON quote_version (quote_id, revision);

CREATE INDEX quote_version_sent ON quote_version (quote_id) WHERE state = 'sent';

CREATE TABLE acceptance (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	version_id TEXT NOT NULL REFERENCES quote_version, 
	signer TEXT NOT NULL CHECK (length(signer) <= 200 AND trim(signer) <> ''), 
	method TEXT DEFAULT 'typed' NOT NULL CHECK (method IN ('typed', 'drawn', 'uploaded', 'external')), 
	signed_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', signed_at) IS signed_at), 
	document_sha256 TEXT NOT NULL CHECK (length(document_sha256) <= 64 AND trim(document_sha256) <> ''), 
	note TEXT CHECK (length(note) <= 2000), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_acceptance_version_id ON acceptance (version_id);

CREATE TABLE approval_request (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	version_id TEXT NOT NULL REFERENCES quote_version, 
	rule_id TEXT NOT NULL REFERENCES approval_rule, 
	metrics TEXT NOT NULL CHECK (json_valid(metrics) AND json_type(metrics) = 'object'), 
	why TEXT NOT NULL CHECK (length(why) <= 500 AND trim(why) <> ''), 
	approver_role TEXT NOT NULL CHECK (approver_role IN ('manager', 'director', 'finance', 'admin')), 
	sequence INTEGER NOT NULL, 
	status TEXT DEFAULT 'waiting' NOT NULL CHECK (status IN ('waiting', 'approved', 'refused', 'withdrawn')), 
	asked_by_id TEXT REFERENCES app_user, 
	decided_by_id TEXT REFERENCES app_user, 
	decided_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', decided_at) IS decided_at), 
	note TEXT CHECK (length(note) <= 2000), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_approval_request_asked_by_id ON approval_request (asked_by_id);

CREATE INDEX ix_approval_request_decided_by_id ON approval_request (decided_by_id);

CREATE INDEX ix_approval_request_rule_id ON approval_request (rule_id);

CREATE INDEX ix_approval_request_version_id ON approval_request (version_id);

CREATE TABLE event_attendee (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	event_id TEXT NOT NULL REFERENCES event, 
	contact_id TEXT REFERENCES contact, 
	name TEXT CHECK (length(name) <= 200), 
	address TEXT CHECK (length(address) <= 320), 
	answer TEXT DEFAULT 'needs_action' NOT NULL CHECK (answer IN ('needs_action', 'accepted', 'declined', 'tentative', 'delegated')), 
	is_organizer INTEGER DEFAULT '0' NOT NULL CHECK (is_organizer IN (0, 1)), 
	is_optional INTEGER DEFAULT '0' NOT NULL CHECK (is_optional IN (0, 1)), 
	PRIMARY KEY (id), 
	CONSTRAINT attendee_is_somebody CHECK (contact_id IS NOT NULL OR name IS NOT NULL OR address IS NOT NULL)
)
 STRICT;

CREATE INDEX ix_event_attendee_contact_id ON event_attendee (contact_id);

CREATE INDEX ix_event_attendee_event_id ON event_attendee (event_id);

CREATE TABLE event_reminder (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	event_id TEXT NOT NULL REFERENCES event, 
	minutes_before INTEGER NOT NULL CHECK (minutes_before >= 0 AND minutes_before <= 527040), 
	PRIMARY KEY (id), 
	CONSTRAINT reminder_once UNIQUE (event_id, minutes_before)
)
 STRICT;

CREATE TABLE quote_line (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	version_id TEXT NOT NULL REFERENCES quote_version, 
	ordinal INTEGER NOT NULL, 
	parent_line_id TEXT REFERENCES quote_line, 
	kind TEXT DEFAULT 'product' NOT NULL CHECK (kind IN ('product', 'text', 'section')), 
	role TEXT DEFAULT 'normal' NOT NULL CHECK (role IN ('normal', 'optional', 'alternative')), 
	choice_of TEXT CHECK (length(choice_of) <= 80), 
	is_chosen INTEGER DEFAULT '0' NOT NULL CHECK (is_chosen IN (0, 1)), 
	product_id TEXT REFERENCES product, 
	description TEXT CHECK (length(description) <= 4000), 
	unit TEXT CHECK (length(unit) <= 40), 
	quantity_dec6 INTEGER, 
	base_dec6 INTEGER DEFAULT '1000000' NOT NULL CHECK (base_dec6 >= 1), 
	periods INTEGER CHECK (periods >= 0), 
	period TEXT CHECK (period IN ('month', 'quarter', 'half', 'year')), 
	list_dec6 INTEGER CHECK (list_dec6 >= 0), 
	net_dec6 INTEGER CHECK (net_dec6 >= 0), 
	fixed_dec6 INTEGER CHECK (fixed_dec6 >= 0), 
	discounts TEXT CHECK (json_valid(discounts) AND json_type(discounts) = 'array'), 
	steps TEXT CHECK (json_valid(steps) AND json_type(steps) = 'array'), 
	slices TEXT CHECK (json_valid(slices) AND json_type(slices) = 'array'), 
	options TEXT CHECK (json_valid(options) AND json_type(options) = 'object'), 
	list_minor INTEGER CHECK (list_minor >= -1000000000000000 AND list_minor <= 1000000000000000), 
	net_minor INTEGER CHECK (net_minor >= -1000000000000000 AND net_minor <= 1000000000000000), 
	cost_dec6 INTEGER CHECK (cost_dec6 >= 0), 
	cost_minor INTEGER CHECK (cost_minor >= -1000000000000000 AND cost_minor <= 1000000000000000), 
	tax_code_id TEXT REFERENCES tax_code, 
	tax_reason TEXT CHECK (length(tax_reason) <= 500), 
	tax_category TEXT CHECK (tax_category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')), 
	tax_rate_ppm INTEGER CHECK (tax_rate_ppm >= 0 AND tax_rate_ppm <= 1000000), 
	tax_minor INTEGER CHECK (tax_minor >= -1000000000000000 AND tax_minor <= 1000000000000000), 
	delivery_on TEXT CHECK (date(delivery_on) IS delivery_on), 
	note TEXT CHECK (length(note) <= 2000), 
	PRIMARY KEY (id), 
	CONSTRAINT quote_line_has_quantity CHECK (kind <> 'product' OR quantity_dec6 IS NOT NULL), 
	CONSTRAINT quote_line_says_what CHECK (product_id IS NOT NULL OR description IS NOT NULL)
)
 STRICT;

CREATE INDEX ix_quote_line_parent_line_id ON quote_line (parent_line_id);

CREATE INDEX ix_quote_line_product_id ON quote_line (product_id);

CREATE INDEX ix_quote_line_tax_code_id ON quote_line (tax_code_id);

CREATE INDEX quote_line_of ON quote_line (version_id, ordinal);

CREATE TABLE sales_order (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	number TEXT NOT NULL CHECK (length(number) <= 40 AND trim(number) <> ''), 
	name TEXT NOT NULL CHECK (length(name) <= 200 AND trim(name) <> ''), 
	account_id TEXT NOT NULL REFERENCES account, 
	contact_id TEXT REFERENCES contact, 
	opportunity_id TEXT REFERENCES opportunity, 
	version_id TEXT REFERENCES quote_version, 
	owner_id TEXT REFERENCES app_user, 
	state TEXT DEFAULT 'open' NOT NULL CHECK (state IN ('open', 'part_delivered', 'delivered', 'part_invoiced', 'invoiced', 'paid', 'cancelled')), 
	currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	ordered_on TEXT NOT NULL CHECK (date(ordered_on) IS ordered_on), 
	promised_on TEXT CHECK (date(promised_on) IS promised_on), 
	delivered_on TEXT CHECK (date(delivered_on) IS delivered_on), 
	cancelled_on TEXT CHECK (date(cancelled_on) IS cancelled_on), 
	cancel_reason TEXT CHECK (length(cancel_reason) <= 500), 
	payment_terms_days INTEGER CHECK (payment_terms_days >= 0 AND payment_terms_days <= 3650), 
	tax_method TEXT DEFAULT 'total' NOT NULL CHECK (tax_method IN ('total', 'line')), 
	is_tax_inclusive INTEGER DEFAULT '0' NOT NULL CHECK (is_tax_inclusive IN (0, 1)), 
	rounding TEXT DEFAULT 'half_up' NOT NULL CHECK (rounding IN ('half_up', 'half_even', 'up', 'down')), 
	net_minor INTEGER CHECK (net_minor >= -1000000000000000 AND net_minor <= 1000000000000000), 
	tax_minor INTEGER CHECK (tax_minor >= -1000000000000000 AND tax_minor <= 1000000000000000), 
	gross_minor INTEGER CHECK (gross_minor >= -1000000000000000 AND gross_minor <= 1000000000000000), 
	cost_minor INTEGER CHECK (cost_minor >= -1000000000000000 AND cost_minor <= 1000000000000000), 
	list_minor INTEGER CHECK (list_minor >= -1000000000000000 AND list_minor <= 1000000000000000), 
	freight_minor INTEGER CHECK (freight_minor >= 0 AND freight_minor <= 1000000000000000), 
	rebate_minor INTEGER CHECK (rebate_minor >= 0 AND rebate_minor <= 1000000000000000), 
	extra_cost_minor INTEGER CHECK (extra_cost_minor >= 0 AND extra_cost_minor <= 1000000000000000), 
	cash_minor INTEGER DEFAULT '0' NOT NULL CHECK (cash_minor >= 0), 
	prepaid_minor INTEGER CHECK (prepaid_minor >= -1000000000000000 AND prepaid_minor <= 1000000000000000), 
	payable_rounding_minor INTEGER CHECK (payable_rounding_minor >= -1000000000000000 AND payable_rounding_minor <= 1000000000000000), 
	source_version TEXT CHECK (length(source_version) <= 80), 
	customer_ref TEXT CHECK (length(customer_ref) <= 200), 
	channel TEXT CHECK (length(channel) <= 40), 
	ship_to TEXT CHECK (length(ship_to) <= 1000), 
	description TEXT CHECK (length(description) <= 65536), 
	custom TEXT CHECK (json_valid(custom) AND json_type(custom) = 'object'), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_sales_order_account_id ON sales_order (account_id);

CREATE INDEX ix_sales_order_contact_id ON sales_order (contact_id);

CREATE INDEX ix_sales_order_opportunity_id ON sales_order (opportunity_id);

CREATE INDEX ix_sales_order_owner_id ON sales_order (owner_id);

CREATE INDEX ix_sales_order_version_id ON sales_order (version_id);

CREATE INDEX sales_order_beside ON sales_order (account_id, ordered_on, state, currency, freight_minor, rebate_minor, extra_cost_minor, list_minor) WHERE deleted_at IS NULL AND (freight_minor IS NOT NULL OR rebate_minor IS NOT NULL OR extra_cost_minor IS NOT NULL);

CREATE INDEX sales_order_by_day ON sales_order (ordered_on, owner_id, state, currency, net_minor, cost_minor, id) WHERE deleted_at IS NULL;

CREATE UNIQUE INDEX sales_order_number ON sales_order (number);

CREATE INDEX sales_order_of_account ON sales_order (account_id, ordered_on, state, currency, net_minor, cost_minor, list_minor) WHERE deleted_at IS NULL;

CREATE INDEX sales_order_of_deal ON sales_order (opportunity_id) WHERE opportunity_id IS NOT NULL;

CREATE INDEX sales_order_of_version ON sales_order (version_id) WHERE version_id IS NOT NULL;

CREATE INDEX sales_order_promised ON sales_order (promised_on, state) WHERE deleted_at IS NULL;

CREATE TABLE invoice (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	number TEXT NOT NULL CHECK (length(number) <= 80 AND trim(number) <> ''), 
	series TEXT CHECK (length(series) <= 40), 
	kind TEXT DEFAULT 'invoice' NOT NULL CHECK (kind IN ('invoice', 'credit_note')), 
	corrects_id TEXT REFERENCES invoice, 
	order_id TEXT REFERENCES sales_order, 
	account_id TEXT NOT NULL REFERENCES account, 
	owner_id TEXT REFERENCES app_user, 
	state TEXT DEFAULT 'open' NOT NULL CHECK (state IN ('open', 'part_paid', 'paid', 'credited', 'written_off', 'settled')), 
	issued_on TEXT NOT NULL CHECK (date(issued_on) IS issued_on), 
	due_on TEXT CHECK (date(due_on) IS due_on), 
	currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	net_minor INTEGER NOT NULL CHECK (net_minor >= -1000000000000000 AND net_minor <= 1000000000000000), 
	tax_minor INTEGER NOT NULL CHECK (tax_minor >= -1000000000000000 AND tax_minor <= 1000000000000000), 
	gross_minor INTEGER NOT NULL CHECK (gross_minor >= -1000000000000000 AND gross_minor <= 1000000000000000), 
	taxes TEXT CHECK (json_valid(taxes) AND json_type(taxes) = 'array'), 
	prepaid_minor INTEGER DEFAULT '0' NOT NULL, 
	payable_rounding_minor INTEGER DEFAULT '0' NOT NULL, 
	paid_minor INTEGER DEFAULT '0' NOT NULL, 
	credited_minor INTEGER DEFAULT '0' NOT NULL, 
	source_version TEXT CHECK (length(source_version) <= 80), 
	channel TEXT CHECK (length(channel) <= 40), 
	note TEXT CHECK (length(note) <= 2000), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX invoice_by_day ON invoice (issued_on, owner_id, account_id, currency, net_minor, channel, id) WHERE deleted_at IS NULL;

CREATE INDEX invoice_corrects ON invoice (corrects_id) WHERE corrects_id IS NOT NULL;

CREATE INDEX invoice_due ON invoice (due_on) WHERE due_on IS NOT NULL;

CREATE UNIQUE INDEX invoice_number ON invoice (number);

CREATE INDEX invoice_of_account ON invoice (account_id, issued_on, due_on, currency, gross_minor, prepaid_minor, payable_rounding_minor, credited_minor, paid_minor, deleted_at, id, net_minor);

CREATE INDEX invoice_of_order ON invoice (order_id) WHERE order_id IS NOT NULL;

CREATE INDEX invoice_series ON invoice (series, number) WHERE series IS NOT NULL;

CREATE INDEX ix_invoice_corrects_id ON invoice (corrects_id);

CREATE INDEX ix_invoice_order_id ON invoice (order_id);

CREATE INDEX ix_invoice_owner_id ON invoice (owner_id);

CREATE TABLE quote_allowance (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	version_id TEXT NOT NULL REFERENCES quote_version, 
	line_id TEXT REFERENCES quote_line, 
	is_charge INTEGER DEFAULT '0' NOT NULL CHECK (is_charge IN (0, 1)), 
	reason TEXT NOT NULL CHECK (length(reason) <= 200 AND trim(reason) <> ''), 
	percent_ppm INTEGER CHECK (percent_ppm >= 0), 
	base_minor INTEGER CHECK (base_minor >= -1000000000000000 AND base_minor <= 1000000000000000), 
	amount_minor INTEGER CHECK (amount_minor >= -1000000000000000 AND amount_minor <= 1000000000000000), 
	tax_code_id TEXT REFERENCES tax_code, 
	PRIMARY KEY (id), 
	CONSTRAINT quote_allowance_one_way CHECK ((percent_ppm IS NULL) <> (amount_minor IS NULL))
)
 STRICT;

CREATE INDEX ix_quote_allowance_line_id ON quote_allowance (line_id);

CREATE INDEX ix_quote_allowance_tax_code_id ON quote_allowance (tax_code_id);

CREATE INDEX ix_quote_allowance_version_id ON quote_allowance (version_id);

CREATE TABLE sales_order_line (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	order_id TEXT NOT NULL REFERENCES sales_order, 
	ordinal INTEGER NOT NULL, 
	parent_line_id TEXT REFERENCES sales_order_line, 
	is_part INTEGER DEFAULT '0' NOT NULL CHECK (is_part IN (0, 1)), 
	quote_line_id TEXT REFERENCES quote_line, 
	product_id TEXT REFERENCES product, 
	description TEXT CHECK (length(description) <= 4000), 
	unit TEXT CHECK (length(unit) <= 40), 
	quantity_dec6 INTEGER NOT NULL CHECK (quantity_dec6 >= 0), 
	delivered_dec6 INTEGER DEFAULT '0' NOT NULL CHECK (delivered_dec6 >= 0), 
	invoiced_dec6 INTEGER DEFAULT '0' NOT NULL CHECK (invoiced_dec6 >= 0), 
	returned_dec6 INTEGER DEFAULT '0' NOT NULL CHECK (returned_dec6 >= 0), 
	cancelled_dec6 INTEGER DEFAULT '0' NOT NULL CHECK (cancelled_dec6 >= 0), 
	tolerance_dec6 INTEGER DEFAULT '0' NOT NULL CHECK (tolerance_dec6 >= 0), 
	base_dec6 INTEGER DEFAULT '1000000' NOT NULL CHECK (base_dec6 >= 1), 
	periods INTEGER CHECK (periods >= 0), 
	period TEXT CHECK (period IN ('month', 'quarter', 'half', 'year')), 
	list_dec6 INTEGER CHECK (list_dec6 >= 0), 
	net_dec6 INTEGER CHECK (net_dec6 >= 0), 
	discounts TEXT CHECK (json_valid(discounts) AND json_type(discounts) = 'array'), 
	list_minor INTEGER CHECK (list_minor >= -1000000000000000 AND list_minor <= 1000000000000000), 
	net_minor INTEGER NOT NULL CHECK (net_minor >= -1000000000000000 AND net_minor <= 1000000000000000), 
	shares TEXT CHECK (json_valid(shares) AND json_type(shares) = 'array'), 
	share_minor INTEGER DEFAULT '0' NOT NULL, 
	cost_minor INTEGER CHECK (cost_minor >= -1000000000000000 AND cost_minor <= 1000000000000000), 
	tax_code_id TEXT REFERENCES tax_code, 
	tax_category TEXT CHECK (tax_category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')), 
	tax_rate_ppm INTEGER CHECK (tax_rate_ppm >= 0 AND tax_rate_ppm <= 1000000), 
	tax_reason TEXT CHECK (length(tax_reason) <= 500), 
	tax_minor INTEGER DEFAULT '0' NOT NULL, 
	promised_on TEXT CHECK (date(promised_on) IS promised_on), 
	source_key TEXT CHECK (length(source_key) <= 200), 
	PRIMARY KEY (id), 
	CONSTRAINT order_line_cancelled CHECK (cancelled_dec6 <= quantity_dec6), 
	CONSTRAINT order_line_returned CHECK (returned_dec6 BETWEEN 0 AND delivered_dec6), 
	CONSTRAINT order_line_delivered CHECK (delivered_dec6 <= quantity_dec6 - cancelled_dec6 + tolerance_dec6), 
	CONSTRAINT order_line_invoiced CHECK (invoiced_dec6 BETWEEN 0 AND quantity_dec6 - cancelled_dec6 + tolerance_dec6)
)
 STRICT;

CREATE INDEX ix_sales_order_line_parent_line_id ON sales_order_line (parent_line_id);

CREATE INDEX ix_sales_order_line_product_id ON sales_order_line (product_id);

CREATE INDEX ix_sales_order_line_quote_line_id ON sales_order_line (quote_line_id);

CREATE INDEX ix_sales_order_line_tax_code_id ON sales_order_line (tax_code_id);

CREATE INDEX sales_order_line_of ON sales_order_line (order_id, ordinal);

CREATE INDEX sales_order_line_quoted ON sales_order_line (quote_line_id) WHERE quote_line_id IS NOT NULL;

CREATE INDEX sales_order_line_sold ON sales_order_line (product_id) WHERE product_id IS NOT NULL;

CREATE TABLE shipment (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	order_id TEXT NOT NULL REFERENCES sales_order, 
	kind TEXT DEFAULT 'delivery' NOT NULL CHECK (kind IN ('delivery', 'return')), 
	shipped_on TEXT NOT NULL CHECK (date(shipped_on) IS shipped_on), 
	carrier TEXT CHECK (length(carrier) <= 200), 
	tracking_number TEXT CHECK (length(tracking_number) <= 200), 
	lines TEXT NOT NULL CHECK (json_valid(lines) AND json_type(lines) = 'array'), 
	note TEXT CHECK (length(note) <= 2000), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX ix_shipment_order_id ON shipment (order_id);

CREATE INDEX shipment_of ON shipment (order_id);

CREATE TABLE dispute (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	order_id TEXT REFERENCES sales_order, 
	invoice_id TEXT REFERENCES invoice, 
	reason TEXT NOT NULL CHECK (length(reason) <= 500 AND trim(reason) <> ''), 
	claimed_minor INTEGER CHECK (claimed_minor >= -1000000000000000 AND claimed_minor <= 1000000000000000), 
	currency TEXT CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	status TEXT DEFAULT 'open' NOT NULL CHECK (status IN ('open', 'in_review', 'accepted', 'rejected', 'withdrawn')), 
	opened_on TEXT NOT NULL CHECK (date(opened_on) IS opened_on), 
	closed_on TEXT CHECK (date(closed_on) IS closed_on), 
	resolution TEXT CHECK (length(resolution) <= 2000), 
	PRIMARY KEY (id), 
	CONSTRAINT dispute_of CHECK (order_id IS NOT NULL OR invoice_id IS NOT NULL)
)
 STRICT;

CREATE INDEX ix_dispute_invoice_id ON dispute (invoice_id);

CREATE INDEX ix_dispute_order_id ON dispute (order_id);

CREATE TABLE invoice_line (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	invoice_id TEXT NOT NULL REFERENCES invoice, 
	ordinal INTEGER NOT NULL, 
	order_line_id TEXT REFERENCES sales_order_line, 
	corrects_line_id TEXT REFERENCES invoice_line, 
	product_id TEXT REFERENCES product, 
	description TEXT CHECK (length(description) <= 4000), 
	unit TEXT CHECK (length(unit) <= 40), 
	quantity_dec6 INTEGER NOT NULL, 
	credited_dec6 INTEGER DEFAULT '0' NOT NULL CHECK (credited_dec6 >= 0), 
	net_minor INTEGER NOT NULL CHECK (net_minor >= -1000000000000000 AND net_minor <= 1000000000000000), 
	shares TEXT CHECK (json_valid(shares) AND json_type(shares) = 'array'), 
	share_minor INTEGER DEFAULT '0' NOT NULL, 
	cost_minor INTEGER CHECK (cost_minor >= -1000000000000000 AND cost_minor <= 1000000000000000), 
	tax_category TEXT CHECK (tax_category IN ('S', 'Z', 'E', 'AE', 'K', 'G', 'O')), 
	tax_rate_ppm INTEGER CHECK (tax_rate_ppm >= 0 AND tax_rate_ppm <= 1000000), 
	tax_reason TEXT CHECK (length(tax_reason) <= 500), 
	source_key TEXT CHECK (length(source_key) <= 200), 
	PRIMARY KEY (id), 
	CONSTRAINT invoice_line_credited CHECK (credited_dec6 BETWEEN 0 AND abs(quantity_dec6))
)
 STRICT;

CREATE INDEX invoice_line_of ON invoice_line (invoice_id, ordinal);

CREATE INDEX invoice_line_ordered ON invoice_line (order_line_id) WHERE order_line_id IS NOT NULL;

CREATE INDEX ix_invoice_line_corrects_line_id ON invoice_line (corrects_line_id);

CREATE INDEX ix_invoice_line_order_line_id ON invoice_line (order_line_id);

CREATE INDEX ix_invoice_line_product_id ON invoice_line (product_id);

CREATE TABLE payment (
	id TEXT NOT NULL CHECK (length(id) = 36), 
	ref TEXT UNIQUE, 
	created_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', created_at) IS created_at), 
	updated_at TEXT NOT NULL CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) IS updated_at), 
	deleted_at TEXT CHECK (strftime('%Y-%m-%dT%H:%M:%fZ', deleted_at) IS deleted_at), 
	invoice_id TEXT NOT NULL REFERENCES invoice, 
	paid_on TEXT NOT NULL CHECK (date(paid_on) IS paid_on), 
	amount_minor INTEGER NOT NULL CHECK (amount_minor >= -1000000000000000 AND amount_minor <= 1000000000000000), 
	currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'), 
	reference TEXT CHECK (length(reference) <= 200), 
	note TEXT CHECK (length(note) <= 2000), 
	PRIMARY KEY (id)
)
 STRICT;

CREATE INDEX payment_of ON payment (invoice_id, paid_on, amount_minor);

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
