CREATE VIEW fresh (id, at) AS SELECT (SELECT substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7' || substr(r, 1, 3) || '-8' || substr(r, 4, 3) || '-' || substr(r, 7, 12) FROM (SELECT printf('%012x', CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)) AS h, lower(hex(randomblob(9))) AS r)), COALESCE((SELECT at FROM journal_state WHERE operation_id IS NOT NULL), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));

CREATE VIEW ref_length (n) AS VALUES (4), (5), (6), (8), (12);

CREATE VIEW journal_door (tab, row_id, old, new) AS SELECT NULL, NULL, NULL, NULL;

CREATE TRIGGER journal_door_write INSTEAD OF INSERT ON journal_door BEGIN
  UPDATE journal_state SET direct_id = (SELECT id FROM fresh), direct_at = CAST(julianday('now') AS TEXT) WHERE operation_id IS NULL AND (direct_at IS NULL OR CAST(direct_at AS REAL) < julianday('now') - 2.0 / 86400);
  INSERT OR IGNORE INTO operation (id, at, hlc, actor, device, verb, summary) SELECT direct_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), '', 'sql', COALESCE((SELECT value FROM setting WHERE key = 'device'), ''), 'sql', 'Direct change of the database' FROM journal_state WHERE operation_id IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), new.tab, new.row_id, new.old, new.new WHERE NOT (new.old IS NOT NULL AND new.new IS NOT NULL);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), new.tab, new.row_id, key, max(o), max(n) FROM (SELECT key, value AS o, NULL AS n FROM json_each(new.old) UNION ALL SELECT key, NULL, value FROM json_each(new.new)) WHERE new.old IS NOT NULL AND new.new IS NOT NULL AND key NOT IN ('created_at', 'id', 'ref', 'updated_at') GROUP BY key HAVING max(o) IS NOT max(n);
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT new.tab, new.row_id WHERE new.tab IN ('account', 'contact', 'lead', 'opportunity', 'product', 'activity', 'task', 'note', 'event');
END;

CREATE VIEW journal_insert (tab, id, row) AS SELECT NULL, NULL, NULL;

CREATE TRIGGER journal_insert_pass INSTEAD OF INSERT ON journal_insert BEGIN
  INSERT INTO journal_door SELECT new.tab, new.id, NULL, json_patch('{}', new.row);
END;

CREATE VIEW journal_before (tab, id, row) AS SELECT NULL, NULL, NULL;

CREATE TRIGGER journal_before_pass INSTEAD OF INSERT ON journal_before BEGIN
  UPDATE journal_state SET before = json_patch('{}', new.row);
END;

CREATE VIEW journal_update (tab, id, row) AS SELECT NULL, NULL, NULL;

CREATE TRIGGER journal_update_pass INSTEAD OF INSERT ON journal_update BEGIN
  INSERT INTO journal_door SELECT new.tab, new.id, before, json_patch('{}', new.row) FROM journal_state;
END;

CREATE VIEW journal_delete (tab, id, row) AS SELECT NULL, NULL, NULL;

CREATE TRIGGER journal_delete_pass INSTEAD OF INSERT ON journal_delete BEGIN
  INSERT INTO journal_door SELECT new.tab, new.id, json_patch('{}', new.row), NULL;
END;

CREATE TRIGGER tree_account_insert AFTER INSERT ON account WHEN new.parent_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'tree:account.parent_id') FROM (WITH RECURSIVE above (id, n) AS (SELECT new.parent_id, 1 UNION ALL SELECT parent_id, n + 1 FROM above JOIN account USING (id) WHERE n <= 12) SELECT 1 FROM above WHERE n > 12 AND id IS NOT NULL);
END;

CREATE TRIGGER tree_account_update AFTER UPDATE OF parent_id ON account WHEN new.parent_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'tree:account.parent_id') FROM (WITH RECURSIVE above (id, n) AS (SELECT new.parent_id, 1 UNION ALL SELECT parent_id, n + 1 FROM above JOIN account USING (id) WHERE n <= 12) SELECT 1 FROM above WHERE n > 12 AND id IS NOT NULL);
END;

CREATE TRIGGER tree_app_user_insert AFTER INSERT ON app_user WHEN new.manager_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'tree:app_user.manager_id') FROM (WITH RECURSIVE above (id, n) AS (SELECT new.manager_id, 1 UNION ALL SELECT manager_id, n + 1 FROM above JOIN app_user USING (id) WHERE n <= 12) SELECT 1 FROM above WHERE n > 12 AND id IS NOT NULL);
END;

CREATE TRIGGER tree_app_user_update AFTER UPDATE OF manager_id ON app_user WHEN new.manager_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'tree:app_user.manager_id') FROM (WITH RECURSIVE above (id, n) AS (SELECT new.manager_id, 1 UNION ALL SELECT manager_id, n + 1 FROM above JOIN app_user USING (id) WHERE n <= 12) SELECT 1 FROM above WHERE n > 12 AND id IS NOT NULL);
END;

CREATE TRIGGER tree_territory_insert AFTER INSERT ON territory WHEN new.parent_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'tree:territory.parent_id') FROM (WITH RECURSIVE above (id, n) AS (SELECT new.parent_id, 1 UNION ALL SELECT parent_id, n + 1 FROM above JOIN territory USING (id) WHERE n <= 12) SELECT 1 FROM above WHERE n > 12 AND id IS NOT NULL);
END;

