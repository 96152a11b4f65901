CREATE VIEW journal_door AS SELECT direct_id FROM journal_state;

CREATE TRIGGER journal_door_open INSTEAD OF INSERT ON journal_door BEGIN
  UPDATE journal_state SET direct_id = (SELECT substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7' || substr(r, 1, 3) || '-8' || substr(r, 4, 3) || '-' || substr(r, 7, 12) FROM (SELECT printf('%012x', CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)) AS h, lower(hex(randomblob(9))) AS r)), direct_at = CAST(julianday('now') AS TEXT) WHERE (direct_at IS NULL OR CAST(direct_at AS REAL) < julianday('now') - 2.0 / 86400);
  INSERT OR IGNORE INTO operation (id, at, hlc, actor, device, verb, summary) SELECT direct_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), '', 'sql', COALESCE((SELECT value FROM setting WHERE key = 'device'), ''), 'sql', 'Direct change of the database' FROM journal_state;
END;

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

CREATE TRIGGER direct_external_id_insert BEFORE INSERT ON external_id WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_external_id_update BEFORE UPDATE ON external_id WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_external_id_delete BEFORE DELETE ON external_id WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_external_id_insert AFTER INSERT ON external_id BEGIN
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'external_id', new.id, json_patch('{}', json_object('id', new.id, 'table_name', new.table_name, 'row_id', new.row_id, 'source', new.source, 'value', new.value)));
END;

CREATE TRIGGER journal_external_id_update AFTER UPDATE OF table_name, row_id, source, value ON external_id BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'external_id', new.id, f, o, n FROM (SELECT 'table_name' f, old.table_name o, new.table_name n UNION ALL SELECT 'row_id', old.row_id, new.row_id UNION ALL SELECT 'source', old.source, new.source UNION ALL SELECT 'value', old.value, new.value) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_external_id_delete AFTER DELETE ON external_id BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'external_id', old.id, json_patch('{}', json_object('id', old.id, 'table_name', old.table_name, 'row_id', old.row_id, 'source', old.source, 'value', old.value)));
END;

CREATE TRIGGER direct_pipeline_insert BEFORE INSERT ON pipeline WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_pipeline_update BEFORE UPDATE ON pipeline WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_pipeline_delete BEFORE DELETE ON pipeline WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_pipeline_insert AFTER INSERT ON pipeline BEGIN
  UPDATE pipeline SET ref = CASE WHEN NOT EXISTS (SELECT 1 FROM pipeline WHERE ref = substr(new.id, -4)) THEN substr(new.id, -4) WHEN NOT EXISTS (SELECT 1 FROM pipeline WHERE ref = substr(new.id, -5)) THEN substr(new.id, -5) WHEN NOT EXISTS (SELECT 1 FROM pipeline WHERE ref = substr(new.id, -6)) THEN substr(new.id, -6) WHEN NOT EXISTS (SELECT 1 FROM pipeline WHERE ref = substr(new.id, -8)) THEN substr(new.id, -8) ELSE substr(new.id, -12) END WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'pipeline', new.id, json_patch('{}', json_object('id', new.id, 'ref', (SELECT ref FROM pipeline WHERE id = new.id), 'created_at', new.created_at, 'updated_at', new.updated_at, 'deleted_at', new.deleted_at, 'name', new.name, 'seq', new.seq)));
END;

CREATE TRIGGER journal_pipeline_update AFTER UPDATE OF deleted_at, name, seq ON pipeline BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'pipeline', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'seq', old.seq, new.seq) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_pipeline_delete AFTER DELETE ON pipeline BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'pipeline', old.id, json_patch('{}', json_object('id', old.id, 'ref', old.ref, 'created_at', old.created_at, 'updated_at', old.updated_at, 'deleted_at', old.deleted_at, 'name', old.name, 'seq', old.seq)));
END;

CREATE TRIGGER direct_product_insert BEFORE INSERT ON product WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_product_update BEFORE UPDATE ON product WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_product_delete BEFORE DELETE ON product WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_product_insert AFTER INSERT ON product BEGIN
  UPDATE product SET ref = CASE WHEN NOT EXISTS (SELECT 1 FROM product WHERE ref = substr(new.id, -4)) THEN substr(new.id, -4) WHEN NOT EXISTS (SELECT 1 FROM product WHERE ref = substr(new.id, -5)) THEN substr(new.id, -5) WHEN NOT EXISTS (SELECT 1 FROM product WHERE ref = substr(new.id, -6)) THEN substr(new.id, -6) WHEN NOT EXISTS (SELECT 1 FROM product WHERE ref = substr(new.id, -8)) THEN substr(new.id, -8) ELSE substr(new.id, -12) END WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'product', new.id, json_patch('{}', json_object('id', new.id, 'ref', (SELECT ref FROM product WHERE id = new.id), 'created_at', new.created_at, 'updated_at', new.updated_at, 'deleted_at', new.deleted_at, 'name', new.name, 'code', new.code, 'category', new.category, 'unit', new.unit, 'price_dec6', new.price_dec6, 'cost_dec6', new.cost_dec6, 'currency', new.currency, 'is_active', new.is_active, 'description', new.description, 'custom', new.custom)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('product', new.id);
END;

CREATE TRIGGER journal_product_update AFTER UPDATE OF deleted_at, name, code, category, unit, price_dec6, cost_dec6, currency, is_active, description, custom ON product BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'product', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'code', old.code, new.code UNION ALL SELECT 'category', old.category, new.category UNION ALL SELECT 'unit', old.unit, new.unit UNION ALL SELECT 'price_dec6', old.price_dec6, new.price_dec6 UNION ALL SELECT 'cost_dec6', old.cost_dec6, new.cost_dec6 UNION ALL SELECT 'currency', old.currency, new.currency UNION ALL SELECT 'is_active', old.is_active, new.is_active UNION ALL SELECT 'description', old.description, new.description UNION ALL SELECT 'custom', old.custom, new.custom) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('product', new.id);
END;

CREATE TRIGGER journal_product_delete AFTER DELETE ON product BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'product', old.id, json_patch('{}', json_object('id', old.id, 'ref', old.ref, 'created_at', old.created_at, 'updated_at', old.updated_at, 'deleted_at', old.deleted_at, 'name', old.name, 'code', old.code, 'category', old.category, 'unit', old.unit, 'price_dec6', old.price_dec6, 'cost_dec6', old.cost_dec6, 'currency', old.currency, 'is_active', old.is_active, 'description', old.description, 'custom', old.custom)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('product', old.id);
END;

CREATE TRIGGER direct_tag_insert BEFORE INSERT ON tag WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_tag_update BEFORE UPDATE ON tag WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_tag_delete BEFORE DELETE ON tag WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_tag_insert AFTER INSERT ON tag BEGIN
  UPDATE tag SET ref = CASE WHEN NOT EXISTS (SELECT 1 FROM tag WHERE ref = substr(new.id, -4)) THEN substr(new.id, -4) WHEN NOT EXISTS (SELECT 1 FROM tag WHERE ref = substr(new.id, -5)) THEN substr(new.id, -5) WHEN NOT EXISTS (SELECT 1 FROM tag WHERE ref = substr(new.id, -6)) THEN substr(new.id, -6) WHEN NOT EXISTS (SELECT 1 FROM tag WHERE ref = substr(new.id, -8)) THEN substr(new.id, -8) ELSE substr(new.id, -12) END WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'tag', new.id, json_patch('{}', json_object('id', new.id, 'ref', (SELECT ref FROM tag WHERE id = new.id), 'created_at', new.created_at, 'updated_at', new.updated_at, 'deleted_at', new.deleted_at, 'name', new.name)));
END;

CREATE TRIGGER journal_tag_update AFTER UPDATE OF deleted_at, name ON tag BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'tag', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_tag_delete AFTER DELETE ON tag BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'tag', old.id, json_patch('{}', json_object('id', old.id, 'ref', old.ref, 'created_at', old.created_at, 'updated_at', old.updated_at, 'deleted_at', old.deleted_at, 'name', old.name)));
END;

CREATE TRIGGER direct_team_insert BEFORE INSERT ON team WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_team_update BEFORE UPDATE ON team WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_team_delete BEFORE DELETE ON team WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_team_insert AFTER INSERT ON team BEGIN
  UPDATE team SET ref = CASE WHEN NOT EXISTS (SELECT 1 FROM team WHERE ref = substr(new.id, -4)) THEN substr(new.id, -4) WHEN NOT EXISTS (SELECT 1 FROM team WHERE ref = substr(new.id, -5)) THEN substr(new.id, -5) WHEN NOT EXISTS (SELECT 1 FROM team WHERE ref = substr(new.id, -6)) THEN substr(new.id, -6) WHEN NOT EXISTS (SELECT 1 FROM team WHERE ref = substr(new.id, -8)) THEN substr(new.id, -8) ELSE substr(new.id, -12) END WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'team', new.id, json_patch('{}', json_object('id', new.id, 'ref', (SELECT ref FROM team WHERE id = new.id), 'created_at', new.created_at, 'updated_at', new.updated_at, 'deleted_at', new.deleted_at, 'name', new.name)));
END;

