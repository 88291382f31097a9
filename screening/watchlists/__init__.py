"""What we look out for: firms, persons and vessels, goods and countries, every entry with its source.

`sources` reads list files, `store` keeps the user's own, `loading` says which lists a run uses,
`parties` finds a name among them, `lists` holds the countries and goods that rules name.
"""
