"""The founding articles as facts, and what is built from them: watchlist files and seed scenarios.

`seeds/articles/` holds the facts, one file an article. `python -m screening.seeds build` turns them
into files of other folders, always the same bytes, so that a change of a fact shows in every place
that rests on it.
"""