CREATE TRIGGER tree_territory_update AFTER UPDATE OF parent_id ON territory WHEN new.parent_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'tree:territory.parent_id') FROM (WITH RECURSIVE above (id, n) AS (SELECT new.parent_id, 1 UNION ALL SELECT parent_id, n + 1 FROM above JOIN territory USING (id) WHERE n <= 12) SELECT 1 FROM above WHERE n > 12 AND id IS NOT NULL);
END;

CREATE TRIGGER tree_contact_insert AFTER INSERT ON contact WHEN new.reports_to_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'tree:contact.reports_to_id') FROM (WITH RECURSIVE above (id, n) AS (SELECT new.reports_to_id, 1 UNION ALL SELECT reports_to_id, n + 1 FROM above JOIN contact USING (id) WHERE n <= 12) SELECT 1 FROM above WHERE n > 12 AND id IS NOT NULL);
END;

CREATE TRIGGER tree_contact_update AFTER UPDATE OF reports_to_id ON contact WHEN new.reports_to_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'tree:contact.reports_to_id') FROM (WITH RECURSIVE above (id, n) AS (SELECT new.reports_to_id, 1 UNION ALL SELECT reports_to_id, n + 1 FROM above JOIN contact USING (id) WHERE n <= 12) SELECT 1 FROM above WHERE n > 12 AND id IS NOT NULL);
END;

CREATE TRIGGER rule_opportunity_stage AFTER UPDATE OF stage_id ON opportunity WHEN old.stage_id <> new.stage_id AND (SELECT is_replay FROM journal_state) = 0 BEGIN
  UPDATE journal_state SET is_replay = 1;
  UPDATE opportunity SET probability_ppm = CASE WHEN s.type IN ('won', 'lost') OR NOT is_probability_overridden THEN s.probability_ppm ELSE opportunity.probability_ppm END, category = CASE WHEN s.type IN ('won', 'lost') OR NOT is_category_overridden THEN s.category ELSE opportunity.category END, pipeline_id = s.pipeline_id, is_won = CASE s.type WHEN 'won' THEN 1 WHEN 'lost' THEN 0 END, closed_on = CASE WHEN s.type IN ('won', 'lost') THEN COALESCE(new.closed_on, substr((SELECT at FROM fresh), 1, 10)) END FROM (SELECT * FROM stage) AS s WHERE opportunity.id = new.id AND s.id = new.stage_id;
  UPDATE journal_state SET is_replay = 0;
  INSERT INTO opportunity_history (id, opportunity_id, at, stage_id, is_stage_change, amount_minor, currency, close_date, probability_ppm, category, owner_id, is_won) SELECT (SELECT id FROM fresh), id, CASE WHEN new.closed_on IS NOT NULL AND old.closed_on IS NOT new.closed_on AND new.closed_on < substr((SELECT at FROM fresh), 1, 10) THEN new.closed_on || 'T12:00:00.000Z' ELSE (SELECT at FROM fresh) END, stage_id, 1, amount_minor, currency, close_date, probability_ppm, category, owner_id, is_won FROM opportunity WHERE id = new.id;
END;

CREATE TRIGGER history_opportunity_insert AFTER INSERT ON opportunity WHEN (SELECT is_replay FROM journal_state) = 0 BEGIN
  INSERT INTO opportunity_history (id, opportunity_id, at, stage_id, is_stage_change, amount_minor, currency, close_date, probability_ppm, category, owner_id, is_won) SELECT (SELECT id FROM fresh), new.id, min(new.created_on || 'T00:00:00.000Z', (SELECT at FROM fresh)), s.id, 1, new.amount_minor, new.currency, new.close_date, CASE WHEN new.is_won IS NULL THEN new.probability_ppm ELSE s.probability_ppm END, CASE WHEN new.is_won IS NULL THEN new.category ELSE s.category END, new.owner_id, NULL FROM stage s WHERE s.id = CASE WHEN new.is_won IS NULL THEN new.stage_id ELSE (SELECT f.id FROM stage f WHERE f.pipeline_id = new.pipeline_id AND f.type = 'open' ORDER BY f.seq LIMIT 1) END;
  INSERT INTO opportunity_history (id, opportunity_id, at, stage_id, is_stage_change, amount_minor, currency, close_date, probability_ppm, category, owner_id, is_won) SELECT (SELECT id FROM fresh), new.id, max(new.closed_on, new.created_on) || 'T12:00:00.000Z', new.stage_id, 1, new.amount_minor, new.currency, new.close_date, new.probability_ppm, new.category, new.owner_id, new.is_won WHERE new.is_won IS NOT NULL;
END;

CREATE TRIGGER history_opportunity_update AFTER UPDATE OF amount_minor, currency, close_date, probability_ppm, category, owner_id, is_won, closed_on ON opportunity WHEN (SELECT is_replay FROM journal_state) = 0 AND old.stage_id = new.stage_id AND (old.amount_minor IS NOT new.amount_minor OR old.currency IS NOT new.currency OR old.close_date IS NOT new.close_date OR old.probability_ppm IS NOT new.probability_ppm OR old.category IS NOT new.category OR old.owner_id IS NOT new.owner_id OR old.is_won IS NOT new.is_won OR old.closed_on IS NOT new.closed_on) BEGIN
  INSERT INTO opportunity_history (id, opportunity_id, at, stage_id, is_stage_change, amount_minor, currency, close_date, probability_ppm, category, owner_id, is_won) VALUES ((SELECT id FROM fresh), new.id, CASE WHEN new.closed_on IS NOT NULL AND old.closed_on IS NOT new.closed_on AND new.closed_on < substr((SELECT at FROM fresh), 1, 10) THEN new.closed_on || 'T12:00:00.000Z' ELSE (SELECT at FROM fresh) END, new.stage_id, old.is_won IS NOT new.is_won, new.amount_minor, new.currency, new.close_date, new.probability_ppm, new.category, new.owner_id, new.is_won);
