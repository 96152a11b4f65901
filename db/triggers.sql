CREATE VIEW fresh (id, at) AS SELECT (SELECT substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-7' || substr(r, 1, 3) || '-8' || substr(r, 4, 3) || '-' || substr(r, 7, 12) FROM (SELECT printf('%012x', CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)) AS h, lower(hex(randomblob(9))) AS r)), COALESCE((SELECT at FROM journal_state WHERE operation_id IS NOT NULL), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'));

CREATE VIEW ref_length (n) AS VALUES (4), (5), (6), (8), (12);

CREATE VIEW journal_door (tab, row_id, old, new) AS SELECT NULL, NULL, NULL, NULL;

CREATE TRIGGER journal_door_write INSTEAD OF INSERT ON journal_door BEGIN
  UPDATE journal_state SET direct_id = (SELECT id FROM fresh), direct_at = CAST(julianday('now') AS TEXT) WHERE operation_id IS NULL AND (direct_at IS NULL OR CAST(direct_at AS REAL) < julianday('now') - 2.0 / 86400);
  INSERT OR IGNORE INTO operation (id, at, hlc, actor, device, verb, summary) SELECT direct_id, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), '', 'sql', COALESCE((SELECT value FROM setting WHERE key = 'device'), ''), 'sql', 'Direct change of the database' FROM journal_state WHERE operation_id IS NULL;
  INSERT INTO change (operation_id, table_name, row_id, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), new.tab, new.row_id, new.old, new.new WHERE NOT (new.old IS NOT NULL AND new.new IS NOT NULL);
  INSERT INTO change (operation_id, table_name, row_id, field, old, new) SELECT (SELECT COALESCE(operation_id, direct_id) FROM journal_state), new.tab, new.row_id, key, max(o), max(n) FROM (SELECT key, value AS o, NULL AS n FROM json_each(new.old) UNION ALL SELECT key, NULL, value FROM json_each(new.new)) WHERE new.old IS NOT NULL AND new.new IS NOT NULL AND key NOT IN ('created_at', 'id', 'ref', 'updated_at') GROUP BY key HAVING max(o) IS NOT max(n);
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT new.tab, new.row_id WHERE new.tab IN ('account', 'contact', 'lead', 'opportunity', 'product', 'activity', 'task', 'note', 'event', 'quote', 'sales_order', 'invoice');
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

CREATE TRIGGER tree_account_insert AFTER INSERT ON account WHEN new.parent_id IS NOT NULL AND (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'tree:account.parent_id') FROM (WITH RECURSIVE above (id, n) AS (SELECT new.parent_id, 1 UNION ALL SELECT parent_id, n + 1 FROM above JOIN account USING (id) WHERE n <= 12) SELECT 1 FROM above WHERE n > 12 AND id IS NOT NULL);
END;

CREATE TRIGGER tree_account_update AFTER UPDATE OF parent_id ON account WHEN new.parent_id IS NOT NULL AND (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'tree:account.parent_id') FROM (WITH RECURSIVE above (id, n) AS (SELECT new.parent_id, 1 UNION ALL SELECT parent_id, n + 1 FROM above JOIN account USING (id) WHERE n <= 12) SELECT 1 FROM above WHERE n > 12 AND id IS NOT NULL);
END;

CREATE TRIGGER tree_app_user_insert AFTER INSERT ON app_user WHEN new.manager_id IS NOT NULL AND (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'tree:app_user.manager_id') FROM (WITH RECURSIVE above (id, n) AS (SELECT new.manager_id, 1 UNION ALL SELECT manager_id, n + 1 FROM above JOIN app_user USING (id) WHERE n <= 12) SELECT 1 FROM above WHERE n > 12 AND id IS NOT NULL);
END;

CREATE TRIGGER tree_app_user_update AFTER UPDATE OF manager_id ON app_user WHEN new.manager_id IS NOT NULL AND (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'tree:app_user.manager_id') FROM (WITH RECURSIVE above (id, n) AS (SELECT new.manager_id, 1 UNION ALL SELECT manager_id, n + 1 FROM above JOIN app_user USING (id) WHERE n <= 12) SELECT 1 FROM above WHERE n > 12 AND id IS NOT NULL);
END;

CREATE TRIGGER tree_territory_insert AFTER INSERT ON territory WHEN new.parent_id IS NOT NULL AND (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'tree:territory.parent_id') FROM (WITH RECURSIVE above (id, n) AS (SELECT new.parent_id, 1 UNION ALL SELECT parent_id, n + 1 FROM above JOIN territory USING (id) WHERE n <= 12) SELECT 1 FROM above WHERE n > 12 AND id IS NOT NULL);
END;

CREATE TRIGGER tree_territory_update AFTER UPDATE OF parent_id ON territory WHEN new.parent_id IS NOT NULL AND (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'tree:territory.parent_id') FROM (WITH RECURSIVE above (id, n) AS (SELECT new.parent_id, 1 UNION ALL SELECT parent_id, n + 1 FROM above JOIN territory USING (id) WHERE n <= 12) SELECT 1 FROM above WHERE n > 12 AND id IS NOT NULL);
END;

CREATE TRIGGER tree_contact_insert AFTER INSERT ON contact WHEN new.reports_to_id IS NOT NULL AND (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'tree:contact.reports_to_id') FROM (WITH RECURSIVE above (id, n) AS (SELECT new.reports_to_id, 1 UNION ALL SELECT reports_to_id, n + 1 FROM above JOIN contact USING (id) WHERE n <= 12) SELECT 1 FROM above WHERE n > 12 AND id IS NOT NULL);
END;

CREATE TRIGGER tree_contact_update AFTER UPDATE OF reports_to_id ON contact WHEN new.reports_to_id IS NOT NULL AND (SELECT is_replay FROM journal_state) = 0 BEGIN
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

CREATE TRIGGER rule_forecast_submission_update BEFORE UPDATE ON forecast_submission WHEN (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'submission_is_final');
END;

CREATE TRIGGER rule_forecast_submission_delete BEFORE DELETE ON forecast_submission WHEN (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'submission_is_final');
END;

CREATE TRIGGER rule_quote_version_update BEFORE UPDATE OF quote_id, revision, quoted_on, priced_on, valid_until, payment_terms_days, tax_method, is_tax_inclusive, rounding, cash_minor, template, cover, terms, is_nonstandard, list_minor, line_sum_minor, net_minor, tax_minor, gross_minor, prepaid_minor, payable_rounding_minor, payable_minor, cost_minor, content_hash, sent_at, state ON quote_version WHEN old.sent_at IS NOT NULL AND (SELECT is_replay FROM journal_state) = 0 AND (new.state IN ('draft', 'in_approval', 'approved') OR old.quote_id IS NOT new.quote_id OR old.revision IS NOT new.revision OR old.quoted_on IS NOT new.quoted_on OR old.priced_on IS NOT new.priced_on OR old.valid_until IS NOT new.valid_until OR old.payment_terms_days IS NOT new.payment_terms_days OR old.tax_method IS NOT new.tax_method OR old.is_tax_inclusive IS NOT new.is_tax_inclusive OR old.rounding IS NOT new.rounding OR old.cash_minor IS NOT new.cash_minor OR old.template IS NOT new.template OR old.cover IS NOT new.cover OR old.terms IS NOT new.terms OR old.is_nonstandard IS NOT new.is_nonstandard OR old.list_minor IS NOT new.list_minor OR old.line_sum_minor IS NOT new.line_sum_minor OR old.net_minor IS NOT new.net_minor OR old.tax_minor IS NOT new.tax_minor OR old.gross_minor IS NOT new.gross_minor OR old.prepaid_minor IS NOT new.prepaid_minor OR old.payable_rounding_minor IS NOT new.payable_rounding_minor OR old.payable_minor IS NOT new.payable_minor OR old.cost_minor IS NOT new.cost_minor OR old.content_hash IS NOT new.content_hash OR old.sent_at IS NOT new.sent_at) BEGIN
  SELECT RAISE(ABORT, 'quote_is_sent');
END;

CREATE TRIGGER rule_quote_version_delete BEFORE DELETE ON quote_version WHEN old.sent_at IS NOT NULL AND (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'quote_is_sent');
END;

CREATE TRIGGER rule_quote_line_insert BEFORE INSERT ON quote_line WHEN (SELECT is_replay FROM journal_state) = 0 AND EXISTS (SELECT 1 FROM quote_version v WHERE v.id = new.version_id AND v.sent_at IS NOT NULL) BEGIN
  SELECT RAISE(ABORT, 'quote_is_sent');
END;

CREATE TRIGGER rule_quote_line_update BEFORE UPDATE ON quote_line WHEN (SELECT is_replay FROM journal_state) = 0 AND EXISTS (SELECT 1 FROM quote_version v WHERE v.id IN (old.version_id, new.version_id) AND v.sent_at IS NOT NULL) BEGIN
  SELECT RAISE(ABORT, 'quote_is_sent');
END;

CREATE TRIGGER rule_quote_line_delete BEFORE DELETE ON quote_line WHEN (SELECT is_replay FROM journal_state) = 0 AND EXISTS (SELECT 1 FROM quote_version v WHERE v.id = old.version_id AND v.sent_at IS NOT NULL) BEGIN
  SELECT RAISE(ABORT, 'quote_is_sent');
END;

CREATE TRIGGER rule_quote_allowance_insert BEFORE INSERT ON quote_allowance WHEN (SELECT is_replay FROM journal_state) = 0 AND EXISTS (SELECT 1 FROM quote_version v WHERE v.id = new.version_id AND v.sent_at IS NOT NULL) BEGIN
  SELECT RAISE(ABORT, 'quote_is_sent');
END;

