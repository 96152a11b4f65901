"""Sample documents in both languages, computed by the core of pricing."""

from collections.abc import Sequence
from datetime import date, timedelta

from sfa.documents.paper import (
    Clause,
    Kind,
    Language,
    Paper,
    PaperLine,
    Party,
    Section,
    Seller,
    Signature,
)
from sfa.documents.statement import Balance, Entry, EntryGroup, Statement
from sfa.domain.figures import DEC6, PPM
from sfa.domain.pricing.documents import Adjustment, Document, Line, Role, Tax, plain_line
from sfa.domain.pricing.totals import total

ISSUED = date(2026, 3, 2)
NORDLICHT = Seller(
    name="Nordlicht Optics GmbH",
    address=("Speicherstraße 14", "20457 Hamburg", "Germany"),
    contact="Jana Petersen",
    email="jana.petersen@nordlicht.example",
    phone="+49 40 5550 180",
    tax_id="DE811569869",
    city="Hamburg",
    postal_code="20457",
    country="DE",
    website="nordlicht.example",
    bank=("Hanse Bank", "IBAN DE89 3704 0044 0532 0130 00", "BIC HANBDEHH"),
    legal=("Amtsgericht Hamburg HRB 104 277", "Managing director: Dr. Ole Brandt"),
    iban="DE89370400440532013000",
)
YUANDONG = Seller(
    name="远东精密仪器有限公司",
    address=("江苏省苏州市工业园区星湖街218号", "邮编 215123"),
    contact="王晓明",
    email="wang@yuandong.example",
    phone="+86 512 6288 0018",
    tax_id="91320594MA1XYZ2B3C",
    city="苏州",
    postal_code="215123",
    country="CN",
    website="yuandong.example",
    bank=("中国银行苏州工业园区支行", "账号 4567 0188 2231 9900"),
    legal=("统一社会信用代码 91320594MA1XYZ2B3C", "法定代表人 陈建国"),
)
BUYERS = {
    Language.ENGLISH: Party(
        name="Meridian Laboratories Ltd",
        address=("Unit 7, Harbour Park", "Kinsale Road", "Cork T12 XY45", "Ireland"),
        contact="Aoife O’Sullivan",
        email="aoife@meridian.example",
        tax_id="IE6388047V",
        city="Cork",
        postal_code="T12 XY45",
        country="IE",
    ),
    Language.CHINESE: Party(
        name="杭州云图检测技术股份有限公司",
        address=("浙江省杭州市滨江区江南大道3688号", "通策广场2幢8楼", "邮编 310051"),
        contact="李思远",
        email="li@yuntu.example",
        tax_id="91330108MA27ABCD4E",
        city="杭州",
        postal_code="310051",
        country="CN",
    ),
}
VAT = Tax("S", 190_000, "VAT")
REDUCED = Tax("S", 70_000, "VAT")
ZH_VAT = Tax("S", 130_000, "增值税")
ZH_SERVICE = Tax("S", 60_000, "增值税")