CREATE TRIGGER journal_team_update AFTER UPDATE OF deleted_at, name ON team BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'team', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_team_delete AFTER DELETE ON team BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'team', old.id, json_patch('{}', json_object('id', old.id, 'ref', old.ref, 'created_at', old.created_at, 'updated_at', old.updated_at, 'deleted_at', old.deleted_at, 'name', old.name)));
END;

CREATE TRIGGER direct_territory_insert BEFORE INSERT ON territory WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_territory_update BEFORE UPDATE ON territory WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_territory_delete BEFORE DELETE ON territory WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_territory_insert AFTER INSERT ON territory BEGIN
  UPDATE territory SET ref = CASE WHEN NOT EXISTS (SELECT 1 FROM territory WHERE ref = substr(new.id, -4)) THEN substr(new.id, -4) WHEN NOT EXISTS (SELECT 1 FROM territory WHERE ref = substr(new.id, -5)) THEN substr(new.id, -5) WHEN NOT EXISTS (SELECT 1 FROM territory WHERE ref = substr(new.id, -6)) THEN substr(new.id, -6) WHEN NOT EXISTS (SELECT 1 FROM territory WHERE ref = substr(new.id, -8)) THEN substr(new.id, -8) ELSE substr(new.id, -12) END WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'territory', new.id, json_patch('{}', json_object('id', new.id, 'ref', (SELECT ref FROM territory WHERE id = new.id), 'created_at', new.created_at, 'updated_at', new.updated_at, 'deleted_at', new.deleted_at, 'name', new.name, 'parent_id', new.parent_id)));
END;

CREATE TRIGGER journal_territory_update AFTER UPDATE OF deleted_at, name, parent_id ON territory BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'territory', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'parent_id', old.parent_id, new.parent_id) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_territory_delete AFTER DELETE ON territory BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'territory', old.id, json_patch('{}', json_object('id', old.id, 'ref', old.ref, 'created_at', old.created_at, 'updated_at', old.updated_at, 'deleted_at', old.deleted_at, 'name', old.name, 'parent_id', old.parent_id)));
END;

CREATE TRIGGER direct_app_user_insert BEFORE INSERT ON app_user WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_app_user_update BEFORE UPDATE ON app_user WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_app_user_delete BEFORE DELETE ON app_user WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_app_user_insert AFTER INSERT ON app_user BEGIN
  UPDATE app_user SET ref = CASE WHEN NOT EXISTS (SELECT 1 FROM app_user WHERE ref = substr(new.id, -4)) THEN substr(new.id, -4) WHEN NOT EXISTS (SELECT 1 FROM app_user WHERE ref = substr(new.id, -5)) THEN substr(new.id, -5) WHEN NOT EXISTS (SELECT 1 FROM app_user WHERE ref = substr(new.id, -6)) THEN substr(new.id, -6) WHEN NOT EXISTS (SELECT 1 FROM app_user WHERE ref = substr(new.id, -8)) THEN substr(new.id, -8) ELSE substr(new.id, -12) END WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'app_user', new.id, json_patch('{}', json_object('id', new.id, 'ref', (SELECT ref FROM app_user WHERE id = new.id), 'created_at', new.created_at, 'updated_at', new.updated_at, 'deleted_at', new.deleted_at, 'name', new.name, 'email', new.email, 'role', new.role, 'manager_id', new.manager_id, 'team_id', new.team_id, 'territory_id', new.territory_id, 'region', new.region, 'is_active', new.is_active)));
END;

CREATE TRIGGER journal_app_user_update AFTER UPDATE OF deleted_at, name, email, role, manager_id, team_id, territory_id, region, is_active ON app_user BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'app_user', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'email', old.email, new.email UNION ALL SELECT 'role', old.role, new.role UNION ALL SELECT 'manager_id', old.manager_id, new.manager_id UNION ALL SELECT 'team_id', old.team_id, new.team_id UNION ALL SELECT 'territory_id', old.territory_id, new.territory_id UNION ALL SELECT 'region', old.region, new.region UNION ALL SELECT 'is_active', old.is_active, new.is_active) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_app_user_delete AFTER DELETE ON app_user BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'app_user', old.id, json_patch('{}', json_object('id', old.id, 'ref', old.ref, 'created_at', old.created_at, 'updated_at', old.updated_at, 'deleted_at', old.deleted_at, 'name', old.name, 'email', old.email, 'role', old.role, 'manager_id', old.manager_id, 'team_id', old.team_id, 'territory_id', old.territory_id, 'region', old.region, 'is_active', old.is_active)));
END;

CREATE TRIGGER direct_record_tag_insert BEFORE INSERT ON record_tag WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_record_tag_update BEFORE UPDATE ON record_tag WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_record_tag_delete BEFORE DELETE ON record_tag WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_record_tag_insert AFTER INSERT ON record_tag BEGIN
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'record_tag', new.id, json_patch('{}', json_object('id', new.id, 'table_name', new.table_name, 'row_id', new.row_id, 'tag_id', new.tag_id)));
END;

CREATE TRIGGER journal_record_tag_update AFTER UPDATE OF table_name, row_id, tag_id ON record_tag BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'record_tag', new.id, f, o, n FROM (SELECT 'table_name' f, old.table_name o, new.table_name n UNION ALL SELECT 'row_id', old.row_id, new.row_id UNION ALL SELECT 'tag_id', old.tag_id, new.tag_id) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_record_tag_delete AFTER DELETE ON record_tag BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'record_tag', old.id, json_patch('{}', json_object('id', old.id, 'table_name', old.table_name, 'row_id', old.row_id, 'tag_id', old.tag_id)));
END;

CREATE TRIGGER direct_stage_insert BEFORE INSERT ON stage WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_stage_update BEFORE UPDATE ON stage WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_stage_delete BEFORE DELETE ON stage WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_stage_insert AFTER INSERT ON stage BEGIN
  UPDATE stage SET ref = CASE WHEN NOT EXISTS (SELECT 1 FROM stage WHERE ref = substr(new.id, -4)) THEN substr(new.id, -4) WHEN NOT EXISTS (SELECT 1 FROM stage WHERE ref = substr(new.id, -5)) THEN substr(new.id, -5) WHEN NOT EXISTS (SELECT 1 FROM stage WHERE ref = substr(new.id, -6)) THEN substr(new.id, -6) WHEN NOT EXISTS (SELECT 1 FROM stage WHERE ref = substr(new.id, -8)) THEN substr(new.id, -8) ELSE substr(new.id, -12) END WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'stage', new.id, json_patch('{}', json_object('id', new.id, 'ref', (SELECT ref FROM stage WHERE id = new.id), 'created_at', new.created_at, 'updated_at', new.updated_at, 'deleted_at', new.deleted_at, 'pipeline_id', new.pipeline_id, 'seq', new.seq, 'name', new.name, 'type', new.type, 'probability_ppm', new.probability_ppm, 'category', new.category, 'rot_days', new.rot_days, 'exit_checklist', new.exit_checklist)));
END;

CREATE TRIGGER journal_stage_update AFTER UPDATE OF deleted_at, pipeline_id, seq, name, type, probability_ppm, category, rot_days, exit_checklist ON stage BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'stage', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'pipeline_id', old.pipeline_id, new.pipeline_id UNION ALL SELECT 'seq', old.seq, new.seq UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'type', old.type, new.type UNION ALL SELECT 'probability_ppm', old.probability_ppm, new.probability_ppm UNION ALL SELECT 'category', old.category, new.category UNION ALL SELECT 'rot_days', old.rot_days, new.rot_days UNION ALL SELECT 'exit_checklist', old.exit_checklist, new.exit_checklist) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_stage_delete AFTER DELETE ON stage BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'stage', old.id, json_patch('{}', json_object('id', old.id, 'ref', old.ref, 'created_at', old.created_at, 'updated_at', old.updated_at, 'deleted_at', old.deleted_at, 'pipeline_id', old.pipeline_id, 'seq', old.seq, 'name', old.name, 'type', old.type, 'probability_ppm', old.probability_ppm, 'category', old.category, 'rot_days', old.rot_days, 'exit_checklist', old.exit_checklist)));
END;