CREATE TRIGGER rule_quote_allowance_update BEFORE UPDATE ON quote_allowance WHEN (SELECT is_replay FROM journal_state) = 0 AND EXISTS (SELECT 1 FROM quote_version v WHERE v.id IN (old.version_id, new.version_id) AND v.sent_at IS NOT NULL) BEGIN
  SELECT RAISE(ABORT, 'quote_is_sent');
END;

CREATE TRIGGER rule_quote_allowance_delete BEFORE DELETE ON quote_allowance WHEN (SELECT is_replay FROM journal_state) = 0 AND EXISTS (SELECT 1 FROM quote_version v WHERE v.id = old.version_id AND v.sent_at IS NOT NULL) BEGIN
  SELECT RAISE(ABORT, 'quote_is_sent');
END;

CREATE TRIGGER rule_quote_number BEFORE UPDATE OF number ON quote WHEN old.number <> new.number AND (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'quote_number_stays');
END;

CREATE TRIGGER rule_quote_update BEFORE UPDATE OF account_id, currency ON quote WHEN (SELECT is_replay FROM journal_state) = 0 AND (old.account_id <> new.account_id OR old.currency <> new.currency) AND EXISTS (SELECT 1 FROM quote_version v WHERE v.quote_id = new.id AND v.sent_at IS NOT NULL) AND NOT EXISTS (SELECT 1 FROM account WHERE id = old.account_id AND merged_into = new.account_id) BEGIN
  SELECT RAISE(ABORT, 'quote_is_sent');
END;

CREATE TRIGGER rule_acceptance_update BEFORE UPDATE OF version_id, signer, method, signed_at, document_sha256 ON acceptance WHEN (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'acceptance_is_final');
END;

CREATE TRIGGER rule_acceptance_delete BEFORE DELETE ON acceptance WHEN (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'acceptance_is_final');
END;

CREATE TRIGGER rule_invoice_update BEFORE UPDATE OF number, series, kind, corrects_id, order_id, currency, issued_on, net_minor, tax_minor, gross_minor, taxes, prepaid_minor, payable_rounding_minor ON invoice WHEN old.series IS NOT NULL AND (SELECT is_replay FROM journal_state) = 0 AND (old.number IS NOT new.number OR old.series IS NOT new.series OR old.kind IS NOT new.kind OR old.corrects_id IS NOT new.corrects_id OR old.order_id IS NOT new.order_id OR old.currency IS NOT new.currency OR old.issued_on IS NOT new.issued_on OR old.net_minor IS NOT new.net_minor OR old.tax_minor IS NOT new.tax_minor OR old.gross_minor IS NOT new.gross_minor OR old.taxes IS NOT new.taxes OR old.prepaid_minor IS NOT new.prepaid_minor OR old.payable_rounding_minor IS NOT new.payable_rounding_minor) BEGIN
  SELECT RAISE(ABORT, 'invoice_is_issued');
END;

CREATE TRIGGER rule_invoice_gap BEFORE DELETE ON invoice WHEN old.series IS NOT NULL AND (SELECT is_replay FROM journal_state) < 2 AND EXISTS (SELECT 1 FROM invoice i WHERE i.series = old.series AND (length(i.number), i.number) > (length(old.number), old.number)) BEGIN
  SELECT RAISE(ABORT, 'invoice_leaves_gap');
END;

CREATE TRIGGER rule_invoice_trash BEFORE UPDATE OF deleted_at ON invoice WHEN (SELECT is_replay FROM journal_state) < 2 AND new.deleted_at IS NOT NULL AND old.series IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'invoice_leaves_gap');
END;

CREATE TRIGGER rule_order_number BEFORE UPDATE OF number ON sales_order WHEN old.number <> new.number AND (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'order_number_stays');
END;

CREATE TRIGGER rule_comp_event_update BEFORE UPDATE OF type, event_date, recorded_at, source_type, source_id, source_line_id, product_id, quantity_dec6, net_minor, cost_minor, currency, reverses_event_id ON comp_event WHEN (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'comp_event_is_final');
END;

CREATE TRIGGER rule_comp_event_delete BEFORE DELETE ON comp_event WHEN (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'comp_event_is_final');
END;

CREATE TRIGGER rule_comp_statement_update BEFORE UPDATE OF participant_id, period_code, version, currency, earned_minor, clawed_back_minor, forgiven_minor, payable_minor, acknowledged, prev_hash, input_hash, output_hash, engine_version, calculated_at, calculated_by_id, approved_by_id, deleted_at, status ON comp_statement WHEN old.status IN ('closed', 'paid') AND (SELECT is_replay FROM journal_state) = 0 AND (old.status = 'closed' AND new.status NOT IN ('closed', 'paid') OR old.status = 'paid' AND new.status <> 'paid' OR old.participant_id IS NOT new.participant_id OR old.period_code IS NOT new.period_code OR old.version IS NOT new.version OR old.currency IS NOT new.currency OR old.earned_minor IS NOT new.earned_minor OR old.clawed_back_minor IS NOT new.clawed_back_minor OR old.forgiven_minor IS NOT new.forgiven_minor OR old.payable_minor IS NOT new.payable_minor OR old.acknowledged IS NOT new.acknowledged OR old.prev_hash IS NOT new.prev_hash OR old.input_hash IS NOT new.input_hash OR old.output_hash IS NOT new.output_hash OR old.engine_version IS NOT new.engine_version OR old.calculated_at IS NOT new.calculated_at OR old.calculated_by_id IS NOT new.calculated_by_id OR old.approved_by_id IS NOT new.approved_by_id OR old.deleted_at IS NOT new.deleted_at) BEGIN
  SELECT RAISE(ABORT, 'statement_is_closed');
END;

CREATE TRIGGER rule_comp_statement_delete BEFORE DELETE ON comp_statement WHEN old.status IN ('closed', 'paid') AND (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'statement_is_closed');
END;

CREATE TRIGGER rule_comp_period_update BEFORE UPDATE OF code, kind, starts_on, ends_on, closed_by_id, closed_at, status, deleted_at ON comp_period WHEN old.status = 'closed' AND (SELECT is_replay FROM journal_state) = 0 AND (0 OR old.code IS NOT new.code OR old.kind IS NOT new.kind OR old.starts_on IS NOT new.starts_on OR old.ends_on IS NOT new.ends_on OR old.closed_by_id IS NOT new.closed_by_id OR old.closed_at IS NOT new.closed_at OR old.status IS NOT new.status OR old.deleted_at IS NOT new.deleted_at) BEGIN
  SELECT RAISE(ABORT, 'period_is_closed');
END;

CREATE TRIGGER rule_comp_period_delete BEFORE DELETE ON comp_period WHEN old.status = 'closed' AND (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'period_is_closed');
END;

CREATE TRIGGER rule_comp_plan_version_update BEFORE UPDATE OF plan_id, no, valid_from, terms, content_hash, published_at, deleted_at, status ON comp_plan_version WHEN old.status <> 'draft' AND (SELECT is_replay FROM journal_state) = 0 AND (new.status = 'draft' OR old.plan_id IS NOT new.plan_id OR old.no IS NOT new.no OR old.valid_from IS NOT new.valid_from OR old.terms IS NOT new.terms OR old.content_hash IS NOT new.content_hash OR old.published_at IS NOT new.published_at OR old.deleted_at IS NOT new.deleted_at) BEGIN
  SELECT RAISE(ABORT, 'plan_is_published');
END;

CREATE TRIGGER rule_comp_plan_version_delete BEFORE DELETE ON comp_plan_version WHEN old.status <> 'draft' AND (SELECT is_replay FROM journal_state) = 0 BEGIN
  SELECT RAISE(ABORT, 'plan_is_published');
END;

CREATE TRIGGER rule_comp_line_insert BEFORE INSERT ON comp_line WHEN (SELECT is_replay FROM journal_state) = 0 AND EXISTS (SELECT 1 FROM comp_statement s WHERE s.id = new.statement_id AND s.status IN ('closed', 'paid')) BEGIN
  SELECT RAISE(ABORT, 'statement_is_closed');
END;

CREATE TRIGGER rule_comp_line_update BEFORE UPDATE ON comp_line WHEN (SELECT is_replay FROM journal_state) = 0 AND EXISTS (SELECT 1 FROM comp_statement s WHERE s.id IN (old.statement_id, new.statement_id) AND s.status IN ('closed', 'paid')) BEGIN
  SELECT RAISE(ABORT, 'statement_is_closed');
END;

CREATE TRIGGER rule_comp_line_delete BEFORE DELETE ON comp_line WHEN (SELECT is_replay FROM journal_state) = 0 AND EXISTS (SELECT 1 FROM comp_statement s WHERE s.id = old.statement_id AND s.status IN ('closed', 'paid')) BEGIN
  SELECT RAISE(ABORT, 'statement_is_closed');
END;

CREATE TRIGGER rule_comp_balance_insert BEFORE INSERT ON comp_balance WHEN (SELECT is_replay FROM journal_state) = 0 AND EXISTS (SELECT 1 FROM comp_statement s WHERE s.participant_id = new.participant_id AND s.period_code = new.period_code AND s.status IN ('closed', 'paid')) BEGIN
  SELECT RAISE(ABORT, 'statement_is_closed');
END;

CREATE TRIGGER rule_comp_balance_update BEFORE UPDATE ON comp_balance WHEN (SELECT is_replay FROM journal_state) = 0 AND (EXISTS (SELECT 1 FROM comp_statement s WHERE s.participant_id = old.participant_id AND s.period_code = old.period_code AND s.status IN ('closed', 'paid')) OR EXISTS (SELECT 1 FROM comp_statement s WHERE s.participant_id = new.participant_id AND s.period_code = new.period_code AND s.status IN ('closed', 'paid'))) BEGIN
  SELECT RAISE(ABORT, 'statement_is_closed');
END;

