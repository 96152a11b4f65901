CREATE VIEW journal_door AS SELECT direct_id FROM journal_state;

CREATE TRIGGER journal_door_open INSTEAD OF INSERT ON journal_door WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  UPDATE journal_state SET direct_id = (SELECT substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7' || substr(r, 1, 3) || '-8' || substr(r, 4, 3) || '-' || substr(r, 7, 12) FROM (SELECT printf('%012x', CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)) AS h, lower(hex(randomblob(9))) AS r)), direct_at = CAST(julianday('now') AS TEXT) WHERE (direct_at IS NULL OR CAST(direct_at AS REAL) < julianday('now') - 2.0 / 86400);
  INSERT OR IGNORE INTO operation (id, at, hlc, actor, device, verb, summary) SELECT direct_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), '', 'sql', COALESCE((SELECT value FROM setting WHERE key = 'device'), ''), 'sql', 'Direct change of the database' FROM journal_state;
END;

CREATE VIEW ref_length (n) AS VALUES (4), (5), (6), (8);

CREATE TRIGGER tree_account_insert AFTER INSERT ON account WHEN new.parent_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'tree:account.parent_id') FROM account p1 LEFT JOIN account p2 ON p2.id = p1.parent_id LEFT JOIN account p3 ON p3.id = p2.parent_id LEFT JOIN account p4 ON p4.id = p3.parent_id LEFT JOIN account p5 ON p5.id = p4.parent_id LEFT JOIN account p6 ON p6.id = p5.parent_id LEFT JOIN account p7 ON p7.id = p6.parent_id LEFT JOIN account p8 ON p8.id = p7.parent_id LEFT JOIN account p9 ON p9.id = p8.parent_id LEFT JOIN account p10 ON p10.id = p9.parent_id LEFT JOIN account p11 ON p11.id = p10.parent_id LEFT JOIN account p12 ON p12.id = p11.parent_id WHERE p1.id = new.parent_id AND (new.id IN (p1.id, p2.id, p3.id, p4.id, p5.id, p6.id, p7.id, p8.id, p9.id, p10.id, p11.id, p12.id) OR p12.parent_id IS NOT NULL);
END;

CREATE TRIGGER tree_account_update AFTER UPDATE OF parent_id ON account WHEN new.parent_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'tree:account.parent_id') FROM account p1 LEFT JOIN account p2 ON p2.id = p1.parent_id LEFT JOIN account p3 ON p3.id = p2.parent_id LEFT JOIN account p4 ON p4.id = p3.parent_id LEFT JOIN account p5 ON p5.id = p4.parent_id LEFT JOIN account p6 ON p6.id = p5.parent_id LEFT JOIN account p7 ON p7.id = p6.parent_id LEFT JOIN account p8 ON p8.id = p7.parent_id LEFT JOIN account p9 ON p9.id = p8.parent_id LEFT JOIN account p10 ON p10.id = p9.parent_id LEFT JOIN account p11 ON p11.id = p10.parent_id LEFT JOIN account p12 ON p12.id = p11.parent_id WHERE p1.id = new.parent_id AND (new.id IN (p1.id, p2.id, p3.id, p4.id, p5.id, p6.id, p7.id, p8.id, p9.id, p10.id, p11.id, p12.id) OR p12.parent_id IS NOT NULL);
END;

CREATE TRIGGER tree_app_user_insert AFTER INSERT ON app_user WHEN new.manager_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'tree:app_user.manager_id') FROM app_user p1 LEFT JOIN app_user p2 ON p2.id = p1.manager_id LEFT JOIN app_user p3 ON p3.id = p2.manager_id LEFT JOIN app_user p4 ON p4.id = p3.manager_id LEFT JOIN app_user p5 ON p5.id = p4.manager_id LEFT JOIN app_user p6 ON p6.id = p5.manager_id LEFT JOIN app_user p7 ON p7.id = p6.manager_id LEFT JOIN app_user p8 ON p8.id = p7.manager_id LEFT JOIN app_user p9 ON p9.id = p8.manager_id LEFT JOIN app_user p10 ON p10.id = p9.manager_id LEFT JOIN app_user p11 ON p11.id = p10.manager_id LEFT JOIN app_user p12 ON p12.id = p11.manager_id WHERE p1.id = new.manager_id AND (new.id IN (p1.id, p2.id, p3.id, p4.id, p5.id, p6.id, p7.id, p8.id, p9.id, p10.id, p11.id, p12.id) OR p12.manager_id IS NOT NULL);
END;

CREATE TRIGGER tree_app_user_update AFTER UPDATE OF manager_id ON app_user WHEN new.manager_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'tree:app_user.manager_id') FROM app_user p1 LEFT JOIN app_user p2 ON p2.id = p1.manager_id LEFT JOIN app_user p3 ON p3.id = p2.manager_id LEFT JOIN app_user p4 ON p4.id = p3.manager_id LEFT JOIN app_user p5 ON p5.id = p4.manager_id LEFT JOIN app_user p6 ON p6.id = p5.manager_id LEFT JOIN app_user p7 ON p7.id = p6.manager_id LEFT JOIN app_user p8 ON p8.id = p7.manager_id LEFT JOIN app_user p9 ON p9.id = p8.manager_id LEFT JOIN app_user p10 ON p10.id = p9.manager_id LEFT JOIN app_user p11 ON p11.id = p10.manager_id LEFT JOIN app_user p12 ON p12.id = p11.manager_id WHERE p1.id = new.manager_id AND (new.id IN (p1.id, p2.id, p3.id, p4.id, p5.id, p6.id, p7.id, p8.id, p9.id, p10.id, p11.id, p12.id) OR p12.manager_id IS NOT NULL);
END;

CREATE TRIGGER tree_territory_insert AFTER INSERT ON territory WHEN new.parent_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'tree:territory.parent_id') FROM territory p1 LEFT JOIN territory p2 ON p2.id = p1.parent_id LEFT JOIN territory p3 ON p3.id = p2.parent_id LEFT JOIN territory p4 ON p4.id = p3.parent_id LEFT JOIN territory p5 ON p5.id = p4.parent_id LEFT JOIN territory p6 ON p6.id = p5.parent_id LEFT JOIN territory p7 ON p7.id = p6.parent_id LEFT JOIN territory p8 ON p8.id = p7.parent_id LEFT JOIN territory p9 ON p9.id = p8.parent_id LEFT JOIN territory p10 ON p10.id = p9.parent_id LEFT JOIN territory p11 ON p11.id = p10.parent_id LEFT JOIN territory p12 ON p12.id = p11.parent_id WHERE p1.id = new.parent_id AND (new.id IN (p1.id, p2.id, p3.id, p4.id, p5.id, p6.id, p7.id, p8.id, p9.id, p10.id, p11.id, p12.id) OR p12.parent_id IS NOT NULL);
END;

CREATE TRIGGER tree_territory_update AFTER UPDATE OF parent_id ON territory WHEN new.parent_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'tree:territory.parent_id') FROM territory p1 LEFT JOIN territory p2 ON p2.id = p1.parent_id LEFT JOIN territory p3 ON p3.id = p2.parent_id LEFT JOIN territory p4 ON p4.id = p3.parent_id LEFT JOIN territory p5 ON p5.id = p4.parent_id LEFT JOIN territory p6 ON p6.id = p5.parent_id LEFT JOIN territory p7 ON p7.id = p6.parent_id LEFT JOIN territory p8 ON p8.id = p7.parent_id LEFT JOIN territory p9 ON p9.id = p8.parent_id LEFT JOIN territory p10 ON p10.id = p9.parent_id LEFT JOIN territory p11 ON p11.id = p10.parent_id LEFT JOIN territory p12 ON p12.id = p11.parent_id WHERE p1.id = new.parent_id AND (new.id IN (p1.id, p2.id, p3.id, p4.id, p5.id, p6.id, p7.id, p8.id, p9.id, p10.id, p11.id, p12.id) OR p12.parent_id IS NOT NULL);
END;

