"""The HTML page inside a notebook: a frame that holds the whole page, so that it needs no file, server or network."""

from __future__ import annotations

import html
from dataclasses import dataclass, field

HEIGHT = 620


@dataclass(frozen=True, slots=True)
class Shown:
    """A page to look at; Jupyter and VS Code show it where it is the value of a cell.

    The frame may run the page's own scripts and save files, and reaches nothing of the notebook around it.
    """

    page: str = field(repr=False)
    height: int = HEIGHT

    def _repr_html_(self) -> str:
        """Return the frame, as notebooks ask for it.

        >>> Shown('<p title="x">', height=90)._repr_html_().startswith('<iframe srcdoc="&lt;p title=&quot;x&quot;&gt;"')
        True
        """
        return (
            f'<iframe srcdoc="{html.escape(self.page)}" title="Knowledge graph" width="100%" height="{self.height}"'
            ' sandbox="allow-scripts allow-downloads allow-popups" style="border: 1px solid #8884"></iframe>'
        )