CREATE TRIGGER rule_comp_balance_delete BEFORE DELETE ON comp_balance WHEN (SELECT is_replay FROM journal_state) = 0 AND EXISTS (SELECT 1 FROM comp_statement s WHERE s.participant_id = old.participant_id AND s.period_code = old.period_code AND s.status IN ('closed', 'paid')) BEGIN
  SELECT RAISE(ABORT, 'statement_is_closed');
END;

CREATE VIEW billed_item_due AS SELECT h.account_id AS account_id, COALESCE(l.product_id, l.description, '') AS item, COALESCE(h.channel, '') AS channel, h.issued_on AS billed_on, h.currency AS currency, l.id AS line_id, l.net_minor + l.share_minor AS net_minor, l.cost_minor AS cost_minor FROM invoice h JOIN invoice_line l ON l.invoice_id = h.id WHERE h.deleted_at IS NULL;

CREATE TRIGGER billed_item_insert AFTER INSERT ON invoice_line BEGIN
  INSERT OR REPLACE INTO billed_item SELECT * FROM billed_item_due WHERE line_id = new.id;
END;

CREATE TRIGGER billed_item_update AFTER UPDATE OF invoice_id, product_id, description, net_minor, share_minor, cost_minor ON invoice_line BEGIN
  DELETE FROM billed_item WHERE (account_id, item, channel, billed_on, currency, line_id) IN (SELECT h.account_id, COALESCE(old.product_id, old.description, ''), COALESCE(h.channel, ''), h.issued_on, h.currency, old.id FROM invoice h WHERE h.id = old.invoice_id);
  INSERT OR REPLACE INTO billed_item SELECT * FROM billed_item_due WHERE line_id = new.id;
END;

CREATE TRIGGER billed_item_delete AFTER DELETE ON invoice_line BEGIN
  DELETE FROM billed_item WHERE (account_id, item, channel, billed_on, currency, line_id) IN (SELECT h.account_id, COALESCE(old.product_id, old.description, ''), COALESCE(h.channel, ''), h.issued_on, h.currency, old.id FROM invoice h WHERE h.id = old.invoice_id);
END;

CREATE TRIGGER billed_item_head AFTER UPDATE OF account_id, channel, issued_on, currency, deleted_at ON invoice WHEN old.account_id IS NOT new.account_id OR old.channel IS NOT new.channel OR old.issued_on IS NOT new.issued_on OR old.currency IS NOT new.currency OR old.deleted_at IS NOT new.deleted_at BEGIN
  DELETE FROM billed_item WHERE (account_id, item, channel, billed_on, currency, line_id) IN (SELECT old.account_id, COALESCE(l.product_id, l.description, ''), COALESCE(old.channel, ''), old.issued_on, old.currency, l.id FROM invoice_line l WHERE l.invoice_id = old.id);
  INSERT OR REPLACE INTO billed_item SELECT * FROM billed_item_due WHERE line_id IN (SELECT id FROM invoice_line WHERE invoice_id = new.id);
END;

CREATE VIEW ordered_item_due AS SELECT h.ordered_on AS ordered_on, h.id AS order_id, l.id AS line_id, l.product_id AS product_id FROM sales_order h JOIN sales_order_line l ON l.order_id = h.id WHERE h.deleted_at IS NULL AND h.state <> 'cancelled' AND +l.product_id IS NOT NULL;

CREATE TRIGGER ordered_item_insert AFTER INSERT ON sales_order_line BEGIN
  INSERT OR REPLACE INTO ordered_item SELECT * FROM ordered_item_due WHERE line_id = new.id;
END;

CREATE TRIGGER ordered_item_update AFTER UPDATE OF order_id, product_id ON sales_order_line BEGIN
  DELETE FROM ordered_item WHERE (ordered_on, order_id, line_id) IN (SELECT h.ordered_on, h.id, old.id FROM sales_order h WHERE h.id = old.order_id);
  INSERT OR REPLACE INTO ordered_item SELECT * FROM ordered_item_due WHERE line_id = new.id;
END;

CREATE TRIGGER ordered_item_delete AFTER DELETE ON sales_order_line BEGIN
  DELETE FROM ordered_item WHERE (ordered_on, order_id, line_id) IN (SELECT h.ordered_on, h.id, old.id FROM sales_order h WHERE h.id = old.order_id);
END;

CREATE TRIGGER ordered_item_head AFTER UPDATE OF ordered_on, deleted_at, state ON sales_order WHEN old.ordered_on <> new.ordered_on OR old.deleted_at IS NOT new.deleted_at OR (old.state = 'cancelled') <> (new.state = 'cancelled') BEGIN
  DELETE FROM ordered_item WHERE (ordered_on, order_id, line_id) IN (SELECT old.ordered_on, old.id, l.id FROM sales_order_line l WHERE l.order_id = old.id);
  INSERT OR REPLACE INTO ordered_item SELECT * FROM ordered_item_due WHERE line_id IN (SELECT id FROM sales_order_line WHERE order_id = new.id);
END;

CREATE VIEW paid_item_due AS SELECT h.account_id AS account_id, h.issued_on AS issued_on, h.currency AS currency, l.id AS payment_id, CASE WHEN l.paid_on > h.due_on THEN l.amount_minor * CAST(julianday(l.paid_on) - julianday(h.due_on) AS INTEGER) ELSE 0 END AS late, CASE WHEN l.paid_on > h.issued_on THEN l.amount_minor * CAST(julianday(l.paid_on) - julianday(h.issued_on) AS INTEGER) ELSE 0 END AS outstanding FROM invoice h JOIN payment l ON l.invoice_id = h.id WHERE h.deleted_at IS NULL AND l.deleted_at IS NULL AND h.gross_minor > 0;

CREATE TRIGGER paid_item_insert AFTER INSERT ON payment BEGIN
  INSERT OR REPLACE INTO paid_item SELECT * FROM paid_item_due WHERE payment_id = new.id;
END;

CREATE TRIGGER paid_item_update AFTER UPDATE OF invoice_id, paid_on, amount_minor, deleted_at ON payment BEGIN
  DELETE FROM paid_item WHERE (account_id, issued_on, currency, payment_id) IN (SELECT h.account_id, h.issued_on, h.currency, old.id FROM invoice h WHERE h.id = old.invoice_id);
  INSERT OR REPLACE INTO paid_item SELECT * FROM paid_item_due WHERE payment_id = new.id;
END;

CREATE TRIGGER paid_item_delete AFTER DELETE ON payment BEGIN
  DELETE FROM paid_item WHERE (account_id, issued_on, currency, payment_id) IN (SELECT h.account_id, h.issued_on, h.currency, old.id FROM invoice h WHERE h.id = old.invoice_id);
END;

CREATE TRIGGER paid_item_head AFTER UPDATE OF account_id, issued_on, due_on, currency, gross_minor, deleted_at ON invoice WHEN old.account_id IS NOT new.account_id OR old.issued_on IS NOT new.issued_on OR old.due_on IS NOT new.due_on OR old.currency IS NOT new.currency OR old.gross_minor IS NOT new.gross_minor OR old.deleted_at IS NOT new.deleted_at BEGIN
  DELETE FROM paid_item WHERE (account_id, issued_on, currency, payment_id) IN (SELECT old.account_id, old.issued_on, old.currency, l.id FROM payment l WHERE l.invoice_id = old.id);
  INSERT OR REPLACE INTO paid_item SELECT * FROM paid_item_due WHERE payment_id IN (SELECT id FROM payment WHERE invoice_id = new.id);
END;

CREATE VIEW whole_approval_rule AS SELECT 'approval_rule', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'conditions', conditions, 'approver_role', approver_role, 'sequence', sequence, 'is_active', is_active) FROM approval_rule;

CREATE TRIGGER journal_approval_rule_insert AFTER INSERT ON approval_rule BEGIN
  UPDATE approval_rule SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM approval_rule) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_approval_rule WHERE id = new.id;
END;

CREATE TRIGGER journal_approval_rule_before BEFORE UPDATE ON approval_rule WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_approval_rule WHERE id = old.id;
END;

CREATE TRIGGER journal_approval_rule_update AFTER UPDATE ON approval_rule WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_approval_rule WHERE id = new.id;
END;

CREATE TRIGGER journal_approval_rule_delete BEFORE DELETE ON approval_rule BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_approval_rule WHERE id = old.id;
END;

CREATE VIEW whole_comp_plan AS SELECT 'comp_plan', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'code', code, 'name', name, 'currency', currency) FROM comp_plan;

CREATE TRIGGER journal_comp_plan_insert AFTER INSERT ON comp_plan BEGIN
  UPDATE comp_plan SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM comp_plan) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_comp_plan WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_plan_before BEFORE UPDATE ON comp_plan WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_comp_plan WHERE id = old.id;
END;

CREATE TRIGGER journal_comp_plan_update AFTER UPDATE ON comp_plan WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_comp_plan WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_plan_delete BEFORE DELETE ON comp_plan BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_comp_plan WHERE id = old.id;
END;

CREATE VIEW whole_external_id AS SELECT 'external_id', id, json_object('id', id, 'table_name', table_name, 'row_id', row_id, 'source', source, 'value', value) FROM external_id;

CREATE TRIGGER journal_external_id_insert AFTER INSERT ON external_id BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_external_id WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT new.table_name, new.row_id WHERE new.table_name IN ('account', 'contact', 'lead', 'opportunity', 'product', 'activity', 'task', 'note', 'event', 'quote', 'sales_order', 'invoice');
END;

CREATE TRIGGER journal_external_id_before BEFORE UPDATE ON external_id BEGIN
  INSERT INTO journal_before SELECT * FROM whole_external_id WHERE id = old.id;
END;