CREATE TRIGGER direct_account_insert BEFORE INSERT ON account WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_account_update BEFORE UPDATE ON account WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_account_delete BEFORE DELETE ON account WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_account_insert AFTER INSERT ON account BEGIN
  UPDATE account SET ref = CASE WHEN NOT EXISTS (SELECT 1 FROM account WHERE ref = substr(new.id, -4)) THEN substr(new.id, -4) WHEN NOT EXISTS (SELECT 1 FROM account WHERE ref = substr(new.id, -5)) THEN substr(new.id, -5) WHEN NOT EXISTS (SELECT 1 FROM account WHERE ref = substr(new.id, -6)) THEN substr(new.id, -6) WHEN NOT EXISTS (SELECT 1 FROM account WHERE ref = substr(new.id, -8)) THEN substr(new.id, -8) ELSE substr(new.id, -12) END WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'account', new.id, json_patch('{}', json_object('id', new.id, 'ref', (SELECT ref FROM account WHERE id = new.id), 'created_at', new.created_at, 'updated_at', new.updated_at, 'deleted_at', new.deleted_at, 'name', new.name, 'legal_name', new.legal_name, 'parent_id', new.parent_id, 'type', new.type, 'lifecycle', new.lifecycle, 'industry', new.industry, 'segment', new.segment, 'employees', new.employees, 'annual_revenue_minor', new.annual_revenue_minor, 'currency', new.currency, 'payment_terms_days', new.payment_terms_days, 'credit_limit_minor', new.credit_limit_minor, 'website', new.website, 'domain', new.domain, 'tax_id', new.tax_id, 'owner_id', new.owner_id, 'team_id', new.team_id, 'territory_id', new.territory_id, 'language', new.language, 'source', new.source, 'founded_year', new.founded_year, 'created_on', new.created_on, 'description', new.description, 'custom', new.custom, 'match_key', new.match_key)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('account', new.id);
END;

CREATE TRIGGER journal_account_update AFTER UPDATE OF deleted_at, name, legal_name, parent_id, type, lifecycle, industry, segment, employees, annual_revenue_minor, currency, payment_terms_days, credit_limit_minor, website, domain, tax_id, owner_id, team_id, territory_id, language, source, founded_year, created_on, description, custom, match_key ON account BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'account', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'legal_name', old.legal_name, new.legal_name UNION ALL SELECT 'parent_id', old.parent_id, new.parent_id UNION ALL SELECT 'type', old.type, new.type UNION ALL SELECT 'lifecycle', old.lifecycle, new.lifecycle UNION ALL SELECT 'industry', old.industry, new.industry UNION ALL SELECT 'segment', old.segment, new.segment UNION ALL SELECT 'employees', old.employees, new.employees UNION ALL SELECT 'annual_revenue_minor', old.annual_revenue_minor, new.annual_revenue_minor UNION ALL SELECT 'currency', old.currency, new.currency UNION ALL SELECT 'payment_terms_days', old.payment_terms_days, new.payment_terms_days UNION ALL SELECT 'credit_limit_minor', old.credit_limit_minor, new.credit_limit_minor UNION ALL SELECT 'website', old.website, new.website UNION ALL SELECT 'domain', old.domain, new.domain UNION ALL SELECT 'tax_id', old.tax_id, new.tax_id UNION ALL SELECT 'owner_id', old.owner_id, new.owner_id UNION ALL SELECT 'team_id', old.team_id, new.team_id UNION ALL SELECT 'territory_id', old.territory_id, new.territory_id UNION ALL SELECT 'language', old.language, new.language UNION ALL SELECT 'source', old.source, new.source UNION ALL SELECT 'founded_year', old.founded_year, new.founded_year UNION ALL SELECT 'created_on', old.created_on, new.created_on UNION ALL SELECT 'description', old.description, new.description UNION ALL SELECT 'custom', old.custom, new.custom UNION ALL SELECT 'match_key', old.match_key, new.match_key) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('account', new.id);
END;

CREATE TRIGGER journal_account_delete AFTER DELETE ON account BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'account', old.id, json_patch('{}', json_object('id', old.id, 'ref', old.ref, 'created_at', old.created_at, 'updated_at', old.updated_at, 'deleted_at', old.deleted_at, 'name', old.name, 'legal_name', old.legal_name, 'parent_id', old.parent_id, 'type', old.type, 'lifecycle', old.lifecycle, 'industry', old.industry, 'segment', old.segment, 'employees', old.employees, 'annual_revenue_minor', old.annual_revenue_minor, 'currency', old.currency, 'payment_terms_days', old.payment_terms_days, 'credit_limit_minor', old.credit_limit_minor, 'website', old.website, 'domain', old.domain, 'tax_id', old.tax_id, 'owner_id', old.owner_id, 'team_id', old.team_id, 'territory_id', old.territory_id, 'language', old.language, 'source', old.source, 'founded_year', old.founded_year, 'created_on', old.created_on, 'description', old.description, 'custom', old.custom, 'match_key', old.match_key)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('account', old.id);
END;

CREATE TRIGGER direct_contact_insert BEFORE INSERT ON contact WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_contact_update BEFORE UPDATE ON contact WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_contact_delete BEFORE DELETE ON contact WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_contact_insert AFTER INSERT ON contact BEGIN
  UPDATE contact SET ref = CASE WHEN NOT EXISTS (SELECT 1 FROM contact WHERE ref = substr(new.id, -4)) THEN substr(new.id, -4) WHEN NOT EXISTS (SELECT 1 FROM contact WHERE ref = substr(new.id, -5)) THEN substr(new.id, -5) WHEN NOT EXISTS (SELECT 1 FROM contact WHERE ref = substr(new.id, -6)) THEN substr(new.id, -6) WHEN NOT EXISTS (SELECT 1 FROM contact WHERE ref = substr(new.id, -8)) THEN substr(new.id, -8) ELSE substr(new.id, -12) END WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'contact', new.id, json_patch('{}', json_object('id', new.id, 'ref', (SELECT ref FROM contact WHERE id = new.id), 'created_at', new.created_at, 'updated_at', new.updated_at, 'deleted_at', new.deleted_at, 'name', new.name, 'given_name', new.given_name, 'family_name', new.family_name, 'middle_name', new.middle_name, 'prefix', new.prefix, 'suffix', new.suffix, 'nickname', new.nickname, 'title', new.title, 'department', new.department, 'reports_to_id', new.reports_to_id, 'birthday', new.birthday, 'language', new.language, 'preferred_channel', new.preferred_channel, 'preferred_time', new.preferred_time, 'owner_id', new.owner_id, 'source', new.source, 'created_on', new.created_on, 'description', new.description, 'custom', new.custom, 'match_key', new.match_key, 'uid', new.uid, 'extra', new.extra)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('contact', new.id);
END;

CREATE TRIGGER journal_contact_update AFTER UPDATE OF deleted_at, name, given_name, family_name, middle_name, prefix, suffix, nickname, title, department, reports_to_id, birthday, language, preferred_channel, preferred_time, owner_id, source, created_on, description, custom, match_key, uid, extra ON contact BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'contact', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'given_name', old.given_name, new.given_name UNION ALL SELECT 'family_name', old.family_name, new.family_name UNION ALL SELECT 'middle_name', old.middle_name, new.middle_name UNION ALL SELECT 'prefix', old.prefix, new.prefix UNION ALL SELECT 'suffix', old.suffix, new.suffix UNION ALL SELECT 'nickname', old.nickname, new.nickname UNION ALL SELECT 'title', old.title, new.title UNION ALL SELECT 'department', old.department, new.department UNION ALL SELECT 'reports_to_id', old.reports_to_id, new.reports_to_id UNION ALL SELECT 'birthday', old.birthday, new.birthday UNION ALL SELECT 'language', old.language, new.language UNION ALL SELECT 'preferred_channel', old.preferred_channel, new.preferred_channel UNION ALL SELECT 'preferred_time', old.preferred_time, new.preferred_time UNION ALL SELECT 'owner_id', old.owner_id, new.owner_id UNION ALL SELECT 'source', old.source, new.source UNION ALL SELECT 'created_on', old.created_on, new.created_on UNION ALL SELECT 'description', old.description, new.description UNION ALL SELECT 'custom', old.custom, new.custom UNION ALL SELECT 'match_key', old.match_key, new.match_key UNION ALL SELECT 'uid', old.uid, new.uid UNION ALL SELECT 'extra', old.extra, new.extra) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('contact', new.id);
END;

CREATE TRIGGER journal_contact_delete AFTER DELETE ON contact BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'contact', old.id, json_patch('{}', json_object('id', old.id, 'ref', old.ref, 'created_at', old.created_at, 'updated_at', old.updated_at, 'deleted_at', old.deleted_at, 'name', old.name, 'given_name', old.given_name, 'family_name', old.family_name, 'middle_name', old.middle_name, 'prefix', old.prefix, 'suffix', old.suffix, 'nickname', old.nickname, 'title', old.title, 'department', old.department, 'reports_to_id', old.reports_to_id, 'birthday', old.birthday, 'language', old.language, 'preferred_channel', old.preferred_channel, 'preferred_time', old.preferred_time, 'owner_id', old.owner_id, 'source', old.source, 'created_on', old.created_on, 'description', old.description, 'custom', old.custom, 'match_key', old.match_key, 'uid', old.uid, 'extra', old.extra)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('contact', old.id);
END;

CREATE TRIGGER direct_lead_insert BEFORE INSERT ON lead WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_lead_update BEFORE UPDATE ON lead WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_lead_delete BEFORE DELETE ON lead WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_lead_insert AFTER INSERT ON lead BEGIN
  UPDATE lead SET ref = CASE WHEN NOT EXISTS (SELECT 1 FROM lead WHERE ref = substr(new.id, -4)) THEN substr(new.id, -4) WHEN NOT EXISTS (SELECT 1 FROM lead WHERE ref = substr(new.id, -5)) THEN substr(new.id, -5) WHEN NOT EXISTS (SELECT 1 FROM lead WHERE ref = substr(new.id, -6)) THEN substr(new.id, -6) WHEN NOT EXISTS (SELECT 1 FROM lead WHERE ref = substr(new.id, -8)) THEN substr(new.id, -8) ELSE substr(new.id, -12) END WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'lead', new.id, json_patch('{}', json_object('id', new.id, 'ref', (SELECT ref FROM lead WHERE id = new.id), 'created_at', new.created_at, 'updated_at', new.updated_at, 'deleted_at', new.deleted_at, 'name', new.name, 'given_name', new.given_name, 'family_name', new.family_name, 'company', new.company, 'title', new.title, 'email', new.email, 'phone', new.phone, 'website', new.website, 'industry', new.industry, 'source', new.source, 'status', new.status, 'owner_id', new.owner_id, 'created_on', new.created_on, 'description', new.description, 'custom', new.custom)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('lead', new.id);
END;

CREATE TRIGGER journal_lead_update AFTER UPDATE OF deleted_at, name, given_name, family_name, company, title, email, phone, website, industry, source, status, owner_id, created_on, description, custom ON lead BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'lead', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'given_name', old.given_name, new.given_name UNION ALL SELECT 'family_name', old.family_name, new.family_name UNION ALL SELECT 'company', old.company, new.company UNION ALL SELECT 'title', old.title, new.title UNION ALL SELECT 'email', old.email, new.email UNION ALL SELECT 'phone', old.phone, new.phone UNION ALL SELECT 'website', old.website, new.website UNION ALL SELECT 'industry', old.industry, new.industry UNION ALL SELECT 'source', old.source, new.source UNION ALL SELECT 'status', old.status, new.status UNION ALL SELECT 'owner_id', old.owner_id, new.owner_id UNION ALL SELECT 'created_on', old.created_on, new.created_on UNION ALL SELECT 'description', old.description, new.description UNION ALL SELECT 'custom', old.custom, new.custom) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('lead', new.id);
END;

CREATE TRIGGER journal_lead_delete AFTER DELETE ON lead BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'lead', old.id, json_patch('{}', json_object('id', old.id, 'ref', old.ref, 'created_at', old.created_at, 'updated_at', old.updated_at, 'deleted_at', old.deleted_at, 'name', old.name, 'given_name', old.given_name, 'family_name', old.family_name, 'company', old.company, 'title', old.title, 'email', old.email, 'phone', old.phone, 'website', old.website, 'industry', old.industry, 'source', old.source, 'status', old.status, 'owner_id', old.owner_id, 'created_on', old.created_on, 'description', old.description, 'custom', old.custom)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('lead', old.id);
END;

CREATE TRIGGER direct_account_relation_insert BEFORE INSERT ON account_relation WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_account_relation_update BEFORE UPDATE ON account_relation WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_account_relation_delete BEFORE DELETE ON account_relation WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_account_relation_insert AFTER INSERT ON account_relation BEGIN
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'account_relation', new.id, json_patch('{}', json_object('id', new.id, 'account_id', new.account_id, 'other_id', new.other_id, 'kind', new.kind, 'note', new.note)));
END;

CREATE TRIGGER journal_account_relation_update AFTER UPDATE OF account_id, other_id, kind, note ON account_relation BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'account_relation', new.id, f, o, n FROM (SELECT 'account_id' f, old.account_id o, new.account_id n UNION ALL SELECT 'other_id', old.other_id, new.other_id UNION ALL SELECT 'kind', old.kind, new.kind UNION ALL SELECT 'note', old.note, new.note) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_account_relation_delete AFTER DELETE ON account_relation BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'account_relation', old.id, json_patch('{}', json_object('id', old.id, 'account_id', old.account_id, 'other_id', old.other_id, 'kind', old.kind, 'note', old.note)));
END;

CREATE TRIGGER direct_address_insert BEFORE INSERT ON address WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_address_update BEFORE UPDATE ON address WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_address_delete BEFORE DELETE ON address WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_address_insert AFTER INSERT ON address BEGIN
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'address', new.id, json_patch('{}', json_object('id', new.id, 'account_id', new.account_id, 'contact_id', new.contact_id, 'kind', new.kind, 'street', new.street, 'city', new.city, 'region', new.region, 'postal_code', new.postal_code, 'country', new.country)));
END;

