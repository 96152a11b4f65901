"""The words of deals: won, lost, moved, opened; when they close; why they were lost."""

from sfa.domain.phrase.tables import by_meaning, listed

VERBS = by_meaning(
    win="won, win, closed won, closed-won, 赢单, 赢了, 赢得, 赢下, 拿下, 拿下了, 中标, 成单, 签单, 赢得了, 签单了",
    lose="lost, lose, closed lost, closed-lost, 丢单, 丢了, 丢单了, 输了, 输单, 失单, 丢标, 落标, 丢掉了, 输掉",
    change="postponed, postpone, delayed, delay, "
    "moved, move, advanced, advance, pushed, push, bumped, updated, update, raised, raise, increased, increase, lowered,"
    " lower, reduced, reduce, upped, changed, change, set, 推进, 移到, 转到, 改到, 把",
    add=(
        "new deal, new opportunity, new opp, new lead deal, add deal, add opportunity, create deal, "
        "create opportunity, deal,"
        " opportunity, opp, 新商机, 新建商机, 新增商机, 新单, 新机会, 新增机会, 商机, 新项目, 新增项目"
    ),
)
WEAK = by_meaning(
    win="signed, closed, landed, sold, 签了, 签下, 签下了, 合同签了, 签了合同, 签合同了, 签约, 签约了, 成交, 成交了",
)
"""Verbs that tell of a deal only where it is one of the book, or an amount stands beside."""
BEHIND = by_meaning(
    win="won, is won, closed won, closed-won, signed, is signed, 赢单, 赢单了, 赢了, 拿下了, 签了, 签单了, 中标, 成交, 成交了",
    lose="lost, is lost, closed lost, closed-lost, 丢单, 丢单了, 丢了, 输了, 失单, 落标",
    change=(
        "moved, moved to, moves to, goes to, is now, now in, now at, now, advanced to, pushed to, "
        "slipped to, 推进到, 进入, 推进至, 转到,"
        " 移到, 到了, 改到, 推迟到, 延期到, 提前到"
    ),
)
"""Verbs behind the name of the deal."""
CLOSES = listed(
    "by, close, closes, closing, close by, closes by, closing by, close on, closing on, closes on, "
    "close in, closing in,"
    " closes in, close date, close date to, expected close, expected to close, expected by, expected, "
    "to close, to close by,"
    " due, before, until, till, signing, to sign by, sign by, decision by, decision, order by, order in, "
    "po by, po in,"
    " 预计, 预计在, 成交, 预计成交, 预计签约, 签约, 签单, 签, 截止, 结单, 关单, 成单, 下单"
)
"""What stands before the day a deal closes."""
CLOSES_FIRMLY = frozenset(
    word for word in CLOSES if word.startswith(("clos", "expected", "to close", "签", "成", "预计", "结", "关"))
)
"""Those that need no amount beside them."""
CLOSES_BEHIND = ("前", "之前", "以前", "底前", "签约", "签单", "签", "成交", "下单", "结单", "关单")
"""What stands behind it in Chinese."""
STAGE_LEADS = frozenset(
    (
        "to",
        "in",
        "into",
        "stage",
        "stage to",
        "to stage",
        "now in",
        "now",
        "moved to",
        "moves to",
        "moving to",
        "move to",
        "advanced to",
        "pushed to",
        "goes to",
        "is now in",
        "is now at",
        "is in",
        "went to",
        "到",
        "至",
        "为",
        "进入",
        "阶段",
        "入",
        "改到",
        "改为",
        "改成",
        "转到",
        "移到",
        "推进到",
        "推进至",
        "进入到",
        "到了",
    )
)
REASON_LEADS = listed(
    "because, because of, due to, to, on, over, reason, cause, as, for, since, 因为, 由于, 原因, 输给, 败给, 给, 是因为"
)
REASONS = listed(
    "price, pricing, too expensive, expensive, competitor, competition, budget, no budget, "
    "missing feature, features,"
    " feature, delivery time, delivery, lead time, no decision, no decision maker, unresponsive, "
    "ghosted, poor fit, fit,"
    " timing, other, quality, service, best price, relationship, trust, demo, speed, 价格, 价格高, 太贵, "
    "价格太高, 竞争对手, 对手, 预算, 没预算, 交期,"
    " 交货期, 功能, 缺功能, 没决定, 关系, 质量, 服务, 品牌"
)
"""Why, where it stands behind the name of the deal without another word."""
CHANCES = listed(
    "probability, chance, chances, sure, likely, prob, confident, confidence, 把握, 概率, 可能性, 可能, "
    "胜率, 大概率, 机会, 赢率, 成功率"
)
DISCOUNTS = listed(
    "discount, off, rebate, less, cheaper, more, up, down, margin, vat, tax, increase, 折扣, 优惠, 返点, 税"
)
TOPICS = frozenset(
    (
        "about",
        "re",
        "regarding",
        "concerning",
        "on",
        "谈",
        "聊",
        "讨论",
        "关于",
        "商谈",
        "洽谈",
        "谈了",
        "聊了",
        "讨论了",
    )
)
"""What stands before what it was about."""