CREATE TRIGGER journal_external_id_update AFTER UPDATE ON external_id BEGIN
  INSERT INTO journal_update SELECT * FROM whole_external_id WHERE id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT new.table_name, new.row_id WHERE new.table_name IN ('account', 'contact', 'lead', 'opportunity', 'product', 'activity', 'task', 'note', 'event', 'quote', 'sales_order', 'invoice');
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT old.table_name, old.row_id WHERE old.table_name IN ('account', 'contact', 'lead', 'opportunity', 'product', 'activity', 'task', 'note', 'event', 'quote', 'sales_order', 'invoice');
END;

CREATE TRIGGER journal_external_id_delete BEFORE DELETE ON external_id BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_external_id WHERE id = old.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT old.table_name, old.row_id WHERE old.table_name IN ('account', 'contact', 'lead', 'opportunity', 'product', 'activity', 'task', 'note', 'event', 'quote', 'sales_order', 'invoice');
END;

CREATE VIEW whole_fx_rate AS SELECT 'fx_rate', id, json_object('id', id, 'source', source, 'target', target, 'on_day', on_day, 'rate_e9', rate_e9) FROM fx_rate;

CREATE TRIGGER journal_fx_rate_insert AFTER INSERT ON fx_rate BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_fx_rate WHERE id = new.id;
END;

CREATE TRIGGER journal_fx_rate_before BEFORE UPDATE ON fx_rate BEGIN
  INSERT INTO journal_before SELECT * FROM whole_fx_rate WHERE id = old.id;
END;

CREATE TRIGGER journal_fx_rate_update AFTER UPDATE ON fx_rate BEGIN
  INSERT INTO journal_update SELECT * FROM whole_fx_rate WHERE id = new.id;
END;

CREATE TRIGGER journal_fx_rate_delete BEFORE DELETE ON fx_rate BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_fx_rate WHERE id = old.id;
END;

CREATE VIEW whole_kpi_baseline AS SELECT 'kpi_baseline', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'kpi', kpi, 'scope', scope, 'value_dec6', value_dec6, 'period', period) FROM kpi_baseline;

CREATE TRIGGER journal_kpi_baseline_insert AFTER INSERT ON kpi_baseline BEGIN
  UPDATE kpi_baseline SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM kpi_baseline) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_kpi_baseline WHERE id = new.id;
END;

CREATE TRIGGER journal_kpi_baseline_before BEFORE UPDATE ON kpi_baseline WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_kpi_baseline WHERE id = old.id;
END;

CREATE TRIGGER journal_kpi_baseline_update AFTER UPDATE ON kpi_baseline WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_kpi_baseline WHERE id = new.id;
END;

CREATE TRIGGER journal_kpi_baseline_delete BEFORE DELETE ON kpi_baseline BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_kpi_baseline WHERE id = old.id;
END;

CREATE VIEW whole_paper_file AS SELECT 'paper_file', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'table_name', table_name, 'record_id', record_id, 'kind', kind, 'template', template, 'template_sha256', template_sha256, 'language', language, 'media_type', media_type, 'sha256', sha256, 'name', name, 'made_at', made_at) FROM paper_file;

CREATE TRIGGER journal_paper_file_insert AFTER INSERT ON paper_file BEGIN
  UPDATE paper_file SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM paper_file) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_paper_file WHERE id = new.id;
END;

CREATE TRIGGER journal_paper_file_before BEFORE UPDATE ON paper_file WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_paper_file WHERE id = old.id;
END;

CREATE TRIGGER journal_paper_file_update AFTER UPDATE ON paper_file WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_paper_file WHERE id = new.id;
END;

CREATE TRIGGER journal_paper_file_delete BEFORE DELETE ON paper_file BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_paper_file WHERE id = old.id;
END;

CREATE VIEW whole_pipeline AS SELECT 'pipeline', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'seq', seq) FROM pipeline;

CREATE TRIGGER journal_pipeline_insert AFTER INSERT ON pipeline BEGIN
  UPDATE pipeline SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM pipeline) IS NULL) WHERE id = new.id AND ref IS NULL;
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

CREATE VIEW whole_price_book AS SELECT 'price_book', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'currency', currency, 'is_tax_inclusive', is_tax_inclusive, 'is_standard', is_standard, 'parent_id', parent_id, 'valid_from', valid_from, 'valid_to', valid_to) FROM price_book;

CREATE TRIGGER journal_price_book_insert AFTER INSERT ON price_book BEGIN
  UPDATE price_book SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM price_book) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_price_book WHERE id = new.id;
END;

CREATE TRIGGER journal_price_book_before BEFORE UPDATE ON price_book WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_price_book WHERE id = old.id;
END;

CREATE TRIGGER journal_price_book_update AFTER UPDATE ON price_book WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_price_book WHERE id = new.id;
END;

CREATE TRIGGER journal_price_book_delete BEFORE DELETE ON price_book BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_price_book WHERE id = old.id;
END;

CREATE VIEW whole_price_rule AS SELECT 'price_rule', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'priority', priority, 'condition', condition, 'effect', effect, 'value', value, 'currency', currency, 'is_stackable', is_stackable, 'exclusive_group', exclusive_group, 'additive_group', additive_group, 'valid_from', valid_from, 'valid_to', valid_to) FROM price_rule;

CREATE TRIGGER journal_price_rule_insert AFTER INSERT ON price_rule BEGIN
  UPDATE price_rule SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM price_rule) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_price_rule WHERE id = new.id;
END;

CREATE TRIGGER journal_price_rule_before BEFORE UPDATE ON price_rule WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_price_rule WHERE id = old.id;
END;

CREATE TRIGGER journal_price_rule_update AFTER UPDATE ON price_rule WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_price_rule WHERE id = new.id;
END;

CREATE TRIGGER journal_price_rule_delete BEFORE DELETE ON price_rule BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_price_rule WHERE id = old.id;
END;

CREATE VIEW whole_tag AS SELECT 'tag', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name) FROM tag;

CREATE TRIGGER journal_tag_insert AFTER INSERT ON tag BEGIN
  UPDATE tag SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM tag) IS NULL) WHERE id = new.id AND ref IS NULL;
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

CREATE VIEW whole_tax_code AS SELECT 'tax_code', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'code', code, 'category', category, 'reason', reason) FROM tax_code;

CREATE TRIGGER journal_tax_code_insert AFTER INSERT ON tax_code BEGIN
  UPDATE tax_code SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM tax_code) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_tax_code WHERE id = new.id;
END;

CREATE TRIGGER journal_tax_code_before BEFORE UPDATE ON tax_code WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_tax_code WHERE id = old.id;
END;

CREATE TRIGGER journal_tax_code_update AFTER UPDATE ON tax_code WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_tax_code WHERE id = new.id;
END;

CREATE TRIGGER journal_tax_code_delete BEFORE DELETE ON tax_code BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_tax_code WHERE id = old.id;
END;

CREATE VIEW whole_team AS SELECT 'team', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name) FROM team;

CREATE TRIGGER journal_team_insert AFTER INSERT ON team BEGIN
  UPDATE team SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM team) IS NULL) WHERE id = new.id AND ref IS NULL;
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
  UPDATE territory SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM territory) IS NULL) WHERE id = new.id AND ref IS NULL;
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
  UPDATE app_user SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM app_user) IS NULL) WHERE id = new.id AND ref IS NULL;
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

CREATE VIEW whole_comp_plan_version AS SELECT 'comp_plan_version', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'plan_id', plan_id, 'no', no, 'valid_from', valid_from, 'valid_to', valid_to, 'terms', terms, 'status', status, 'content_hash', content_hash, 'published_at', published_at) FROM comp_plan_version;

CREATE TRIGGER journal_comp_plan_version_insert AFTER INSERT ON comp_plan_version BEGIN
  UPDATE comp_plan_version SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM comp_plan_version) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_comp_plan_version WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_plan_version_before BEFORE UPDATE ON comp_plan_version WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_comp_plan_version WHERE id = old.id;
END;

CREATE TRIGGER journal_comp_plan_version_update AFTER UPDATE ON comp_plan_version WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_comp_plan_version WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_plan_version_delete BEFORE DELETE ON comp_plan_version BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_comp_plan_version WHERE id = old.id;
END;

CREATE VIEW whole_product AS SELECT 'product', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'code', code, 'category', category, 'unit', unit, 'price_dec6', price_dec6, 'cost_dec6', cost_dec6, 'currency', currency, 'tax_code_id', tax_code_id, 'period', period, 'floor_dec6', floor_dec6, 'min_margin_ppm', min_margin_ppm, 'bundle', bundle, 'is_active', is_active, 'description', description, 'custom', custom) FROM product;

CREATE TRIGGER journal_product_insert AFTER INSERT ON product BEGIN
  UPDATE product SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM product) IS NULL) WHERE id = new.id AND ref IS NULL;
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
  UPDATE stage SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM stage) IS NULL) WHERE id = new.id AND ref IS NULL;
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

CREATE VIEW whole_tax_rate AS SELECT 'tax_rate', id, json_object('id', id, 'tax_code_id', tax_code_id, 'jurisdiction', jurisdiction, 'rate_ppm', rate_ppm, 'valid_from', valid_from, 'valid_to', valid_to) FROM tax_rate;

CREATE TRIGGER journal_tax_rate_insert AFTER INSERT ON tax_rate BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_tax_rate WHERE id = new.id;
END;

CREATE TRIGGER journal_tax_rate_before BEFORE UPDATE ON tax_rate BEGIN
  INSERT INTO journal_before SELECT * FROM whole_tax_rate WHERE id = old.id;
END;

CREATE TRIGGER journal_tax_rate_update AFTER UPDATE ON tax_rate BEGIN
  INSERT INTO journal_update SELECT * FROM whole_tax_rate WHERE id = new.id;
END;

