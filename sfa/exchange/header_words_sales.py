"""What programs and people call the columns of companies, deals, products and work, in the languages of their exports.

Each entry is a meaning and its spellings, parted by "|"; spellings are compared without case, accents and punctuation.
"""

from typing import Final

COMPANIES: Final[dict[str, str]] = {
    "legal_name": "legal name|registered name|firmierung|raison sociale|razón social|ragione sociale|razão social",
    "parent": (
        "parent|parent account|parent company|subsidiary of|mutterfirma|muttergesellschaft|konzern|société mère|"
        "empresa matriz|società madre|matriz|moederbedrijf|spółka matka|головная компания|親会社|母公司|上级公司"
    ),
    "type": "type|account type|customer type|typ|art|tipo|soort|rodzaj|тип|種別|类型|類型|種類",
    "lifecycle": "lifecycle|lifecycle stage|lebenszyklus",
    "industry": (
        "industry|sector|industry sector|branche|secteur|industrie|industria|settore|setor|bedrijfstak|branża|"
        "отрасль|業種|行业|行業|產業"
    ),
    "segment": "segment|customer segment|size class|kundensegment|segmento|сегмент|business type",
    "employees": (
        "employees|number of employees|no of employees|employee count|headcount|mitarbeiter|mitarbeiterzahl|"
        "effectif|nombre d'employés|empleados|número de empleados|dipendenti|funcionários|medewerkers|pracownicy|"
        "сотрудники|従業員数|员工数|員工人數"
    ),
    "annual_revenue": (
        "revenue|annual revenue|turnover|sales volume|umsatz|jahresumsatz|chiffre d'affaires|ca|ingresos|"
        "ingresos anuales|fatturato|receita|receita anual|faturamento|omzet|przychód|выручка|оборот|売上高|年商|年收入|"
        "年營業額|年营业额"
    ),
    "currency": (
        "currency|currency code|currency iso code|währung|devise|monnaie|moneda|divisa|valuta|moeda|waluta|"
        "валюта|通貨|货币|币种|貨幣|幣別"
    ),
    "payment_terms_days": "payment terms|payment terms days|zahlungsziel|délai de paiement|plazo de pago|付款期限|账期",
    "credit_limit": "credit limit|kreditlimit|plafond|límite de crédito|fido|信用额度|信用額度",
    "referrer": "referrer|referred by|referral|referral account|empfohlen von|recommandé par|推荐人|推荐客户",
    "category_spend": "category spend|annual spend|yearly spend|spend|wallet|estimated spend|品类采购额|年采购额",
    "spend_as_of": "spend as of|estimate date|estimated on|估算日期",
    "spend_source": "spend source|estimate source|source of estimate|估算来源",
    "operates_in": "operates in|regions|operating regions|sales regions|经营区域",
    "influence": "influence|industry influence|行业影响力",
    "competitor_relation": "competitor relation|relation to competitors|竞争关系",
    "switching_effort": "switching effort|switching cost|转换成本",
    "management_level": "management level|management|管理水平",
    "credit_rating": "credit rating|external rating|rating|bonität|信用等级",
    "risk_band": "risk band|risk|risk level|risiko|风险等级",
    "stock_priority": "stock priority|priority supply|优先供货",
    "plan": "account plan|customer plan|客户计划",
    "plan_until": "plan until|plan valid until",
    "retention_level": "retention level|保留层级",
    "tax_id": (
        "tax id|vat id|vat number|vat|ust idnr|ustid|steuernummer|n tva|nif|cif|partita iva|p iva|cnpj|"
        "btw nummer|nip|инн|税号|統一編號"
    ),
    "founded_year": (
        "year established|founded|founded year|year founded|gründungsjahr|année de création|anno di fondazione|成立年份"
    ),
    "source": (
        "source|lead source|original source|account source|quelle|leadquelle|herkunft|origine|"
        "origine du prospect|origen|fuente|fonte|origem|bron|źródło|источник|リードソース|来源|线索来源|來源"
    ),
    "tags": (
        "tags|labels|categories|category|keywords|groups|group|group membership|kategorien|kategorie|"
        "schlagwörter|catégories|étiquettes|categorías|etiquetas|categorie|etichette|categorias|tagi|теги|"
        "категории|タグ|分類|标签|標籤|類別|kategórie"
    ),
    "description": (
        "description|notes|note|comments|comment|remarks|info|details|beschreibung|notizen|bemerkung|bemerkungen|"
        "kommentar|remarques|commentaires|descripción|notas|comentarios|descrizione|descrição|informações|"
        "observações|omschrijving|opmerkingen|notities|opis|notatki|uwagi|описание|заметки|комментарий|備考|メモ|説明|"
        "备注|描述|说明|記事|備註|muistiinpanot|poznámky"
    ),
    "created": (
        "created|created on|created at|create date|created date|created time|creation date|date created|"
        "engage date|opened|open date|connected on|entered|erstellt|erstellt am|erstelldatum|angelegt am|"
        "anlagedatum|date de création|créé le|fecha de creación|creado el|data di creazione|creato il|"
        "data de criação|criado em|aanmaakdatum|aangemaakt op|data utworzenia|дата создания|создано|作成日|"
        "作成日時|登録日|"
        "创建时间|创建日期|建立日期|建立時間"
    ),
    "external_id": (
        "id|record id|rec id|external id|ext id|identifier|number|no|key|nummer|nr|kennung|id fiche|identifiant|"
        "identificador|identificativo|identyfikator|идентификатор|код|編號|编号|番号|ид|customer number|kundennummer|"
        "kunden nr|n client|número de cliente|codice cliente|klantnummer|numer klienta|номер клиента|顧客番号|客户编号|"
        "客戶編號"
    ),
    "team": "team|sales team|group name|équipe|equipo|squadra|equipe|zespół|команда|チーム|团队|團隊",
    "territory": (
        "territory|sales territory|territory name|vertriebsgebiet|gebiet|territoire|territorio|território|rayon|"
        "terytorium|территория|地域|区域|區域"
    ),
    "status": (
        "status|state of work|zustand|statut|état|estado|stato|situação|stan|статус|состояние|ステータス|状態|状态|狀態"
    ),
    "lead_status": "lead status|rating status",
    "is_active": (
        "active|is active|enabled|aktiv|actif|activo|attivo|ativo|actief|aktywny|активен|有効|启用|是否启用|啟用"
    ),
    "discontinued": "discontinued|inactive|eingestellt|ausgelaufen|停产|停產",
}