END;

CREATE TRIGGER rule_consent_update BEFORE UPDATE OF channel, purpose, stance, said_at, source, evidence, deleted_at ON consent_event WHEN (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'consent_is_final');
END;

CREATE TRIGGER rule_consent_moved BEFORE UPDATE OF contact_id ON consent_event WHEN (SELECT is_replay FROM journal_state) = 0 AND NOT EXISTS (SELECT 1 FROM contact WHERE id = old.contact_id AND merged_into = new.contact_id) BEGIN
  SELECT RAISE(ABORT, 'consent_is_final');
END;

CREATE TRIGGER rule_consent_delete BEFORE DELETE ON consent_event WHEN (SELECT is_replay FROM journal_state) = 0 AND NOT EXISTS (SELECT 1 FROM contact WHERE id = old.contact_id AND deleted_at IS NOT NULL) BEGIN
  SELECT RAISE(ABORT, 'consent_is_final');
END;

CREATE VIEW whole_external_id AS SELECT 'external_id', id, json_object('id', id, 'table_name', table_name, 'row_id', row_id, 'source', source, 'value', value) FROM external_id;

CREATE TRIGGER journal_external_id_insert AFTER INSERT ON external_id BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_external_id WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT new.table_name, new.row_id WHERE new.table_name IN ('account', 'contact', 'lead', 'opportunity', 'product', 'activity', 'task', 'note', 'event');
END;

CREATE TRIGGER journal_external_id_before BEFORE UPDATE ON external_id BEGIN
  INSERT INTO journal_before SELECT * FROM whole_external_id WHERE id = old.id;
END;

CREATE TRIGGER journal_external_id_update AFTER UPDATE ON external_id BEGIN
  INSERT INTO journal_update SELECT * FROM whole_external_id WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT new.table_name, new.row_id WHERE new.table_name IN ('account', 'contact', 'lead', 'opportunity', 'product', 'activity', 'task', 'note', 'event');
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT old.table_name, old.row_id WHERE old.table_name IN ('account', 'contact', 'lead', 'opportunity', 'product', 'activity', 'task', 'note', 'event');
END;

CREATE TRIGGER journal_external_id_delete BEFORE DELETE ON external_id BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_external_id WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT old.table_name, old.row_id WHERE old.table_name IN ('account', 'contact', 'lead', 'opportunity', 'product', 'activity', 'task', 'note', 'event');
END;

CREATE VIEW whole_pipeline AS SELECT 'pipeline', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'seq', seq) FROM pipeline;

CREATE TRIGGER journal_pipeline_insert AFTER INSERT ON pipeline BEGIN
  UPDATE pipeline SET ref = (SELECT substr(new.id, -n) AS tail FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM pipeline WHERE ref = tail)) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_pipeline WHERE id = new.id;
END;

CREATE TRIGGER journal_pipeline_before BEFORE UPDATE ON pipeline WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_pipeline WHERE id = old.id;
END;

CREATE TRIGGER journal_pipeline_update AFTER UPDATE ON pipeline WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_pipeline WHERE id = new.id;
END;

CREATE TRIGGER journal_pipeline_delete BEFORE DELETE ON pipeline BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_pipeline WHERE id = old.id;
END;

CREATE VIEW whole_product AS SELECT 'product', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'code', code, 'category', category, 'unit', unit, 'price_dec6', price_dec6, 'cost_dec6', cost_dec6, 'currency', currency, 'is_active', is_active, 'description', description, 'custom', custom) FROM product;

CREATE TRIGGER journal_product_insert AFTER INSERT ON product BEGIN
  UPDATE product SET ref = (SELECT substr(new.id, -n) AS tail FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM product WHERE ref = tail)) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_product WHERE id = new.id;
END;

CREATE TRIGGER journal_product_before BEFORE UPDATE ON product WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_product WHERE id = old.id;
END;

CREATE TRIGGER journal_product_update AFTER UPDATE ON product WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_product WHERE id = new.id;
END;

CREATE TRIGGER journal_product_delete BEFORE DELETE ON product BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_product WHERE id = old.id;
END;

CREATE VIEW whole_tag AS SELECT 'tag', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name) FROM tag;

CREATE TRIGGER journal_tag_insert AFTER INSERT ON tag BEGIN
  UPDATE tag SET ref = (SELECT substr(new.id, -n) AS tail FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM tag WHERE ref = tail)) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_tag WHERE id = new.id;
END;

CREATE TRIGGER journal_tag_before BEFORE UPDATE ON tag WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_tag WHERE id = old.id;
END;

CREATE TRIGGER journal_tag_update AFTER UPDATE ON tag WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_tag WHERE id = new.id;
END;

CREATE TRIGGER journal_tag_delete BEFORE DELETE ON tag BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_tag WHERE id = old.id;
END;

CREATE VIEW whole_team AS SELECT 'team', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name) FROM team;

CREATE TRIGGER journal_team_insert AFTER INSERT ON team BEGIN
  UPDATE team SET ref = (SELECT substr(new.id, -n) AS tail FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM team WHERE ref = tail)) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_team WHERE id = new.id;
END;

