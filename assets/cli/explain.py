"""``dateline explain``: a page line by line, each with its kind and why.

What belongs here: reading one file and printing. What does not: the reasons
(etl/parse/explanation.py).
"""

from pathlib import Path

import click

from assets.guard.invisible import shown

TEXT_CHARS = 72


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def explain(file: Path) -> None:
    """Print the lines of a page in FILE: what each was taken for, and the rule or weights for it.

    \b
    dateline explain data/sample/page.txt

    A score over -0.5 makes a line of a whole page the article's, if no rule has a better word for
    it; a cleaned text has no scores. Nothing is stored.
    """
    from etl.decode import decode
    from etl.errors import Rejection
    from etl.parse.explanation import explain_page

    text = decode(file.read_bytes())
    if isinstance(text, Rejection):
        raise click.ClickException(shown(f"{file}: {text.rule}: {text.detail}"))
    for line in explain_page(text):
        score = "" if line.score is None else f"{line.score:+6.1f}"
        click.echo(f"{line.kind:15} {score:6} {shown(line.text[:TEXT_CHARS])}")
        click.echo(f"{'':15} {'':6}   {line.why}")


COMMANDS = (explain,)
