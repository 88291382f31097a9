"""Names as they occur in trade, made from a list: listed ones disturbed, near misses, and names of nobody.

Deterministic for a seed. What is made here fits the costs and is never committed.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_FORMS = (
    "LLC",
    "Ltd",
    "JSC",
    "OOO",
    "GmbH",
    "FZE",
    "A.S.",
    "Ltd. Sti.",
    "TOO",
    "OsOO",
    "Inc",
    "Co., Ltd.",
    "",
)
_TRADE = (
    "Trading",
    "Logistics",
    "Export",
    "Import",
    "Group",
    "Service",
    "Engineering",
    "Electronics",
    "Tech",
    "Supply",
    "Invest",
    "Holding",
    "Market",
    "Energy",
    "Systems",
    "Global",
    "International",
    "Shipping",
    "Metal",
    "Agro",
    "Stroy",
    "Prom",
    "Auto",
    "Optics",
    "Components",
    "Industrial",
)
_HABITS = (
    ("kh", "h"), ("h", "kh"), ("zh", "j"), ("j", "zh"), ("ts", "c"), ("x", "ks"), ("ks", "x"), ("v", "w"),
    ("y", "i"), ("i", "y"), ("e", "ye"), ("ya", "ia"), ("yu", "iu"), ("k", "q"), ("k", "c"), ("ou", "u"),
    ("u", "ou"), ("a", "e"), ("o", "u"), ("ss", "s"), ("l", "ll"), ("ee", "i"), ("sh", "ch"),
)  # fmt: skip
_SHORT_FORMS = {
    "technology": "tech",
    "international": "intl",
    "trading": "trdg",
    "company": "co",
    "limited": "ltd",
    "corporation": "corp",
    "industries": "ind",
    "manufacturing": "mfg",
    "engineering": "eng",
    "general": "gen",
    "institute": "inst",
    "university": "univ",
    "electronics": "elec",
}
_TAILS = (
    "{}, TAX ID 7712345678",
    "M/S {}",
    "TO THE ORDER OF {}",
    "{} C/O DHL Express",
    "ATTN: {}",
    "{} INN 7701234567",
)
_LOOK_ALIKE = {"o": "0", "i": "1", "l": "1", "s": "5", "e": "3", "b": "8"}
_TITLES = ("Mr.", "Mr", "Mrs.", "Dr.", "Dr", "Prof.", "Capt.", "Sheikh", "Haji")
_SYLLABLES = (
    "ba",
    "ko",
    "ri",
    "ten",
    "mar",
    "sol",
    "var",
    "di",
    "lu",
    "ga",
    "nor",
    "pel",
    "zan",
    "ti",
    "ver",
    "os",
    "kal",
    "mi",
    "dro",
    "fen",
    "yor",
    "sha",
    "ku",
    "lin",
    "ta",
    "bek",
)


@dataclass(frozen=True, slots=True)
class Made:
    """A made name: what it is, and the place of the listed name that it disturbs (-1 if none)."""

    name: str
    label: str
    kind: str
    listed: int


class Maker:
    """Makes names from the names of a list."""

    def __init__(self, names: Sequence[str], seed: int) -> None:
        self.names = names
        self.random = random.Random(seed)
        self.counts = Counter(word for name in names for word in set(_words(name)))
        self.stems = sorted({w for n in names for w in _words(n) if self.counts[w] <= 3 and len(w) > 4})
        self.persons = [
            n for n in names if re.fullmatch(r"[A-Z'\- ]+, [A-Z][a-z'\-]+(?: [A-Z][a-z'\-]+)*", n)
        ]
        self._persons = frozenset(self.persons)
        self.givens = sorted({w for n in self.persons for w in n.split(", ")[1].split()}) or ["Ivan"]
        self.kinds: dict[str, Callable[[str], str]] = {
            "case": lambda n: self.random.choice((n.upper(), n.lower(), n.title())).replace(",", ""),
            "typo": self.typo,
            "translit": self.translit,
            "order": self.order,
            "drop": self.drop,
            "legal": self.legal,
            "join": self.join,
            "short": self.short,
            "initial": self.initial,
            "digit": self.digit,
            "title": self.title,
            "tail": lambda n: self.random.choice(_TAILS).format(n),
        }

    def matches(self, count: int) -> list[Made]:
        """Listed names disturbed, each kind as often as another and typing slips twice as often."""
        kinds = [*self.kinds, "typo"]
        made: list[Made] = []
        while len(made) < count:
            place, kind = self.random.randrange(len(self.names)), self.random.choice(kinds)
            name = self.kinds[kind](self.names[place])
            if name != self.names[place] and name.strip():
                made.append(Made(name, "match", kind, place))
        return made

    def near_misses(self, count: int) -> list[Made]:
        """Names that resemble a listed one: another number, another rare word, another given name."""
        kinds = {"number": self.number, "rare_swap": self.rare_swap, "given_swap": self.given_swap}
        made: list[Made] = []
        while len(made) < count:
            kind = self.random.choice(list(kinds))
            listed = self.random.choice(self.persons if kind == "given_swap" and self.persons else self.names)
            name = kinds[kind](listed)
            if name != listed:
                made.append(Made(name, "hard", kind, -1))
        return made

    def other_numbers(self, count: int) -> list[Made]:
        """Near misses that bear another number than a listed one; none where no listed name has a number.

        `Plant 6` made of `Plant 5` is no miss where a sister of that number is listed too.
        """
        bearers: dict[int, list[set[str]]] = {}
        numbered = [name for name in self.names if re.search(r"\d", name)]
        for name in numbered:
            for number in _numbers(name):
                bearers.setdefault(number, []).append(set(_words(name)))
        made: list[Made] = []
        for _ in range(20 * count if numbered else 0):
            name = self.number(self.random.choice(numbered))
            own = set(_words(name))
            sisters = [held for number in _numbers(name) for held in bearers.get(number, ())]
            if not any(2 * len(own & held) >= len(own) for held in sisters):
                made.append(Made(name, "hard", "number", -1))
        return made[:count]

    def nobody(self, count: int) -> list[Made]:
        """Names of nobody: a stem with trade words and a form, or a person put together."""
        made = [self.firm() if self.random.random() < 0.55 else self.person() for _ in range(count)]
        return [Made(name, "benign", "", -1) for name in made]

    def firm(self) -> str:
        """A firm of a made or a listed stem."""
        stem = self.random.choice(self.stems) if self.random.random() < 0.4 else self.stem()
        words = [stem.title(), *self.random.sample(_TRADE, self.random.choice((0, 1, 1, 2, 2, 3)))]
        form = self.random.choice(_FORMS)
        return " ".join([form, *words] if self.random.random() < 0.5 else [*words, form]).strip()

    def person(self) -> str:
        """A person: given names of the list, a surname of the list or a made one."""
        surname = (
            self.stem() if self.random.random() < 0.6 else self.random.choice(self.persons).split(",")[0]
        )
        given = self.random.sample(self.givens, self.random.choice((1, 1, 2)))
        return " ".join(
            [surname.title(), *given] if self.random.random() < 0.5 else [*given, surname.title()]
        )

    def stem(self) -> str:
        """A made word."""
        return "".join(self.random.choice(_SYLLABLES) for _ in range(self.random.choice((2, 3, 3, 4))))

    def typo(self, name: str) -> str:
        """One slip, or two in a long name."""
        for _ in range(2 if len(name) > 16 and self.random.random() < 0.5 else 1):
            name = self.slip(name)
        return name

    def slip(self, name: str) -> str:
        """A letter left out, doubled, put wrong, added, or changed with its neighbour."""
        place = self.random.randrange(len(name))
        letter = self.random.choice("abcdefghijklmnopqrstuvwxyz")
        head, here, tail = name[:place], name[place], name[place + 1 :]
        swapped = head + tail[:1] + here + tail[1:]
        return self.random.choice((head + tail, head + here + here + tail, head + letter + tail, swapped))

    def translit(self, name: str) -> str:
        """Another habit of romanisation in one to three places."""
        lowered = name.lower()
        for old, new in self.random.sample(_HABITS, 6)[: self.random.choice((2, 4, 6))]:
            lowered = lowered.replace(old, new, 1)
        return lowered.title()

    def order(self, name: str) -> str:
        """Two words in each other's place."""
        words = name.replace(",", "").split()
        if len(words) > 1:
            one = self.random.randrange(len(words) - 1)
            words[one], words[one + 1] = words[one + 1], words[one]
        return " ".join(words)

    def drop(self, name: str) -> str:
        """One word less, and not the rarest."""
        words = name.replace(",", "").split()
        if len(words) < 3:
            return name
        rarest = self.rarest(words)
        words.pop(self.random.choice([place for place in range(len(words)) if place != rarest]))
        return " ".join(words)

    def legal(self, name: str) -> str:
        """A legal form added."""
        return f"{name} {self.random.choice(_FORMS)}".strip()

    def join(self, name: str) -> str:
        """Two words written as one, or one as two."""
        words = name.split()
        place = self.random.randrange(len(words))
        if len(words) > 1 and self.random.random() < 0.6:
            place = max(place, 1)
            return " ".join([*words[: place - 1], words[place - 1] + words[place], *words[place + 1 :]])
        word = words[place]
        return " ".join([*words[:place], word[: len(word) // 2], word[len(word) // 2 :], *words[place + 1 :]])

    def short(self, name: str) -> str:
        """Common words shortened."""
        return " ".join(_SHORT_FORMS.get(word.lower(), word) for word in name.split())

    def initial(self, name: str) -> str:
        """A second word of three or more as its first letter."""
        words = name.split()
        if len(words) < 3 or "," not in name:
            return name
        return " ".join([*words[:-1], words[-1][0] + "."])

    def number(self, name: str) -> str:
        """Another number."""
        return re.sub(
            r"\d+", lambda found: str(int(found.group()) + self.random.choice((1, 2, 10))), name, count=1
        )

    def rare_swap(self, name: str) -> str:
        """Another rare word for the rarest."""
        words = name.split()
        if len(words) > 1:
            words[self.rarest(words)] = self.random.choice(self.stems).upper()
        return " ".join(words) if len(words) > 1 else name

    def given_swap(self, name: str) -> str:
        """Another given name."""
        surname, _, given = name.partition(", ")
        return (
            ", ".join([surname, " ".join([self.random.choice(self.givens), *given.split()[1:]])])
            if given
            else name
        )

    def digit(self, name: str) -> str:
        """A digit read for a letter within a word."""
        places = [at for at in range(1, len(name) - 1) if name[at - 1 : at + 2].isalpha()]
        places = [at for at in places if name[at].lower() in _LOOK_ALIKE]
        if not places:
            return name
        at = self.random.choice(places)
        return name[:at] + _LOOK_ALIKE[name[at].lower()] + name[at + 1 :]

    def title(self, name: str) -> str:
        """A person's title before the name."""
        return f"{self.random.choice(_TITLES)} {name}" if name in self._persons else name

    def rarest(self, words: Sequence[str]) -> int:
        """The place of the rarest word."""
        return min(range(len(words)), key=lambda at: (self.counts["".join(_words(words[at]))] or 10**6, at))


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z]+", name.lower())


def _numbers(name: str) -> set[int]:
    return {int(digits) for digits in re.findall(r"\d+", name)}