CREATE TRIGGER journal_team_before BEFORE UPDATE ON team WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_team WHERE id = old.id;
END;

CREATE TRIGGER journal_team_update AFTER UPDATE ON team WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_team WHERE id = new.id;
END;

CREATE TRIGGER journal_team_delete BEFORE DELETE ON team BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_team WHERE id = old.id;
END;

CREATE VIEW whole_territory AS SELECT 'territory', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'parent_id', parent_id) FROM territory;

CREATE TRIGGER journal_territory_insert AFTER INSERT ON territory BEGIN
  UPDATE territory SET ref = (SELECT substr(new.id, -n) AS tail FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM territory WHERE ref = tail)) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_territory WHERE id = new.id;
END;

CREATE TRIGGER journal_territory_before BEFORE UPDATE ON territory WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_territory WHERE id = old.id;
END;

CREATE TRIGGER journal_territory_update AFTER UPDATE ON territory WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_territory WHERE id = new.id;
END;

CREATE TRIGGER journal_territory_delete BEFORE DELETE ON territory BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_territory WHERE id = old.id;
END;

CREATE VIEW whole_app_user AS SELECT 'app_user', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'email', email, 'role', role, 'manager_id', manager_id, 'team_id', team_id, 'territory_id', territory_id, 'region', region, 'is_active', is_active) FROM app_user;

CREATE TRIGGER journal_app_user_insert AFTER INSERT ON app_user BEGIN
  UPDATE app_user SET ref = (SELECT substr(new.id, -n) AS tail FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM app_user WHERE ref = tail)) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_app_user WHERE id = new.id;
END;

CREATE TRIGGER journal_app_user_before BEFORE UPDATE ON app_user WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_app_user WHERE id = old.id;
END;

CREATE TRIGGER journal_app_user_update AFTER UPDATE ON app_user WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_app_user WHERE id = new.id;
END;

CREATE TRIGGER journal_app_user_delete BEFORE DELETE ON app_user BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_app_user WHERE id = old.id;
END;

CREATE VIEW whole_record_tag AS SELECT 'record_tag', id, json_object('id', id, 'table_name', table_name, 'row_id', row_id, 'tag_id', tag_id) FROM record_tag;

CREATE TRIGGER journal_record_tag_insert AFTER INSERT ON record_tag BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_record_tag WHERE id = new.id;
END;

CREATE TRIGGER journal_record_tag_before BEFORE UPDATE ON record_tag BEGIN
  INSERT INTO journal_before SELECT * FROM whole_record_tag WHERE id = old.id;
END;

CREATE TRIGGER journal_record_tag_update AFTER UPDATE ON record_tag BEGIN
  INSERT INTO journal_update SELECT * FROM whole_record_tag WHERE id = new.id;
END;

CREATE TRIGGER journal_record_tag_delete BEFORE DELETE ON record_tag BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_record_tag WHERE id = old.id;
END;

CREATE VIEW whole_stage AS SELECT 'stage', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'pipeline_id', pipeline_id, 'seq', seq, 'name', name, 'type', type, 'probability_ppm', probability_ppm, 'category', category, 'rot_days', rot_days, 'exit_checklist', exit_checklist) FROM stage;

CREATE TRIGGER journal_stage_insert AFTER INSERT ON stage BEGIN
  UPDATE stage SET ref = (SELECT substr(new.id, -n) AS tail FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM stage WHERE ref = tail)) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_stage WHERE id = new.id;
END;

CREATE TRIGGER journal_stage_before BEFORE UPDATE ON stage WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_stage WHERE id = old.id;
END;

CREATE TRIGGER journal_stage_update AFTER UPDATE ON stage WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_stage WHERE id = new.id;
END;

CREATE TRIGGER journal_stage_delete BEFORE DELETE ON stage BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_stage WHERE id = old.id;
END;

CREATE VIEW whole_account AS SELECT 'account', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'legal_name', legal_name, 'parent_id', parent_id, 'type', type, 'lifecycle', lifecycle, 'industry', industry, 'segment', segment, 'employees', employees, 'annual_revenue_minor', annual_revenue_minor, 'currency', currency, 'payment_terms_days', payment_terms_days, 'credit_limit_minor', credit_limit_minor, 'website', website, 'domain', domain, 'tax_id', tax_id, 'owner_id', owner_id, 'team_id', team_id, 'territory_id', territory_id, 'language', language, 'source', source, 'founded_year', founded_year, 'created_on', created_on, 'description', description, 'custom', custom, 'match_key', match_key, 'merged_into', merged_into) FROM account;

CREATE TRIGGER journal_account_insert AFTER INSERT ON account BEGIN
  UPDATE account SET ref = (SELECT substr(new.id, -n) AS tail FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM account WHERE ref = tail)) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_account WHERE id = new.id;
END;

CREATE TRIGGER journal_account_before BEFORE UPDATE ON account WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_account WHERE id = old.id;
END;

CREATE TRIGGER journal_account_update AFTER UPDATE ON account WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_account WHERE id = new.id;
END;

CREATE TRIGGER search_account_renamed AFTER UPDATE OF name ON account WHEN old.name IS NOT new.name BEGIN
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', contact_id FROM contact_role WHERE account_id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'opportunity', id FROM opportunity WHERE account_id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'activity', id FROM activity WHERE account_id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'task', id FROM task WHERE account_id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'note', id FROM note WHERE account_id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'event', id FROM event WHERE account_id = new.id;
END;