SELLING: Final[dict[str, str]] = {
    "stage": (
        "stage|stage name|sales stage|deal stage|phase|verkaufsphase|vertriebsphase|étape|phase de vente|etapa|"
        "fase|fase di vendita|verkoopfase|etap|стадия|этап|стадия сделки|段階|フェーズ|ステージ|阶段|"
        "销售阶段|階段|銷售階段"
    ),
    "pipeline": "pipeline|sales pipeline|vertriebspipeline|воронка|パイプライン|销售管道|銷售管道",
    "amount": (
        "amount|deal amount|deal value|close value|value|estimated value|total|betrag|wert|auftragswert|volumen|"
        "montant|valeur|importe|monto|valor|importo|valore|bedrag|waarde|kwota|wartość|сумма|бюджет|стоимость|金額|"
        "金额|成交金额|预计金额|預估金額|total price"
    ),
    "close_date": (
        "close date|closing date|expected close|expected close date|expected closing date|estimated close date|"
        "due to close|abschlussdatum|voraussichtlicher abschluss|voraussichtliches abschlussdatum|"
        "geplanter abschluss|date de clôture|date de clôture prévue|fecha de cierre|fecha de cierre prevista|"
        "data di chiusura|data prevista di chiusura|data de fechamento|data de fecho|sluitingsdatum|"
        "verwachte sluitingsdatum|data zamknięcia|дата закрытия|完了予定日|受注予定日|预计成交日期|"
        "预计成交时间|预计签单日期|結案日期|預計結案日期"
    ),
    "closed": (
        "closed|closed on|closed date|closed at|actual close|actual close date|won date|geschlossen am|"
        "abgeschlossen am|clôturé le|cerrado el|chiuso il|fechado em|gesloten op|zamknięto|закрыто|完了日|"
        "受注日|成交日期|"
        "实际成交日期|成交時間"
    ),
    "probability": (
        "probability|win probability|chance to close|wahrscheinlichkeit|abschlusswahrscheinlichkeit|probabilité|"
        "probabilidad|probabilità|probabilidade|kans|waarschijnlijkheid|prawdopodobieństwo|вероятность|確度|"
        "概率|成功率|"
        "可能性|機率|贏率|赢率"
    ),
    "forecast_category": "forecast category|forecast category name|category|prognosekategorie|预测类别|預測類別",
    "deal_type": "type|opportunity type|deal type|typ|art|tipo|soort|rodzaj|тип|商談種別|类型|類型|商机类型",
    "outcome": "outcome|result|won lost|is won|ergebnis|résultat|resultado|esito|resultaat|wynik|результат|結果|结果",
    "campaign": (
        "campaign|campaign name|primary campaign source|campaign source|kampagne|campagne|campaña|campagna|"
        "campanha|kampania|кампания|活动|活動|キャンペーン"
    ),
    "next_step": (
        "next step|next steps|next action|nächster schritt|prochaine étape|próximo paso|prossimo passo|"
        "próximo passo|volgende stap|następny krok|следующий шаг|次のステップ|下一步|後續步驟"
    ),
    "next_step_on": "next step on|next step date|next activity date|next action date|nächster schritt am",
    "loss_reason": (
        "loss reason|lost reason|reason lost|closed lost reason|reason for loss|verlustgrund|grund|"
        "raison de la perte|motif de perte|motivo de pérdida|motivo perdita|motivo da perda|verliesreden|"
        "powód przegranej|причина отказа|причина проигрыша|失注理由|失败原因|输单原因|失單原因"
    ),
    "competitor": (
        "competitor|competitors|main competitor|wettbewerber|konkurrent|mitbewerber|concurrent|competidor|"
        "concorrente|konkurencja|конкурент|競合|竞争对手|競爭對手"
    ),
    "discount": (
        "discount|discount percent|rabatt|nachlass|remise|descuento|sconto|desconto|korting|rabat|скидка|割引|折扣"
    ),
    "code": (
        "code|sku|item number|product code|product number|part number|article number|artikelnummer|référence|"
        "código|codice|codigo|kod|артикул|品番|商品コード|产品编码|产品编号|產品編號|料號"
    ),
    "product_category": (
        "category|series|product category|product family|family|group|kategorie|produktgruppe|warengruppe|"
        "catégorie|gamme|categoría|familia|categoria|categorie|kategoria|категория|カテゴリ|类别|产品分类|系列|類別"
    ),
    "product_subcategory": "subcategory|product subcategory|unterkategorie",
    "unit": (
        "unit|unit of measure|uom|einheit|mengeneinheit|quantity per unit|unité|unidad|unità|unidade|eenheid|"
        "jednostka|единица|ед изм|単位|单位|單位"
    ),
    "price": (
        "price|unit price|list price|sales price|standard price|preis|listenpreis|verkaufspreis|einzelpreis|prix|"
        "prix unitaire|precio|precio unitario|prezzo|prezzo unitario|preço|preço unitário|prijs|cena|"
        "cena jednostkowa|цена|価格|単価|定価|价格|单价|價格|單價|售价"
    ),
    "cost": (
        "cost|unit cost|standard cost|cost price|kosten|einkaufspreis|coût|prix d'achat|coste|costo|custo|"
        "kostprijs|koszt|себестоимость|原価|成本"
    ),
    "price_book": (
        "price book|pricebook|price list|pricelist|book|preisliste|preisbuch|liste de prix|tarif|lista de precios|"
        "listino|lista de preços|prijslijst|cennik|прайс лист|価格表|价目表|价格表|價目表|價格表"
    ),
    "valid_from": (
        "valid from|from|effective from|effective date|price from|gültig ab|gültig von|ab|valable du|válido desde|"
        "valido dal|geldig vanaf|ważny od|действует с|有効開始日|生效日期|有效期起|生效日"
    ),
    "valid_to": (
        "valid to|valid until|to|effective to|expires|price to|gültig bis|bis|valable jusqu au|válido hasta|"
        "valido fino|geldig tot|ważny do|действует до|有効終了日|失效日期|有效期至"
    ),
    "tax_code": "tax code|tax class|vat code|steuerschlüssel|steuercode|code tva|código de impuesto|codice iva|税码|稅碼",
    "period": "period|billing period|recurs|abrechnungszeitraum|période|período|periodo|計費週期|计费周期|周期",
    "per": "per|base quantity|price unit|price per|preiseinheit|je|base qty|unité de prix|価格単位|定价单位",
    "channel": "channel|sales channel|kanal|vertriebskanal|canal|canale|kanaal|канал|チャネル|渠道|通路",
    "manager": (
        "manager|reports to|sales manager|supervisor|vorgesetzter|leiter|teamleiter|responsable hiérarchique|"
        "jefe|gerente|responsabile|chef|kierownik|руководитель|менеджер|上司|经理|主管|經理|menadżer"
    ),
}

