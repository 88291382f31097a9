"""Write what rests on the articles, or say what is out of date."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from screening.resources import bundled
from screening.seeds.articles import Article, read_articles
from screening.seeds.scenarios import scenario_files
from screening.seeds.tables import context_table, country_table, goods_table


@dataclass(frozen=True, slots=True)
class Folders:
    """Where the articles stand, and where what is built from them goes."""

    articles: Path
    watchlists: Path
    scenarios: Path

    @classmethod
    def of_the_project(cls) -> Self:
        """The folders of the checkout or of the installation."""
        return cls(bundled("seeds") / "articles", bundled("watchlists"), bundled("scenarios"))


def built_files(articles: Sequence[Article], folders: Folders) -> dict[Path, str]:
    """Every file that rests on the articles, with its content."""
    tables = {
        "context/articles.csv": context_table(articles),
        "goods/articles.csv": goods_table(articles),
        "countries/articles.csv": country_table(articles),
    }
    files = {folders.watchlists / path: content for path, content in tables.items()}
    files |= {folders.scenarios / path: content for path, content in scenario_files(articles).items()}
    return files


def out_of_date(folders: Folders) -> list[Path]:
    """The files that a build would change, add or remove, in order."""
    files = built_files(read_articles(folders.articles), folders)
    changed = [path for path, content in files.items() if _content(path) != content.encode()]
    return sorted([*changed, *_left_over(files, folders)])


def build(folders: Folders) -> list[Path]:
    """Everything is as the articles say; the files that changed, in order."""
    files = built_files(read_articles(folders.articles), folders)
    changed = out_of_date(folders)
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
    for path in _left_over(files, folders):
        shutil.rmtree(path)
    return changed


def _left_over(files: dict[Path, str], folders: Folders) -> list[Path]:
    kept = {path.parent for path in files}
    return [path for path in folders.scenarios.glob("seed-[0-9][0-9][0-9]-*") if path not in kept]


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