CREATE TRIGGER tree_contact_insert AFTER INSERT ON contact WHEN new.reports_to_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'tree:contact.reports_to_id') FROM contact p1 LEFT JOIN contact p2 ON p2.id = p1.reports_to_id LEFT JOIN contact p3 ON p3.id = p2.reports_to_id LEFT JOIN contact p4 ON p4.id = p3.reports_to_id LEFT JOIN contact p5 ON p5.id = p4.reports_to_id LEFT JOIN contact p6 ON p6.id = p5.reports_to_id LEFT JOIN contact p7 ON p7.id = p6.reports_to_id LEFT JOIN contact p8 ON p8.id = p7.reports_to_id LEFT JOIN contact p9 ON p9.id = p8.reports_to_id LEFT JOIN contact p10 ON p10.id = p9.reports_to_id LEFT JOIN contact p11 ON p11.id = p10.reports_to_id LEFT JOIN contact p12 ON p12.id = p11.reports_to_id WHERE p1.id = new.reports_to_id AND (new.id IN (p1.id, p2.id, p3.id, p4.id, p5.id, p6.id, p7.id, p8.id, p9.id, p10.id, p11.id, p12.id) OR p12.reports_to_id IS NOT NULL);
END;

CREATE TRIGGER tree_contact_update AFTER UPDATE OF reports_to_id ON contact WHEN new.reports_to_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'tree:contact.reports_to_id') FROM contact p1 LEFT JOIN contact p2 ON p2.id = p1.reports_to_id LEFT JOIN contact p3 ON p3.id = p2.reports_to_id LEFT JOIN contact p4 ON p4.id = p3.reports_to_id LEFT JOIN contact p5 ON p5.id = p4.reports_to_id LEFT JOIN contact p6 ON p6.id = p5.reports_to_id LEFT JOIN contact p7 ON p7.id = p6.reports_to_id LEFT JOIN contact p8 ON p8.id = p7.reports_to_id LEFT JOIN contact p9 ON p9.id = p8.reports_to_id LEFT JOIN contact p10 ON p10.id = p9.reports_to_id LEFT JOIN contact p11 ON p11.id = p10.reports_to_id LEFT JOIN contact p12 ON p12.id = p11.reports_to_id WHERE p1.id = new.reports_to_id AND (new.id IN (p1.id, p2.id, p3.id, p4.id, p5.id, p6.id, p7.id, p8.id, p9.id, p10.id, p11.id, p12.id) OR p12.reports_to_id IS NOT NULL);
END;

CREATE TRIGGER rule_opportunity_stage AFTER UPDATE OF stage_id ON opportunity WHEN old.stage_id <> new.stage_id AND (SELECT is_replay FROM journal_state) = 0 BEGIN
  UPDATE journal_state SET is_replay = 1;
  UPDATE opportunity SET probability_ppm = CASE WHEN s.type IN ('won', 'lost') OR NOT is_probability_overridden THEN s.probability_ppm ELSE opportunity.probability_ppm END, category = CASE WHEN s.type IN ('won', 'lost') OR NOT is_category_overridden THEN s.category ELSE opportunity.category END, pipeline_id = s.pipeline_id, is_won = CASE s.type WHEN 'won' THEN 1 WHEN 'lost' THEN 0 END, closed_on = CASE WHEN s.type IN ('won', 'lost') THEN COALESCE(new.closed_on, substr(COALESCE((SELECT at FROM journal_state WHERE operation_id IS NOT NULL), strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), 1, 10)) END FROM (SELECT * FROM stage) AS s WHERE opportunity.id = new.id AND s.id = new.stage_id;
  UPDATE journal_state SET is_replay = 0;
  INSERT INTO opportunity_history (id, opportunity_id, at, stage_id, is_stage_change, amount_minor, currency, close_date, probability_ppm, category, owner_id, is_won) SELECT (SELECT substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7' || substr(r, 1, 3) || '-8' || substr(r, 4, 3) || '-' || substr(r, 7, 12) FROM (SELECT printf('%012x', CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)) AS h, lower(hex(randomblob(9))) AS r)), id, CASE WHEN new.closed_on IS NOT NULL AND old.closed_on IS NOT new.closed_on AND new.closed_on < substr(COALESCE((SELECT at FROM journal_state WHERE operation_id IS NOT NULL), strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), 1, 10) THEN new.closed_on || 'T12:00:00.000Z' ELSE COALESCE((SELECT at FROM journal_state WHERE operation_id IS NOT NULL), strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) END, stage_id, 1, amount_minor, currency, close_date, probability_ppm, category, owner_id, is_won FROM opportunity WHERE id = new.id;
END;

CREATE TRIGGER history_opportunity_insert AFTER INSERT ON opportunity WHEN (SELECT is_replay FROM journal_state) = 0 BEGIN
  INSERT INTO opportunity_history (id, opportunity_id, at, stage_id, is_stage_change, amount_minor, currency, close_date, probability_ppm, category, owner_id, is_won) SELECT (SELECT substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7' || substr(r, 1, 3) || '-8' || substr(r, 4, 3) || '-' || substr(r, 7, 12) FROM (SELECT printf('%012x', CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)) AS h, lower(hex(randomblob(9))) AS r)), new.id, min(new.created_on || 'T00:00:00.000Z', COALESCE((SELECT at FROM journal_state WHERE operation_id IS NOT NULL), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))), s.id, 1, new.amount_minor, new.currency, new.close_date, CASE WHEN new.is_won IS NULL THEN new.probability_ppm ELSE s.probability_ppm END, CASE WHEN new.is_won IS NULL THEN new.category ELSE s.category END, new.owner_id, NULL FROM stage s WHERE s.id = CASE WHEN new.is_won IS NULL THEN new.stage_id ELSE (SELECT f.id FROM stage f WHERE f.pipeline_id = new.pipeline_id AND f.type = 'open' ORDER BY f.seq LIMIT 1) END;
  INSERT INTO opportunity_history (id, opportunity_id, at, stage_id, is_stage_change, amount_minor, currency, close_date, probability_ppm, category, owner_id, is_won) SELECT (SELECT substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7' || substr(r, 1, 3) || '-8' || substr(r, 4, 3) || '-' || substr(r, 7, 12) FROM (SELECT printf('%012x', CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)) AS h, lower(hex(randomblob(9))) AS r)), new.id, max(new.closed_on, new.created_on) || 'T12:00:00.000Z', new.stage_id, 1, new.amount_minor, new.currency, new.close_date, new.probability_ppm, new.category, new.owner_id, new.is_won WHERE new.is_won IS NOT NULL;
END;

CREATE TRIGGER history_opportunity_update AFTER UPDATE OF amount_minor, currency, close_date, probability_ppm, category, owner_id, is_won, closed_on ON opportunity WHEN (SELECT is_replay FROM journal_state) = 0 AND old.stage_id = new.stage_id AND (old.amount_minor IS NOT new.amount_minor OR old.currency IS NOT new.currency OR old.close_date IS NOT new.close_date OR old.probability_ppm IS NOT new.probability_ppm OR old.category IS NOT new.category OR old.owner_id IS NOT new.owner_id OR old.is_won IS NOT new.is_won OR old.closed_on IS NOT new.closed_on) BEGIN
  INSERT INTO opportunity_history (id, opportunity_id, at, stage_id, is_stage_change, amount_minor, currency, close_date, probability_ppm, category, owner_id, is_won) VALUES ((SELECT substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7' || substr(r, 1, 3) || '-8' || substr(r, 4, 3) || '-' || substr(r, 7, 12) FROM (SELECT printf('%012x', CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)) AS h, lower(hex(randomblob(9))) AS r)), new.id, CASE WHEN new.closed_on IS NOT NULL AND old.closed_on IS NOT new.closed_on AND new.closed_on < substr(COALESCE((SELECT at FROM journal_state WHERE operation_id IS NOT NULL), strftime('%Y-%m-%dT%H:%M:%fZ', 'now')), 1, 10) THEN new.closed_on || 'T12:00:00.000Z' ELSE COALESCE((SELECT at FROM journal_state WHERE operation_id IS NOT NULL), strftime('%Y-%m-%dT%H:%M:%fZ', 'now')) END, new.stage_id, old.is_won IS NOT new.is_won, new.amount_minor, new.currency, new.close_date, new.probability_ppm, new.category, new.owner_id, new.is_won);
END;

CREATE VIEW whole_external_id AS SELECT id, json_patch('{}', json_object('id', id, 'table_name', table_name, 'row_id', row_id, 'source', source, 'value', value)) AS row FROM external_id;

CREATE TRIGGER journal_external_id_insert AFTER INSERT ON external_id BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'external_id', id, row FROM whole_external_id WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT new.table_name, new.row_id WHERE new.table_name IN ('account', 'contact', 'lead', 'opportunity', 'product', 'activity', 'task', 'note', 'event');
END;

CREATE TRIGGER journal_external_id_update AFTER UPDATE OF table_name, row_id, source, value ON external_id BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'external_id', new.id, f, o, n FROM (SELECT 'table_name' f, old.table_name o, new.table_name n UNION ALL SELECT 'row_id', old.row_id, new.row_id UNION ALL SELECT 'source', old.source, new.source UNION ALL SELECT 'value', old.value, new.value) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT new.table_name, new.row_id WHERE new.table_name IN ('account', 'contact', 'lead', 'opportunity', 'product', 'activity', 'task', 'note', 'event');
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT old.table_name, old.row_id WHERE old.table_name IN ('account', 'contact', 'lead', 'opportunity', 'product', 'activity', 'task', 'note', 'event');
END;

CREATE TRIGGER journal_external_id_delete BEFORE DELETE ON external_id BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'external_id', id, row FROM whole_external_id WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT old.table_name, old.row_id WHERE old.table_name IN ('account', 'contact', 'lead', 'opportunity', 'product', 'activity', 'task', 'note', 'event');
END;

CREATE VIEW whole_pipeline AS SELECT id, json_patch('{}', json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'seq', seq)) AS row FROM pipeline;

CREATE TRIGGER journal_pipeline_insert AFTER INSERT ON pipeline BEGIN
  INSERT INTO journal_door VALUES (1);
  UPDATE pipeline SET ref = substr(new.id, -COALESCE((SELECT min(n) FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM pipeline WHERE ref = substr(new.id, -n))), 12)) WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'pipeline', id, row FROM whole_pipeline WHERE id = new.id;
END;

CREATE TRIGGER journal_pipeline_update AFTER UPDATE OF deleted_at, name, seq ON pipeline BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'pipeline', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'seq', old.seq, new.seq) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_pipeline_delete BEFORE DELETE ON pipeline BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'pipeline', id, row FROM whole_pipeline WHERE id = old.id;
END;

CREATE VIEW whole_product AS SELECT id, json_patch('{}', json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'code', code, 'category', category, 'unit', unit, 'price_dec6', price_dec6, 'cost_dec6', cost_dec6, 'currency', currency, 'is_active', is_active, 'description', description, 'custom', custom)) AS row FROM product;

CREATE TRIGGER journal_product_insert AFTER INSERT ON product BEGIN
  INSERT INTO journal_door VALUES (1);
  UPDATE product SET ref = substr(new.id, -COALESCE((SELECT min(n) FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM product WHERE ref = substr(new.id, -n))), 12)) WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'product', id, row FROM whole_product WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('product', new.id);
