"""Finding an icon by what it means: parts of its name, and words of our own."""

from __future__ import annotations

from functools import cache

from exporter.contract.icons import CHATKIT_ICONS, HEADER_ICONS, lucide_names

MEANINGS: dict[str, tuple[str, ...]] = {
    "account": ("user", "circle-user", "contact", "id"),
    "add": ("plus", "circle-plus"),
    "ai": ("bot", "brain", "sparkle", "sparkles", "wand", "agent"),
    "alarm": ("bell", "clock", "siren"),
    "alert": ("triangle-alert", "bell", "octagon", "siren"),
    "animal": ("cat", "dog", "bird", "fish", "paw", "rabbit", "squirrel", "turtle"),
    "answer": ("reply", "message", "circle-question-mark"),
    "appointment": ("calendar", "clock"),
    "arrival": ("plane", "truck", "package"),
    "attach": ("paperclip", "link"),
    "baby": ("baby", "milk"),
    "bank": ("landmark", "piggy", "banknote", "wallet", "coins"),
    "beer": ("beer", "wine", "martini"),
    "bicycle": ("bike",),
    "bill": ("receipt", "banknote", "file"),
    "birthday": ("cake", "gift", "party"),
    "book": ("book", "notebook", "library"),
    "booking": ("calendar", "ticket", "bed", "concierge"),
    "business": ("briefcase", "building", "handshake", "suitcase"),
    "buy": ("shopping", "credit", "wallet", "store"),
    "call": ("phone", "headset", "headphones"),
    "camera": ("camera", "aperture", "webcam"),
    "car": ("car", "bus", "truck", "fuel", "parking"),
    "card": ("credit", "id", "wallet", "contact"),
    "cart": ("shopping",),
    "celebrate": ("party", "confetti", "cake", "trophy"),
    "change": ("refresh", "repeat", "arrow", "replace", "pencil"),
    "chat": ("message", "messages", "speech"),
    "child": ("baby", "toy"),
    "clean": ("brush", "spray", "sparkles", "eraser"),
    "clothes": ("shirt", "shopping"),
    "code": ("code", "braces", "terminal", "brackets"),
    "coffee": ("coffee", "cup"),
    "company": ("building", "factory", "briefcase"),
    "complaint": ("frown", "thumbs", "megaphone", "flag"),
    "contact": ("mail", "phone", "contact", "at", "message"),
    "cooking": ("chef", "cooking", "utensils", "soup"),
    "cost": ("coins", "banknote", "tag", "receipt", "euro", "dollar"),
    "coupon": ("ticket", "tag", "percent", "badge"),
    "customer": ("user", "users", "headset"),
    "date": ("calendar",),
    "delete": ("trash", "x", "eraser"),
    "delivery": ("truck", "package", "box", "bike"),
    "discount": ("percent", "badge-percent", "tag", "ticket"),
    "doctor": ("stethoscope", "hospital", "pill", "syringe"),
    "document": ("file", "page", "text", "notebook"),
    "dollar": ("dollar", "banknote", "coins"),
    "drink": ("cup", "coffee", "wine", "beer", "glass", "milk"),
    "edit": ("pencil", "pen", "square-pen", "write"),
    "education": ("graduation", "school", "book", "library"),
    "email": ("mail", "mails", "at", "inbox"),
    "emoji": ("smile", "laugh", "frown", "meh", "angry"),
    "energy": ("zap", "battery", "plug", "bolt"),
    "error": ("circle-x", "triangle-alert", "bug", "octagon"),
    "event": ("calendar", "ticket", "party"),
    "family": ("users", "baby", "house"),
    "faq": ("circle-question-mark", "circle-help", "question", "info"),
    "fast": ("zap", "rocket", "gauge", "timer", "rabbit"),
    "favourite": ("heart", "star", "bookmark"),
    "favorite": ("heart", "star", "bookmark"),
    "find": ("search", "binoculars", "scan"),
    "fire": ("flame",),
    "flight": ("plane", "ticket"),
    "flower": ("flower", "rose", "leaf", "sprout"),
    "food": ("utensils", "pizza", "salad", "sandwich", "soup", "apple", "hamburger"),
    "football": ("volleyball", "trophy", "goal"),
    "fun": ("party", "smile", "gamepad", "laugh"),
    "game": ("gamepad", "dices", "joystick", "puzzle"),
    "garden": ("flower", "shovel", "sprout", "trees", "leaf"),
    "gift": ("gift", "cake", "ribbon"),
    "guarantee": ("shield", "badge-check", "award"),
    "guide": ("compass", "book", "map", "signpost"),
    "hair": ("scissors", "brush"),
    "happy": ("smile", "laugh", "party"),
    "health": ("heart", "activity", "stethoscope", "hospital", "pill"),
    "hello": ("hand", "smile"),
    "help": ("circle-question-mark", "life-buoy", "info", "headset", "lifesaver"),
    "holiday": ("palmtree", "tree-palm", "plane", "luggage", "sun", "umbrella"),
    "home": ("house", "door", "sofa"),
    "hotel": ("bed", "hotel", "concierge", "key"),
    "hours": ("clock", "calendar", "timer"),
    "idea": ("lightbulb", "brain", "sparkles"),
    "insurance": ("shield", "umbrella"),
    "internet": ("globe", "wifi", "earth", "network"),
    "invoice": ("receipt", "file", "banknote"),
    "job": ("briefcase", "user", "suitcase", "handshake"),
    "language": ("languages", "globe", "speech"),
    "law": ("scale", "gavel", "landmark"),
    "legal": ("scale", "gavel", "landmark", "file"),
    "letter": ("mail", "stamp", "case"),
    "light": ("sun", "lightbulb", "lamp", "flashlight"),
    "like": ("thumbs-up", "heart"),
    "list": ("list", "clipboard", "check"),
    "location": ("map", "map-pin", "navigation", "locate"),
    "login": ("log-in", "key", "lock", "user"),
    "loud": ("volume", "megaphone"),
    "love": ("heart",),
    "luggage": ("luggage", "suitcase", "backpack", "briefcase"),
    "machine": ("cog", "settings", "bot", "factory"),
    "magic": ("wand", "sparkles", "sparkle"),
    "mail": ("mail", "mails", "inbox", "send"),
    "map": ("map", "compass", "navigation"),
    "medicine": ("pill", "syringe", "stethoscope", "hospital"),
    "meeting": ("users", "calendar", "presentation", "handshake"),
    "money": ("banknote", "coins", "wallet", "piggy", "dollar", "euro", "credit"),
    "movie": ("film", "clapperboard", "video", "popcorn"),
    "music": ("music", "headphones", "guitar", "piano", "disc"),
    "nature": ("leaf", "trees", "mountain", "sprout", "flower"),
    "news": ("newspaper", "rss", "megaphone"),
    "night": ("moon", "bed", "stars"),
    "offer": ("tag", "percent", "gift", "badge"),
    "office": ("building", "briefcase", "printer"),
    "open": ("door", "clock", "lock-open", "external-link"),
    "order": ("shopping", "package", "clipboard", "receipt"),
    "paint": ("paintbrush", "palette", "brush", "paint"),
    "parcel": ("package", "box", "truck"),
    "password": ("key", "lock", "shield", "keys"),
    "pay": ("credit", "wallet", "banknote", "coins", "hand-coins"),
    "payment": ("credit", "wallet", "banknote", "coins"),
    "people": ("users", "user", "contact"),
    "person": ("user", "circle-user", "contact", "accessibility"),
    "pet": ("paw", "dog", "cat", "bone"),
    "photo": ("camera", "image", "images", "aperture"),
    "picture": ("image", "images", "camera", "frame"),
    "place": ("map-pin", "map", "building", "landmark"),
    "plan": ("calendar", "map", "clipboard", "route"),
    "plant": ("leaf", "sprout", "flower", "trees", "clover"),
    "price": ("tag", "tags", "receipt", "euro", "dollar", "percent"),
    "privacy": ("shield", "lock", "eye-off", "hat-glasses"),
    "product": ("package", "box", "cube", "shopping"),
    "profile": ("user", "circle-user", "id"),
    "quality": ("award", "badge-check", "star", "gem"),
    "question": ("circle-question-mark", "message-circle-question", "help"),
    "rain": ("cloud-rain", "umbrella", "droplets"),
    "rating": ("star", "thumbs"),
    "read": ("book", "glasses", "newspaper"),
    "recipe": ("chef", "cooking", "utensils", "book"),
    "refund": ("undo", "rotate-ccw", "banknote", "hand-coins"),
    "rent": ("key", "house", "building", "car"),
    "repair": ("wrench", "hammer", "tool", "screwdriver", "construction"),
    "report": ("chart", "file", "flag", "clipboard"),
    "reservation": ("calendar", "concierge", "utensils", "bed"),
    "restaurant": ("utensils", "chef", "wine"),
    "return": ("undo", "rotate-ccw", "package", "corner"),
    "review": ("star", "message", "thumbs"),
    "robot": ("bot", "agent"),
    "sad": ("frown", "annoyed"),
    "safe": ("shield", "lock", "vault"),
    "sale": ("tag", "percent", "badge", "shopping"),
    "save": ("save", "download", "bookmark", "piggy"),
    "school": ("school", "graduation", "book", "backpack", "pencil"),
    "science": ("flask", "microscope", "atom", "test", "dna"),
    "season": ("sun", "snowflake", "leaf", "umbrella"),
    "secure": ("shield", "lock", "key"),
    "sell": ("store", "tag", "hand-coins", "handshake"),
    "send": ("send", "mail", "arrow-up"),
    "service": ("headset", "concierge", "wrench", "life-buoy", "lifesaver"),
    "settings": ("settings", "sliders", "cog", "wrench"),
    "ship": ("ship", "anchor", "sailboat", "package", "truck"),
    "shipping": ("truck", "package", "ship", "box"),
    "shoes": ("footprints",),
    "shop": ("shopping", "store", "basket", "tag", "bag"),
    "sick": ("thermometer", "pill", "bed", "hospital"),
    "sleep": ("bed", "moon"),
    "snow": ("snowflake", "mountain-snow", "cloud-snow"),
    "song": ("music", "mic"),
    "sport": ("dumbbell", "trophy", "volleyball", "bike", "medal"),
    "stay": ("bed", "hotel", "house"),
    "stop": ("octagon", "circle-stop", "hand", "ban"),
    "store": ("store", "shopping", "warehouse"),
    "summer": ("sun", "palmtree", "tree-palm", "umbrella", "ice-cream"),
    "support": ("life-buoy", "lifesaver", "headset", "headphones", "help"),
    "table": ("table", "utensils", "armchair"),
    "talk": ("message", "mic", "speech", "phone"),
    "tax": ("percent", "receipt", "landmark", "calculator"),
    "team": ("users", "handshake"),
    "telephone": ("phone", "smartphone"),
    "temperature": ("thermometer", "sun", "snowflake"),
    "thanks": ("heart", "hand-heart", "smile", "thumbs-up"),
    "ticket": ("ticket", "tickets"),
    "time": ("clock", "timer", "hourglass", "watch", "calendar"),
    "tip": ("lightbulb", "hand-coins", "info"),
    "track": ("map-pin", "truck", "package", "route", "search"),
    "train": ("train", "tram"),
    "translate": ("languages",),
    "travel": ("plane", "luggage", "map", "compass", "globe", "train"),
    "trip": ("plane", "luggage", "map", "route"),
    "trust": ("shield", "handshake", "badge-check"),
    "university": ("university", "graduation", "landmark", "school"),
    "upload": ("upload", "cloud-upload"),
    "vacation": ("palmtree", "tree-palm", "plane", "luggage", "sun"),
    "video": ("video", "film", "play", "clapperboard"),
    "vote": ("vote", "thumbs", "check"),
    "voucher": ("ticket", "gift", "percent"),
    "wait": ("hourglass", "clock", "loader"),
    "warning": ("triangle-alert", "octagon", "siren"),
    "warranty": ("shield", "badge-check", "award"),
    "water": ("droplet", "droplets", "waves", "glass"),
    "weather": ("sun", "cloud", "umbrella", "snowflake", "wind"),
    "wedding": ("heart", "gem", "church", "cake"),
    "winner": ("trophy", "medal", "award", "crown"),
    "winter": ("snowflake", "mountain-snow"),
    "work": ("briefcase", "hammer", "building", "suitcase"),
    "world": ("globe", "earth", "map"),
    "write": ("pen", "pencil", "square-pen", "notebook", "feather"),
}
"""What people look for, and the parts of names that mean it."""