CREATE TRIGGER journal_address_update AFTER UPDATE OF account_id, contact_id, kind, street, city, region, postal_code, country ON address BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'address', new.id, f, o, n FROM (SELECT 'account_id' f, old.account_id o, new.account_id n UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'kind', old.kind, new.kind UNION ALL SELECT 'street', old.street, new.street UNION ALL SELECT 'city', old.city, new.city UNION ALL SELECT 'region', old.region, new.region UNION ALL SELECT 'postal_code', old.postal_code, new.postal_code UNION ALL SELECT 'country', old.country, new.country) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_address_delete AFTER DELETE ON address BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'address', old.id, json_patch('{}', json_object('id', old.id, 'account_id', old.account_id, 'contact_id', old.contact_id, 'kind', old.kind, 'street', old.street, 'city', old.city, 'region', old.region, 'postal_code', old.postal_code, 'country', old.country)));
END;

CREATE TRIGGER direct_consent_event_insert BEFORE INSERT ON consent_event WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_consent_event_update BEFORE UPDATE ON consent_event WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_consent_event_delete BEFORE DELETE ON consent_event WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_consent_event_insert AFTER INSERT ON consent_event BEGIN
  UPDATE consent_event SET ref = CASE WHEN NOT EXISTS (SELECT 1 FROM consent_event WHERE ref = substr(new.id, -4)) THEN substr(new.id, -4) WHEN NOT EXISTS (SELECT 1 FROM consent_event WHERE ref = substr(new.id, -5)) THEN substr(new.id, -5) WHEN NOT EXISTS (SELECT 1 FROM consent_event WHERE ref = substr(new.id, -6)) THEN substr(new.id, -6) WHEN NOT EXISTS (SELECT 1 FROM consent_event WHERE ref = substr(new.id, -8)) THEN substr(new.id, -8) ELSE substr(new.id, -12) END WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'consent_event', new.id, json_patch('{}', json_object('id', new.id, 'ref', (SELECT ref FROM consent_event WHERE id = new.id), 'created_at', new.created_at, 'updated_at', new.updated_at, 'deleted_at', new.deleted_at, 'contact_id', new.contact_id, 'channel', new.channel, 'purpose', new.purpose, 'stance', new.stance, 'said_at', new.said_at, 'source', new.source, 'evidence', new.evidence)));
END;

CREATE TRIGGER journal_consent_event_update AFTER UPDATE OF deleted_at, contact_id, channel, purpose, stance, said_at, source, evidence ON consent_event BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'consent_event', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'channel', old.channel, new.channel UNION ALL SELECT 'purpose', old.purpose, new.purpose UNION ALL SELECT 'stance', old.stance, new.stance UNION ALL SELECT 'said_at', old.said_at, new.said_at UNION ALL SELECT 'source', old.source, new.source UNION ALL SELECT 'evidence', old.evidence, new.evidence) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_consent_event_delete AFTER DELETE ON consent_event BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'consent_event', old.id, json_patch('{}', json_object('id', old.id, 'ref', old.ref, 'created_at', old.created_at, 'updated_at', old.updated_at, 'deleted_at', old.deleted_at, 'contact_id', old.contact_id, 'channel', old.channel, 'purpose', old.purpose, 'stance', old.stance, 'said_at', old.said_at, 'source', old.source, 'evidence', old.evidence)));
END;

CREATE TRIGGER direct_contact_relation_insert BEFORE INSERT ON contact_relation WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_contact_relation_update BEFORE UPDATE ON contact_relation WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_contact_relation_delete BEFORE DELETE ON contact_relation WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_contact_relation_insert AFTER INSERT ON contact_relation BEGIN
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'contact_relation', new.id, json_patch('{}', json_object('id', new.id, 'contact_id', new.contact_id, 'other_id', new.other_id, 'kind', new.kind, 'note', new.note)));
END;

CREATE TRIGGER journal_contact_relation_update AFTER UPDATE OF contact_id, other_id, kind, note ON contact_relation BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'contact_relation', new.id, f, o, n FROM (SELECT 'contact_id' f, old.contact_id o, new.contact_id n UNION ALL SELECT 'other_id', old.other_id, new.other_id UNION ALL SELECT 'kind', old.kind, new.kind UNION ALL SELECT 'note', old.note, new.note) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_contact_relation_delete AFTER DELETE ON contact_relation BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'contact_relation', old.id, json_patch('{}', json_object('id', old.id, 'contact_id', old.contact_id, 'other_id', old.other_id, 'kind', old.kind, 'note', old.note)));
END;

CREATE TRIGGER direct_contact_role_insert BEFORE INSERT ON contact_role WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_contact_role_update BEFORE UPDATE ON contact_role WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_contact_role_delete BEFORE DELETE ON contact_role WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_contact_role_insert AFTER INSERT ON contact_role BEGIN
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'contact_role', new.id, json_patch('{}', json_object('id', new.id, 'account_id', new.account_id, 'contact_id', new.contact_id, 'role', new.role, 'is_primary', new.is_primary, 'valid_from', new.valid_from, 'valid_to', new.valid_to)));
END;

