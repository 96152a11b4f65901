"""Words that say the same, or nothing, when two records are compared."""

from typing import Final

FREE_MAIL: Final = frozenset(
    ["126.com", "139.com", "163.com", "aol.com", "bluewin.ch", "btinternet.com", "comcast.net", "email.cz", "fastmail.com", "foxmail.com", "free.fr", "gmail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hey.com", "hotmail.co.uk", "hotmail.com", "hotmail.de", "hotmail.fr", "hotmail.it", "icloud.com", "inbox.ru", "interia.pl", "laposte.net", "libero.it", "list.ru", "live.com", "mac.com", "mail.com", "mail.ru", "me.com", "msn.com", "naver.com", "o2.pl", "online.de", "onet.pl", "orange.fr", "outlook.com", "outlook.de", "proton.me", "protonmail.com", "qq.com", "rambler.ru", "rediffmail.com", "rocketmail.com", "seznam.cz", "sfr.fr", "sina.cn", "sina.com", "sohu.com", "t-online.de", "telenet.be", "tiscali.it", "tom.com", "tutanota.com", "virgilio.it", "vip.163.com", "vip.qq.com", "wanadoo.fr", "web.de", "wp.pl", "ya.ru", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com", "yahoo.com.cn", "yahoo.de", "yahoo.fr", "yahoo.it", "yandex.com", "yandex.ru", "yeah.net", "ymail.com", "zoho.com"]
)
"""Domains under which anybody gets an address: they tell no company."""

_NICKNAMES: Final = (
    "abigail abby gail", "albert al bert", "alexander alex alec sandy sascha", "alexandra alex sandra", "alfred fred al",
    "andrew andy drew", "anthony tony", "antonia toni", "arthur art", "barbara barb babs", "benjamin ben benny",
    "catherine katherine kathryn kate katie kathy cathy kitty kat", "charles charlie chuck", "charlotte lotte charlie",
    "christina christine chris tina", "christopher chris kit", "cynthia cindy", "daniel dan danny", "david dave",
    "deborah debbie deb", "donald don donny", "dorothy dot dottie", "edward ed eddie ted ned", "elizabeth elisabeth liz"
    " beth betty eliza lisa libby liesel", "emily emma em", "eugene gene", "francis frank", "frances fran franny",
    "franz frank", "frederick fred freddie fritz friedrich", "gabriel gabe", "gabriele gabi", "george jorge georgie",
    "gerald gerry jerry", "gregory greg", "hans johannes johann", "harold harry hal", "heinrich heinz henry",
    "helen nell nellie", "henry harry hank", "ignacio nacho", "isabella isabel bella izzy", "jacob jake", "jacqueline"
    " jackie", "james jim jimmy jamie", "janet jan", "jeffrey geoffrey jeff geoff", "jennifer jen jenny", "jessica jess"
    " jessie", "john jack johnny jon jonny", "jonathan jon jonny", "joseph joe joey jose", "josef sepp joe", "joshua josh",
    "judith judy", "kenneth ken kenny", "kimberly kim", "lawrence laurence larry", "leonard leo len", "louis lou lewis",
    "louise lou", "ludwig lutz", "madeline maddie maddy", "margaret maggie meg peggy greta margarete", "maria mary marie"
    " mia", "martin marty", "matthew matt", "maximilian max", "michael mike mick micky michel", "mikhail misha",
    "nathaniel nathan nate nat", "nicholas nick nicky klaus", "nicole nicky", "olivia liv livvy", "pamela pam",
    "patricia pat patty trish", "patrick pat paddy", "peter pete", "philip phillip phil", "rebecca becky becca", "richard"
    " rich rick ricky dick", "robert rob bob bobby robbie bert", "ronald ron ronnie", "samantha sam sammy", "samuel sam"
    " sammy", "sarah sara sally", "sebastian seb bastian", "sophia sophie sofia", "stephen steven steve stefan", "susan"
    " sue susie suzanne", "theodore ted theo", "theresa teresa terry tess", "thomas tom tommy", "timothy tim timmy",
    "victor vic", "victoria vicky tori", "vincent vince vinnie", "vladimir volodya vova", "walter walt wally", "wilhelm"
    " willi william", "william bill billy will willy liam", "zachary zach zac",
)  # fmt: skip


def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, names in enumerate(_NICKNAMES):
        for name in names.split():
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


NICKNAME_GROUPS: Final = _groups()
"""Given name -> the groups of names that one person may go by."""

_STREETS: Final = (
    "st street str strasse", "rd road", "ave av avenue avenida", "pl place platz", "cct circuit cirt", "cres crescent cr",
    "ct court crt", "dr drive drv", "ln lane", "tce terrace ter", "cl close", "pde parade", "hwy highway", "blvd boulevard"
    " bd", "sq square", "gr grove gve", "way wy", "n north", "s south", "e east", "w west", "apt apartment", "fl floor",
    "mt mount", "r rue", "v via", "c calle",
)  # fmt: skip
STREET_WORDS: Final = {word: words.split()[0] for words in _STREETS for word in words.split()}
"""Word of a street's name -> the short form that all its spellings have."""

_FORMS: Final = (
    "ltd limited co company", "inc incorporated corp corporation", "gmbh mbh", "llc", "llp lp", "plc", "ag", "sa", "srl",
    "sarl", "spa", "kg", "ohg", "ug", "bv", "nv", "ab", "oy oyj", "as", "aps", "pty", "pte", "kk", "ooo", "pvt",
)  # fmt: skip
LEGAL_FORMS: Final = {word: words.split()[0] for words in _FORMS for word in words.split()}
"""Word of a company's legal form -> the one word of its kind, for names that differ in nothing else."""

STROKES: Final = {
    ord("ø"): "o",
    ord("ł"): "l",
    ord("đ"): "d",
    ord("ð"): "d",
    ord("þ"): "th",
    ord("æ"): "ae",
    ord("œ"): "oe",
    ord("ı"): "i",
}
"""Letters that no decomposition brings to plain ones."""
