"""Names and texts as SQL writes them."""


def quoted_name(name: str) -> str:
    """The name of a column or table."""
    return '"' + name.replace('"', '""') + '"'


def quoted_text(text: str) -> str:
    """A text. None of those given here may hold a zero character, at which SQL ends."""
    return "'" + text.replace("'", "''") + "'"