WORK: Final[dict[str, str]] = {
    "kind": "kind|activity type|type|event type|interaction|call type|art|typ|tipo|тип|種別|类型|類型",
    "subject": (
        "subject|task|task name|topic|activity|event|betreff|aufgabe|thema|objet|sujet|tâche|asunto|tarea|"
        "oggetto|attività|assunto|tarefa|onderwerp|taak|temat|zadanie|тема|задача|件名|主题|任务|主旨|任務|標題|标题"
    ),
    "started": (
        "started|start|start date|start time|start datetime|start date time|date|when|activity date|occurred|"
        "call start time|date time|beginn|datum|startdatum|début|date de début|inicio|fecha|fecha de inicio|"
        "inizio|data|data inizio|início|begin|początek|начало|дата|開始|開始日時|日時|日付|开始时间|日期|"
        "時間|开始|開始時間"
    ),
    "duration_min": (
        "duration|duration min|duration minutes|minutes|call duration|duration in minutes|dauer|durée|duración|"
        "durata|duração|duur|czas trwania|длительность|所要時間|时长|時長"
    ),
    "direction": "direction|inbound outbound|richtung|direction appel|dirección llamada|方向",
    "outcome": (
        "outcome|result|call result|disposition|ergebnis|résultat|resultado|esito|resultaat|wynik|результат|結果|结果"
    ),
    "note": (
        "note|notes|description|comments|comment|body|details|notiz|notizen|beschreibung|notas|descripción|"
        "descrizione|observações|opmerkingen|notatki|opis|заметки|описание|комментарий|メモ|内容|备注|描述|備註"
    ),
    "due": (
        "due|due date|due on|deadline|date due|fällig|fällig am|fälligkeit|fälligkeitsdatum|échéance|"
        "date d'échéance|vencimiento|fecha de vencimiento|scadenza|data di scadenza|vencimento|"
        "data de vencimento|vervaldatum|termin|срок|期限|期日|截止日期|到期日|到期日期"
    ),
    "due_time": "due time|time due|uhrzeit|heure d'échéance|到期时间",
    "priority": (
        "priority|priorität|priorité|prioridad|priorità|prioridade|prioriteit|priorytet|приоритет|優先度|优先级|優先級|"
        "優先順序"
    ),
    "done": (
        "done|completed|completed on|completed date|date completed|done on|done at|closed time|erledigt|"
        "erledigt am|terminé le|completado|completato|concluído|voltooid|wykonano|выполнено|完了日|完成日期|完成时间"
    ),
}