CREATE TRIGGER journal_account_delete BEFORE DELETE ON account BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_account WHERE id = old.id;
END;

CREATE VIEW whole_contact AS SELECT 'contact', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'given_name', given_name, 'family_name', family_name, 'middle_name', middle_name, 'prefix', prefix, 'suffix', suffix, 'nickname', nickname, 'title', title, 'department', department, 'reports_to_id', reports_to_id, 'birthday', birthday, 'language', language, 'preferred_channel', preferred_channel, 'preferred_time', preferred_time, 'owner_id', owner_id, 'source', source, 'created_on', created_on, 'description', description, 'custom', custom, 'match_key', match_key, 'merged_into', merged_into, 'uid', uid, 'extra', extra) FROM contact;

CREATE TRIGGER journal_contact_insert AFTER INSERT ON contact BEGIN
  UPDATE contact SET ref = (SELECT substr(new.id, -n) AS tail FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM contact WHERE ref = tail)) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_contact WHERE id = new.id;
END;

CREATE TRIGGER journal_contact_before BEFORE UPDATE ON contact WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_contact WHERE id = old.id;
END;

CREATE TRIGGER journal_contact_update AFTER UPDATE ON contact WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_contact WHERE id = new.id;
END;

CREATE TRIGGER journal_contact_delete BEFORE DELETE ON contact BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_contact WHERE id = old.id;
END;

CREATE VIEW whole_lead AS SELECT 'lead', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'given_name', given_name, 'family_name', family_name, 'company', company, 'title', title, 'email', email, 'phone', phone, 'website', website, 'industry', industry, 'source', source, 'status', status, 'owner_id', owner_id, 'created_on', created_on, 'description', description, 'custom', custom) FROM lead;

CREATE TRIGGER journal_lead_insert AFTER INSERT ON lead BEGIN
  UPDATE lead SET ref = (SELECT substr(new.id, -n) AS tail FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM lead WHERE ref = tail)) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_lead WHERE id = new.id;
END;

CREATE TRIGGER journal_lead_before BEFORE UPDATE ON lead WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_lead WHERE id = old.id;
END;

CREATE TRIGGER journal_lead_update AFTER UPDATE ON lead WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_lead WHERE id = new.id;
END;

CREATE TRIGGER journal_lead_delete BEFORE DELETE ON lead BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_lead WHERE id = old.id;
END;

CREATE VIEW whole_account_relation AS SELECT 'account_relation', id, json_object('id', id, 'account_id', account_id, 'other_id', other_id, 'kind', kind, 'note', note) FROM account_relation;

CREATE TRIGGER journal_account_relation_insert AFTER INSERT ON account_relation BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_account_relation WHERE id = new.id;
END;

CREATE TRIGGER journal_account_relation_before BEFORE UPDATE ON account_relation BEGIN
  INSERT INTO journal_before SELECT * FROM whole_account_relation WHERE id = old.id;
END;

CREATE TRIGGER journal_account_relation_update AFTER UPDATE ON account_relation BEGIN
  INSERT INTO journal_update SELECT * FROM whole_account_relation WHERE id = new.id;
END;

CREATE TRIGGER journal_account_relation_delete BEFORE DELETE ON account_relation BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_account_relation WHERE id = old.id;
END;

CREATE VIEW whole_address AS SELECT 'address', id, json_object('id', id, 'account_id', account_id, 'contact_id', contact_id, 'kind', kind, 'street', street, 'city', city, 'region', region, 'postal_code', postal_code, 'country', country, 'latitude_dec6', latitude_dec6, 'longitude_dec6', longitude_dec6) FROM address;

CREATE TRIGGER journal_address_insert AFTER INSERT ON address BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_address WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', new.account_id WHERE new.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_address_before BEFORE UPDATE ON address BEGIN
  INSERT INTO journal_before SELECT * FROM whole_address WHERE id = old.id;
END;

CREATE TRIGGER journal_address_update AFTER UPDATE ON address BEGIN
  INSERT INTO journal_update SELECT * FROM whole_address WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', new.account_id WHERE new.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', old.account_id WHERE old.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', old.contact_id WHERE old.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_address_delete BEFORE DELETE ON address BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_address WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', old.account_id WHERE old.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', old.contact_id WHERE old.contact_id IS NOT NULL;
END;

CREATE VIEW whole_consent_event AS SELECT 'consent_event', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'contact_id', contact_id, 'channel', channel, 'purpose', purpose, 'stance', stance, 'said_at', said_at, 'source', source, 'evidence', evidence) FROM consent_event;

CREATE TRIGGER journal_consent_event_insert AFTER INSERT ON consent_event BEGIN
  UPDATE consent_event SET ref = (SELECT substr(new.id, -n) AS tail FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM consent_event WHERE ref = tail)) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_consent_event WHERE id = new.id;
END;

CREATE TRIGGER journal_consent_event_before BEFORE UPDATE ON consent_event WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_consent_event WHERE id = old.id;
END;

CREATE TRIGGER journal_consent_event_update AFTER UPDATE ON consent_event WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_consent_event WHERE id = new.id;
END;

CREATE TRIGGER journal_consent_event_delete BEFORE DELETE ON consent_event BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_consent_event WHERE id = old.id;
END;

CREATE VIEW whole_contact_relation AS SELECT 'contact_relation', id, json_object('id', id, 'contact_id', contact_id, 'other_id', other_id, 'kind', kind, 'note', note) FROM contact_relation;

CREATE TRIGGER journal_contact_relation_insert AFTER INSERT ON contact_relation BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_contact_relation WHERE id = new.id;
END;