CREATE TRIGGER journal_contact_role_update AFTER UPDATE OF account_id, contact_id, role, is_primary, valid_from, valid_to ON contact_role BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'contact_role', new.id, f, o, n FROM (SELECT 'account_id' f, old.account_id o, new.account_id n UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'role', old.role, new.role UNION ALL SELECT 'is_primary', old.is_primary, new.is_primary UNION ALL SELECT 'valid_from', old.valid_from, new.valid_from UNION ALL SELECT 'valid_to', old.valid_to, new.valid_to) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_contact_role_delete AFTER DELETE ON contact_role BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'contact_role', old.id, json_patch('{}', json_object('id', old.id, 'account_id', old.account_id, 'contact_id', old.contact_id, 'role', old.role, 'is_primary', old.is_primary, 'valid_from', old.valid_from, 'valid_to', old.valid_to)));
END;

CREATE TRIGGER direct_email_insert BEFORE INSERT ON email WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_email_update BEFORE UPDATE ON email WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_email_delete BEFORE DELETE ON email WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_email_insert AFTER INSERT ON email BEGIN
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'email', new.id, json_patch('{}', json_object('id', new.id, 'account_id', new.account_id, 'contact_id', new.contact_id, 'kind', new.kind, 'address', new.address, 'folded', new.folded, 'is_primary', new.is_primary, 'is_invalid', new.is_invalid)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', new.account_id WHERE new.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_email_update AFTER UPDATE OF account_id, contact_id, kind, address, folded, is_primary, is_invalid ON email BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'email', new.id, f, o, n FROM (SELECT 'account_id' f, old.account_id o, new.account_id n UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'kind', old.kind, new.kind UNION ALL SELECT 'address', old.address, new.address UNION ALL SELECT 'folded', old.folded, new.folded UNION ALL SELECT 'is_primary', old.is_primary, new.is_primary UNION ALL SELECT 'is_invalid', old.is_invalid, new.is_invalid) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', new.account_id WHERE new.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_email_delete AFTER DELETE ON email BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'email', old.id, json_patch('{}', json_object('id', old.id, 'account_id', old.account_id, 'contact_id', old.contact_id, 'kind', old.kind, 'address', old.address, 'folded', old.folded, 'is_primary', old.is_primary, 'is_invalid', old.is_invalid)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', old.account_id WHERE old.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', old.contact_id WHERE old.contact_id IS NOT NULL;
END;

CREATE TRIGGER direct_opportunity_insert BEFORE INSERT ON opportunity WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_opportunity_update BEFORE UPDATE ON opportunity WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_opportunity_delete BEFORE DELETE ON opportunity WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_opportunity_insert AFTER INSERT ON opportunity BEGIN
  UPDATE opportunity SET ref = CASE WHEN NOT EXISTS (SELECT 1 FROM opportunity WHERE ref = substr(new.id, -4)) THEN substr(new.id, -4) WHEN NOT EXISTS (SELECT 1 FROM opportunity WHERE ref = substr(new.id, -5)) THEN substr(new.id, -5) WHEN NOT EXISTS (SELECT 1 FROM opportunity WHERE ref = substr(new.id, -6)) THEN substr(new.id, -6) WHEN NOT EXISTS (SELECT 1 FROM opportunity WHERE ref = substr(new.id, -8)) THEN substr(new.id, -8) ELSE substr(new.id, -12) END WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity', new.id, json_patch('{}', json_object('id', new.id, 'ref', (SELECT ref FROM opportunity WHERE id = new.id), 'created_at', new.created_at, 'updated_at', new.updated_at, 'deleted_at', new.deleted_at, 'name', new.name, 'account_id', new.account_id, 'pipeline_id', new.pipeline_id, 'stage_id', new.stage_id, 'owner_id', new.owner_id, 'amount_minor', new.amount_minor, 'currency', new.currency, 'close_date', new.close_date, 'created_on', new.created_on, 'closed_on', new.closed_on, 'is_won', new.is_won, 'probability_ppm', new.probability_ppm, 'is_probability_overridden', new.is_probability_overridden, 'category', new.category, 'is_category_overridden', new.is_category_overridden, 'override_reason', new.override_reason, 'type', new.type, 'source', new.source, 'campaign', new.campaign, 'territory_id', new.territory_id, 'next_step', new.next_step, 'next_step_on', new.next_step_on, 'win_reason', new.win_reason, 'loss_reason', new.loss_reason, 'loss_note', new.loss_note, 'competitor', new.competitor, 'discount_ppm', new.discount_ppm, 'description', new.description, 'custom', new.custom)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('opportunity', new.id);
END;

CREATE TRIGGER journal_opportunity_update AFTER UPDATE OF deleted_at, name, account_id, pipeline_id, stage_id, owner_id, amount_minor, currency, close_date, created_on, closed_on, is_won, probability_ppm, is_probability_overridden, category, is_category_overridden, override_reason, type, source, campaign, territory_id, next_step, next_step_on, win_reason, loss_reason, loss_note, competitor, discount_ppm, description, custom ON opportunity BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'account_id', old.account_id, new.account_id UNION ALL SELECT 'pipeline_id', old.pipeline_id, new.pipeline_id UNION ALL SELECT 'stage_id', old.stage_id, new.stage_id UNION ALL SELECT 'owner_id', old.owner_id, new.owner_id UNION ALL SELECT 'amount_minor', old.amount_minor, new.amount_minor UNION ALL SELECT 'currency', old.currency, new.currency UNION ALL SELECT 'close_date', old.close_date, new.close_date UNION ALL SELECT 'created_on', old.created_on, new.created_on UNION ALL SELECT 'closed_on', old.closed_on, new.closed_on UNION ALL SELECT 'is_won', old.is_won, new.is_won UNION ALL SELECT 'probability_ppm', old.probability_ppm, new.probability_ppm UNION ALL SELECT 'is_probability_overridden', old.is_probability_overridden, new.is_probability_overridden UNION ALL SELECT 'category', old.category, new.category UNION ALL SELECT 'is_category_overridden', old.is_category_overridden, new.is_category_overridden UNION ALL SELECT 'override_reason', old.override_reason, new.override_reason UNION ALL SELECT 'type', old.type, new.type UNION ALL SELECT 'source', old.source, new.source UNION ALL SELECT 'campaign', old.campaign, new.campaign UNION ALL SELECT 'territory_id', old.territory_id, new.territory_id UNION ALL SELECT 'next_step', old.next_step, new.next_step UNION ALL SELECT 'next_step_on', old.next_step_on, new.next_step_on UNION ALL SELECT 'win_reason', old.win_reason, new.win_reason UNION ALL SELECT 'loss_reason', old.loss_reason, new.loss_reason UNION ALL SELECT 'loss_note', old.loss_note, new.loss_note UNION ALL SELECT 'competitor', old.competitor, new.competitor UNION ALL SELECT 'discount_ppm', old.discount_ppm, new.discount_ppm UNION ALL SELECT 'description', old.description, new.description UNION ALL SELECT 'custom', old.custom, new.custom) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('opportunity', new.id);
END;

CREATE TRIGGER journal_opportunity_delete AFTER DELETE ON opportunity BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity', old.id, json_patch('{}', json_object('id', old.id, 'ref', old.ref, 'created_at', old.created_at, 'updated_at', old.updated_at, 'deleted_at', old.deleted_at, 'name', old.name, 'account_id', old.account_id, 'pipeline_id', old.pipeline_id, 'stage_id', old.stage_id, 'owner_id', old.owner_id, 'amount_minor', old.amount_minor, 'currency', old.currency, 'close_date', old.close_date, 'created_on', old.created_on, 'closed_on', old.closed_on, 'is_won', old.is_won, 'probability_ppm', old.probability_ppm, 'is_probability_overridden', old.is_probability_overridden, 'category', old.category, 'is_category_overridden', old.is_category_overridden, 'override_reason', old.override_reason, 'type', old.type, 'source', old.source, 'campaign', old.campaign, 'territory_id', old.territory_id, 'next_step', old.next_step, 'next_step_on', old.next_step_on, 'win_reason', old.win_reason, 'loss_reason', old.loss_reason, 'loss_note', old.loss_note, 'competitor', old.competitor, 'discount_ppm', old.discount_ppm, 'description', old.description, 'custom', old.custom)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('opportunity', old.id);
END;

CREATE TRIGGER direct_phone_insert BEFORE INSERT ON phone WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_phone_update BEFORE UPDATE ON phone WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_phone_delete BEFORE DELETE ON phone WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_phone_insert AFTER INSERT ON phone BEGIN
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'phone', new.id, json_patch('{}', json_object('id', new.id, 'account_id', new.account_id, 'contact_id', new.contact_id, 'kind', new.kind, 'number', new.number, 'e164', new.e164, 'is_primary', new.is_primary, 'is_invalid', new.is_invalid)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', new.account_id WHERE new.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_phone_update AFTER UPDATE OF account_id, contact_id, kind, number, e164, is_primary, is_invalid ON phone BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'phone', new.id, f, o, n FROM (SELECT 'account_id' f, old.account_id o, new.account_id n UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'kind', old.kind, new.kind UNION ALL SELECT 'number', old.number, new.number UNION ALL SELECT 'e164', old.e164, new.e164 UNION ALL SELECT 'is_primary', old.is_primary, new.is_primary UNION ALL SELECT 'is_invalid', old.is_invalid, new.is_invalid) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', new.account_id WHERE new.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', new.contact_id WHERE new.contact_id IS NOT NULL;
END;

CREATE TRIGGER journal_phone_delete AFTER DELETE ON phone BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'phone', old.id, json_patch('{}', json_object('id', old.id, 'account_id', old.account_id, 'contact_id', old.contact_id, 'kind', old.kind, 'number', old.number, 'e164', old.e164, 'is_primary', old.is_primary, 'is_invalid', old.is_invalid)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'account', old.account_id WHERE old.account_id IS NOT NULL;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'contact', old.contact_id WHERE old.contact_id IS NOT NULL;
END;

CREATE TRIGGER direct_activity_insert BEFORE INSERT ON activity WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_activity_update BEFORE UPDATE ON activity WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_activity_delete BEFORE DELETE ON activity WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_activity_insert AFTER INSERT ON activity BEGIN
  UPDATE activity SET ref = CASE WHEN NOT EXISTS (SELECT 1 FROM activity WHERE ref = substr(new.id, -4)) THEN substr(new.id, -4) WHEN NOT EXISTS (SELECT 1 FROM activity WHERE ref = substr(new.id, -5)) THEN substr(new.id, -5) WHEN NOT EXISTS (SELECT 1 FROM activity WHERE ref = substr(new.id, -6)) THEN substr(new.id, -6) WHEN NOT EXISTS (SELECT 1 FROM activity WHERE ref = substr(new.id, -8)) THEN substr(new.id, -8) ELSE substr(new.id, -12) END WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'activity', new.id, json_patch('{}', json_object('id', new.id, 'ref', (SELECT ref FROM activity WHERE id = new.id), 'created_at', new.created_at, 'updated_at', new.updated_at, 'deleted_at', new.deleted_at, 'kind', new.kind, 'direction', new.direction, 'subject', new.subject, 'note', new.note, 'outcome', new.outcome, 'started_at', new.started_at, 'duration_min', new.duration_min, 'account_id', new.account_id, 'opportunity_id', new.opportunity_id, 'lead_id', new.lead_id, 'owner_id', new.owner_id, 'is_internal', new.is_internal)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('activity', new.id);
END;

CREATE TRIGGER journal_activity_update AFTER UPDATE OF deleted_at, kind, direction, subject, note, outcome, started_at, duration_min, account_id, opportunity_id, lead_id, owner_id, is_internal ON activity BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'activity', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'kind', old.kind, new.kind UNION ALL SELECT 'direction', old.direction, new.direction UNION ALL SELECT 'subject', old.subject, new.subject UNION ALL SELECT 'note', old.note, new.note UNION ALL SELECT 'outcome', old.outcome, new.outcome UNION ALL SELECT 'started_at', old.started_at, new.started_at UNION ALL SELECT 'duration_min', old.duration_min, new.duration_min UNION ALL SELECT 'account_id', old.account_id, new.account_id UNION ALL SELECT 'opportunity_id', old.opportunity_id, new.opportunity_id UNION ALL SELECT 'lead_id', old.lead_id, new.lead_id UNION ALL SELECT 'owner_id', old.owner_id, new.owner_id UNION ALL SELECT 'is_internal', old.is_internal, new.is_internal) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('activity', new.id);
END;

CREATE TRIGGER journal_activity_delete AFTER DELETE ON activity BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'activity', old.id, json_patch('{}', json_object('id', old.id, 'ref', old.ref, 'created_at', old.created_at, 'updated_at', old.updated_at, 'deleted_at', old.deleted_at, 'kind', old.kind, 'direction', old.direction, 'subject', old.subject, 'note', old.note, 'outcome', old.outcome, 'started_at', old.started_at, 'duration_min', old.duration_min, 'account_id', old.account_id, 'opportunity_id', old.opportunity_id, 'lead_id', old.lead_id, 'owner_id', old.owner_id, 'is_internal', old.is_internal)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('activity', old.id);
END;

CREATE TRIGGER direct_note_insert BEFORE INSERT ON note WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_note_update BEFORE UPDATE ON note WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_note_delete BEFORE DELETE ON note WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_note_insert AFTER INSERT ON note BEGIN
  UPDATE note SET ref = CASE WHEN NOT EXISTS (SELECT 1 FROM note WHERE ref = substr(new.id, -4)) THEN substr(new.id, -4) WHEN NOT EXISTS (SELECT 1 FROM note WHERE ref = substr(new.id, -5)) THEN substr(new.id, -5) WHEN NOT EXISTS (SELECT 1 FROM note WHERE ref = substr(new.id, -6)) THEN substr(new.id, -6) WHEN NOT EXISTS (SELECT 1 FROM note WHERE ref = substr(new.id, -8)) THEN substr(new.id, -8) ELSE substr(new.id, -12) END WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'note', new.id, json_patch('{}', json_object('id', new.id, 'ref', (SELECT ref FROM note WHERE id = new.id), 'created_at', new.created_at, 'updated_at', new.updated_at, 'deleted_at', new.deleted_at, 'body', new.body, 'account_id', new.account_id, 'contact_id', new.contact_id, 'opportunity_id', new.opportunity_id, 'lead_id', new.lead_id, 'owner_id', new.owner_id)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('note', new.id);
END;

CREATE TRIGGER journal_note_update AFTER UPDATE OF deleted_at, body, account_id, contact_id, opportunity_id, lead_id, owner_id ON note BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'note', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'body', old.body, new.body UNION ALL SELECT 'account_id', old.account_id, new.account_id UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'opportunity_id', old.opportunity_id, new.opportunity_id UNION ALL SELECT 'lead_id', old.lead_id, new.lead_id UNION ALL SELECT 'owner_id', old.owner_id, new.owner_id) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('note', new.id);
END;

CREATE TRIGGER journal_note_delete AFTER DELETE ON note BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'note', old.id, json_patch('{}', json_object('id', old.id, 'ref', old.ref, 'created_at', old.created_at, 'updated_at', old.updated_at, 'deleted_at', old.deleted_at, 'body', old.body, 'account_id', old.account_id, 'contact_id', old.contact_id, 'opportunity_id', old.opportunity_id, 'lead_id', old.lead_id, 'owner_id', old.owner_id)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('note', old.id);
END;

CREATE TRIGGER direct_opportunity_contact_insert BEFORE INSERT ON opportunity_contact WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_opportunity_contact_update BEFORE UPDATE ON opportunity_contact WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_opportunity_contact_delete BEFORE DELETE ON opportunity_contact WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_opportunity_contact_insert AFTER INSERT ON opportunity_contact BEGIN
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity_contact', new.id, json_patch('{}', json_object('id', new.id, 'opportunity_id', new.opportunity_id, 'contact_id', new.contact_id, 'role', new.role, 'stance', new.stance)));
END;

CREATE TRIGGER journal_opportunity_contact_update AFTER UPDATE OF opportunity_id, contact_id, role, stance ON opportunity_contact BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity_contact', new.id, f, o, n FROM (SELECT 'opportunity_id' f, old.opportunity_id o, new.opportunity_id n UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'role', old.role, new.role UNION ALL SELECT 'stance', old.stance, new.stance) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_opportunity_contact_delete AFTER DELETE ON opportunity_contact BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity_contact', old.id, json_patch('{}', json_object('id', old.id, 'opportunity_id', old.opportunity_id, 'contact_id', old.contact_id, 'role', old.role, 'stance', old.stance)));
END;

CREATE TRIGGER direct_opportunity_history_insert BEFORE INSERT ON opportunity_history WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_opportunity_history_update BEFORE UPDATE ON opportunity_history WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_opportunity_history_delete BEFORE DELETE ON opportunity_history WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_opportunity_history_insert AFTER INSERT ON opportunity_history BEGIN
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity_history', new.id, json_patch('{}', json_object('id', new.id, 'opportunity_id', new.opportunity_id, 'at', new.at, 'stage_id', new.stage_id, 'is_stage_change', new.is_stage_change, 'amount_minor', new.amount_minor, 'currency', new.currency, 'close_date', new.close_date, 'probability_ppm', new.probability_ppm, 'category', new.category, 'owner_id', new.owner_id, 'is_won', new.is_won)));
END;

CREATE TRIGGER journal_opportunity_history_update AFTER UPDATE OF opportunity_id, at, stage_id, is_stage_change, amount_minor, currency, close_date, probability_ppm, category, owner_id, is_won ON opportunity_history BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity_history', new.id, f, o, n FROM (SELECT 'opportunity_id' f, old.opportunity_id o, new.opportunity_id n UNION ALL SELECT 'at', old.at, new.at UNION ALL SELECT 'stage_id', old.stage_id, new.stage_id UNION ALL SELECT 'is_stage_change', old.is_stage_change, new.is_stage_change UNION ALL SELECT 'amount_minor', old.amount_minor, new.amount_minor UNION ALL SELECT 'currency', old.currency, new.currency UNION ALL SELECT 'close_date', old.close_date, new.close_date UNION ALL SELECT 'probability_ppm', old.probability_ppm, new.probability_ppm UNION ALL SELECT 'category', old.category, new.category UNION ALL SELECT 'owner_id', old.owner_id, new.owner_id UNION ALL SELECT 'is_won', old.is_won, new.is_won) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_opportunity_history_delete AFTER DELETE ON opportunity_history BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity_history', old.id, json_patch('{}', json_object('id', old.id, 'opportunity_id', old.opportunity_id, 'at', old.at, 'stage_id', old.stage_id, 'is_stage_change', old.is_stage_change, 'amount_minor', old.amount_minor, 'currency', old.currency, 'close_date', old.close_date, 'probability_ppm', old.probability_ppm, 'category', old.category, 'owner_id', old.owner_id, 'is_won', old.is_won)));
END;

CREATE TRIGGER direct_opportunity_line_insert BEFORE INSERT ON opportunity_line WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_opportunity_line_update BEFORE UPDATE ON opportunity_line WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_opportunity_line_delete BEFORE DELETE ON opportunity_line WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_opportunity_line_insert AFTER INSERT ON opportunity_line BEGIN
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity_line', new.id, json_patch('{}', json_object('id', new.id, 'opportunity_id', new.opportunity_id, 'product_id', new.product_id, 'seq', new.seq, 'description', new.description, 'quantity_dec6', new.quantity_dec6, 'unit_price_dec6', new.unit_price_dec6, 'amount_minor', new.amount_minor)));
END;

CREATE TRIGGER journal_opportunity_line_update AFTER UPDATE OF opportunity_id, product_id, seq, description, quantity_dec6, unit_price_dec6, amount_minor ON opportunity_line BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity_line', new.id, f, o, n FROM (SELECT 'opportunity_id' f, old.opportunity_id o, new.opportunity_id n UNION ALL SELECT 'product_id', old.product_id, new.product_id UNION ALL SELECT 'seq', old.seq, new.seq UNION ALL SELECT 'description', old.description, new.description UNION ALL SELECT 'quantity_dec6', old.quantity_dec6, new.quantity_dec6 UNION ALL SELECT 'unit_price_dec6', old.unit_price_dec6, new.unit_price_dec6 UNION ALL SELECT 'amount_minor', old.amount_minor, new.amount_minor) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_opportunity_line_delete AFTER DELETE ON opportunity_line BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'opportunity_line', old.id, json_patch('{}', json_object('id', old.id, 'opportunity_id', old.opportunity_id, 'product_id', old.product_id, 'seq', old.seq, 'description', old.description, 'quantity_dec6', old.quantity_dec6, 'unit_price_dec6', old.unit_price_dec6, 'amount_minor', old.amount_minor)));
END;

CREATE TRIGGER direct_task_insert BEFORE INSERT ON task WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_task_update BEFORE UPDATE ON task WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_task_delete BEFORE DELETE ON task WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_task_insert AFTER INSERT ON task BEGIN
  UPDATE task SET ref = CASE WHEN NOT EXISTS (SELECT 1 FROM task WHERE ref = substr(new.id, -4)) THEN substr(new.id, -4) WHEN NOT EXISTS (SELECT 1 FROM task WHERE ref = substr(new.id, -5)) THEN substr(new.id, -5) WHEN NOT EXISTS (SELECT 1 FROM task WHERE ref = substr(new.id, -6)) THEN substr(new.id, -6) WHEN NOT EXISTS (SELECT 1 FROM task WHERE ref = substr(new.id, -8)) THEN substr(new.id, -8) ELSE substr(new.id, -12) END WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'task', new.id, json_patch('{}', json_object('id', new.id, 'ref', (SELECT ref FROM task WHERE id = new.id), 'created_at', new.created_at, 'updated_at', new.updated_at, 'deleted_at', new.deleted_at, 'subject', new.subject, 'due_on', new.due_on, 'due_time', new.due_time, 'priority', new.priority, 'status', new.status, 'done_at', new.done_at, 'note', new.note, 'account_id', new.account_id, 'contact_id', new.contact_id, 'opportunity_id', new.opportunity_id, 'lead_id', new.lead_id, 'owner_id', new.owner_id, 'created_on', new.created_on)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('task', new.id);
END;

CREATE TRIGGER journal_task_update AFTER UPDATE OF deleted_at, subject, due_on, due_time, priority, status, done_at, note, account_id, contact_id, opportunity_id, lead_id, owner_id, created_on ON task BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'task', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'subject', old.subject, new.subject UNION ALL SELECT 'due_on', old.due_on, new.due_on UNION ALL SELECT 'due_time', old.due_time, new.due_time UNION ALL SELECT 'priority', old.priority, new.priority UNION ALL SELECT 'status', old.status, new.status UNION ALL SELECT 'done_at', old.done_at, new.done_at UNION ALL SELECT 'note', old.note, new.note UNION ALL SELECT 'account_id', old.account_id, new.account_id UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'opportunity_id', old.opportunity_id, new.opportunity_id UNION ALL SELECT 'lead_id', old.lead_id, new.lead_id UNION ALL SELECT 'owner_id', old.owner_id, new.owner_id UNION ALL SELECT 'created_on', old.created_on, new.created_on) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('task', new.id);
END;

CREATE TRIGGER journal_task_delete AFTER DELETE ON task BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'task', old.id, json_patch('{}', json_object('id', old.id, 'ref', old.ref, 'created_at', old.created_at, 'updated_at', old.updated_at, 'deleted_at', old.deleted_at, 'subject', old.subject, 'due_on', old.due_on, 'due_time', old.due_time, 'priority', old.priority, 'status', old.status, 'done_at', old.done_at, 'note', old.note, 'account_id', old.account_id, 'contact_id', old.contact_id, 'opportunity_id', old.opportunity_id, 'lead_id', old.lead_id, 'owner_id', old.owner_id, 'created_on', old.created_on)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('task', old.id);
END;

CREATE TRIGGER direct_activity_contact_insert BEFORE INSERT ON activity_contact WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_activity_contact_update BEFORE UPDATE ON activity_contact WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_activity_contact_delete BEFORE DELETE ON activity_contact WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_activity_contact_insert AFTER INSERT ON activity_contact BEGIN
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'activity_contact', new.id, json_patch('{}', json_object('id', new.id, 'activity_id', new.activity_id, 'contact_id', new.contact_id)));
END;

CREATE TRIGGER journal_activity_contact_update AFTER UPDATE OF activity_id, contact_id ON activity_contact BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'activity_contact', new.id, f, o, n FROM (SELECT 'activity_id' f, old.activity_id o, new.activity_id n UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_activity_contact_delete AFTER DELETE ON activity_contact BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'activity_contact', old.id, json_patch('{}', json_object('id', old.id, 'activity_id', old.activity_id, 'contact_id', old.contact_id)));
END;

CREATE TRIGGER direct_attachment_insert BEFORE INSERT ON attachment WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_attachment_update BEFORE UPDATE ON attachment WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_attachment_delete BEFORE DELETE ON attachment WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_attachment_insert AFTER INSERT ON attachment BEGIN
  UPDATE attachment SET ref = CASE WHEN NOT EXISTS (SELECT 1 FROM attachment WHERE ref = substr(new.id, -4)) THEN substr(new.id, -4) WHEN NOT EXISTS (SELECT 1 FROM attachment WHERE ref = substr(new.id, -5)) THEN substr(new.id, -5) WHEN NOT EXISTS (SELECT 1 FROM attachment WHERE ref = substr(new.id, -6)) THEN substr(new.id, -6) WHEN NOT EXISTS (SELECT 1 FROM attachment WHERE ref = substr(new.id, -8)) THEN substr(new.id, -8) ELSE substr(new.id, -12) END WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'attachment', new.id, json_patch('{}', json_object('id', new.id, 'ref', (SELECT ref FROM attachment WHERE id = new.id), 'created_at', new.created_at, 'updated_at', new.updated_at, 'deleted_at', new.deleted_at, 'name', new.name, 'path', new.path, 'size_bytes', new.size_bytes, 'sha256', new.sha256, 'account_id', new.account_id, 'contact_id', new.contact_id, 'opportunity_id', new.opportunity_id, 'activity_id', new.activity_id)));
END;

CREATE TRIGGER journal_attachment_update AFTER UPDATE OF deleted_at, name, path, size_bytes, sha256, account_id, contact_id, opportunity_id, activity_id ON attachment BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'attachment', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'path', old.path, new.path UNION ALL SELECT 'size_bytes', old.size_bytes, new.size_bytes UNION ALL SELECT 'sha256', old.sha256, new.sha256 UNION ALL SELECT 'account_id', old.account_id, new.account_id UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'opportunity_id', old.opportunity_id, new.opportunity_id UNION ALL SELECT 'activity_id', old.activity_id, new.activity_id) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_attachment_delete AFTER DELETE ON attachment BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'attachment', old.id, json_patch('{}', json_object('id', old.id, 'ref', old.ref, 'created_at', old.created_at, 'updated_at', old.updated_at, 'deleted_at', old.deleted_at, 'name', old.name, 'path', old.path, 'size_bytes', old.size_bytes, 'sha256', old.sha256, 'account_id', old.account_id, 'contact_id', old.contact_id, 'opportunity_id', old.opportunity_id, 'activity_id', old.activity_id)));
END;