CREATE TRIGGER journal_tax_rate_delete BEFORE DELETE ON tax_rate BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_tax_rate WHERE id = old.id;
END;

CREATE VIEW whole_account AS SELECT 'account', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'legal_name', legal_name, 'parent_id', parent_id, 'type', type, 'lifecycle', lifecycle, 'industry', industry, 'segment', segment, 'employees', employees, 'annual_revenue_minor', annual_revenue_minor, 'currency', currency, 'payment_terms_days', payment_terms_days, 'credit_limit_minor', credit_limit_minor, 'price_group', price_group, 'price_book_id', price_book_id, 'website', website, 'domain', domain, 'tax_id', tax_id, 'owner_id', owner_id, 'team_id', team_id, 'territory_id', territory_id, 'language', language, 'source', source, 'founded_year', founded_year, 'referrer_id', referrer_id, 'category_spend_minor', category_spend_minor, 'spend_as_of', spend_as_of, 'spend_source', spend_source, 'operates_in', operates_in, 'influence', influence, 'competitor_relation', competitor_relation, 'switching_effort', switching_effort, 'management_level', management_level, 'credit_rating', credit_rating, 'risk_band', risk_band, 'has_stock_priority', has_stock_priority, 'plan', plan, 'plan_until', plan_until, 'retention_level', retention_level, 'created_on', created_on, 'description', description, 'custom', custom, 'match_key', match_key, 'merged_into', merged_into) FROM account;

CREATE TRIGGER journal_account_insert AFTER INSERT ON account BEGIN
  UPDATE account SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM account) IS NULL) WHERE id = new.id AND ref IS NULL;
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
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'quote', id FROM quote WHERE account_id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'sales_order', id FROM sales_order WHERE account_id = new.id;
  INSERT OR IGNORE INTO search_queue (table_name, row_id) SELECT 'invoice', id FROM invoice WHERE account_id = new.id;
END;

CREATE TRIGGER journal_account_delete BEFORE DELETE ON account BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_account WHERE id = old.id;
END;

CREATE VIEW whole_comp_adjustment AS SELECT 'comp_adjustment', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'participant_id', participant_id, 'period_code', period_code, 'amount_minor', amount_minor, 'currency', currency, 'reason_code', reason_code, 'note', note, 'requested_by_id', requested_by_id, 'approved_by_id', approved_by_id, 'approved_at', approved_at) FROM comp_adjustment;

CREATE TRIGGER journal_comp_adjustment_insert AFTER INSERT ON comp_adjustment BEGIN
  UPDATE comp_adjustment SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM comp_adjustment) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_comp_adjustment WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_adjustment_before BEFORE UPDATE ON comp_adjustment WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_comp_adjustment WHERE id = old.id;
END;

CREATE TRIGGER journal_comp_adjustment_update AFTER UPDATE ON comp_adjustment WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_comp_adjustment WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_adjustment_delete BEFORE DELETE ON comp_adjustment BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_comp_adjustment WHERE id = old.id;
END;

CREATE VIEW whole_comp_assignment AS SELECT 'comp_assignment', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'participant_id', participant_id, 'plan_id', plan_id, 'role', role, 'valid_from', valid_from, 'valid_to', valid_to, 'target_incentive_minor', target_incentive_minor, 'leave', leave, 'draw', draw) FROM comp_assignment;

CREATE TRIGGER journal_comp_assignment_insert AFTER INSERT ON comp_assignment BEGIN
  UPDATE comp_assignment SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM comp_assignment) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_comp_assignment WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_assignment_before BEFORE UPDATE ON comp_assignment WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_comp_assignment WHERE id = old.id;
END;

CREATE TRIGGER journal_comp_assignment_update AFTER UPDATE ON comp_assignment WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_comp_assignment WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_assignment_delete BEFORE DELETE ON comp_assignment BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_comp_assignment WHERE id = old.id;
END;

CREATE VIEW whole_comp_balance AS SELECT 'comp_balance', id, json_object('id', id, 'participant_id', participant_id, 'period_code', period_code, 'kind', kind, 'currency', currency, 'opening', opening, 'increase', increase, 'decrease', decrease, 'closing', closing) FROM comp_balance;

CREATE TRIGGER journal_comp_balance_insert AFTER INSERT ON comp_balance BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_comp_balance WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_balance_before BEFORE UPDATE ON comp_balance BEGIN
  INSERT INTO journal_before SELECT * FROM whole_comp_balance WHERE id = old.id;
END;

CREATE TRIGGER journal_comp_balance_update AFTER UPDATE ON comp_balance BEGIN
  INSERT INTO journal_update SELECT * FROM whole_comp_balance WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_balance_delete BEFORE DELETE ON comp_balance BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_comp_balance WHERE id = old.id;
END;

CREATE VIEW whole_comp_credit AS SELECT 'comp_credit', id, json_object('id', id, 'source_type', source_type, 'source_id', source_id, 'participant_id', participant_id, 'role', role, 'type', type, 'commission_ppm', commission_ppm, 'quota_ppm', quota_ppm, 'recorded_at', recorded_at, 'reason', reason) FROM comp_credit;

CREATE TRIGGER journal_comp_credit_insert AFTER INSERT ON comp_credit BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_comp_credit WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_credit_before BEFORE UPDATE ON comp_credit BEGIN
  INSERT INTO journal_before SELECT * FROM whole_comp_credit WHERE id = old.id;
END;

CREATE TRIGGER journal_comp_credit_update AFTER UPDATE ON comp_credit BEGIN
  INSERT INTO journal_update SELECT * FROM whole_comp_credit WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_credit_delete BEFORE DELETE ON comp_credit BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_comp_credit WHERE id = old.id;
END;

CREATE VIEW whole_comp_dispute AS SELECT 'comp_dispute', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'line_key', line_key, 'participant_id', participant_id, 'period_code', period_code, 'reason', reason, 'claimed_minor', claimed_minor, 'status', status, 'resolution', resolution, 'resolution_key', resolution_key, 'due_on', due_on, 'opened_at', opened_at, 'closed_at', closed_at) FROM comp_dispute;

CREATE TRIGGER journal_comp_dispute_insert AFTER INSERT ON comp_dispute BEGIN
  UPDATE comp_dispute SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM comp_dispute) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_comp_dispute WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_dispute_before BEFORE UPDATE ON comp_dispute WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_comp_dispute WHERE id = old.id;
END;

CREATE TRIGGER journal_comp_dispute_update AFTER UPDATE ON comp_dispute WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_comp_dispute WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_dispute_delete BEFORE DELETE ON comp_dispute BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_comp_dispute WHERE id = old.id;
END;

CREATE VIEW whole_comp_period AS SELECT 'comp_period', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'code', code, 'kind', kind, 'starts_on', starts_on, 'ends_on', ends_on, 'status', status, 'closed_by_id', closed_by_id, 'closed_at', closed_at) FROM comp_period;

CREATE TRIGGER journal_comp_period_insert AFTER INSERT ON comp_period BEGIN
  UPDATE comp_period SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM comp_period) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_comp_period WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_period_before BEFORE UPDATE ON comp_period WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_comp_period WHERE id = old.id;
END;

CREATE TRIGGER journal_comp_period_update AFTER UPDATE ON comp_period WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_comp_period WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_period_delete BEFORE DELETE ON comp_period BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_comp_period WHERE id = old.id;
END;

CREATE VIEW whole_comp_quota AS SELECT 'comp_quota', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'participant_id', participant_id, 'period_code', period_code, 'component_code', component_code, 'amount', amount, 'currency', currency, 'target_minor', target_minor, 'score', score, 'ramp_ppm', ramp_ppm, 'recorded_at', recorded_at) FROM comp_quota;

CREATE TRIGGER journal_comp_quota_insert AFTER INSERT ON comp_quota BEGIN
  UPDATE comp_quota SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM comp_quota) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_comp_quota WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_quota_before BEFORE UPDATE ON comp_quota WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_comp_quota WHERE id = old.id;
END;

CREATE TRIGGER journal_comp_quota_update AFTER UPDATE ON comp_quota WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_comp_quota WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_quota_delete BEFORE DELETE ON comp_quota BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_comp_quota WHERE id = old.id;
END;

CREATE VIEW whole_comp_statement AS SELECT 'comp_statement', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'participant_id', participant_id, 'period_code', period_code, 'version', version, 'status', status, 'currency', currency, 'earned_minor', earned_minor, 'clawed_back_minor', clawed_back_minor, 'forgiven_minor', forgiven_minor, 'payable_minor', payable_minor, 'acknowledged', acknowledged, 'prev_hash', prev_hash, 'input_hash', input_hash, 'output_hash', output_hash, 'engine_version', engine_version, 'calculated_at', calculated_at, 'calculated_by_id', calculated_by_id, 'approved_by_id', approved_by_id) FROM comp_statement;

CREATE TRIGGER journal_comp_statement_insert AFTER INSERT ON comp_statement BEGIN
  UPDATE comp_statement SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM comp_statement) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_comp_statement WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_statement_before BEFORE UPDATE ON comp_statement WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_comp_statement WHERE id = old.id;
END;

CREATE TRIGGER journal_comp_statement_update AFTER UPDATE ON comp_statement WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_comp_statement WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_statement_delete BEFORE DELETE ON comp_statement BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_comp_statement WHERE id = old.id;
END;

CREATE VIEW whole_contact AS SELECT 'contact', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'given_name', given_name, 'family_name', family_name, 'middle_name', middle_name, 'prefix', prefix, 'suffix', suffix, 'nickname', nickname, 'title', title, 'department', department, 'reports_to_id', reports_to_id, 'birthday', birthday, 'language', language, 'preferred_channel', preferred_channel, 'preferred_time', preferred_time, 'time_zone', time_zone, 'owner_id', owner_id, 'source', source, 'created_on', created_on, 'description', description, 'custom', custom, 'match_key', match_key, 'merged_into', merged_into, 'uid', uid, 'extra', extra) FROM contact;

