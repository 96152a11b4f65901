"""What came of it, in words, English and Chinese; the choices are those of the domain (`sfa.domain.fields.OUTCOMES`)."""

from sfa.domain.phrase.tables import by_meaning, listed

OUTCOMES = by_meaning(
    no_answer=(
        "no answer, didn't answer, did not answer, no reply, no response, didn't pick up, did not pick up, "
        "no pick up,"
        " no pickup, didn't reach, didn't reach him, didn't reach her, not reached, couldn't reach, "
        "couldn't reach him,"
        " couldn't reach her, unreachable, not available, unavailable, not in, wasn't in, was out, line busy, busy,"
        " 没见到, 没见着, 没碰到, 没接, 未接, 没接电话, 没有接, 无人接听, 没人接, 不在, 占线, 未接听, 没打通, 打不通, 关机, "
        "没联系上, 不接电话, 未接通"
    ),
    left_message=(
        "left message, left a message, left voicemail, left a voicemail, left him a message, "
        "left her a message, left vm, left msg, left a msg,"
        " voicemail, vm, lvm, answering machine, left word, left message for, left a message for, left message with,"
        " left voicemail for, left a voicemail for, left vm for, 留言, 留了言, 已留言, 语音信箱, 留言给"
    ),
    positive=(
        "interested, very interested, interested in, keen, wants, want, happy, very happy, positive, "
        "loved it, loves it,"
        " likes, liked, excited, agreed, said yes, went well, went great, good meeting, great meeting, "
        "good call, great call,"
        " wants a quote, wants quote, asked for a quote, asked for quote, requested a quote, needs a quote, "
        "ready to buy,"
        " ready to sign, satisfied, impressed, 有兴趣, 感兴趣, 很感兴趣, 非常感兴趣, 有意向, 想要, 要报价, "
        "需要报价, 满意, 很满意, 同意, 愿意,"
        " 认可, 顺利, 很顺利, 谈得不错, 谈得很好"
    ),
    negative=(
        "not interested, no interest, not very interested, not happy, unhappy, rejected, declined, said no, "
        "refused, no budget,"
        " no need, upset, angry, complained, too expensive, lost interest, wants to cancel, wants out, "
        "wants a refund, bad timing,"
        " went badly, 不感兴趣, 没兴趣, 没有兴趣, 无兴趣, 兴趣不大, 拒绝, 不需要, 没预算, 没有预算, 太贵, "
        "嫌贵, 不满意, 不满, 投诉, 不考虑, 没意向"
    ),
    neutral=(
        "neutral, undecided, thinking about it, will think about it, needs time, on the fence, not sure, "
        "unsure, so-so,"
        " 考虑一下, 再考虑, 需要考虑, 观望, 犹豫, 不确定, 还没决定, 没决定"
    ),
    next_step_set="agreed next steps, next steps agreed, next step agreed, agreed on next steps, 约好, 约定下一步",
    cancelled=(
        "cancelled, canceled, no show, no-show, didn't show, didn't show up, did not show up, postponed, rescheduled,"
        " called off, 取消, 取消了, 没来, 爽约, 改期, 推迟"
    ),
    connected="got through, connected, reached him, reached her, 接通, 打通, 打通了, 联系上了",
)
RANKS = ("cancelled", "left_message", "no_answer", "next_step_set")
"""Where a clause names several: these before how it was taken, and that before that somebody was reached at all."""
PLAIN = frozenset(("no_answer", "left_message", "cancelled", "connected"))
"""What says all there is to say: its words are not kept in the note."""
NOT = listed("not, never, no, isn't, wasn't, aren't, hardly, less, didn't, doesn't, don't, won't")
HAN_NOT = frozenset("不没未无")
TURNED = {"positive": "negative", "negative": "neutral"}
"""What a word means behind a negation."""