def paper_line(  # noqa: PLR0913 - as many as a line has
    position: str,
    description: str,
    quantity: int,
    price_minor: int,
    *,
    taxes: tuple[Tax, ...] = (VAT,),
    discount_ppm: int = 0,
    unit: str = "pcs",
    code: str = "",
    details: str = "",
    period: str = "",
    periods: int = 1,
    role: Role = Role.NORMAL,
    instead_of: str = "",
) -> PaperLine:
    """Return a line in a currency of two decimals, its amount computed; an optional one does not count."""
    list_price = price_minor * DEC6 // 100
    net_price = list_price * (PPM - discount_ppm) // PPM
    return PaperLine(
        position=position,
        description=description,
        quantity_dec6=quantity * DEC6,
        amount_minor=(net_price * quantity * periods * 100 + DEC6 // 2) // DEC6,
        taxes=taxes,
        unit=unit,
        code=code,
        details=details,
        list_price_dec6=list_price,
        net_price_dec6=net_price,
        discount_ppm=discount_ppm,
        role=role,
        is_counted=role is Role.NORMAL,
        instead_of=instead_of,
        period=period,
    )


def make_paper(
    language: Language = Language.ENGLISH,
    kind: Kind = Kind.QUOTE,
    sections: Sequence[Section] | None = None,
    adjustments: tuple[Adjustment, ...] = (),
    prepaid_minor: int = 0,
    **more: object,
) -> Paper:
    """Return a document with its totals; `more` replaces any of its fields."""
    is_english = language is Language.ENGLISH
    own = tuple(sections if sections is not None else (english_sections() if is_english else chinese_sections()))
    currency = "EUR" if is_english else "CNY"
    counted = [line for section in own for line in section.lines if line.is_counted]
    document = Document(currency, tuple(map(_domain_line, counted)), adjustments, prepaid_minor)
    fields: dict[str, object] = {
        "kind": kind,
        "language": language,
        "number": "Q-2026-A7-000123",
        "issued_on": ISSUED,
        "seller": NORDLICHT if is_english else YUANDONG,
        "buyer": BUYERS[language],
        "sections": own,
        "totals": total(document),
        "valid_until": ISSUED + timedelta(days=30),
        **(_english_texts() if is_english else _chinese_texts()),
    }
    return Paper(**{**fields, **more})  # type: ignore[arg-type]


def _domain_line(line: PaperLine) -> Line:
    """Return a line of the core of pricing with the same amount, as one piece at that price."""
    sign = -1 if line.amount_minor < 0 else 1
    return plain_line(line.position, sign * DEC6, sign * line.amount_minor * DEC6 // 100, *line.taxes)


def english_sections() -> tuple[Section, ...]:
    """Return two sections with discounts, a recurring line, an option and an alternative."""
    details = (
        "Stereo microscope with coaxial illumination, continuous zoom 0.8x to 8x and a working distance of 110 mm."
        " The trinocular tube takes cameras with C-mount; a dust cover and the calibration slide are part of it."
    )
    hardware = (
        paper_line("1", "Aurora S8 stereo microscope", 4, 389_000, code="AUR-S8", discount_ppm=100_000, details=details),
        paper_line("2", "Camera 12 MP with USB-C", 4, 74_950, code="CAM-12", discount_ppm=50_000),
        paper_line("3", "LED ring light, four segments", 12, 18_925, code="LED-R4"),
        paper_line(
            "4", "Camera 20 MP, cooled", 4, 189_000, code="CAM-20C", role=Role.ALTERNATIVE, instead_of="2",
            details="For fluorescence and long exposures.",
        ),
    )  # fmt: skip
    services = (
        paper_line("5", "Installation and acceptance on site", 2, 96_000, unit="days", code="SRV-INST"),
        paper_line("6", "Measuring software, 4 seats", 4, 4_900, unit="seats", code="SW-M4", period="per month, 12 months", periods=12),
        paper_line("7", "Handbook, printed", 4, 3_450, taxes=(REDUCED,), code="DOC-1"),
        paper_line("8", "Extended warranty, third year", 1, 138_000, unit="year", code="WAR-3", role=Role.OPTIONAL),
    )  # fmt: skip
    return (_section("Microscopes", hardware), _section("Services and software", services))


def chinese_sections() -> tuple[Section, ...]:
    """Return the same in Chinese."""
    details = "同轴照明体视显微镜，连续变倍0.8–8倍，工作距离110毫米；三目镜筒可接C接口相机，含防尘罩与标定片。"
    hardware = (
        paper_line("1", "极光S8体视显微镜", 4, 2_860_000, unit="台", discount_ppm=100_000, details=details, taxes=(ZH_VAT,)),
        paper_line("2", "1200万像素USB-C相机", 4, 568_000, unit="台", code="CAM-12", discount_ppm=50_000, taxes=(ZH_VAT,)),
        paper_line("3", "四分区LED环形光源", 12, 142_850, unit="个", code="LED-R4", taxes=(ZH_VAT,)),
        paper_line("4", "2000万像素制冷相机", 4, 1_420_000, unit="台", code="CAM-20", role=Role.ALTERNATIVE, instead_of="2",
                   taxes=(ZH_VAT,)),
    )  # fmt: skip
    services = (
        paper_line("5", "现场安装与验收", 2, 680_000, unit="人天", code="SRV-INST", taxes=(ZH_SERVICE,)),
        paper_line("6", "测量软件(4席位)", 4, 38_000, unit="席", code="SW-M4", period="每月，共12个月", periods=12, taxes=(ZH_SERVICE,)),
        paper_line("7", "第三年延长保修", 1, 990_000, unit="年", code="WAR-3", role=Role.OPTIONAL, taxes=(ZH_SERVICE,)),
    )  # fmt: skip
    return (_section("显微镜设备", hardware), _section("服务与软件", services))


def _section(heading: str, lines: tuple[PaperLine, ...]) -> Section:
    return Section(lines, heading, subtotal_minor=sum(line.amount_minor for line in lines if line.is_counted))


def _english_texts() -> dict[str, object]:
    return {
        "subject": "Microscopy workplaces for the new laboratory",
        "cover": "Thank you for your visit to our demonstration room on 24 February. As agreed, we offer four complete"
        " workplaces for your laboratory in Cork, with installation and training on site.\n\n"
        "Delivery takes place six weeks after your order.",
        "payment_terms": "30 days net after delivery. 2% discount for payment within 10 days.",
        "terms": (
            Clause("Delivery", "DAP Cork, Incoterms 2020. Partial deliveries are possible by agreement."),
            Clause("Warranty", "24 months from acceptance, parts and labour. Wear parts are excluded."),
        ),
        "signature": Signature("We order on the terms of this quote.", "Jana Petersen", "Aoife O’Sullivan"),
        "buyer_reference": "RFQ 2026-07",
    }


def _chinese_texts() -> dict[str, object]:
    return {
        "subject": "新实验室显微测量工位",
        "cover": "感谢贵公司2月24日莅临我司演示中心。根据双方沟通，现就四套完整的显微测量工位报价如下，价格包含现场安装与培训。"
        "\n\n交货期为收到订单后六周。",
        "payment_terms": "货到验收合格后30天内付清全款。",
        "terms": (
            Clause("交货", "送货至杭州市滨江区指定地点，运费由卖方承担。"),
            Clause("质保", "自验收合格之日起24个月，包含零件与人工，易损件除外。"),
        ),
        "signature": Signature("我方同意按本报价单条款订购。", "王晓明", "李思远"),
        "buyer_reference": "询价 2026-07",
    }


def long_paper(count: int, language: Language = Language.ENGLISH, **more: object) -> Paper:
    """Return a document of so many lines."""
    text = (
        "Precision spacer, hardened steel, ground on both sides"
        if language is Language.ENGLISH
        else "淬火钢精密垫片，双面磨削"
    )
    lines = tuple(
        paper_line(
            str(at + 1),
            f"{text} {at % 37 + 1} mm",
            at % 19 + 1,
            1_295 + at * 7,
            code=f"SP-{1000 + at}",
            discount_ppm=50_000 if at % 5 == 0 else 0,
            taxes=(VAT,) if language is Language.ENGLISH else (ZH_VAT,),
            unit="pcs" if language is Language.ENGLISH else "件",
        )
        for at in range(count)
    )
    return make_paper(language, sections=(Section(lines),), **more)  # type: ignore[arg-type]


def make_statement(language: Language = Language.ENGLISH) -> Statement:
    """Return a statement of commission with two components."""
    is_english = language is Language.ENGLISH
    first = EntryGroup(
        "New business" if is_english else "新客户业务",
        (
            Entry(date(2026, 2, 3), "O-2026-A7-000041", "Meridian Laboratories Ltd", 84_000, 1_680_000, 50_000,
                  "5% of 16,800.00 in the first tier"),
            Entry(date(2026, 2, 17), "O-2026-A7-000046", "Kestrel Foods plc", 61_250, 875_000, 70_000,
                  "7% of 8,750.00 above the quota"),
        ),
        145_250,
    )  # fmt: skip
    second = EntryGroup(
        "Renewals" if is_english else "续约",
        (Entry(date(2026, 2, 20), "O-2026-A7-000048", "Brenner & Söhne KG", 12_400, 620_000, 20_000),),
        12_400,
    )
    balances = (
        Balance("Earned" if is_english else "本期应得", 157_650),
        Balance("Held back" if is_english else "暂扣", -15_765),
        Balance("Carried from January" if is_english else "上期结转", 4_300),
        Balance("Payable" if is_english else "应付佣金", 146_185, is_total=True),
    )
    return Statement(
        language=language,
        number="S-2026-02-JP",
        issued_on=ISSUED,
        currency="EUR" if is_english else "CNY",
        seller=NORDLICHT if is_english else YUANDONG,
        buyer=Party("Jana Petersen", ("Sales, north",)) if is_english else Party("王晓明", ("华东销售部",)),
        first_day=date(2026, 2, 1),
        last_day=date(2026, 2, 28),
        groups=(first, second),
        balances=balances,
        subject="Commission" if is_english else "佣金",
    )
