"""The words of a document in its language, and how dates and figures are written on it."""

from datetime import date
from functools import cache
from typing import Final

from sfa.documents.paper import Language, PageSize
from sfa.domain import currencies
from sfa.domain.figures import DEC6, from_dec6
from sfa.domain.pricing.documents import Tax

_PLACES: Final = 6
_PPM_TO_DEC6: Final = 100
"""A rate in ppm times this is its percentage in DEC6."""
_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_BOTH: Final = {
    "quote": ("Quote", "报价单"),
    "proposal": ("Proposal", "建议书"),
    "order": ("Order confirmation", "订单确认书"),
    "invoice": ("Invoice", "发票"),
    "credit_note": ("Credit note", "红字发票"),
    "statement": ("Statement", "对账单"),
    "report": ("Report", "报表"),
    "number": ("Number", "编号"),
    "date": ("Date", "日期"),
    "revision": ("Revision", "修订版本"),
    "valid_until": ("Valid until", "有效期至"),
    "due_on": ("Due", "付款期限"),
    "delivery_on": ("Delivery", "交货日期"),
    "your_reference": ("Your reference", "贵方编号"),
    "order_number": ("Order", "订单编号"),
    "preceding": ("For invoice", "对应发票"),
    "contact": ("Contact", "联系人"),
    "period": ("Period", "期间"),
    "attention": ("Attn. {name}", "收件人：{name}"),
    "tax_id": ("VAT ID", "税号"),
    "position": ("No.", "序号"),
    "description": ("Description", "项目"),
    "quantity": ("Qty", "数量"),
    "unit": ("Unit", "单位"),
    "price": ("Price", "单价"),
    "list_price": ("List price", "目录价"),
    "discount": ("Disc.", "折扣"),
    "net_price": ("Net price", "净价"),
    "tax": ("Tax", "税率"),
    "amount": ("Amount", "金额"),
    "per": ("per", "每"),
    "subtotal": ("Subtotal", "小计"),
    "sum_of_lines": ("Sum of items", "项目合计"),
    "net_total": ("Net total", "不含税合计"),
    "total": ("Total", "总计"),
    "inclusive_note": ("Prices include tax.", "价格含税。"),
    "on": ("on", "计税金额"),
    "prepaid": ("Already paid", "已付款"),
    "rounding": ("Rounding", "舍入"),
    "payable": ("Amount due", "应付金额"),
    "options": ("Options", "可选项目"),
    "options_note": ("Not included in the total. Tell us which of them you would like.", "未计入总计，可按需选购。"),
    "optional": ("Optional", "可选"),
    "alternative": ("Alternative", "替代方案"),
    "instead_of": ("instead of item", "替代序号"),
    "payment": ("Payment", "付款条件"),
    "notes": ("Notes", "备注"),
    "for_seller": ("For the seller", "卖方"),
    "for_buyer": ("Accepted for the customer", "买方确认"),
    "place_and_date": ("Place, date", "地点、日期"),
    "signature": ("Signature", "签字（盖章）"),
    "page": ("Page {at} of {all}", "第 {at} 页，共 {all} 页"),
    "draft": ("Draft", "草稿"),
    "prepared_for": ("Prepared for", "呈送"),
    "prepared_by": ("Prepared by", "编制"),
    "price_chapter": ("Your investment", "报价明细"),
    "entry_date": ("Date", "日期"),
    "reference": ("Reference", "单据"),
    "base": ("Base", "计算基数"),
    "rate": ("Rate", "比例"),
    "tax_Z": ("{name} 0%", "{name} 0%"),
    "tax_S": ("{name} {rate}", "{name} {rate}"),
    "tax_E": ("{name} exempt", "免{name}"),
    "tax_AE": ("{name} reverse charge", "{name}反向征收"),
    "tax_K": ("{name} intra-community", "{name}欧盟内供应"),
    "tax_G": ("{name} export", "{name}出口"),
    "tax_O": ("Not subject to {name}", "不征{name}"),
    "tax_name": ("VAT", "增值税"),
    "greeting": ("Dear {name},", "尊敬的{name}："),
    "greeting_all": ("Dear Sir or Madam,", "尊敬的客户："),
    "mail_quote": ("our quote", "报价单"),
    "mail_proposal": ("our proposal", "建议书"),
    "mail_order": ("our order confirmation", "订单确认书"),
    "mail_invoice": ("our invoice", "发票"),
    "mail_credit_note": ("our credit note", "红字发票"),
    "mail_statement": ("your statement", "对账单"),
    "mail": ("Please find {what} {number} attached.", "现附上{what} {number}，请查收。"),
    "mail_valid": ("It is valid until {day}.", "有效期至{day}。"),
    "mail_due": ("Please pay by {day}.", "请于{day}前付款。"),
    "by": ("By", "分组"),
    "filter": ("Filter", "筛选"),
    "owner": ("Owner", "负责人"),
    "rolled_up": ("Rolled up", "汇总"),
    "yes": ("yes", "是"),
    "made_on": ("Made on", "制表日期"),
    "none": ("(none)", "（无）"),
    "more_rows": ("and {count} more", "另有 {count} 行"),
    "nothing": ("Nothing to report yet.", "暂无数据。"),
    "regards": ("Kind regards", "此致\n敬礼"),
}  # fmt: skip


@cache
def words(language: Language) -> dict[str, str]:
    """Return the words by their keys."""
    at = list(Language).index(language)
    return {key: both[at] for key, both in _BOTH.items()}


def day(when: date, language: Language, size: PageSize) -> str:
    """Return `28 November 2026`, `November 28, 2026` on American paper, `2026年11月28日`."""
    if language is Language.CHINESE:
        return f"{when.year}年{when.month}月{when.day}日"
    month = _MONTHS[when.month - 1]
    return f"{month} {when.day}, {when.year}" if size is PageSize.LETTER else f"{when.day} {month} {when.year}"


def amount(minor: int, currency: str) -> str:
    """Return `−1,234.50`, without the currency."""
    places = currencies.exponent(currency)
    whole, rest = divmod(abs(minor), 10**places)
    return f"{'−' if minor < 0 else ''}{whole:,}{f'.{rest:0{places}d}' if places else ''}"


def plain(dec6: int, least: int = 0) -> str:
    """Return a price or quantity with the decimals that it has, and at least so many."""
    whole, rest = divmod(abs(dec6), DEC6)
    decimals = f"{rest:0{_PLACES}d}".rstrip("0").ljust(least, "0")
    return f"{'−' if dec6 < 0 else ''}{whole:,}{f'.{decimals}' if decimals else ''}"


def rate(ppm: int) -> str:
    """Return `19%`, `7.5%`."""
    return f"{from_dec6(ppm * _PPM_TO_DEC6)}%"


def tax_label(tax: Tax, language: Language) -> str:
    """Return `VAT 19%`, `VAT exempt`."""
    own = words(language)
    return own[f"tax_{tax.category}"].format(name=tax.name or own["tax_name"], rate=rate(tax.rate_ppm))
