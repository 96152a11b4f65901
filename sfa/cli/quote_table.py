"""The verbs of quotes, and where each is made."""

from typing import Final

_HERE, _LINES, _WORDS = "sfa.cli.quote_verbs", "sfa.cli.quote_line_verbs", "sfa.cli.quote_approval_verbs"
VERBS: Final = {
    "new": f"{_HERE}:new",
    "show": "sfa.cli.quote_page:show",
    "line": f"{_HERE}:line",
    "discount": f"{_LINES}:discount",
    "charge": f"{_LINES}:charge",
    "copy": f"{_LINES}:copy",
    "reprice": f"{_HERE}:reprice",
    "last-price": f"{_LINES}:last_price",
    "submit": f"{_WORDS}:submit",
    "approve": f"{_WORDS}:approve",
    "refuse": f"{_WORDS}:refuse",
    "approvals": f"{_WORDS}:approvals",
    "rule": f"{_HERE}:rule",
    "pdf": "sfa.cli.quote_paper_verbs:pdf",
    "send": f"{_HERE}:send",
    "accept": f"{_HERE}:accept",
    "reject": f"{_HERE}:reject",
    "withdraw": f"{_HERE}:withdraw",
    "extend": f"{_HERE}:extend",
    "revise": f"{_HERE}:revise",
    "compare": "sfa.cli.quote_page:compare",
    "clone": f"{_HERE}:clone",
    "primary": f"{_HERE}:primary",
    "total": "sfa.cli.quote_total:total",
}
"""Where each verb is made, in the order of the help."""