CREATE TRIGGER journal_contact_relation_before BEFORE UPDATE ON contact_relation BEGIN
  INSERT INTO journal_before SELECT * FROM whole_contact_relation WHERE id = old.id;
END;

CREATE TRIGGER journal_contact_relation_update AFTER UPDATE ON contact_relation BEGIN
  INSERT INTO journal_update SELECT * FROM whole_contact_relation WHERE id = new.id;
END;

CREATE TRIGGER journal_contact_relation_delete BEFORE DELETE ON contact_relation BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_contact_relation WHERE id = old.id;
END;

CREATE VIEW whole_contact_role AS SELECT 'contact_role', id, json_object('id', id, 'account_id', account_id, 'contact_id', contact_id, 'role', role, 'is_primary', is_primary, 'valid_from', valid_from, 'valid_to', valid_to) FROM contact_role;

CREATE TRIGGER journal_contact_role_insert AFTER INSERT ON contact_role BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_contact_role WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_contact_role_before BEFORE UPDATE ON contact_role BEGIN
  INSERT INTO journal_before SELECT * FROM whole_contact_role WHERE id = old.id;
END;

CREATE TRIGGER journal_contact_role_update AFTER UPDATE ON contact_role BEGIN
  INSERT INTO journal_update SELECT * FROM whole_contact_role WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', old.contact_id WHERE old.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_contact_role_delete BEFORE DELETE ON contact_role BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_contact_role WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', old.contact_id WHERE old.contact_id IS NOT NULL;
END;

CREATE VIEW whole_email AS SELECT 'email', id, json_object('id', id, 'account_id', account_id, 'contact_id', contact_id, 'kind', kind, 'address', address, 'folded', folded, 'is_primary', is_primary, 'is_invalid', is_invalid) FROM email;

CREATE TRIGGER journal_email_insert AFTER INSERT ON email BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_email WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', new.account_id WHERE new.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_email_before BEFORE UPDATE ON email BEGIN
  INSERT INTO journal_before SELECT * FROM whole_email WHERE id = old.id;
END;

CREATE TRIGGER journal_email_update AFTER UPDATE ON email BEGIN
  INSERT INTO journal_update SELECT * FROM whole_email WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', new.account_id WHERE new.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', old.account_id WHERE old.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', old.contact_id WHERE old.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_email_delete BEFORE DELETE ON email BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_email WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', old.account_id WHERE old.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', old.contact_id WHERE old.contact_id IS NOT NULL;
END;

CREATE VIEW whole_opportunity AS SELECT 'opportunity', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'account_id', account_id, 'pipeline_id', pipeline_id, 'stage_id', stage_id, 'owner_id', owner_id, 'amount_minor', amount_minor, 'currency', currency, 'close_date', close_date, 'created_on', created_on, 'closed_on', closed_on, 'is_won', is_won, 'probability_ppm', probability_ppm, 'is_probability_overridden', is_probability_overridden, 'category', category, 'is_category_overridden', is_category_overridden, 'override_reason', override_reason, 'type', type, 'source', source, 'campaign', campaign, 'territory_id', territory_id, 'next_step', next_step, 'next_step_on', next_step_on, 'win_reason', win_reason, 'loss_reason', loss_reason, 'loss_note', loss_note, 'competitor', competitor, 'discount_ppm', discount_ppm, 'description', description, 'custom', custom) FROM opportunity;

CREATE TRIGGER journal_opportunity_insert AFTER INSERT ON opportunity BEGIN
  UPDATE opportunity SET ref = (SELECT substr(new.id, -n) AS tail FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM opportunity WHERE ref = tail)) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_opportunity WHERE id = new.id;
END;

CREATE TRIGGER journal_opportunity_before BEFORE UPDATE ON opportunity WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_opportunity WHERE id = old.id;
END;

CREATE TRIGGER journal_opportunity_update AFTER UPDATE ON opportunity WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_opportunity WHERE id = new.id;
END;

CREATE TRIGGER journal_opportunity_delete BEFORE DELETE ON opportunity BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_opportunity WHERE id = old.id;
END;

CREATE VIEW whole_phone AS SELECT 'phone', id, json_object('id', id, 'account_id', account_id, 'contact_id', contact_id, 'kind', kind, 'number', number, 'e164', e164, 'is_primary', is_primary, 'is_invalid', is_invalid) FROM phone;

CREATE TRIGGER journal_phone_insert AFTER INSERT ON phone BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_phone WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', new.account_id WHERE new.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_phone_before BEFORE UPDATE ON phone BEGIN
  INSERT INTO journal_before SELECT * FROM whole_phone WHERE id = old.id;
END;

CREATE TRIGGER journal_phone_update AFTER UPDATE ON phone BEGIN
  INSERT INTO journal_update SELECT * FROM whole_phone WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', new.account_id WHERE new.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', old.account_id WHERE old.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', old.contact_id WHERE old.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_phone_delete BEFORE DELETE ON phone BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_phone WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', old.account_id WHERE old.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', old.contact_id WHERE old.contact_id IS NOT NULL;
END;

CREATE VIEW whole_activity AS SELECT 'activity', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'kind', kind, 'direction', direction, 'subject', subject, 'note', note, 'outcome', outcome, 'started_at', started_at, 'duration_min', duration_min, 'account_id', account_id, 'opportunity_id', opportunity_id, 'lead_id', lead_id, 'owner_id', owner_id, 'is_internal', is_internal) FROM activity;