END;

CREATE TRIGGER journal_product_update AFTER UPDATE OF deleted_at, name, code, category, unit, price_dec6, cost_dec6, currency, is_active, description, custom ON product BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'product', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'code', old.code, new.code UNION ALL SELECT 'category', old.category, new.category UNION ALL SELECT 'unit', old.unit, new.unit UNION ALL SELECT 'price_dec6', old.price_dec6, new.price_dec6 UNION ALL SELECT 'cost_dec6', old.cost_dec6, new.cost_dec6 UNION ALL SELECT 'currency', old.currency, new.currency UNION ALL SELECT 'is_active', old.is_active, new.is_active UNION ALL SELECT 'description', old.description, new.description UNION ALL SELECT 'custom', old.custom, new.custom) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('product', new.id);
END;

CREATE TRIGGER journal_product_delete BEFORE DELETE ON product BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'product', id, row FROM whole_product WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('product', old.id);
END;

CREATE VIEW whole_tag AS SELECT id, json_patch('{}', json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name)) AS row FROM tag;

CREATE TRIGGER journal_tag_insert AFTER INSERT ON tag BEGIN
  INSERT INTO journal_door VALUES (1);
  UPDATE tag SET ref = substr(new.id, -COALESCE((SELECT min(n) FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM tag WHERE ref = substr(new.id, -n))), 12)) WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'tag', id, row FROM whole_tag WHERE id = new.id;
END;

CREATE TRIGGER journal_tag_update AFTER UPDATE OF deleted_at, name ON tag BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'tag', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_tag_delete BEFORE DELETE ON tag BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'tag', id, row FROM whole_tag WHERE id = old.id;
END;

CREATE VIEW whole_team AS SELECT id, json_patch('{}', json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name)) AS row FROM team;

CREATE TRIGGER journal_team_insert AFTER INSERT ON team BEGIN
  INSERT INTO journal_door VALUES (1);
  UPDATE team SET ref = substr(new.id, -COALESCE((SELECT min(n) FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM team WHERE ref = substr(new.id, -n))), 12)) WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'team', id, row FROM whole_team WHERE id = new.id;
END;

CREATE TRIGGER journal_team_update AFTER UPDATE OF deleted_at, name ON team BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'team', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_team_delete BEFORE DELETE ON team BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'team', id, row FROM whole_team WHERE id = old.id;
END;

CREATE VIEW whole_territory AS SELECT id, json_patch('{}', json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'parent_id', parent_id)) AS row FROM territory;

CREATE TRIGGER journal_territory_insert AFTER INSERT ON territory BEGIN
  INSERT INTO journal_door VALUES (1);
  UPDATE territory SET ref = substr(new.id, -COALESCE((SELECT min(n) FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM territory WHERE ref = substr(new.id, -n))), 12)) WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'territory', id, row FROM whole_territory WHERE id = new.id;
END;

CREATE TRIGGER journal_territory_update AFTER UPDATE OF deleted_at, name, parent_id ON territory BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'territory', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'parent_id', old.parent_id, new.parent_id) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_territory_delete BEFORE DELETE ON territory BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'territory', id, row FROM whole_territory WHERE id = old.id;
END;

CREATE VIEW whole_app_user AS SELECT id, json_patch('{}', json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'email', email, 'role', role, 'manager_id', manager_id, 'team_id', team_id, 'territory_id', territory_id, 'region', region, 'is_active', is_active)) AS row FROM app_user;

CREATE TRIGGER journal_app_user_insert AFTER INSERT ON app_user BEGIN
  INSERT INTO journal_door VALUES (1);
  UPDATE app_user SET ref = substr(new.id, -COALESCE((SELECT min(n) FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM app_user WHERE ref = substr(new.id, -n))), 12)) WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'app_user', id, row FROM whole_app_user WHERE id = new.id;
END;

CREATE TRIGGER journal_app_user_update AFTER UPDATE OF deleted_at, name, email, role, manager_id, team_id, territory_id, region, is_active ON app_user BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'app_user', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'email', old.email, new.email UNION ALL SELECT 'role', old.role, new.role UNION ALL SELECT 'manager_id', old.manager_id, new.manager_id UNION ALL SELECT 'team_id', old.team_id, new.team_id UNION ALL SELECT 'territory_id', old.territory_id, new.territory_id UNION ALL SELECT 'region', old.region, new.region UNION ALL SELECT 'is_active', old.is_active, new.is_active) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_app_user_delete BEFORE DELETE ON app_user BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'app_user', id, row FROM whole_app_user WHERE id = old.id;
END;

CREATE VIEW whole_record_tag AS SELECT id, json_patch('{}', json_object('id', id, 'table_name', table_name, 'row_id', row_id, 'tag_id', tag_id)) AS row FROM record_tag;

CREATE TRIGGER journal_record_tag_insert AFTER INSERT ON record_tag BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'record_tag', id, row FROM whole_record_tag WHERE id = new.id;
END;