CREATE TRIGGER journal_contact_insert AFTER INSERT ON contact BEGIN
  UPDATE contact SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM contact) IS NULL) WHERE id = new.id AND ref IS NULL;
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

CREATE VIEW whole_forecast_submission AS SELECT 'forecast_submission', id, json_object('id', id, 'user_id', user_id, 'owner_id', owner_id, 'is_rolled_up', is_rolled_up, 'starts_on', starts_on, 'ends_on', ends_on, 'horizon', horizon, 'category', category, 'currency', currency, 'point_minor', point_minor, 'p10_minor', p10_minor, 'p90_minor', p90_minor, 'note', note, 'at', at) FROM forecast_submission;

CREATE TRIGGER journal_forecast_submission_insert AFTER INSERT ON forecast_submission BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_forecast_submission WHERE id = new.id;
END;

CREATE TRIGGER journal_forecast_submission_before BEFORE UPDATE ON forecast_submission BEGIN
  INSERT INTO journal_before SELECT * FROM whole_forecast_submission WHERE id = old.id;
END;

CREATE TRIGGER journal_forecast_submission_update AFTER UPDATE ON forecast_submission BEGIN
  INSERT INTO journal_update SELECT * FROM whole_forecast_submission WHERE id = new.id;
END;

CREATE TRIGGER journal_forecast_submission_delete BEFORE DELETE ON forecast_submission BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_forecast_submission WHERE id = old.id;
END;

CREATE VIEW whole_inbox_entry AS SELECT 'inbox_entry', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'user_id', user_id, 'kind', kind, 'table_name', table_name, 'row_id', row_id, 'code', code, 'sentence', sentence, 'mine', mine, 'theirs', theirs, 'before', before, 'settled', settled, 'status', status, 'happened_at', happened_at) FROM inbox_entry;

CREATE TRIGGER journal_inbox_entry_insert AFTER INSERT ON inbox_entry BEGIN
  UPDATE inbox_entry SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM inbox_entry) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_inbox_entry WHERE id = new.id;
END;

CREATE TRIGGER journal_inbox_entry_before BEFORE UPDATE ON inbox_entry WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_inbox_entry WHERE id = old.id;
END;

CREATE TRIGGER journal_inbox_entry_update AFTER UPDATE ON inbox_entry WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_inbox_entry WHERE id = new.id;
END;

CREATE TRIGGER journal_inbox_entry_delete BEFORE DELETE ON inbox_entry BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_inbox_entry WHERE id = old.id;
END;

CREATE VIEW whole_lead AS SELECT 'lead', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'given_name', given_name, 'family_name', family_name, 'company', company, 'title', title, 'email', email, 'phone', phone, 'website', website, 'industry', industry, 'segment', segment, 'source', source, 'status', status, 'owner_id', owner_id, 'created_on', created_on, 'description', description, 'custom', custom) FROM lead;

CREATE TRIGGER journal_lead_insert AFTER INSERT ON lead BEGIN
  UPDATE lead SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM lead) IS NULL) WHERE id = new.id AND ref IS NULL;
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

CREATE VIEW whole_price_entry AS SELECT 'price_entry', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'book_id', book_id, 'product_id', product_id, 'unit', unit, 'channel', channel, 'price_dec6', price_dec6, 'base_dec6', base_dec6, 'priority', priority, 'valid_from', valid_from, 'valid_to', valid_to) FROM price_entry;

CREATE TRIGGER journal_price_entry_insert AFTER INSERT ON price_entry BEGIN
  UPDATE price_entry SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM price_entry) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_price_entry WHERE id = new.id;
END;

CREATE TRIGGER journal_price_entry_before BEFORE UPDATE ON price_entry WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_price_entry WHERE id = old.id;
END;

CREATE TRIGGER journal_price_entry_update AFTER UPDATE ON price_entry WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_price_entry WHERE id = new.id;
END;

CREATE TRIGGER journal_price_entry_delete BEFORE DELETE ON price_entry BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_price_entry WHERE id = old.id;
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

CREATE VIEW whole_comp_event AS SELECT 'comp_event', id, json_object('id', id, 'type', type, 'event_date', event_date, 'recorded_at', recorded_at, 'source_type', source_type, 'source_id', source_id, 'source_line_id', source_line_id, 'account_id', account_id, 'product_id', product_id, 'owner_id', owner_id, 'quantity_dec6', quantity_dec6, 'net_minor', net_minor, 'cost_minor', cost_minor, 'currency', currency, 'fx_rate_e9', fx_rate_e9, 'reverses_event_id', reverses_event_id, 'facts', facts) FROM comp_event;

CREATE TRIGGER journal_comp_event_insert AFTER INSERT ON comp_event BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_comp_event WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_event_before BEFORE UPDATE ON comp_event BEGIN
  INSERT INTO journal_before SELECT * FROM whole_comp_event WHERE id = old.id;
END;

CREATE TRIGGER journal_comp_event_update AFTER UPDATE ON comp_event BEGIN
  INSERT INTO journal_update SELECT * FROM whole_comp_event WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_event_delete BEFORE DELETE ON comp_event BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_comp_event WHERE id = old.id;
END;

CREATE VIEW whole_comp_line AS SELECT 'comp_line', id, json_object('id', id, 'statement_id', statement_id, 'ordinal', ordinal, 'on_day', on_day, 'rule', rule, 'line_key', line_key, 'component_code', component_code, 'event_id', event_id, 'earning_period', earning_period, 'posting_period', posting_period, 'kind', kind, 'amount_minor', amount_minor, 'is_memo', is_memo, 'explain', explain, 'prev_hash', prev_hash, 'hash', hash) FROM comp_line;

CREATE TRIGGER journal_comp_line_insert AFTER INSERT ON comp_line BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_comp_line WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_line_before BEFORE UPDATE ON comp_line BEGIN
  INSERT INTO journal_before SELECT * FROM whole_comp_line WHERE id = old.id;
END;

CREATE TRIGGER journal_comp_line_update AFTER UPDATE ON comp_line BEGIN
  INSERT INTO journal_update SELECT * FROM whole_comp_line WHERE id = new.id;
END;

CREATE TRIGGER journal_comp_line_delete BEFORE DELETE ON comp_line BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_comp_line WHERE id = old.id;
END;

CREATE VIEW whole_consent_event AS SELECT 'consent_event', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'contact_id', contact_id, 'channel', channel, 'purpose', purpose, 'stance', stance, 'said_at', said_at, 'source', source, 'evidence', evidence) FROM consent_event;

CREATE TRIGGER journal_consent_event_insert AFTER INSERT ON consent_event BEGIN
  UPDATE consent_event SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM consent_event) IS NULL) WHERE id = new.id AND ref IS NULL;
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

CREATE VIEW whole_contract_price AS SELECT 'contract_price', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'account_id', account_id, 'price_group', price_group, 'product_id', product_id, 'category', category, 'kind', kind, 'value', value, 'currency', currency, 'base_dec6', base_dec6, 'unit', unit, 'min_qty_dec6', min_qty_dec6, 'max_qty_dec6', max_qty_dec6, 'priority', priority, 'valid_from', valid_from, 'valid_to', valid_to, 'document_ref', document_ref) FROM contract_price;

CREATE TRIGGER journal_contract_price_insert AFTER INSERT ON contract_price BEGIN
  UPDATE contract_price SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM contract_price) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_contract_price WHERE id = new.id;
END;

CREATE TRIGGER journal_contract_price_before BEFORE UPDATE ON contract_price WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_contract_price WHERE id = old.id;
END;

CREATE TRIGGER journal_contract_price_update AFTER UPDATE ON contract_price WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_contract_price WHERE id = new.id;
END;

CREATE TRIGGER journal_contract_price_delete BEFORE DELETE ON contract_price BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_contract_price WHERE id = old.id;
END;

CREATE VIEW whole_discount_schedule AS SELECT 'discount_schedule', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'kind', kind, 'effect', effect, 'scope', scope, 'product_id', product_id, 'category', category, 'account_id', account_id, 'price_group', price_group, 'currency', currency, 'tiers', tiers, 'priority', priority, 'valid_from', valid_from, 'valid_to', valid_to) FROM discount_schedule;

CREATE TRIGGER journal_discount_schedule_insert AFTER INSERT ON discount_schedule BEGIN
  UPDATE discount_schedule SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM discount_schedule) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_discount_schedule WHERE id = new.id;
END;

CREATE TRIGGER journal_discount_schedule_before BEFORE UPDATE ON discount_schedule WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_discount_schedule WHERE id = old.id;
END;

CREATE TRIGGER journal_discount_schedule_update AFTER UPDATE ON discount_schedule WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_discount_schedule WHERE id = new.id;
END;

CREATE TRIGGER journal_discount_schedule_delete BEFORE DELETE ON discount_schedule BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_discount_schedule WHERE id = old.id;
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
  UPDATE opportunity SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM opportunity) IS NULL) WHERE id = new.id AND ref IS NULL;
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

CREATE VIEW whole_value_class AS SELECT 'value_class', id, json_object('id', id, 'account_id', account_id, 'recorded_on', recorded_on, 'value_score', value_score, 'loyalty_score', loyalty_score, 'is_valuable', is_valuable, 'is_loyal', is_loyal, 'value_runs', value_runs, 'loyalty_runs', loyalty_runs) FROM value_class;

CREATE TRIGGER journal_value_class_insert AFTER INSERT ON value_class BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_value_class WHERE id = new.id;
END;

CREATE TRIGGER journal_value_class_before BEFORE UPDATE ON value_class BEGIN
  INSERT INTO journal_before SELECT * FROM whole_value_class WHERE id = old.id;