CREATE TRIGGER journal_activity_insert AFTER INSERT ON activity BEGIN
  UPDATE activity SET ref = (SELECT substr(new.id, -n) AS tail FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM activity WHERE ref = tail)) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_activity WHERE id = new.id;
END;

CREATE TRIGGER journal_activity_before BEFORE UPDATE ON activity WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_activity WHERE id = old.id;
END;

CREATE TRIGGER journal_activity_update AFTER UPDATE ON activity WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_activity WHERE id = new.id;
END;

CREATE TRIGGER journal_activity_delete BEFORE DELETE ON activity BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_activity WHERE id = old.id;
END;

CREATE VIEW whole_note AS SELECT 'note', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'body', body, 'account_id', account_id, 'contact_id', contact_id, 'opportunity_id', opportunity_id, 'lead_id', lead_id, 'owner_id', owner_id) FROM note;

CREATE TRIGGER journal_note_insert AFTER INSERT ON note BEGIN
  UPDATE note SET ref = (SELECT substr(new.id, -n) AS tail FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM note WHERE ref = tail)) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_note WHERE id = new.id;
END;

CREATE TRIGGER journal_note_before BEFORE UPDATE ON note WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_note WHERE id = old.id;
END;

CREATE TRIGGER journal_note_update AFTER UPDATE ON note WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_note WHERE id = new.id;
END;

CREATE TRIGGER journal_note_delete BEFORE DELETE ON note BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_note WHERE id = old.id;
END;

CREATE VIEW whole_opportunity_contact AS SELECT 'opportunity_contact', id, json_object('id', id, 'opportunity_id', opportunity_id, 'contact_id', contact_id, 'role', role, 'stance', stance) FROM opportunity_contact;

CREATE TRIGGER journal_opportunity_contact_insert AFTER INSERT ON opportunity_contact BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_opportunity_contact WHERE id = new.id;
END;

CREATE TRIGGER journal_opportunity_contact_before BEFORE UPDATE ON opportunity_contact BEGIN
  INSERT INTO journal_before SELECT * FROM whole_opportunity_contact WHERE id = old.id;
END;

CREATE TRIGGER journal_opportunity_contact_update AFTER UPDATE ON opportunity_contact BEGIN
  INSERT INTO journal_update SELECT * FROM whole_opportunity_contact WHERE id = new.id;
END;

CREATE TRIGGER journal_opportunity_contact_delete BEFORE DELETE ON opportunity_contact BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_opportunity_contact WHERE id = old.id;
END;

CREATE VIEW whole_opportunity_history AS SELECT 'opportunity_history', id, json_object('id', id, 'opportunity_id', opportunity_id, 'at', at, 'stage_id', stage_id, 'is_stage_change', is_stage_change, 'amount_minor', amount_minor, 'currency', currency, 'close_date', close_date, 'probability_ppm', probability_ppm, 'category', category, 'owner_id', owner_id, 'is_won', is_won) FROM opportunity_history;

CREATE TRIGGER journal_opportunity_history_insert AFTER INSERT ON opportunity_history BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_opportunity_history WHERE id = new.id;
END;

CREATE TRIGGER journal_opportunity_history_before BEFORE UPDATE ON opportunity_history BEGIN
  INSERT INTO journal_before SELECT * FROM whole_opportunity_history WHERE id = old.id;
END;

CREATE TRIGGER journal_opportunity_history_update AFTER UPDATE ON opportunity_history BEGIN
  INSERT INTO journal_update SELECT * FROM whole_opportunity_history WHERE id = new.id;
END;

CREATE TRIGGER journal_opportunity_history_delete BEFORE DELETE ON opportunity_history BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_opportunity_history WHERE id = old.id;
END;

CREATE VIEW whole_opportunity_line AS SELECT 'opportunity_line', id, json_object('id', id, 'opportunity_id', opportunity_id, 'product_id', product_id, 'seq', seq, 'description', description, 'quantity_dec6', quantity_dec6, 'unit_price_dec6', unit_price_dec6, 'amount_minor', amount_minor) FROM opportunity_line;

CREATE TRIGGER journal_opportunity_line_insert AFTER INSERT ON opportunity_line BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_opportunity_line WHERE id = new.id;
END;

CREATE TRIGGER journal_opportunity_line_before BEFORE UPDATE ON opportunity_line BEGIN
  INSERT INTO journal_before SELECT * FROM whole_opportunity_line WHERE id = old.id;
END;

CREATE TRIGGER journal_opportunity_line_update AFTER UPDATE ON opportunity_line BEGIN
  INSERT INTO journal_update SELECT * FROM whole_opportunity_line WHERE id = new.id;
END;

CREATE TRIGGER journal_opportunity_line_delete BEFORE DELETE ON opportunity_line BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_opportunity_line WHERE id = old.id;
END;

CREATE VIEW whole_task AS SELECT 'task', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'subject', subject, 'due_on', due_on, 'due_time', due_time, 'priority', priority, 'status', status, 'done_at', done_at, 'note', note, 'account_id', account_id, 'contact_id', contact_id, 'opportunity_id', opportunity_id, 'lead_id', lead_id, 'owner_id', owner_id, 'created_on', created_on) FROM task;

CREATE TRIGGER journal_task_insert AFTER INSERT ON task BEGIN
  UPDATE task SET ref = (SELECT substr(new.id, -n) AS tail FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM task WHERE ref = tail)) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_task WHERE id = new.id;
END;