CREATE TRIGGER journal_record_tag_update AFTER UPDATE OF table_name, row_id, tag_id ON record_tag BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'record_tag', new.id, f, o, n FROM (SELECT 'table_name' f, old.table_name o, new.table_name n UNION ALL SELECT 'row_id', old.row_id, new.row_id UNION ALL SELECT 'tag_id', old.tag_id, new.tag_id) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_record_tag_delete BEFORE DELETE ON record_tag BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'record_tag', id, row FROM whole_record_tag WHERE id = old.id;
END;

CREATE VIEW whole_stage AS SELECT id, json_patch('{}', json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'pipeline_id', pipeline_id, 'seq', seq, 'name', name, 'type', type, 'probability_ppm', probability_ppm, 'category', category, 'rot_days', rot_days, 'exit_checklist', exit_checklist)) AS row FROM stage;

CREATE TRIGGER journal_stage_insert AFTER INSERT ON stage BEGIN
  INSERT INTO journal_door VALUES (1);
  UPDATE stage SET ref = substr(new.id, -COALESCE((SELECT min(n) FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM stage WHERE ref = substr(new.id, -n))), 12)) WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'stage', id, row FROM whole_stage WHERE id = new.id;
END;

CREATE TRIGGER journal_stage_update AFTER UPDATE OF deleted_at, pipeline_id, seq, name, type, probability_ppm, category, rot_days, exit_checklist ON stage BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'stage', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'pipeline_id', old.pipeline_id, new.pipeline_id UNION ALL SELECT 'seq', old.seq, new.seq UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'type', old.type, new.type UNION ALL SELECT 'probability_ppm', old.probability_ppm, new.probability_ppm UNION ALL SELECT 'category', old.category, new.category UNION ALL SELECT 'rot_days', old.rot_days, new.rot_days UNION ALL SELECT 'exit_checklist', old.exit_checklist, new.exit_checklist) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_stage_delete BEFORE DELETE ON stage BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'stage', id, row FROM whole_stage WHERE id = old.id;
END;

CREATE VIEW whole_account AS SELECT id, json_patch('{}', json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'legal_name', legal_name, 'parent_id', parent_id, 'type', type, 'lifecycle', lifecycle, 'industry', industry, 'segment', segment, 'employees', employees, 'annual_revenue_minor', annual_revenue_minor, 'currency', currency, 'payment_terms_days', payment_terms_days, 'credit_limit_minor', credit_limit_minor, 'website', website, 'domain', domain, 'tax_id', tax_id, 'owner_id', owner_id, 'team_id', team_id, 'territory_id', territory_id, 'language', language, 'source', source, 'founded_year', founded_year, 'created_on', created_on, 'description', description, 'custom', custom, 'match_key', match_key, 'merged_into', merged_into)) AS row FROM account;

CREATE TRIGGER journal_account_insert AFTER INSERT ON account BEGIN
  INSERT INTO journal_door VALUES (1);
  UPDATE account SET ref = substr(new.id, -COALESCE((SELECT min(n) FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM account WHERE ref = substr(new.id, -n))), 12)) WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'account', id, row FROM whole_account WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('account', new.id);
END;

CREATE TRIGGER journal_account_update AFTER UPDATE OF deleted_at, name, legal_name, parent_id, type, lifecycle, industry, segment, employees, annual_revenue_minor, currency, payment_terms_days, credit_limit_minor, website, domain, tax_id, owner_id, team_id, territory_id, language, source, founded_year, created_on, description, custom, match_key, merged_into ON account BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'account', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'legal_name', old.legal_name, new.legal_name UNION ALL SELECT 'parent_id', old.parent_id, new.parent_id UNION ALL SELECT 'type', old.type, new.type UNION ALL SELECT 'lifecycle', old.lifecycle, new.lifecycle UNION ALL SELECT 'industry', old.industry, new.industry UNION ALL SELECT 'segment', old.segment, new.segment UNION ALL SELECT 'employees', old.employees, new.employees UNION ALL SELECT 'annual_revenue_minor', old.annual_revenue_minor, new.annual_revenue_minor UNION ALL SELECT 'currency', old.currency, new.currency UNION ALL SELECT 'payment_terms_days', old.payment_terms_days, new.payment_terms_days UNION ALL SELECT 'credit_limit_minor', old.credit_limit_minor, new.credit_limit_minor UNION ALL SELECT 'website', old.website, new.website UNION ALL SELECT 'domain', old.domain, new.domain UNION ALL SELECT 'tax_id', old.tax_id, new.tax_id UNION ALL SELECT 'owner_id', old.owner_id, new.owner_id UNION ALL SELECT 'team_id', old.team_id, new.team_id UNION ALL SELECT 'territory_id', old.territory_id, new.territory_id UNION ALL SELECT 'language', old.language, new.language UNION ALL SELECT 'source', old.source, new.source UNION ALL SELECT 'founded_year', old.founded_year, new.founded_year UNION ALL SELECT 'created_on', old.created_on, new.created_on UNION ALL SELECT 'description', old.description, new.description UNION ALL SELECT 'custom', old.custom, new.custom UNION ALL SELECT 'match_key', old.match_key, new.match_key UNION ALL SELECT 'merged_into', old.merged_into, new.merged_into) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('account', new.id);
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
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'account', id, row FROM whole_account WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('account', old.id);
END;

CREATE VIEW whole_contact AS SELECT id, json_patch('{}', json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'given_name', given_name, 'family_name', family_name, 'middle_name', middle_name, 'prefix', prefix, 'suffix', suffix, 'nickname', nickname, 'title', title, 'department', department, 'reports_to_id', reports_to_id, 'birthday', birthday, 'language', language, 'preferred_channel', preferred_channel, 'preferred_time', preferred_time, 'owner_id', owner_id, 'source', source, 'created_on', created_on, 'description', description, 'custom', custom, 'match_key', match_key, 'merged_into', merged_into, 'uid', uid, 'extra', extra)) AS row FROM contact;

CREATE TRIGGER journal_contact_insert AFTER INSERT ON contact BEGIN
  INSERT INTO journal_door VALUES (1);
  UPDATE contact SET ref = substr(new.id, -COALESCE((SELECT min(n) FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM contact WHERE ref = substr(new.id, -n))), 12)) WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'contact', id, row FROM whole_contact WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('contact', new.id);
END;

CREATE TRIGGER journal_contact_update AFTER UPDATE OF deleted_at, name, given_name, family_name, middle_name, prefix, suffix, nickname, title, department, reports_to_id, birthday, language, preferred_channel, preferred_time, owner_id, source, created_on, description, custom, match_key, merged_into, uid, extra ON contact BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'contact', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'given_name', old.given_name, new.given_name UNION ALL SELECT 'family_name', old.family_name, new.family_name UNION ALL SELECT 'middle_name', old.middle_name, new.middle_name UNION ALL SELECT 'prefix', old.prefix, new.prefix UNION ALL SELECT 'suffix', old.suffix, new.suffix UNION ALL SELECT 'nickname', old.nickname, new.nickname UNION ALL SELECT 'title', old.title, new.title UNION ALL SELECT 'department', old.department, new.department UNION ALL SELECT 'reports_to_id', old.reports_to_id, new.reports_to_id UNION ALL SELECT 'birthday', old.birthday, new.birthday UNION ALL SELECT 'language', old.language, new.language UNION ALL SELECT 'preferred_channel', old.preferred_channel, new.preferred_channel UNION ALL SELECT 'preferred_time', old.preferred_time, new.preferred_time UNION ALL SELECT 'owner_id', old.owner_id, new.owner_id UNION ALL SELECT 'source', old.source, new.source UNION ALL SELECT 'created_on', old.created_on, new.created_on UNION ALL SELECT 'description', old.description, new.description UNION ALL SELECT 'custom', old.custom, new.custom UNION ALL SELECT 'match_key', old.match_key, new.match_key UNION ALL SELECT 'merged_into', old.merged_into, new.merged_into UNION ALL SELECT 'uid', old.uid, new.uid UNION ALL SELECT 'extra', old.extra, new.extra) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('contact', new.id);
END;