END;

CREATE TRIGGER journal_value_class_update AFTER UPDATE ON value_class BEGIN
  INSERT INTO journal_update SELECT * FROM whole_value_class WHERE id = new.id;
END;

CREATE TRIGGER journal_value_class_delete BEFORE DELETE ON value_class BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_value_class WHERE id = old.id;
END;

CREATE VIEW whole_activity AS SELECT 'activity', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'kind', kind, 'direction', direction, 'subject', subject, 'note', note, 'outcome', outcome, 'started_at', started_at, 'duration_min', duration_min, 'account_id', account_id, 'opportunity_id', opportunity_id, 'lead_id', lead_id, 'owner_id', owner_id, 'is_internal', is_internal) FROM activity;

CREATE TRIGGER journal_activity_insert AFTER INSERT ON activity BEGIN
  UPDATE activity SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM activity) IS NULL) WHERE id = new.id AND ref IS NULL;
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

CREATE VIEW whole_quote AS SELECT 'quote', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'number', number, 'name', name, 'account_id', account_id, 'contact_id', contact_id, 'opportunity_id', opportunity_id, 'owner_id', owner_id, 'currency', currency, 'price_book_id', price_book_id, 'fx_rate_e9', fx_rate_e9, 'fx_date', fx_date, 'progress', progress, 'is_primary', is_primary, 'is_template', is_template, 'language', language, 'created_on', created_on, 'description', description, 'custom', custom) FROM quote;

CREATE TRIGGER journal_quote_insert AFTER INSERT ON quote BEGIN
  UPDATE quote SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM quote) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_quote WHERE id = new.id;
END;

CREATE TRIGGER journal_quote_before BEFORE UPDATE ON quote WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_quote WHERE id = old.id;
END;

CREATE TRIGGER journal_quote_update AFTER UPDATE ON quote WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_quote WHERE id = new.id;
END;

CREATE TRIGGER journal_quote_delete BEFORE DELETE ON quote BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_quote WHERE id = old.id;
END;

CREATE VIEW whole_task AS SELECT 'task', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'subject', subject, 'due_on', due_on, 'due_time', due_time, 'priority', priority, 'status', status, 'done_at', done_at, 'note', note, 'account_id', account_id, 'contact_id', contact_id, 'opportunity_id', opportunity_id, 'lead_id', lead_id, 'owner_id', owner_id, 'created_on', created_on) FROM task;

CREATE TRIGGER journal_task_insert AFTER INSERT ON task BEGIN
  UPDATE task SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM task) IS NULL) WHERE id = new.id AND ref IS NULL;
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

CREATE VIEW whole_attachment AS SELECT 'attachment', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'name', name, 'path', path, 'size_bytes', size_bytes, 'sha256', sha256, 'account_id', account_id, 'contact_id', contact_id, 'opportunity_id', opportunity_id, 'activity_id', activity_id, 'quote_id', quote_id) FROM attachment;

CREATE TRIGGER journal_attachment_insert AFTER INSERT ON attachment BEGIN
  UPDATE attachment SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM attachment) IS NULL) WHERE id = new.id AND ref IS NULL;
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
  UPDATE event SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM event) IS NULL) WHERE id = new.id AND ref IS NULL;
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

CREATE VIEW whole_note AS SELECT 'note', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'body', body, 'account_id', account_id, 'contact_id', contact_id, 'opportunity_id', opportunity_id, 'lead_id', lead_id, 'quote_id', quote_id, 'owner_id', owner_id) FROM note;

CREATE TRIGGER journal_note_insert AFTER INSERT ON note BEGIN
  UPDATE note SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM note) IS NULL) WHERE id = new.id AND ref IS NULL;
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

CREATE VIEW whole_quote_version AS SELECT 'quote_version', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'quote_id', quote_id, 'revision', revision, 'state', state, 'quoted_on', quoted_on, 'priced_on', priced_on, 'valid_until', valid_until, 'extended_until', extended_until, 'extended_by_id', extended_by_id, 'payment_terms_days', payment_terms_days, 'tax_method', tax_method, 'is_tax_inclusive', is_tax_inclusive, 'rounding', rounding, 'cash_minor', cash_minor, 'template', template, 'cover', cover, 'terms', terms, 'note', note, 'is_nonstandard', is_nonstandard, 'list_minor', list_minor, 'line_sum_minor', line_sum_minor, 'net_minor', net_minor, 'tax_minor', tax_minor, 'gross_minor', gross_minor, 'prepaid_minor', prepaid_minor, 'payable_rounding_minor', payable_rounding_minor, 'payable_minor', payable_minor, 'cost_minor', cost_minor, 'content_hash', content_hash, 'sent_at', sent_at, 'sent_to', sent_to, 'decided_on', decided_on, 'decision_reason', decision_reason) FROM quote_version;

CREATE TRIGGER journal_quote_version_insert AFTER INSERT ON quote_version BEGIN
  UPDATE quote_version SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM quote_version) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_quote_version WHERE id = new.id;
END;

CREATE TRIGGER journal_quote_version_before BEFORE UPDATE ON quote_version WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_quote_version WHERE id = old.id;
END;

CREATE TRIGGER journal_quote_version_update AFTER UPDATE ON quote_version WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_quote_version WHERE id = new.id;
END;

CREATE TRIGGER journal_quote_version_delete BEFORE DELETE ON quote_version BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_quote_version WHERE id = old.id;
END;

CREATE VIEW whole_acceptance AS SELECT 'acceptance', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'version_id', version_id, 'signer', signer, 'method', method, 'signed_at', signed_at, 'document_sha256', document_sha256, 'note', note) FROM acceptance;

CREATE TRIGGER journal_acceptance_insert AFTER INSERT ON acceptance BEGIN
  UPDATE acceptance SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM acceptance) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_acceptance WHERE id = new.id;
END;

CREATE TRIGGER journal_acceptance_before BEFORE UPDATE ON acceptance WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_acceptance WHERE id = old.id;
END;

CREATE TRIGGER journal_acceptance_update AFTER UPDATE ON acceptance WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_acceptance WHERE id = new.id;
END;

CREATE TRIGGER journal_acceptance_delete BEFORE DELETE ON acceptance BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_acceptance WHERE id = old.id;
END;

CREATE VIEW whole_approval_request AS SELECT 'approval_request', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'version_id', version_id, 'rule_id', rule_id, 'metrics', metrics, 'why', why, 'approver_role', approver_role, 'sequence', sequence, 'status', status, 'asked_by_id', asked_by_id, 'decided_by_id', decided_by_id, 'decided_at', decided_at, 'note', note) FROM approval_request;

CREATE TRIGGER journal_approval_request_insert AFTER INSERT ON approval_request BEGIN
  UPDATE approval_request SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM approval_request) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_approval_request WHERE id = new.id;
END;

CREATE TRIGGER journal_approval_request_before BEFORE UPDATE ON approval_request WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_approval_request WHERE id = old.id;
END;

CREATE TRIGGER journal_approval_request_update AFTER UPDATE ON approval_request WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_approval_request WHERE id = new.id;
END;

CREATE TRIGGER journal_approval_request_delete BEFORE DELETE ON approval_request BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_approval_request WHERE id = old.id;
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

CREATE VIEW whole_quote_line AS SELECT 'quote_line', id, json_object('id', id, 'version_id', version_id, 'ordinal', ordinal, 'parent_line_id', parent_line_id, 'kind', kind, 'role', role, 'choice_of', choice_of, 'is_chosen', is_chosen, 'product_id', product_id, 'description', description, 'unit', unit, 'quantity_dec6', quantity_dec6, 'base_dec6', base_dec6, 'periods', periods, 'period', period, 'list_dec6', list_dec6, 'net_dec6', net_dec6, 'fixed_dec6', fixed_dec6, 'discounts', discounts, 'steps', steps, 'slices', slices, 'options', options, 'list_minor', list_minor, 'net_minor', net_minor, 'cost_dec6', cost_dec6, 'cost_minor', cost_minor, 'tax_code_id', tax_code_id, 'tax_reason', tax_reason, 'tax_category', tax_category, 'tax_rate_ppm', tax_rate_ppm, 'tax_minor', tax_minor, 'delivery_on', delivery_on, 'note', note) FROM quote_line;

CREATE TRIGGER journal_quote_line_insert AFTER INSERT ON quote_line BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_quote_line WHERE id = new.id;
END;

CREATE TRIGGER journal_quote_line_before BEFORE UPDATE ON quote_line BEGIN
  INSERT INTO journal_before SELECT * FROM whole_quote_line WHERE id = old.id;
END;

CREATE TRIGGER journal_quote_line_update AFTER UPDATE ON quote_line BEGIN
  INSERT INTO journal_update SELECT * FROM whole_quote_line WHERE id = new.id;
END;

CREATE TRIGGER journal_quote_line_delete BEFORE DELETE ON quote_line BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_quote_line WHERE id = old.id;
END;

CREATE VIEW whole_sales_order AS SELECT 'sales_order', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'number', number, 'name', name, 'account_id', account_id, 'contact_id', contact_id, 'opportunity_id', opportunity_id, 'version_id', version_id, 'owner_id', owner_id, 'state', state, 'currency', currency, 'ordered_on', ordered_on, 'promised_on', promised_on, 'delivered_on', delivered_on, 'cancelled_on', cancelled_on, 'cancel_reason', cancel_reason, 'payment_terms_days', payment_terms_days, 'tax_method', tax_method, 'is_tax_inclusive', is_tax_inclusive, 'rounding', rounding, 'net_minor', net_minor, 'tax_minor', tax_minor, 'gross_minor', gross_minor, 'cost_minor', cost_minor, 'list_minor', list_minor, 'freight_minor', freight_minor, 'rebate_minor', rebate_minor, 'extra_cost_minor', extra_cost_minor, 'cash_minor', cash_minor, 'prepaid_minor', prepaid_minor, 'payable_rounding_minor', payable_rounding_minor, 'source_version', source_version, 'customer_ref', customer_ref, 'channel', channel, 'ship_to', ship_to, 'description', description, 'custom', custom) FROM sales_order;

