"""The verbs of a rep's day, English and Chinese, each with the kind of activity it tells."""

from sfa.domain.phrase.tables import by_meaning, listed

DONE = by_meaning(
    call=(
        "called, rang, rang up, phoned, telephoned, dialed, dialled, spoke with, spoke to, spoke w, "
        "talked to, talked with,"
        " chatted with, had a call with, had call with, had a chat with, on the phone with, tried calling, "
        "tried to call,"
        " tried to reach, tried, called back, called up, rang back, phoned back, returned call from, "
        "returned call to, reached,"
        " left message for, left a message for, left message with, left voicemail for, left a voicemail for, "
        "left vm for,"
        " left a message, left message, left voicemail, left a voicemail, left vm, left msg for, left a msg for,"
        " left msg with, left msg w, left message w, left vm with, left vm w, left a msg, left msg,"
        " did not reach, didn't reach, couldn't reach, could not reach, failed to reach, no answer from, no reply from,"
        " no response from, no callback from, not reached, talked w, chatted w, on the phone w"
    ),
    meeting=(
        "met, met with, met w, met up with, met up w, saw, sat down with, had lunch with, had a lunch with, lunched with, "
        "had dinner with,"
        " had coffee with, had a coffee with, had breakfast with, had drinks with, had a meeting with, "
        "had meeting with,"
        " grabbed coffee with, grabbed lunch with, caught up with, ran into, bumped into, zoomed with, "
        "had a zoom with,"
        " had a video call with, hosted, negotiated with"
    ),
    visit=(
        "visited, dropped by, dropped in on, dropped in at, stopped by, stopped at, popped in at, swung by, "
        "called on,"
        " went to, went to see, drove to, toured, was at"
    ),
    email=(
        "emailed, e-mailed, mailed, wrote to, wrote, replied to, sent an email to, sent email to, "
        "sent a mail to, sent mail to,"
        " sent"
    ),
    message=(
        "texted, messaged, whatsapped, whatsapp'd, pinged, dm'd, dmed, sms'd, wechatted, sent a text to, "
        "sent text to,"
        " sent a message to, sent message to, sent a whatsapp to, sent whatsapp to"
    ),
    letter="sent a letter to, sent letter to, posted a letter to, posted letter to",
    demo=(
        "demoed, demo'd, demonstrated, demoed to, demoed for, demo'd to, demo'd for, demonstrated to, presented to,"
        " presented at, presented, pitched to, pitched, showed, gave a demo to, gave a demo at, "
        "gave demo to, did a demo for,"
        " did a demo at, did demo for, ran a demo for, ran demo for"
    ),
    other=(
        "followed up with, followed up, quoted, discussed with, heard back from, told, asked, informed, explained to, explained,"
        " gave, offered, helped, reviewed, discussed, confirmed, delivered, shipped, installed, trained, fixed, collected,"
        " dropped off, prepared, finished, completed, submitted, ordered, invited, introduced, agreed with, received, invoiced,"
        " checked with, worked with, sorted out"
    ),
)
"""What took place and went out: past forms, at the head of a clause."""
RECEIVED = by_meaning(
    call=(
        "got a call from, got call from, had a call from, received a call from, took a call from, call from, "
        "missed a call from,"
        " missed call from, incoming call from, inbound call from"
    ),
    email="got an email from, got email from, got a mail from, got mail from, received an email from, email from, mail from",
    message="got a text from, got text from, got a message from, got message from,"
    " text from, message from, txt from,"
    " msg from, sms from, whatsapp from",
    letter="got a letter from, letter from",
    visit="got a visit from, had a visit from, visit from",
    other="heard from",
)
"""What took place and came in."""
PASSIVES = {
    "accepted": "positive", "approved": "positive", "signed": "positive", "confirmed": "positive", "rejected": "negative",
    "declined": "negative", "refused": "negative", "cancelled": "cancelled", "received": "", "requested": "", "paid": "",
    "placed": "", "returned": "", "reviewed": "", "sent": "", "delivered": "", "shipped": "", "submitted": "",
}  # fmt: skip
"""What was done with a thing, and what came of it: `quote accepted by Acme`."""
THINGS = listed(
    "quote, quotation, offer, proposal, contract, order, purchase order, po, invoice, nda, sample, samples, agreement, brochure,"
    " catalog, catalogue, prototype, machine, goods, payment, deposit, documents, drawings, price list"
)
"""Things that such words stand behind."""
SPOKEN = frozenset(("talked", "spoke", "chatted"))
"""Verbs between which and `with` stands how long it took: `talked 20 min with Jane`."""
CAME = by_meaning(
    call="called, rang, phoned, called me, rang me, phoned me, called us, called in, called back, rang back, called me back",
    email="emailed, e-mailed, mailed, wrote, wrote back, replied, emailed me, wrote to me, mailed me, wrote me",
    message="texted, messaged, whatsapped, texted me, messaged me, pinged me, whatsapped me, texted back",
    visit="visited, visited us, dropped by, dropped in, stopped by, came by, came over",
)
"""What somebody named before the verb did: it came in."""
NOUNS = by_meaning(
    email="mail to, email to, e-mail to",
    letter="letter to",
    call="conference call with, conference call w, conference call, conf call with, conf call w, conf call, phone call w, "
    "chat with, chat w, conversation with, skype call with, skype call, skype with, whatsapp call with, phone chat with,"
    " call with, call w, phone call with, phone call to, phone call, call to, quick call with, intro call with",
    meeting=(
        "meeting with, meeting w, meeting at, meeting, mtg with, mtg w, mtg at, mtg, sync with, sync w, sync, qbr with, qbr w, qbr,"
        " standup with, standup, stand-up, jour fixe with, jour fixe, review with, review w, teams call, zoom call, teams with,"
        " teams w, kickoff w, handover with,"
        " negotiation with, site meeting with, site meeting, working session with, catch-up w, catch up w, catchup with, catchup w, "
        "breakfast meeting with, breakfast meeting, lunch meeting with, lunch meeting, dinner meeting with, dinner meeting,"
        " lunch with, lunch w, lunch at, lunch, dinner with, dinner,"
        " breakfast with, breakfast, coffee with, coffee w, coffee, drinks with, workshop with, workshop at, "
        "workshop,"
        " video call with, video call, zoom with, zoom call with, zoom, teams call with, teams meeting with, "
        "catch-up with,"
        " catch up with, kickoff with, kick-off with, kickoff, kick-off, review meeting with, "
        "appointment with, appointment"
    ),
    visit="visit to, visit at, site visit at, site visit to, site visit, on site at, onsite at",
    demo="demo for, demo at, demo to, demo with, demo w, demo, presentation for, presentation at, presentation to, presentation",
)
"""Names of encounters, which may lie behind or ahead."""
ENCOUNTERS = by_meaning(
    call="call, ring, phone, call back, ring back, phone back, call up, speak to, speak with, talk to, talk with, reach",
    meeting="meet, meet with, meet up with, see, catch up with, sit down with",
    visit="visit, drop by, stop by, swing by, go to, go see, drive to, call on",
    email="email, e-mail, mail, write to, write, reply to",
    message="text, message, whatsapp, ping, wechat",
    demo="present to, present at, show, pitch to, demonstrate to",
)
"""Plain forms: what is to be done with somebody."""
TO_DO = listed(
    "send, follow up, follow up with, follow-up, follow-up with, followup, followup with, follow up w, fup, fup with, fup w, "
    "f / u, f / u with, fu, fu with, remind, reconnect with, touch base with, visit with, try again, retry, "
    "prepare, prep, draft,"
    " schedule, arrange, confirm, ask, forward, submit, chase, nudge, invite, set up, reach out to, "
    "check in with, book,"
    " plan, check, order, get, update, review, quote, invoice, finish, create, make, fix, find, "
    "research, share, discuss,"
    " negotiate, sign, renew, ship, deliver, collect, pick up, bring, print, introduce, connect, log, "
    "register, pay,"
    " approve, reply, respond, answer, return, try, buy, do, give, cancel, reschedule, close, clarify, "
    "verify, organise,"
    " organize, provide, offer, propose, revise, upload, file, report, request, read, test, install, train, demo,"
    " wait for, waiting for, awaiting, await, reconfirm, escalate, translate, measure, inspect, count, refill, restock"
)
"""Plain forms: other things to do."""
FIRM = listed(
    "send, follow up, follow up with, follow-up with, fup, f / u, touch base with, remind, prepare, schedule, arrange, confirm, ask, "
    "forward, submit,"
    " chase, nudge, invite, set up, reach out to, check in with, call back, ring back, prep, reschedule, "
    "clarify, book"
)
"""Those that behind a comma begin something to do even without a date; the others could be nouns there."""
LEADS_TO_DO = listed(
    "todo, to do, to-do, task, remind me to, reminder to, reminder, remember to, don't forget to, "
    "need to, needs to, must,"
    " have to, i need to, i must, i have to, i will, i'll, will, we will, we'll, going to, should, "
    "i should, let's, please,"
    " 待办, 任务, 提醒, 提醒我, 记得, 别忘了, 需要, 要, 我要, 我会, 应该, 计划"
)
"""What may stand before a thing to do."""
LEADS_OF_OWN = listed(
    "todo, to do, to-do, task, remind me to, reminder to, reminder, remember to, don't forget to, i need to, i must, i have to,"
    " i will, i'll, we'll, we will, i should, let's, please, 待办, 任务, 提醒我, 记得, 别忘了, 我要, 我会"
)
"""Those that behind a comma can only be one's own: what `will` and `需要` say there may be the customer's."""
OTHERS = listed(
    "he, she, they, it, she'll, he'll, they'll, it'll, he's, she's, they're, it's, wants, want, wanted, needs, says, said, asked,"
    " asks, told, will, would, is, are, was, were, has, had, thinks, plans, expects, likes, liked, loves, prefers, agreed, promised,"
    " decided, bought, hired, moved, moving, client, customer, the client, the customer,"
    " 要, 他, 她, 他们, 她们, 对方, 客户, 说, 想, 希望, 表示, 需要, 觉得, 认为, 同意, 答应, 喜欢, 打算"
)
"""Words that tell what somebody else does, says or is."""
SUBJECTS = listed(
    "quick, short, brief, long, another, a, an, the, my, our, had a, had an, had, i, we, just, i've, we've, i have, i just, "
    "we just, have, today i, also, finally, quickly, briefly, "
    "我, 我们, 我们已,"
    " 我已, 已经, 已, 刚, 刚刚, 刚才, 我刚, 我刚才, 我刚刚, 我已经, 又, 也, 我跟, 我和"
)
"""What may stand before a verb and tells nothing that is kept."""

