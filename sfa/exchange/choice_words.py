"""What other programs and people write for the choices and the yes and no of a field."""

from typing import Final

from sfa.domain.text import fold


def _table(words: dict[str, str]) -> dict[str, str]:
    return {fold(word): choice for choice, text in words.items() for word in text.split("|")}


CHOICE_WORDS: Final[dict[str, dict[str, str]]] = {
    "type": _table(
        {
            "prospect": "lead|interessent|prospecto|potential customer|潜在客户|潛在客戶|見込み客",
            "customer": (
                "client|kunde|cliente|klant|klient|existing customer|клиент|顧客|客户|客戶|customer direct|"
                "customer channel"
            ),
            "partner": (
                "alliance|integrator|channel partner|technology partner|installation partner|партнер|合作伙伴|"
                "パートナー"
            ),
            "reseller": "distributor|dealer|wholesaler|händler|channel partner reseller|经销商|經銷商|代理店",
            "competitor": "konkurrent|wettbewerber|concurrent|竞争对手|競合",
            "supplier": "vendor|lieferant|fournisseur|proveedor|供应商|供應商|仕入先",
            "other": "analyst|investor|press|sonstige|autre|otro|其他",
            "new": "new business|new customer|neugeschäft|neukunde|nouveau|nuevo|新客户|新規",
            "existing": "existing business|existing customer|existing customer upgrade|existing customer replacement|"
            "existing customer downgrade|upsell|cross sell|add on|expansion|bestandskunde|existant|existente|"
            "老客户|既存",
            "renewal": "renew|verlängerung|renouvellement|renovación|续约|續約|更新",
        }
    ),
    "status": _table(
        {
            "new": "open|open not contacted|not contacted|neu|nouveau|nuevo|unqualified new|新建|新規|未联系",
            "contacted": "attempted to contact|attempted|contact in future|working|"
            "working contacted|in progress|connected|"
            "open deal|bad timing|kontaktiert|contacté|contactado|已联系|連絡済",
            "qualified": "pre qualified|prequalified|qualifiziert|qualifié|calificado|closed qualified|已确认|有効",
            "converted": "closed converted|konvertiert|converti|convertido|已转化|已轉換",
            "disqualified": "junk lead|junk|lost lead|lost|not qualified|"
            "unqualified|closed not converted|dead|recycled|"
            "disqualifiziert|无效|無効",
            "done": (
                "completed|complete|closed|finished|erledigt|abgeschlossen|terminé|completado|completato|已完成|完了"
            ),
            "cancelled": "canceled|abgebrochen|annulé|cancelado|已取消|中止",
            "deferred": (
                "waiting|waiting for input|waiting on someone else|waiting for someone else|postponed|zurückgestellt|"
                "推迟"
            ),
            "open": "not started|in progress|offen|ouvert|abierto|nicht begonnen|in bearbeitung|未开始|进行中|未着手",
        }
    ),
    "outcome": _table(
        {
            "open": "offen|ouvert|abierto|aperto|aberto|in progress|进行中|進行中|no decision",
            "won": (
                "closed won|closedwon|gewonnen|gagné|gagnée|ganado|ganada|vinto|vinta|ganho|wygrana|выиграна|受注|"
                "赢单|贏單|成交|yes|true|1"
            ),
            "lost": (
                "closed lost|closedlost|verloren|perdu|perdue|perdido|perdida|perso|persa|przegrana|проиграна|失注|"
                "输单|輸單|丢单|no|false|0"
            ),
            "connected": "held|completed|done|erreicht|reached|已接通",
            "no_answer": "no answer|not reached|nicht erreicht|busy|未接",
            "left_message": "left voicemail|voicemail|left live message|mailbox",
        }
    ),
    "category": _table(
        {
            "best_case": "upside|best case forecast",
            "commit": "committed|forecast",
            "omitted": "omit",
            "closed": "closed won",
        }
    ),
    "kind": _table(
        {
            "call": "phone call|anruf|telefonat|appel|llamada|chiamata|电话|電話|inbound|outbound",
            "meeting": "event|termin|besprechung|réunion|reunión|riunione|会议|會議|会議",
            "visit": "besuch|visite|visita|site visit|拜访|拜訪|訪問",
            "email": "e mail|mail|邮件|メール",
            "message": "sms|chat|whatsapp|linkedin message|text|消息",
            "letter": "brief|fax|lettre|carta",
            "demo": "demonstration|presentation|präsentation|演示",
        }
    ),
    "direction": _table(
        {
            "out": "outbound|outgoing|ausgehend|sortant|saliente|呼出",
            "in": "inbound|incoming|eingehend|entrant|entrante|呼入",
        }
    ),
    "priority": _table(
        {
            "low": "lowest|niedrig|gering|basse|baja|bassa|baixa|低",
            "normal": "medium|mittel|moyenne|media|média|moderate|standard|中|普通",
            "high": "hoch|haute|élevée|alta|important|高",
            "urgent": "highest|critical|dringend|immediate|紧急|緊急",
        }
    ),
    "role": _table(
        {
            "rep": "sales rep|sales representative|sales|user|standard user|agent|account executive|verkäufer|销售",
            "manager": "sales manager|team lead|leiter|经理",
            "finance": "accounting|controller|财务",
            "admin": "administrator|system administrator|管理员",
        }
    ),
}

_YES: Final = (
    "yes|y|true|t|1|x|on|active|ja|wahr|aktiv|oui|vrai|sí|verdadero|vero|sim|verdadeiro|"
    "tak|prawda|да|истина|はい|是|✓|✔|√"
)
_NO: Final = (
    "no|n|false|f|0|off|inactive|nein|falsch|inaktiv|non|faux|falso|não|nee|onwaar|nie|fałsz|нет|ложь|いいえ|否|✗|✘"
)
BOOLEANS: Final[dict[str, bool]] = {
    **{fold(word): True for word in _YES.split("|")},
    **{fold(word): False for word in _NO.split("|")},
}