_NEVER = 9
_SHORTEST = 3  # letters of a meaning that find it before it is typed out


@cache
def picker_names(*, header: bool = False) -> tuple[str, ...]:
    """Every icon a picker offers, in its order: the built-in ones come first."""
    if header:
        return tuple(HEADER_ICONS)
    return (*CHATKIT_ICONS, *(f"lucide:{name}" for name in sorted(lucide_names())))


def search_icons(query: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `names` that all words of the query fit, best first."""
    words = query.lower().replace("lucide:", " ").replace("-", " ").split()[:8]
    if not words:
        return names
    scored = ((_score(name, words), place) for place, name in enumerate(names))
    return tuple(names[place] for score, place in sorted(scored) if score < _NEVER)


def spoken_name(name: str) -> str:
    """An icon's name as a person says it: "lucide:map-pin" → "map pin"."""
    return name.removeprefix("lucide:").replace("-", " ")


def _score(name: str, words: list[str]) -> int:
    return max(_word_score(name, word) for word in words)


def _word_score(name: str, word: str) -> int:
    plain = name.removeprefix("lucide:")
    if plain == word:
        return 0
    aliases = _also_called(name)
    parts = [part for alias in aliases for part in alias.split("-")]
    if any(part == word for part in parts):
        return 1
    if any(part.startswith(word) for part in parts):
        return 2
    if any(_means(alias, meant) for meant in _meant(word) for alias in aliases):
        return 3
    return 4 if len(word) >= _SHORTEST and word in plain else _NEVER


@cache
def _also_called(name: str) -> tuple[str, ...]:
    if name.startswith("lucide:"):
        return (name.removeprefix("lucide:"),)
    drawn = CHATKIT_ICONS.get(name) or HEADER_ICONS.get(name, name)
    return tuple(dict.fromkeys((name, drawn)))


@cache
def _meant(word: str) -> tuple[str, ...]:
    if word in MEANINGS:
        return MEANINGS[word]
    if word.endswith("s") and word[:-1] in MEANINGS:
        return MEANINGS[word[:-1]]
    if len(word) < _SHORTEST:
        return ()
    begun = (meant for key, meant in MEANINGS.items() if key.startswith(word))
    return tuple(dict.fromkeys(part for meant in begun for part in meant))


def _means(alias: str, meant: str) -> bool:
    return f"-{meant}-" in f"-{alias}-"