REFERENCES: Final[dict[str, str]] = {
    "account": (
        "account|account name|customer|customer name|client|client name|reseller|store|related account|kunde|"
        "kundenname|kundin|konto|compte|nom du compte|cliente|cuenta|nombre de la cuenta|conta|nome cliente|"
        "klant|klantnaam|klient|kontrahent|клиент|контрагент|顧客|顧客名|取引先|取引先名|客户|客户名称|客戶|客戶名稱"
    ),
    "contact": (
        "contact|contact name|primary contact|contact person|customer contact|associated contact|ansprechpartner|"
        "kontakt|kontaktperson|contact principal|contacto|contatto|contato|contactpersoon|osoba kontaktowa|"
        "контакт|контактное лицо|連絡先|取引先責任者|联系人|联系人姓名|聯絡人"
    ),
    "lead": "lead|lead name|interessent|prospect|prospecto|лид|リード|线索|潛在客戶",
    "opportunity": (
        "opportunity|opportunity name|opportunity title|deal|deal name|deal title|potential|potential name|"
        "associated deal|verkaufschance|opportunité|affaire|oportunidad|negocio|opportunità|oportunidade|negócio|"
        "verkoopkans|szansa sprzedaży|сделка|название сделки|商談|商談名|案件|案件名|商机|商机名称|商機|商機名稱"
    ),
    "product": (
        "product|product name|item|item name|article|produkt|produktname|artikel|artikelbezeichnung|produit|"
        "producto|prodotto|produto|товар|продукт|製品|製品名|商品|商品名|产品|产品名称|產品|產品名稱"
    ),
    "owner": (
        "owner|owner name|record owner|sales agent|sales rep|sales person|salesperson|sales representative|rep|"
        "agent|assigned to|assigned user|account manager|responsible|besitzer|inhaber|zuständig|verantwortlich|"
        "verantwortlicher|verkäufer|vertriebsmitarbeiter|betreuer|propriétaire|commercial|responsable|"
        "propietario|vendedor|comercial|proprietario|venditore|proprietário|responsável|eigenaar|verkoper|"
        "właściciel|opiekun|handlowiec|ответственный|владелец|所有者|担当者|担当|营业担当|负责人|所有人|销售|"
        "销售员|业务员|業務|業務員|負責人|擁有者"
    ),
    "user": (
        "user|user name|username|employee|employee name|full user name|benutzer|mitarbeitername|utilisateur|"
        "usuario|utente|usuário|gebruiker|użytkownik|пользователь|сотрудник|ユーザー|用户|員工"
    ),
    "task": "task|aufgabe|tâche|tarea|attività|tarefa|taak|zadanie|задача|任务|任務",
    "activity": (
        "activity|event|call|meeting|visit|aktivität|termin|activité|actividad|evento|atividade|activiteit|"
        "aktywność|событие|活动|活動"
    ),
}