CREATE TRIGGER direct_event_insert BEFORE INSERT ON event WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_event_update BEFORE UPDATE ON event WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_event_delete BEFORE DELETE ON event WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_event_insert AFTER INSERT ON event BEGIN
  UPDATE event SET ref = CASE WHEN NOT EXISTS (SELECT 1 FROM event WHERE ref = substr(new.id, -4)) THEN substr(new.id, -4) WHEN NOT EXISTS (SELECT 1 FROM event WHERE ref = substr(new.id, -5)) THEN substr(new.id, -5) WHEN NOT EXISTS (SELECT 1 FROM event WHERE ref = substr(new.id, -6)) THEN substr(new.id, -6) WHEN NOT EXISTS (SELECT 1 FROM event WHERE ref = substr(new.id, -8)) THEN substr(new.id, -8) ELSE substr(new.id, -12) END WHERE id = new.id AND new.ref IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'event', new.id, json_patch('{}', json_object('id', new.id, 'ref', (SELECT ref FROM event WHERE id = new.id), 'created_at', new.created_at, 'updated_at', new.updated_at, 'deleted_at', new.deleted_at, 'subject', new.subject, 'kind', new.kind, 'is_all_day', new.is_all_day, 'starts_wall', new.starts_wall, 'ends_wall', new.ends_wall, 'zone', new.zone, 'ends_zone', new.ends_zone, 'starts_at', new.starts_at, 'ends_at', new.ends_at, 'rule', new.rule, 'until_at', new.until_at, 'series_id', new.series_id, 'original_wall', new.original_wall, 'place', new.place, 'url', new.url, 'status', new.status, 'busy', new.busy, 'privacy', new.privacy, 'moved_count', new.moved_count, 'moved_why', new.moved_why, 'account_id', new.account_id, 'contact_id', new.contact_id, 'opportunity_id', new.opportunity_id, 'activity_id', new.activity_id, 'owner_id', new.owner_id, 'note', new.note, 'uid', new.uid, 'sequence', new.sequence, 'extra', new.extra)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('event', new.id);
END;

CREATE TRIGGER journal_event_update AFTER UPDATE OF deleted_at, subject, kind, is_all_day, starts_wall, ends_wall, zone, ends_zone, starts_at, ends_at, rule, until_at, series_id, original_wall, place, url, status, busy, privacy, moved_count, moved_why, account_id, contact_id, opportunity_id, activity_id, owner_id, note, uid, sequence, extra ON event BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'event', new.id, f, o, n FROM (SELECT 'deleted_at' f, old.deleted_at o, new.deleted_at n UNION ALL SELECT 'subject', old.subject, new.subject UNION ALL SELECT 'kind', old.kind, new.kind UNION ALL SELECT 'is_all_day', old.is_all_day, new.is_all_day UNION ALL SELECT 'starts_wall', old.starts_wall, new.starts_wall UNION ALL SELECT 'ends_wall', old.ends_wall, new.ends_wall UNION ALL SELECT 'zone', old.zone, new.zone UNION ALL SELECT 'ends_zone', old.ends_zone, new.ends_zone UNION ALL SELECT 'starts_at', old.starts_at, new.starts_at UNION ALL SELECT 'ends_at', old.ends_at, new.ends_at UNION ALL SELECT 'rule', old.rule, new.rule UNION ALL SELECT 'until_at', old.until_at, new.until_at UNION ALL SELECT 'series_id', old.series_id, new.series_id UNION ALL SELECT 'original_wall', old.original_wall, new.original_wall UNION ALL SELECT 'place', old.place, new.place UNION ALL SELECT 'url', old.url, new.url UNION ALL SELECT 'status', old.status, new.status UNION ALL SELECT 'busy', old.busy, new.busy UNION ALL SELECT 'privacy', old.privacy, new.privacy UNION ALL SELECT 'moved_count', old.moved_count, new.moved_count UNION ALL SELECT 'moved_why', old.moved_why, new.moved_why UNION ALL SELECT 'account_id', old.account_id, new.account_id UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'opportunity_id', old.opportunity_id, new.opportunity_id UNION ALL SELECT 'activity_id', old.activity_id, new.activity_id UNION ALL SELECT 'owner_id', old.owner_id, new.owner_id UNION ALL SELECT 'note', old.note, new.note UNION ALL SELECT 'uid', old.uid, new.uid UNION ALL SELECT 'sequence', old.sequence, new.sequence UNION ALL SELECT 'extra', old.extra, new.extra) WHERE o IS NOT n;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('event', new.id);
END;

CREATE TRIGGER journal_event_delete AFTER DELETE ON event BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'event', old.id, json_patch('{}', json_object('id', old.id, 'ref', old.ref, 'created_at', old.created_at, 'updated_at', old.updated_at, 'deleted_at', old.deleted_at, 'subject', old.subject, 'kind', old.kind, 'is_all_day', old.is_all_day, 'starts_wall', old.starts_wall, 'ends_wall', old.ends_wall, 'zone', old.zone, 'ends_zone', old.ends_zone, 'starts_at', old.starts_at, 'ends_at', old.ends_at, 'rule', old.rule, 'until_at', old.until_at, 'series_id', old.series_id, 'original_wall', old.original_wall, 'place', old.place, 'url', old.url, 'status', old.status, 'busy', old.busy, 'privacy', old.privacy, 'moved_count', old.moved_count, 'moved_why', old.moved_why, 'account_id', old.account_id, 'contact_id', old.contact_id, 'opportunity_id', old.opportunity_id, 'activity_id', old.activity_id, 'owner_id', old.owner_id, 'note', old.note, 'uid', old.uid, 'sequence', old.sequence, 'extra', old.extra)));
  INSERT OR IGNORE INTO search_queue (table_name, row_id) VALUES ('event', old.id);
