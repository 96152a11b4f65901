"""What tells names from other words, English and Chinese."""

from sfa.domain.phrase.tables import listed

TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "sir", "mme", "mlle", "sr", "sra", "ing"))
PARTICLES = listed(
    "van, von, vom, zu, de, der, den, del, della, di, da, dos, du, la, le, bin, ibn, al, el, ter, ten, y, e"
)
"""Small words within a name."""
JOINTS = frozenset(("/", "and", "&", "+", "和", "、", "与", "及", "跟", "plus", "und"))
"""Between two people."""
AT = frozenset(("at", "from", "of", "@", "with"))
"""Between a person and a company."""
COMPANY_WORDS = listed(
    "gmbh, ag, kg, ltd, limited, inc, incorporated, llc, llp, plc, corp, corporation, co, company, sa, sas, sarl, srl, spa, bv,"
    " nv, ab, as, oy, aps, kft, sl, pty, pte, group, holding, holdings, industries, industrial, systems, technologies,"
    " technology, tech, solutions, logistics, partners, associates, consulting, university, hospital, bank, labs, laboratories,"
    " motors, electric, electronics, pharma, pharmaceuticals, foods, energy, engineering, international, sons, bros, works,"
    " instruments, software, services, trading, enterprises, manufacturing, robotics, steel, chemicals, hotel, insurance"
)
"""Words that make a name that of a company."""
CALENDAR = listed(
    "monday, mondays, tuesday, tuesdays, wednesday, wednesdays, thursday, thursdays, friday, fridays, saturday, saturdays,"
    " sunday, sundays, mon, tue, tues, wed, thu, thur, thurs, fri, sat, sun, january, february, march, april, may, june, july,"
    " august, september, october, november, december, jan, feb, mar, apr, jun, jul, aug, sep, sept, oct, nov, dec, today,"
    " tomorrow, tomorow, tmrw, tmr, yesterday, tonight, tonite, noon, midnight, morning, afternoon, evening, next, last, this,"
    " every, each, daily, weekly, monthly, end, eom, eoq, eoy, eod, eow, q1, q2, q3, q4, h1, h2, am, pm, easter, christmas,"
    " xmas, week, month, quarter, year, day, days, weeks, months, minutes, hours"
)
"""Words of the calendar, which are no names unless the book says so."""
NO_NAMES = listed(
    "a, an, the, i, we, he, she, they, it, you, me, him, her, them, us, my, his, their, our, your, its, this, that, these,"
    " those, and, or, but, so, because, about, re, regarding, concerning, for, to, of, in, on, at, by, with, from, into, over,"
    " under, after, before, until, till, since, during, without, within, is, are, was, were, be, been, am, has, have, had, will,"
    " would, could, should, can, may, might, must, do, did, does, done, not, no, yes, ok, okay, if, when, while, where, who,"
    " whom, what, which, why, how, then, again, back, also, too, very, all, any, both, some, more, most, less, wants, want,"
    " wanted, needs, need, needed, asked, asks, said, says, told, likes, liked, agreed, interested, happy, keen, thinks, will,"
    " po, nda, rfp, rfq, rfi, ceo, cfo, cto, coo, vp, asap, fyi, eta, vm, kpi, roi, poc, sla, msa, sow, crm, erp, faq, pdf,"
    " usd, eur, gbp, chf, cny, rmb, quote, renewal, price, prices, demo, meeting, call, contract, offer, deal, order, invoice,"
    " nothing, everybody, everyone, somebody, someone, nobody, left, went, good, great, bad, new, old, just, now, still,"
    " closes, close, closing, won, lost, signed, budget, decision, delivery, up, out, off, down"
)
"""Words that are no names, however they are typed."""
NO_PEOPLE = listed(
    "round, around, others, colleagues,"
    " team, client, customer, customers, support, office, reception, prospect, boss, buyer, purchasing, sales, legal, finance,"
    " hotline, helpdesk, home, in, there, here, around, through, things, everything, stuff, work, lunch, dinner, breakfast,"
    " yesterday, today, twice, once, briefly, shortly, quickly, later, early, late, site, board, staff, management, folks, guys,"
    " people, several, few, two, three, four, five, samples, contract, quote, offer, proposal, invoice, brochure, catalog,"
    " pricing, slides, deck, presentation, agenda, summary, recap, link, links, file, files, report, numbers, update, updates,"
    " newsletter, invitation, reminder, details, terms, draft, signature, approval, payment, follow, people, prospects, voicemail,"
    " catalogue, documents, drawings, prices, specs, info, minutes, notes, product, prototype, machine"
)
"""Small words behind a verb that are no names of people."""
PLACES = listed(
    "lunch, dinner, breakfast, home, work, noon, night, office, fair, show, expo, conference, airport, hotel, event, reception,"
    " once, least, last, first, site, hq, headquarters, school, club, booth, stand, station, gate, length, risk, all, reach,"
    " scratch, now, today, there, here, home, abroad, scope, concept, purchasing, sales, it, hr, legal, finance, procurement"
)
"""Small words behind `at` or `from` that are no companies."""