CREATE TRIGGER journal_contact_delete BEFORE DELETE ON contact BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'contact', id, row FROM whole_contact WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('contact', old.id);
END;

CREATE VIEW whole_lead AS SELECT id, json_patch('{}', json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'given_name', given_name, 'family_name', family_name, 'company', company, 'title', title, 'email', email, 'phone', phone, 'website', website, 'industry', industry, 'source', source, 'status', status, 'owner_id', owner_id, 'created_on', created_on, 'description', description, 'custom', custom)) AS row FROM lead;

CREATE TRIGGER journal_lead_insert AFTER INSERT ON lead BEGIN
  INSERT INTO journal_door VALUES (1);
  UPDATE lead SET ref = substr(new.id, -COALESCE((SELECT min(n) FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM lead WHERE ref = substr(new.id, -n))), 12)) WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'lead', id, row FROM whole_lead WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('lead', new.id);
END;

CREATE TRIGGER journal_lead_update AFTER UPDATE OF deleted_at, name, given_name, family_name, company, title, email, phone, website, industry, source, status, owner_id, created_on, description, custom ON lead BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'lead', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'given_name', old.given_name, new.given_name UNION ALL SELECT 'family_name', old.family_name, new.family_name UNION ALL SELECT 'company', old.company, new.company UNION ALL SELECT 'title', old.title, new.title UNION ALL SELECT 'email', old.email, new.email UNION ALL SELECT 'phone', old.phone, new.phone UNION ALL SELECT 'website', old.website, new.website UNION ALL SELECT 'industry', old.industry, new.industry UNION ALL SELECT 'source', old.source, new.source UNION ALL SELECT 'status', old.status, new.status UNION ALL SELECT 'owner_id', old.owner_id, new.owner_id UNION ALL SELECT 'created_on', old.created_on, new.created_on UNION ALL SELECT 'description', old.description, new.description UNION ALL SELECT 'custom', old.custom, new.custom) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('lead', new.id);
END;

CREATE TRIGGER journal_lead_delete BEFORE DELETE ON lead BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'lead', id, row FROM whole_lead WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('lead', old.id);
END;

CREATE VIEW whole_account_relation AS SELECT id, json_patch('{}', json_object('id', id, 'account_id', account_id, 'other_id', other_id, 'kind', kind, 'note', note)) AS row FROM account_relation;

CREATE TRIGGER journal_account_relation_insert AFTER INSERT ON account_relation BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'account_relation', id, row FROM whole_account_relation WHERE id = new.id;
END;

CREATE TRIGGER journal_account_relation_update AFTER UPDATE OF account_id, other_id, kind, note ON account_relation BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'account_relation', new.id, f, o, n FROM (SELECT 'account_id' f, old.account_id o, new.account_id n UNION ALL SELECT 'other_id', old.other_id, new.other_id UNION ALL SELECT 'kind', old.kind, new.kind UNION ALL SELECT 'note', old.note, new.note) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_account_relation_delete BEFORE DELETE ON account_relation BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'account_relation', id, row FROM whole_account_relation WHERE id = old.id;
END;

CREATE VIEW whole_address AS SELECT id, json_patch('{}', json_object('id', id, 'account_id', account_id, 'contact_id', contact_id, 'kind', kind, 'street', street, 'city', city, 'region', region, 'postal_code', postal_code, 'country', country, 'latitude_dec6', latitude_dec6, 'longitude_dec6', longitude_dec6)) AS row FROM address;

CREATE TRIGGER journal_address_insert AFTER INSERT ON address BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'address', id, row FROM whole_address WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', new.account_id WHERE new.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_address_update AFTER UPDATE OF account_id, contact_id, kind, street, city, region, postal_code, country, latitude_dec6, longitude_dec6 ON address BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'address', new.id, f, o, n FROM (SELECT 'account_id' f, old.account_id o, new.account_id n UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'kind', old.kind, new.kind UNION ALL SELECT 'street', old.street, new.street UNION ALL SELECT 'city', old.city, new.city UNION ALL SELECT 'region', old.region, new.region UNION ALL SELECT 'postal_code', old.postal_code, new.postal_code UNION ALL SELECT 'country', old.country, new.country UNION ALL SELECT 'latitude_dec6', old.latitude_dec6, new.latitude_dec6 UNION ALL SELECT 'longitude_dec6', old.longitude_dec6, new.longitude_dec6) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', new.account_id WHERE new.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', old.account_id WHERE old.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', old.contact_id WHERE old.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_address_delete BEFORE DELETE ON address BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'address', id, row FROM whole_address WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', old.account_id WHERE old.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', old.contact_id WHERE old.contact_id IS NOT NULL;
END;

CREATE VIEW whole_consent_event AS SELECT id, json_patch('{}', json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'contact_id', contact_id, 'channel', channel, 'purpose', purpose, 'stance', stance, 'said_at', said_at, 'source', source, 'evidence', evidence)) AS row FROM consent_event;

CREATE TRIGGER journal_consent_event_insert AFTER INSERT ON consent_event BEGIN
  INSERT INTO journal_door VALUES (1);
  UPDATE consent_event SET ref = substr(new.id, -COALESCE((SELECT min(n) FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM consent_event WHERE ref = substr(new.id, -n))), 12)) WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'consent_event', id, row FROM whole_consent_event WHERE id = new.id;
END;

CREATE TRIGGER journal_consent_event_update AFTER UPDATE OF deleted_at, contact_id, channel, purpose, stance, said_at, source, evidence ON consent_event BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'consent_event', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'channel', old.channel, new.channel UNION ALL SELECT 'purpose', old.purpose, new.purpose UNION ALL SELECT 'stance', old.stance, new.stance UNION ALL SELECT 'said_at', old.said_at, new.said_at UNION ALL SELECT 'source', old.source, new.source UNION ALL SELECT 'evidence', old.evidence, new.evidence) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_consent_event_delete BEFORE DELETE ON consent_event BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'consent_event', id, row FROM whole_consent_event WHERE id = old.id;
END;

CREATE VIEW whole_contact_relation AS SELECT id, json_patch('{}', json_object('id', id, 'contact_id', contact_id, 'other_id', other_id, 'kind', kind, 'note', note)) AS row FROM contact_relation;

CREATE TRIGGER journal_contact_relation_insert AFTER INSERT ON contact_relation BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'contact_relation', id, row FROM whole_contact_relation WHERE id = new.id;
END;

CREATE TRIGGER journal_contact_relation_update AFTER UPDATE OF contact_id, other_id, kind, note ON contact_relation BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'contact_relation', new.id, f, o, n FROM (SELECT 'contact_id' f, old.contact_id o, new.contact_id n UNION ALL SELECT 'other_id', old.other_id, new.other_id UNION ALL SELECT 'kind', old.kind, new.kind UNION ALL SELECT 'note', old.note, new.note) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_contact_relation_delete BEFORE DELETE ON contact_relation BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'contact_relation', id, row FROM whole_contact_relation WHERE id = old.id;
END;

CREATE VIEW whole_contact_role AS SELECT id, json_patch('{}', json_object('id', id, 'account_id', account_id, 'contact_id', contact_id, 'role', role, 'is_primary', is_primary, 'valid_from', valid_from, 'valid_to', valid_to)) AS row FROM contact_role;

CREATE TRIGGER journal_contact_role_insert AFTER INSERT ON contact_role BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'contact_role', id, row FROM whole_contact_role WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_contact_role_update AFTER UPDATE OF account_id, contact_id, role, is_primary, valid_from, valid_to ON contact_role BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'contact_role', new.id, f, o, n FROM (SELECT 'account_id' f, old.account_id o, new.account_id n UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'role', old.role, new.role UNION ALL SELECT 'is_primary', old.is_primary, new.is_primary UNION ALL SELECT 'valid_from', old.valid_from, new.valid_from UNION ALL SELECT 'valid_to', old.valid_to, new.valid_to) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', old.contact_id WHERE old.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_contact_role_delete BEFORE DELETE ON contact_role BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'contact_role', id, row FROM whole_contact_role WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', old.contact_id WHERE old.contact_id IS NOT NULL;
END;