CREATE TRIGGER journal_sales_order_insert AFTER INSERT ON sales_order BEGIN
  UPDATE sales_order SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM sales_order) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_sales_order WHERE id = new.id;
END;

CREATE TRIGGER journal_sales_order_before BEFORE UPDATE ON sales_order WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_sales_order WHERE id = old.id;
END;

CREATE TRIGGER journal_sales_order_update AFTER UPDATE ON sales_order WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_sales_order WHERE id = new.id;
END;

CREATE TRIGGER journal_sales_order_delete BEFORE DELETE ON sales_order BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_sales_order WHERE id = old.id;
END;

CREATE VIEW whole_invoice AS SELECT 'invoice', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'number', number, 'series', series, 'kind', kind, 'corrects_id', corrects_id, 'order_id', order_id, 'account_id', account_id, 'owner_id', owner_id, 'state', state, 'issued_on', issued_on, 'due_on', due_on, 'currency', currency, 'net_minor', net_minor, 'tax_minor', tax_minor, 'gross_minor', gross_minor, 'taxes', taxes, 'prepaid_minor', prepaid_minor, 'payable_rounding_minor', payable_rounding_minor, 'paid_minor', paid_minor, 'credited_minor', credited_minor, 'source_version', source_version, 'channel', channel, 'note', note) FROM invoice;

CREATE TRIGGER journal_invoice_insert AFTER INSERT ON invoice BEGIN
  UPDATE invoice SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM invoice) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_invoice WHERE id = new.id;
END;

CREATE TRIGGER journal_invoice_before BEFORE UPDATE ON invoice WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_invoice WHERE id = old.id;
END;

CREATE TRIGGER journal_invoice_update AFTER UPDATE ON invoice WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_invoice WHERE id = new.id;
END;

CREATE TRIGGER journal_invoice_delete BEFORE DELETE ON invoice BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_invoice WHERE id = old.id;
END;

CREATE VIEW whole_quote_allowance AS SELECT 'quote_allowance', id, json_object('id', id, 'version_id', version_id, 'line_id', line_id, 'is_charge', is_charge, 'reason', reason, 'percent_ppm', percent_ppm, 'base_minor', base_minor, 'amount_minor', amount_minor, 'tax_code_id', tax_code_id) FROM quote_allowance;

CREATE TRIGGER journal_quote_allowance_insert AFTER INSERT ON quote_allowance BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_quote_allowance WHERE id = new.id;
END;

CREATE TRIGGER journal_quote_allowance_before BEFORE UPDATE ON quote_allowance BEGIN
  INSERT INTO journal_before SELECT * FROM whole_quote_allowance WHERE id = old.id;
END;

CREATE TRIGGER journal_quote_allowance_update AFTER UPDATE ON quote_allowance BEGIN
  INSERT INTO journal_update SELECT * FROM whole_quote_allowance WHERE id = new.id;
END;

CREATE TRIGGER journal_quote_allowance_delete BEFORE DELETE ON quote_allowance BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_quote_allowance WHERE id = old.id;
END;

CREATE VIEW whole_sales_order_line AS SELECT 'sales_order_line', id, json_object('id', id, 'order_id', order_id, 'ordinal', ordinal, 'parent_line_id', parent_line_id, 'is_part', is_part, 'quote_line_id', quote_line_id, 'product_id', product_id, 'description', description, 'unit', unit, 'quantity_dec6', quantity_dec6, 'delivered_dec6', delivered_dec6, 'invoiced_dec6', invoiced_dec6, 'returned_dec6', returned_dec6, 'cancelled_dec6', cancelled_dec6, 'tolerance_dec6', tolerance_dec6, 'base_dec6', base_dec6, 'periods', periods, 'period', period, 'list_dec6', list_dec6, 'net_dec6', net_dec6, 'discounts', discounts, 'list_minor', list_minor, 'net_minor', net_minor, 'shares', shares, 'share_minor', share_minor, 'cost_minor', cost_minor, 'tax_code_id', tax_code_id, 'tax_category', tax_category, 'tax_rate_ppm', tax_rate_ppm, 'tax_reason', tax_reason, 'tax_minor', tax_minor, 'promised_on', promised_on, 'source_key', source_key) FROM sales_order_line;

CREATE TRIGGER journal_sales_order_line_insert AFTER INSERT ON sales_order_line BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_sales_order_line WHERE id = new.id;
END;

CREATE TRIGGER journal_sales_order_line_before BEFORE UPDATE ON sales_order_line BEGIN
  INSERT INTO journal_before SELECT * FROM whole_sales_order_line WHERE id = old.id;
END;

CREATE TRIGGER journal_sales_order_line_update AFTER UPDATE ON sales_order_line BEGIN
  INSERT INTO journal_update SELECT * FROM whole_sales_order_line WHERE id = new.id;
END;

CREATE TRIGGER journal_sales_order_line_delete BEFORE DELETE ON sales_order_line BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_sales_order_line WHERE id = old.id;
END;

CREATE VIEW whole_shipment AS SELECT 'shipment', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'order_id', order_id, 'kind', kind, 'shipped_on', shipped_on, 'carrier', carrier, 'tracking_number', tracking_number, 'lines', lines, 'note', note) FROM shipment;

CREATE TRIGGER journal_shipment_insert AFTER INSERT ON shipment BEGIN
  UPDATE shipment SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM shipment) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_shipment WHERE id = new.id;
END;

CREATE TRIGGER journal_shipment_before BEFORE UPDATE ON shipment WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_shipment WHERE id = old.id;
END;

CREATE TRIGGER journal_shipment_update AFTER UPDATE ON shipment WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_shipment WHERE id = new.id;
END;

CREATE TRIGGER journal_shipment_delete BEFORE DELETE ON shipment BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_shipment WHERE id = old.id;
END;

CREATE VIEW whole_dispute AS SELECT 'dispute', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'order_id', order_id, 'invoice_id', invoice_id, 'reason', reason, 'claimed_minor', claimed_minor, 'currency', currency, 'status', status, 'opened_on', opened_on, 'closed_on', closed_on, 'resolution', resolution) FROM dispute;

CREATE TRIGGER journal_dispute_insert AFTER INSERT ON dispute BEGIN
  UPDATE dispute SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM dispute) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_dispute WHERE id = new.id;
END;

CREATE TRIGGER journal_dispute_before BEFORE UPDATE ON dispute WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_dispute WHERE id = old.id;
END;

CREATE TRIGGER journal_dispute_update AFTER UPDATE ON dispute WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_dispute WHERE id = new.id;
END;

CREATE TRIGGER journal_dispute_delete BEFORE DELETE ON dispute BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_dispute WHERE id = old.id;
END;

CREATE VIEW whole_invoice_line AS SELECT 'invoice_line', id, json_object('id', id, 'invoice_id', invoice_id, 'ordinal', ordinal, 'order_line_id', order_line_id, 'corrects_line_id', corrects_line_id, 'product_id', product_id, 'description', description, 'unit', unit, 'quantity_dec6', quantity_dec6, 'credited_dec6', credited_dec6, 'net_minor', net_minor, 'shares', shares, 'share_minor', share_minor, 'cost_minor', cost_minor, 'tax_category', tax_category, 'tax_rate_ppm', tax_rate_ppm, 'tax_reason', tax_reason, 'source_key', source_key) FROM invoice_line;

CREATE TRIGGER journal_invoice_line_insert AFTER INSERT ON invoice_line BEGIN
  INSERT INTO journal_insert SELECT * FROM whole_invoice_line WHERE id = new.id;
END;

CREATE TRIGGER journal_invoice_line_before BEFORE UPDATE ON invoice_line BEGIN
  INSERT INTO journal_before SELECT * FROM whole_invoice_line WHERE id = old.id;
END;

CREATE TRIGGER journal_invoice_line_update AFTER UPDATE ON invoice_line BEGIN
  INSERT INTO journal_update SELECT * FROM whole_invoice_line WHERE id = new.id;
END;

CREATE TRIGGER journal_invoice_line_delete BEFORE DELETE ON invoice_line BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_invoice_line WHERE id = old.id;
END;

CREATE VIEW whole_payment AS SELECT 'payment', id, json_object('id', id, 'ref', ref, 'created_at', created_at, 'updated_at', updated_at, 'deleted_at', deleted_at, 'invoice_id', invoice_id, 'paid_on', paid_on, 'amount_minor', amount_minor, 'currency', currency, 'reference', reference, 'note', note) FROM payment;

CREATE TRIGGER journal_payment_insert AFTER INSERT ON payment BEGIN
  UPDATE payment SET ref = (SELECT substr(id, -n) AS t FROM ref_length WHERE t IN (SELECT ref FROM payment) IS NULL) WHERE id = new.id AND ref IS NULL;
  INSERT INTO journal_insert SELECT * FROM whole_payment WHERE id = new.id;
END;

CREATE TRIGGER journal_payment_before BEFORE UPDATE ON payment WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_before SELECT * FROM whole_payment WHERE id = old.id;
END;

CREATE TRIGGER journal_payment_update AFTER UPDATE ON payment WHEN old.ref NOT NULL BEGIN
  INSERT INTO journal_update SELECT * FROM whole_payment WHERE id = new.id;
END;

CREATE TRIGGER journal_payment_delete BEFORE DELETE ON payment BEGIN
  INSERT INTO journal_delete SELECT * FROM whole_payment WHERE id = old.id;
END;
