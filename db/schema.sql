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
	CONSTRAINT product_is_active CHECK (is_active IN (0, 1)), 
	CONSTRAINT product_description CHECK (length(description) <= 65536), 
	CONSTRAINT product_custom CHECK (json_valid(custom) AND json_type(custom) = 'object')
)
 STRICT;

CREATE INDEX ix_product_code ON product (code);

CREATE UNIQUE INDEX product_ref ON product (ref);

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
	CONSTRAINT app_user_role CHECK (role IN ('rep', 'manager', 'finance', 'admin')), 
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

CREATE INDEX ix_account_team_id ON account (team_id);

CREATE INDEX ix_account_territory_id ON account (territory_id);

CREATE UNIQUE INDEX account_ref ON account (ref);

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

CREATE UNIQUE INDEX note_ref ON note (ref);

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