CREATE VIEW whole_email AS SELECT id, json_patch('{}', json_object('id', id, 'account_id', account_id, 'contact_id', contact_id, 'kind', kind, 'address', address, 'folded', folded, 'is_primary', is_primary, 'is_invalid', is_invalid)) AS row FROM email;

CREATE TRIGGER journal_email_insert AFTER INSERT ON email BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'email', id, row FROM whole_email WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', new.account_id WHERE new.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_email_update AFTER UPDATE OF account_id, contact_id, kind, address, folded, is_primary, is_invalid ON email BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'email', new.id, f, o, n FROM (SELECT 'account_id' f, old.account_id o, new.account_id n UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'kind', old.kind, new.kind UNION ALL SELECT 'address', old.address, new.address UNION ALL SELECT 'folded', old.folded, new.folded UNION ALL SELECT 'is_primary', old.is_primary, new.is_primary UNION ALL SELECT 'is_invalid', old.is_invalid, new.is_invalid) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', new.account_id WHERE new.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', old.account_id WHERE old.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', old.contact_id WHERE old.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_email_delete BEFORE DELETE ON email BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'email', id, row FROM whole_email WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', old.account_id WHERE old.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', old.contact_id WHERE old.contact_id IS NOT NULL;
END;

CREATE VIEW whole_opportunity AS SELECT id, json_patch('{}', json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'account_id', account_id, 'pipeline_id', pipeline_id, 'stage_id', stage_id, 'owner_id', owner_id, 'amount_minor', amount_minor, 'currency', currency, 'close_date', close_date, 'created_on', created_on, 'closed_on', closed_on, 'is_won', is_won, 'probability_ppm', probability_ppm, 'is_probability_overridden', is_probability_overridden, 'category', category, 'is_category_overridden', is_category_overridden, 'override_reason', override_reason, 'type', type, 'source', source, 'campaign', campaign, 'territory_id', territory_id, 'next_step', next_step, 'next_step_on', next_step_on, 'win_reason', win_reason, 'loss_reason', loss_reason, 'loss_note', loss_note, 'competitor', competitor, 'discount_ppm', discount_ppm, 'description', description, 'custom', custom)) AS row FROM opportunity;

CREATE TRIGGER journal_opportunity_insert AFTER INSERT ON opportunity BEGIN
  INSERT INTO journal_door VALUES (1);
  UPDATE opportunity SET ref = substr(new.id, -COALESCE((SELECT min(n) FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM opportunity WHERE ref = substr(new.id, -n))), 12)) WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity', id, row FROM whole_opportunity WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('opportunity', new.id);
END;

CREATE TRIGGER journal_opportunity_update AFTER UPDATE OF deleted_at, name, account_id, pipeline_id, stage_id, owner_id, amount_minor, currency, close_date, created_on, closed_on, is_won, probability_ppm, is_probability_overridden, category, is_category_overridden, override_reason, type, source, campaign, territory_id, next_step, next_step_on, win_reason, loss_reason, loss_note, competitor, discount_ppm, description, custom ON opportunity BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'account_id', old.account_id, new.account_id UNION ALL SELECT 'pipeline_id', old.pipeline_id, new.pipeline_id UNION ALL SELECT 'stage_id', old.stage_id, new.stage_id UNION ALL SELECT 'owner_id', old.owner_id, new.owner_id UNION ALL SELECT 'amount_minor', old.amount_minor, new.amount_minor UNION ALL SELECT 'currency', old.currency, new.currency UNION ALL SELECT 'close_date', old.close_date, new.close_date UNION ALL SELECT 'created_on', old.created_on, new.created_on UNION ALL SELECT 'closed_on', old.closed_on, new.closed_on UNION ALL SELECT 'is_won', old.is_won, new.is_won UNION ALL SELECT 'probability_ppm', old.probability_ppm, new.probability_ppm UNION ALL SELECT 'is_probability_overridden', old.is_probability_overridden, new.is_probability_overridden UNION ALL SELECT 'category', old.category, new.category UNION ALL SELECT 'is_category_overridden', old.is_category_overridden, new.is_category_overridden UNION ALL SELECT 'override_reason', old.override_reason, new.override_reason UNION ALL SELECT 'type', old.type, new.type UNION ALL SELECT 'source', old.source, new.source UNION ALL SELECT 'campaign', old.campaign, new.campaign UNION ALL SELECT 'territory_id', old.territory_id, new.territory_id UNION ALL SELECT 'next_step', old.next_step, new.next_step UNION ALL SELECT 'next_step_on', old.next_step_on, new.next_step_on UNION ALL SELECT 'win_reason', old.win_reason, new.win_reason UNION ALL SELECT 'loss_reason', old.loss_reason, new.loss_reason UNION ALL SELECT 'loss_note', old.loss_note, new.loss_note UNION ALL SELECT 'competitor', old.competitor, new.competitor UNION ALL SELECT 'discount_ppm', old.discount_ppm, new.discount_ppm UNION ALL SELECT 'description', old.description, new.description UNION ALL SELECT 'custom', old.custom, new.custom) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('opportunity', new.id);
END;

CREATE TRIGGER journal_opportunity_delete BEFORE DELETE ON opportunity BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity', id, row FROM whole_opportunity WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('opportunity', old.id);
END;

CREATE VIEW whole_phone AS SELECT id, json_patch('{}', json_object('id', id, 'account_id', account_id, 'contact_id', contact_id, 'kind', kind, 'number', number, 'e164', e164, 'is_primary', is_primary, 'is_invalid', is_invalid)) AS row FROM phone;

CREATE TRIGGER journal_phone_insert AFTER INSERT ON phone BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'phone', id, row FROM whole_phone WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', new.account_id WHERE new.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_phone_update AFTER UPDATE OF account_id, contact_id, kind, number, e164, is_primary, is_invalid ON phone BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'phone', new.id, f, o, n FROM (SELECT 'account_id' f, old.account_id o, new.account_id n UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'kind', old.kind, new.kind UNION ALL SELECT 'number', old.number, new.number UNION ALL SELECT 'e164', old.e164, new.e164 UNION ALL SELECT 'is_primary', old.is_primary, new.is_primary UNION ALL SELECT 'is_invalid', old.is_invalid, new.is_invalid) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', new.account_id WHERE new.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', old.account_id WHERE old.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', old.contact_id WHERE old.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_phone_delete BEFORE DELETE ON phone BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'phone', id, row FROM whole_phone WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', old.account_id WHERE old.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', old.contact_id WHERE old.contact_id IS NOT NULL;
END;

CREATE VIEW whole_activity AS SELECT id, json_patch('{}', json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'kind', kind, 'direction', direction, 'subject', subject, 'note', note, 'outcome', outcome, 'started_at', started_at, 'duration_min', duration_min, 'account_id', account_id, 'opportunity_id', opportunity_id, 'lead_id', lead_id, 'owner_id', owner_id, 'is_internal', is_internal)) AS row FROM activity;

CREATE TRIGGER journal_activity_insert AFTER INSERT ON activity BEGIN
  INSERT INTO journal_door VALUES (1);
  UPDATE activity SET ref = substr(new.id, -COALESCE((SELECT min(n) FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM activity WHERE ref = substr(new.id, -n))), 12)) WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'activity', id, row FROM whole_activity WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('activity', new.id);
END;

CREATE TRIGGER journal_activity_update AFTER UPDATE OF deleted_at, kind, direction, subject, note, outcome, started_at, duration_min, account_id, opportunity_id, lead_id, owner_id, is_internal ON activity BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'activity', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'kind', old.kind, new.kind UNION ALL SELECT 'direction', old.direction, new.direction UNION ALL SELECT 'subject', old.subject, new.subject UNION ALL SELECT 'note', old.note, new.note UNION ALL SELECT 'outcome', old.outcome, new.outcome UNION ALL SELECT 'started_at', old.started_at, new.started_at UNION ALL SELECT 'duration_min', old.duration_min, new.duration_min UNION ALL SELECT 'account_id', old.account_id, new.account_id UNION ALL SELECT 'opportunity_id', old.opportunity_id, new.opportunity_id UNION ALL SELECT 'lead_id', old.lead_id, new.lead_id UNION ALL SELECT 'owner_id', old.owner_id, new.owner_id UNION ALL SELECT 'is_internal', old.is_internal, new.is_internal) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('activity', new.id);
END;