HAN_DEEDS = by_meaning(
    call=(
        "打电话给, 打了电话给, 打了个电话给, 打过电话给, 电话联系, 电话沟通, 电话拜访, 电话回访, 打电话, "
        "打了电话, 打了个电话,"
        " 打过电话, 通电话, 通完电话, 打完电话, 通了电话, 通了个电话, 通话, 通了话, 打给, 致电, 电话, 电联, 留言给, 联系了, "
        "联系上, 回了电话给, 回了电话"
    ),
    meeting=(
        "见面, 见了面, 会面, 会见, 会谈, 碰面, 碰了面, 面谈, 开会, 开了会, 开了个会, 见了, 见到, 见过, 见, "
        "约见, 吃饭, 吃了饭, 午餐,"
        " 晚餐, 喝咖啡, 喝茶, 视频会议, 视频会, 例会, 周会, 月会, 会议, 开个会, 电话会, 电话会议, 早餐, 聚餐, 宴请, 吃午饭, "
        "吃晚饭, 吃早饭, 午饭, 晚饭, 吃了午饭, 吃了晚饭, 喝酒, 喝了茶, 洽谈, 谈判了, 沟通, 沟通了, 聊了"
    ),
    visit="拜访, 拜访了, 拜访过, 走访, 走访了, 上门拜访, 登门拜访, 探访, 现场拜访, 去了, 到访",
    email="发邮件给, 发了邮件给, 发邮件, 发了邮件, 发了封邮件, 写邮件给, 写邮件, 写了邮件, 发电邮, 发电邮给, 邮件联系, 邮件",
    message=(
        "发短信给, 发短信, 发了短信, 发微信给, 发微信, 发了微信, 发消息给, 发消息, 发了消息, 微信联系, "
        "微信沟通, 微信, 短信, 钉钉"
    ),
    letter="寄信给, 寄信",
    demo="演示给, 演示了, 演示, 做演示, 做了演示, 产品演示, 展示了, 展示, 宣讲",
)
"""What was done, or with a day ahead is to be done."""
HAN_CAME = by_meaning(
    call="来电话, 来电, 打来电话, 打来, 打电话来, 打电话过来, 打过来",
    email="来邮件, 发来邮件, 来信, 来函, 回邮件, 回了邮件",
    message="发来微信, 发来短信, 发来消息, 来微信, 来消息, 回微信",
    visit="来访, 来拜访, 来公司",
)
"""What somebody named before it did."""
HAN_RECEIVED = ("接到", "收到", "接了")
"""Before a person and then what came: 接到王经理电话."""
HAN_CAME_AS = {"电话": "call", "来电": "call", "邮件": "email", "来信": "letter", "微信": "message", "短信": "message"}
HAN_WITH = frozenset("给跟和与向同约到去在请陪找")
"""Before a person, then the verb: 给王经理打电话."""
HAN_TO_DO = listed(
    "跟进, 发报价, 发合同, 发样品, 发资料, 发方案, 发货, 发, 准备, 安排, 提醒, 确认, 联系, 回电, 回电话, "
    "回访, 回复, 寄, 送, 做, 写,"
    " 整理, 催款, 催, 预约, 约, 订, 签合同, 询问, 问, 查, 更新, 提交, 报价, 收款, 开票, 修改, 办, 处理, "
    "完成, 交, 打样, 参加, 申请, 起草, 通知,"
    " 邀请, 再联系, 再打电话, 再拜访, 再打, 再拨, 再约, 再谈, 再来, 再去, 回款, 付款, 打款"
)
HAN_FIRM = listed("跟进, 发报价, 发合同, 发样品, 发资料, 发方案, 发货, 提醒, 回电, 回电话, 回访, 回复, 催款, 起草, 寄")
HAN_KIND_OF_TO_DO = {
    "回电": "call",
    "回电话": "call",
    "回访": "visit",
    "再打电话": "call",
    "再拜访": "visit",
    "约": "meeting",
}
HAN_DONE_BEFORE = ("已", "已经", "刚", "刚刚", "刚才")
HAN_DONE_BEHIND = frozenset("了过")
HAN_THEN = ("然后再", "然后", "接着", "随后", "之后再", "下一步", "接下来")
NOTE_LEADS = frozenset(("note", "notes", "memo", "fyi", "备注", "笔记", "记录", "备忘", "记一下", "记下"))