CREATE TRIGGER journal_task_before BEFORE UPDATE ON task WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_task WHERE id = old.id;
END;

CREATE TRIGGER journal_task_update AFTER UPDATE ON task WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_task WHERE id = new.id;
END;

CREATE TRIGGER journal_task_delete BEFORE DELETE ON task BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_task WHERE id = old.id;
END;

CREATE VIEW whole_activity_contact AS SELECT 'activity_contact', id, json_object('id', id, 'activity_id', activity_id, 'contact_id', contact_id) FROM activity_contact;

CREATE TRIGGER journal_activity_contact_insert AFTER INSERT ON activity_contact BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_activity_contact WHERE id = new.id;
END;

CREATE TRIGGER journal_activity_contact_before BEFORE UPDATE ON activity_contact BEGIN
  INSERT INTO journal_before SELECT * FROM whole_activity_contact WHERE id = old.id;
END;

CREATE TRIGGER journal_activity_contact_update AFTER UPDATE ON activity_contact BEGIN
  INSERT INTO journal_update SELECT * FROM whole_activity_contact WHERE id = new.id;
END;

CREATE TRIGGER journal_activity_contact_delete BEFORE DELETE ON activity_contact BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_activity_contact WHERE id = old.id;
END;

CREATE VIEW whole_attachment AS SELECT 'attachment', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'path', path, 'size_bytes', size_bytes, 'sha256', sha256, 'account_id', account_id, 'contact_id', contact_id, 'opportunity_id', opportunity_id, 'activity_id', activity_id) FROM attachment;

CREATE TRIGGER journal_attachment_insert AFTER INSERT ON attachment BEGIN
  UPDATE attachment SET ref = (SELECT substr(new.id, -n) AS tail FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM attachment WHERE ref = tail)) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_attachment WHERE id = new.id;
END;

CREATE TRIGGER journal_attachment_before BEFORE UPDATE ON attachment WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_attachment WHERE id = old.id;
END;

CREATE TRIGGER journal_attachment_update AFTER UPDATE ON attachment WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_attachment WHERE id = new.id;
END;

CREATE TRIGGER journal_attachment_delete BEFORE DELETE ON attachment BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_attachment WHERE id = old.id;
END;

CREATE VIEW whole_event AS SELECT 'event', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'subject', subject, 'kind', kind, 'is_all_day', is_all_day, 'starts_wall', starts_wall, 'ends_wall', ends_wall, 'zone', zone, 'ends_zone', ends_zone, 'starts_at', starts_at, 'ends_at', ends_at, 'rule', rule, 'until_at', until_at, 'series_id', series_id, 'original_wall', original_wall, 'place', place, 'url', url, 'status', status, 'busy', busy, 'privacy', privacy, 'moved_count', moved_count, 'moved_why', moved_why, 'account_id', account_id, 'contact_id', contact_id, 'opportunity_id', opportunity_id, 'activity_id', activity_id, 'owner_id', owner_id, 'note', note, 'uid', uid, 'sequence', sequence, 'extra', extra) FROM event;

CREATE TRIGGER journal_event_insert AFTER INSERT ON event BEGIN
  UPDATE event SET ref = (SELECT substr(new.id, -n) AS tail FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM event WHERE ref = tail)) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_event WHERE id = new.id;
END;

CREATE TRIGGER journal_event_before BEFORE UPDATE ON event WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_event WHERE id = old.id;
END;

CREATE TRIGGER journal_event_update AFTER UPDATE ON event WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_event WHERE id = new.id;
END;

CREATE TRIGGER journal_event_delete BEFORE DELETE ON event BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_event WHERE id = old.id;
END;

CREATE VIEW whole_event_attendee AS SELECT 'event_attendee', id, json_object('id', id, 'event_id', event_id, 'contact_id', contact_id, 'name', name, 'address', address, 'answer', answer, 'is_organizer', is_organizer, 'is_optional', is_optional) FROM event_attendee;

CREATE TRIGGER journal_event_attendee_insert AFTER INSERT ON event_attendee BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_event_attendee WHERE id = new.id;
END;

CREATE TRIGGER journal_event_attendee_before BEFORE UPDATE ON event_attendee BEGIN
  INSERT INTO journal_before SELECT * FROM whole_event_attendee WHERE id = old.id;
END;

CREATE TRIGGER journal_event_attendee_update AFTER UPDATE ON event_attendee BEGIN
  INSERT INTO journal_update SELECT * FROM whole_event_attendee WHERE id = new.id;
END;

CREATE TRIGGER journal_event_attendee_delete BEFORE DELETE ON event_attendee BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_event_attendee WHERE id = old.id;
END;

CREATE VIEW whole_event_reminder AS SELECT 'event_reminder', id, json_object('id', id, 'event_id', event_id, 'minutes_before', minutes_before) FROM event_reminder;

CREATE TRIGGER journal_event_reminder_insert AFTER INSERT ON event_reminder BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_event_reminder WHERE id = new.id;
END;

CREATE TRIGGER journal_event_reminder_before BEFORE UPDATE ON event_reminder BEGIN
  INSERT INTO journal_before SELECT * FROM whole_event_reminder WHERE id = old.id;
END;

CREATE TRIGGER journal_event_reminder_update AFTER UPDATE ON event_reminder BEGIN
  INSERT INTO journal_update SELECT * FROM whole_event_reminder WHERE id = new.id;
END;

CREATE TRIGGER journal_event_reminder_delete BEFORE DELETE ON event_reminder BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_event_reminder WHERE id = old.id;
END;