CREATE TRIGGER journal_activity_delete BEFORE DELETE ON activity BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'activity', id, row FROM whole_activity WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('activity', old.id);
END;

CREATE VIEW whole_note AS SELECT id, json_patch('{}', json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'body', body, 'account_id', account_id, 'contact_id', contact_id, 'opportunity_id', opportunity_id, 'lead_id', lead_id, 'owner_id', owner_id)) AS row FROM note;

CREATE TRIGGER journal_note_insert AFTER INSERT ON note BEGIN
  INSERT INTO journal_door VALUES (1);
  UPDATE note SET ref = substr(new.id, -COALESCE((SELECT min(n) FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM note WHERE ref = substr(new.id, -n))), 12)) WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'note', id, row FROM whole_note WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('note', new.id);
END;

CREATE TRIGGER journal_note_update AFTER UPDATE OF deleted_at, body, account_id, contact_id, opportunity_id, lead_id, owner_id ON note BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'note', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'body', old.body, new.body UNION ALL SELECT 'account_id', old.account_id, new.account_id UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'opportunity_id', old.opportunity_id, new.opportunity_id UNION ALL SELECT 'lead_id', old.lead_id, new.lead_id UNION ALL SELECT 'owner_id', old.owner_id, new.owner_id) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('note', new.id);
END;

CREATE TRIGGER journal_note_delete BEFORE DELETE ON note BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'note', id, row FROM whole_note WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('note', old.id);
END;

CREATE VIEW whole_opportunity_contact AS SELECT id, json_patch('{}', json_object('id', id, 'opportunity_id', opportunity_id, 'contact_id', contact_id, 'role', role, 'stance', stance)) AS row FROM opportunity_contact;

CREATE TRIGGER journal_opportunity_contact_insert AFTER INSERT ON opportunity_contact BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity_contact', id, row FROM whole_opportunity_contact WHERE id = new.id;
END;

CREATE TRIGGER journal_opportunity_contact_update AFTER UPDATE OF opportunity_id, contact_id, role, stance ON opportunity_contact BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity_contact', new.id, f, o, n FROM (SELECT 'opportunity_id' f, old.opportunity_id o, new.opportunity_id n UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'role', old.role, new.role UNION ALL SELECT 'stance', old.stance, new.stance) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_opportunity_contact_delete BEFORE DELETE ON opportunity_contact BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity_contact', id, row FROM whole_opportunity_contact WHERE id = old.id;
END;

CREATE VIEW whole_opportunity_history AS SELECT id, json_patch('{}', json_object('id', id, 'opportunity_id', opportunity_id, 'at', at, 'stage_id', stage_id, 'is_stage_change', is_stage_change, 'amount_minor', amount_minor, 'currency', currency, 'close_date', close_date, 'probability_ppm', probability_ppm, 'category', category, 'owner_id', owner_id, 'is_won', is_won)) AS row FROM opportunity_history;

CREATE TRIGGER journal_opportunity_history_insert AFTER INSERT ON opportunity_history BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity_history', id, row FROM whole_opportunity_history WHERE id = new.id;
END;

CREATE TRIGGER journal_opportunity_history_update AFTER UPDATE OF opportunity_id, at, stage_id, is_stage_change, amount_minor, currency, close_date, probability_ppm, category, owner_id, is_won ON opportunity_history BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity_history', new.id, f, o, n FROM (SELECT 'opportunity_id' f, old.opportunity_id o, new.opportunity_id n UNION ALL SELECT 'at', old.at, new.at UNION ALL SELECT 'stage_id', old.stage_id, new.stage_id UNION ALL SELECT 'is_stage_change', old.is_stage_change, new.is_stage_change UNION ALL SELECT 'amount_minor', old.amount_minor, new.amount_minor UNION ALL SELECT 'currency', old.currency, new.currency UNION ALL SELECT 'close_date', old.close_date, new.close_date UNION ALL SELECT 'probability_ppm', old.probability_ppm, new.probability_ppm UNION ALL SELECT 'category', old.category, new.category UNION ALL SELECT 'owner_id', old.owner_id, new.owner_id UNION ALL SELECT 'is_won', old.is_won, new.is_won) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_opportunity_history_delete BEFORE DELETE ON opportunity_history BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity_history', id, row FROM whole_opportunity_history WHERE id = old.id;
END;

CREATE VIEW whole_opportunity_line AS SELECT id, json_patch('{}', json_object('id', id, 'opportunity_id', opportunity_id, 'product_id', product_id, 'seq', seq, 'description', description, 'quantity_dec6', quantity_dec6, 'unit_price_dec6', unit_price_dec6, 'amount_minor', amount_minor)) AS row FROM opportunity_line;

CREATE TRIGGER journal_opportunity_line_insert AFTER INSERT ON opportunity_line BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity_line', id, row FROM whole_opportunity_line WHERE id = new.id;
END;

CREATE TRIGGER journal_opportunity_line_update AFTER UPDATE OF opportunity_id, product_id, seq, description, quantity_dec6, unit_price_dec6, amount_minor ON opportunity_line BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity_line', new.id, f, o, n FROM (SELECT 'opportunity_id' f, old.opportunity_id o, new.opportunity_id n UNION ALL SELECT 'product_id', old.product_id, new.product_id UNION ALL SELECT 'seq', old.seq, new.seq UNION ALL SELECT 'description', old.description, new.description UNION ALL SELECT 'quantity_dec6', old.quantity_dec6, new.quantity_dec6 UNION ALL SELECT 'unit_price_dec6', old.unit_price_dec6, new.unit_price_dec6 UNION ALL SELECT 'amount_minor', old.amount_minor, new.amount_minor) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_opportunity_line_delete BEFORE DELETE ON opportunity_line BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity_line', id, row FROM whole_opportunity_line WHERE id = old.id;
END;

CREATE VIEW whole_task AS SELECT id, json_patch('{}', json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'subject', subject, 'due_on', due_on, 'due_time', due_time, 'priority', priority, 'status', status, 'done_at', done_at, 'note', note, 'account_id', account_id, 'contact_id', contact_id, 'opportunity_id', opportunity_id, 'lead_id', lead_id, 'owner_id', owner_id, 'created_on', created_on)) AS row FROM task;

CREATE TRIGGER journal_task_insert AFTER INSERT ON task BEGIN
  INSERT INTO journal_door VALUES (1);
  UPDATE task SET ref = substr(new.id, -COALESCE((SELECT min(n) FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM task WHERE ref = substr(new.id, -n))), 12)) WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'task', id, row FROM whole_task WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('task', new.id);
END;

CREATE TRIGGER journal_task_update AFTER UPDATE OF deleted_at, subject, due_on, due_time, priority, status, done_at, note, account_id, contact_id, opportunity_id, lead_id, owner_id, created_on ON task BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'task', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'subject', old.subject, new.subject UNION ALL SELECT 'due_on', old.due_on, new.due_on UNION ALL SELECT 'due_time', old.due_time, new.due_time UNION ALL SELECT 'priority', old.priority, new.priority UNION ALL SELECT 'status', old.status, new.status UNION ALL SELECT 'done_at', old.done_at, new.done_at UNION ALL SELECT 'note', old.note, new.note UNION ALL SELECT 'account_id', old.account_id, new.account_id UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'opportunity_id', old.opportunity_id, new.opportunity_id UNION ALL SELECT 'lead_id', old.lead_id, new.lead_id UNION ALL SELECT 'owner_id', old.owner_id, new.owner_id UNION ALL SELECT 'created_on', old.created_on, new.created_on) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('task', new.id);
END;

CREATE TRIGGER journal_task_delete BEFORE DELETE ON task BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'task', id, row FROM whole_task WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('task', old.id);
END;