END;

CREATE TRIGGER direct_event_attendee_insert BEFORE INSERT ON event_attendee WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_event_attendee_update BEFORE UPDATE ON event_attendee WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_event_attendee_delete BEFORE DELETE ON event_attendee WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_event_attendee_insert AFTER INSERT ON event_attendee BEGIN
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'event_attendee', new.id, json_patch('{}', json_object('id', new.id, 'event_id', new.event_id, 'contact_id', new.contact_id, 'name', new.name, 'address', new.address, 'answer', new.answer, 'is_organizer', new.is_organizer, 'is_optional', new.is_optional)));
END;

CREATE TRIGGER journal_event_attendee_update AFTER UPDATE OF event_id, contact_id, name, address, answer, is_organizer, is_optional ON event_attendee BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'event_attendee', new.id, f, o, n FROM (SELECT 'event_id' f, old.event_id o, new.event_id n UNION ALL SELECT 'contact_id', old.contact_id, new.contact_id UNION ALL SELECT 'name', old.name, new.name UNION ALL SELECT 'address', old.address, new.address UNION ALL SELECT 'answer', old.answer, new.answer UNION ALL SELECT 'is_organizer', old.is_organizer, new.is_organizer UNION ALL SELECT 'is_optional', old.is_optional, new.is_optional) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_event_attendee_delete AFTER DELETE ON event_attendee BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'event_attendee', old.id, json_patch('{}', json_object('id', old.id, 'event_id', old.event_id, 'contact_id', old.contact_id, 'name', old.name, 'address', old.address, 'answer', old.answer, 'is_organizer', old.is_organizer, 'is_optional', old.is_optional)));
END;

