"""What a person allows: the newest word counts, per channel and purpose (domain.md 4.4). Pure, and light to load."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

CHANNELS = ("call", "email", "message", "visit", "letter")
PURPOSES = ("service", "sales", "marketing")
STANCES = ("preferred", "allowed", "avoid", "forbidden")
SALES = "sales"
REFUSED, WARNED, FREE = "refused", "warned", "free"
_RESTRICTIVE = ("avoid", "forbidden")
_HEADS = {
    "call": "call|phone|ring|dial|telephone|打电话|致电|电话",
    "email": "email|e-mail|mail|发邮件|邮件|写邮件",
    "message": "message|text|sms|whatsapp|wechat|发消息|发短信|发微信",
    "visit": "visit|拜访|走访|上门",
    "letter": "letter|寄信",
}
"""What a task to reach somebody begins with."""
_NAMES = {name: channel for channel, names in _HEADS.items() for name in names.split("|")}
_LEADS = (
    "send", "write", "give", "make", "pay", "drop", "shoot", "follow", "reply", "answer", "contact", "reach",
)  # fmt: skip
"""What it begins with where the channel is named behind it: send an e-mail, give her a call, follow up by phone."""
_BEFORE = (
    "a", "an", "the", "by", "via", "per", "over", "send", "quick", "short", "another", "her", "him", "them", "on",
)  # fmt: skip


class Said:
    """One thing that a person said about a channel.

    Attributes:
        said_at: the instant (UTC text) from which on it holds.
        source: how it is known: "told me on the phone", "web form".
        order: what settles which of two of the same instant is newer: the later entered, by its id.
    """

    __slots__ = ("channel", "contact_id", "order", "purpose", "said_at", "source", "stance")

    def __init__(
        self, contact_id: str, channel: str, purpose: str, stance: str, said_at: str, source: str, order: str
    ) -> None:
        self.contact_id = contact_id
        self.channel = channel
        self.purpose = purpose
        self.stance = stance
        self.said_at = said_at
        self.source = source
        self.order = order

    @property
    def is_restrictive(self) -> bool:
        """Tell whether it is to be heeded before one reaches out."""
        return self.stance in _RESTRICTIVE


def newest(said: "Iterable[Said]") -> "dict[tuple[str, str, str], Said]":
    """Return what counts, by contact, channel and purpose: the newest, in whatever order it was entered."""
    found: dict[tuple[str, str, str], Said] = {}
    for item in said:
        key = (item.contact_id, item.channel, item.purpose)
        known = found.get(key)
        if known is None or (item.said_at, item.order) > (known.said_at, known.order):
            found[key] = item
    return found


def ruling(stance: str, *, is_fact: bool) -> str:
    """Return what becomes of reaching out: refused, warned of or free; what took place already is never refused."""
    if stance == "forbidden":
        return WARNED if is_fact else REFUSED
    return WARNED if stance == "avoid" else FREE


def better_channel(standing: "Iterable[Said]", purpose: str, channel: str, preferred: str | None) -> str | None:
    """Return the channel to take instead: one said to be preferred, the contact's own, else an allowed one."""
    by_channel = {item.channel: item.stance for item in standing if item.purpose == purpose}
    liked = [name for name in CHANNELS if by_channel.get(name) == "preferred"]
    own = [preferred] if preferred else []
    allowed = [name for name in CHANNELS if by_channel.get(name) == "allowed"]
    fitting = (name for name in (*liked, *own, *allowed) if name != channel)
    return next((name for name in fitting if by_channel.get(name) not in _RESTRICTIVE), None)


def channel_of(kind: str, subject: str = "") -> str | None:
    """Return the channel that an activity, a task or an appointment goes by: its kind's, else its first word's."""
    if kind in CHANNELS:
        return kind
    if kind:
        return None
    words = subject.lower().replace(":", " ").replace(",", " ").split()
    if not words:
        return None
    if words[0] in _LEADS:
        named = (word for at, word in enumerate(words) if at and words[at - 1] in (*_BEFORE, words[0]))
        return next((_NAMES[word] for word in named if word in _NAMES), None)
    return _NAMES.get(words[0]) or next((_NAMES[name] for name in _NAMES if _opens(subject, name)), None)


def _opens(subject: str, name: str) -> bool:
    """Tell whether a subject begins with a Chinese name of a channel, which no space ends."""
    return not name.isascii() and subject.startswith(name)