BEHIND_NAMES = listed(
    "twice, again, briefly, quickly, he, she, says, said, no, not, for, then, but, re, /, about, regarding, wants,"
    " who, on, over, and, concerning"
)
"""What stands behind a name in small letters, which ends there: `rang bob about prices`."""

SURNAMES = frozenset(
    ""
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白"
    ""
    "邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯"
    ""
    "纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欣管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
SURNAMES_OF_TWO = frozenset(
    (
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "令狐",
        "慕容",
        "司徒",
        "宇文",
        "长孙",
        "夏侯",
        "端木",
        "独孤",
        "南宫",
        "百里",
        "呼延",
    )
)
HAN_TITLES = (
    "副总经理", "总经理", "副经理", "总工程师", "工程师", "董事长", "副主任", "副总裁", "总裁", "副总", "总监", "经理", "主任", "部长",
    "处长", "科长",
    "院长", "校长", "厂长", "所长", "站长", "店长", "局长", "老总", "老板", "主管", "先生", "女士", "小姐", "老师", "教授", "博士",
    "师傅", "律师", "医生",
    "会计", "采购", "秘书", "总", "工", "董", "姐", "哥",
)  # fmt: skip
"""Titles behind a surname, longer ones first."""
NO_TITLES = (
    "总部",
    "采购部",
    "采购总监",
    "采购经理",
    "会计师",
    "工段",
    "工艺",
    "总共",
    "总计",
    "总额",
    "总价",
    "总是",
    "工厂",
    "工作",
    "工程",
    "工业",
    "工商",
    "工具",
    "工地",
    "董事会",
    "经理人",
    "总之",
    "总结",
)
"""Words that begin as a title does."""
HAN_COMPANY_ENDS = (
    "有限公司", "公司", "集团", "厂", "仪器", "科技", "银行", "大学", "医院", "电子", "机械", "实业", "工业", "贸易", "化工", "制药",
    "药业", "汽车", "电气",
    "自动化", "研究院", "研究所", "设备", "材料", "软件", "网络", "信息", "能源", "物流", "食品", "酒店", "学院", "中心", "钢铁", "重工",
    "股份", "电力",
    "建设", "精密", "光电", "半导体", "生物", "医疗", "环保", "技术", "智能", "商贸",
)  # fmt: skip
HAN_FAMILIAR = frozenset("小老阿大")
HAN_STOPS = (
    "讨论", "关于", "商量", "确认", "询问", "沟通", "介绍", "汇报", "演示", "签约", "续约", "报价", "合同", "项目", "价格", "交期",
    "付款", "样品", "订单",
    "新品", "产品", "方案", "需求", "问题", "要求", "想要", "有兴趣", "感兴趣", "表示", "希望", "需要", "同意", "没接", "无人", "没人",
    "留言", "半小时", "说",
    "客户", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "星期", "礼拜", "尾款", "货款",
    "谈", "聊", "约", "问", "要", "想", "他", "她", "对方", "下周", "明天", "后天", "今天", "昨天", "上周", "本周", "月底",
    "年底", "早上", "上午", "下午",
    "晚上", "中午", "并", "但", "就", "送", "看", "催", "推", "解决", "一起", "吃饭", "喝", "不在", "开会", "电话", "见面", "会面",
    "来电", "打来", "见",
    "时", "后", "因为", "了解", "跟进", "协商", "敲定", "定", "签", "发", "拿", "做", "打", "进行", "预计", "在", "对", "把", "还", "已",
    "很", "不",
)  # fmt: skip
"""What ends a name in Chinese, where no space does."""
HAN_NO_NAMES = (
    "客户", "采购", "商机", "例会", "会议", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "周天", "周末", "星期", "礼拜",
    "金额", "预算", "报告",
    "资料", "样机", "样品", "发票", "尾款", "回款", "货款", "明年", "今年", "去年", "上月", "下月", "月初", "国庆", "春节", "有空",
    "安排", "时间", "地点",
    "老板", "经理", "对手", "竞争", "价钱", "交货", "质量", "服务", "技术", "支持", "团队", "公司", "工厂", "现场", "线上", "文件",
    "计划", "程序", "成本", "成交", "高层", "白皮书", "周报", "月报", "方便", "马上", "全部", "标书", "机票", "车票",
    "大概", "约定", "成功", "可能",
)  # fmt: skip
"""Words that begin no name."""
HAN_FILLERS = ("一下", "了", "过", "的")