CREATE TRIGGER direct_event_reminder_insert BEFORE INSERT ON event_reminder WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_event_reminder_update BEFORE UPDATE ON event_reminder WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER direct_event_reminder_delete BEFORE DELETE ON event_reminder WHEN (SELECT operation_id FROM journal_state) IS NULL BEGIN
  INSERT INTO journal_door VALUES (1);
END;

CREATE TRIGGER journal_event_reminder_insert AFTER INSERT ON event_reminder BEGIN
  INSERT INTO change (operation_id, table_name, row_id, new) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'event_reminder', new.id, json_patch('{}', json_object('id', new.id, 'event_id', new.event_id, 'minutes_before', new.minutes_before)));
END;

CREATE TRIGGER journal_event_reminder_update AFTER UPDATE OF event_id, minutes_before ON event_reminder BEGIN
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'event_reminder', new.id, f, o, n FROM (SELECT 'event_id' f, old.event_id o, new.event_id n UNION ALL SELECT 'minutes_before', old.minutes_before, new.minutes_before) WHERE o IS NOT n;
END;

CREATE TRIGGER journal_event_reminder_delete AFTER DELETE ON event_reminder BEGIN
  INSERT INTO change (operation_id, table_name, row_id, old) VALUES ((SELECT COALESCE(operation_id, direct_id) FROM journal_state), 'event_reminder', old.id, json_patch('{}', json_object('id', old.id, 'event_id', old.event_id, 'minutes_before', old.minutes_before)));
END;