CREATE VIEW whole_activity_contact AS SELECT id, json_patch('{}', json_object('id', id, 'activity_id', activity_id, 'contact_id', contact_id)) AS row FROM activity_contact;

CREATE TRIGGER journal_activity_contact_insert AFTER INSERT ON activity_contact BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'activity_contact', id, row FROM whole_activity_contact WHERE id = new.id;
END;

CREATE TRIGGER journal_activity_contact_update AFTER UPDATE OF activity_id, contact_id ON activity_contact BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'activity_contact', new.id, f, o, n FROM (SELECT 'activity_id' f, old.activity_id o, new.activity_id n UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_activity_contact_delete BEFORE DELETE ON activity_contact BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'activity_contact', id, row FROM whole_activity_contact WHERE id = old.id;
END;

CREATE VIEW whole_attachment AS SELECT id, json_patch('{}', json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'path', path, 'size_bytes', size_bytes, 'sha256', sha256, 'account_id', account_id, 'contact_id', contact_id, 'opportunity_id', opportunity_id, 'activity_id', activity_id)) AS row FROM attachment;

CREATE TRIGGER journal_attachment_insert AFTER INSERT ON attachment BEGIN
  INSERT INTO journal_door VALUES (1);
  UPDATE attachment SET ref = substr(new.id, -COALESCE((SELECT min(n) FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM attachment WHERE ref = substr(new.id, -n))), 12)) WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'attachment', id, row FROM whole_attachment WHERE id = new.id;
END;

CREATE TRIGGER journal_attachment_update AFTER UPDATE OF deleted_at, name, path, size_bytes, sha256, account_id, contact_id, opportunity_id, activity_id ON attachment BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'attachment', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'path', old.path, new.path UNION ALL SELECT 'size_bytes', old.size_bytes, new.size_bytes UNION ALL SELECT 'sha256', old.sha256, new.sha256 UNION ALL SELECT 'account_id', old.account_id, new.account_id UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'opportunity_id', old.opportunity_id, new.opportunity_id UNION ALL SELECT 'activity_id', old.activity_id, new.activity_id) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_attachment_delete BEFORE DELETE ON attachment BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'attachment', id, row FROM whole_attachment WHERE id = old.id;
END;

CREATE VIEW whole_event AS SELECT id, json_patch('{}', json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'subject', subject, 'kind', kind, 'is_all_day', is_all_day, 'starts_wall', starts_wall, 'ends_wall', ends_wall, 'zone', zone, 'ends_zone', ends_zone, 'starts_at', starts_at, 'ends_at', ends_at, 'rule', rule, 'until_at', until_at, 'series_id', series_id, 'original_wall', original_wall, 'place', place, 'url', url, 'status', status, 'busy', busy, 'privacy', privacy, 'moved_count', moved_count, 'moved_why', moved_why, 'account_id', account_id, 'contact_id', contact_id, 'opportunity_id', opportunity_id, 'activity_id', activity_id, 'owner_id', owner_id, 'note', note, 'uid', uid, 'sequence', sequence, 'extra', extra)) AS row FROM event;

CREATE TRIGGER journal_event_insert AFTER INSERT ON event BEGIN
  INSERT INTO journal_door VALUES (1);
  UPDATE event SET ref = substr(new.id, -COALESCE((SELECT min(n) FROM ref_length WHERE NOT EXISTS (SELECT 1 FROM event WHERE ref = substr(new.id, -n))), 12)) WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'event', id, row FROM whole_event WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('event', new.id);
END;

CREATE TRIGGER journal_event_update AFTER UPDATE OF deleted_at, subject, kind, is_all_day, starts_wall, ends_wall, zone, ends_zone, starts_at, ends_at, rule, until_at, series_id, original_wall, place, url, status, busy, privacy, moved_count, moved_why, account_id, contact_id, opportunity_id, activity_id, owner_id, note, uid, sequence, extra ON event BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'event', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'subject', old.subject, new.subject UNION ALL SELECT 'kind', old.kind, new.kind UNION ALL SELECT 'is_all_day', old.is_all_day, new.is_all_day UNION ALL SELECT 'starts_wall', old.starts_wall, new.starts_wall UNION ALL SELECT 'ends_wall', old.ends_wall, new.ends_wall UNION ALL SELECT 'zone', old.zone, new.zone UNION ALL SELECT 'ends_zone', old.ends_zone, new.ends_zone UNION ALL SELECT 'starts_at', old.starts_at, new.starts_at UNION ALL SELECT 'ends_at', old.ends_at, new.ends_at UNION ALL SELECT 'rule', old.rule, new.rule UNION ALL SELECT 'until_at', old.until_at, new.until_at UNION ALL SELECT 'series_id', old.series_id, new.series_id UNION ALL SELECT 'original_wall', old.original_wall, new.original_wall UNION ALL SELECT 'place', old.place, new.place UNION ALL SELECT 'url', old.url, new.url UNION ALL SELECT 'status', old.status, new.status UNION ALL SELECT 'busy', old.busy, new.busy UNION ALL SELECT 'privacy', old.privacy, new.privacy UNION ALL SELECT 'moved_count', old.moved_count, new.moved_count UNION ALL SELECT 'moved_why', old.moved_why, new.moved_why UNION ALL SELECT 'account_id', old.account_id, new.account_id UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'opportunity_id', old.opportunity_id, new.opportunity_id UNION ALL SELECT 'activity_id', old.activity_id, new.activity_id UNION ALL SELECT 'owner_id', old.owner_id, new.owner_id UNION ALL SELECT 'note', old.note, new.note UNION ALL SELECT 'uid', old.uid, new.uid UNION ALL SELECT 'sequence', old.sequence, new.sequence UNION ALL SELECT 'extra', old.extra, new.extra) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('event', new.id);
END;

CREATE TRIGGER journal_event_delete BEFORE DELETE ON event BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'event', id, row FROM whole_event WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('event', old.id);
END;

CREATE VIEW whole_event_attendee AS SELECT id, json_patch('{}', json_object('id', id, 'event_id', event_id, 'contact_id', contact_id, 'name', name, 'address', address, 'answer', answer, 'is_organizer', is_organizer, 'is_optional', is_optional)) AS row FROM event_attendee;

CREATE TRIGGER journal_event_attendee_insert AFTER INSERT ON event_attendee BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'event_attendee', id, row FROM whole_event_attendee WHERE id = new.id;
END;

CREATE TRIGGER journal_event_attendee_update AFTER UPDATE OF event_id, contact_id, name, address, answer, is_organizer, is_optional ON event_attendee BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'event_attendee', new.id, f, o, n FROM (SELECT 'event_id' f, old.event_id o, new.event_id n UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'address', old.address, new.address UNION ALL SELECT 'answer', old.answer, new.answer UNION ALL SELECT 'is_organizer', old.is_organizer, new.is_organizer UNION ALL SELECT 'is_optional', old.is_optional, new.is_optional) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_event_attendee_delete BEFORE DELETE ON event_attendee BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'event_attendee', id, row FROM whole_event_attendee WHERE id = old.id;
END;

CREATE VIEW whole_event_reminder AS SELECT id, json_patch('{}', json_object('id', id, 'event_id', event_id, 'minutes_before', minutes_before)) AS row FROM event_reminder;

CREATE TRIGGER journal_event_reminder_insert AFTER INSERT ON event_reminder BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'event_reminder', id, row FROM whole_event_reminder WHERE id = new.id;
END;

CREATE TRIGGER journal_event_reminder_update AFTER UPDATE OF event_id, minutes_before ON event_reminder BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'event_reminder', new.id, f, o, n FROM (SELECT 'event_id' f, old.event_id o, new.event_id n UNION ALL SELECT 'minutes_before', old.minutes_before, new.minutes_before) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_event_reminder_delete BEFORE DELETE ON event_reminder BEGIN
  INSERT INTO journal_door VALUES (1);
  INSERT INTO change (operation_id, table_name, row_id, old) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'event_reminder', id, row FROM whole_event_reminder WHERE id = old.id;
END;
