"""The rich menus as `ja/rich_menus.yaml` has them, with their pictures beside it."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from bot.content.knowledge import JA
from bot.content.loader import ContentError, ContentModel, load_yaml
from bot.text.measure import graphemes

PICTURES = JA / "rich_menus"
LABEL, CHAT_BAR = 20, 14  # graphemes (https://developers.line.biz/en/reference/messaging-api/#rich-menu-object)
Place = tuple[
    Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)], Annotated[int, Field(ge=1)], Annotated[int, Field(ge=1)]
]
Key = Annotated[str, Field(pattern=r"^[a-z]{1,20}$")]


def alias_of(key: str) -> str:
    """Return the alias of this menu, which stays the same for every version of the menu."""
    return f"madoguchi-{key}"


def _at_most(text: str, most: int) -> str:
    if graphemes(text) > most:
        raise ValueError(f"longer than {most} characters: {text}")
    return text


class AreaText(ContentModel):
    """A touch area: the function that it opens, its words, its icon and its position."""

    open: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
    label: Annotated[str, Field(min_length=1)]
    note: Annotated[str, Field(min_length=1)]
    icon: Annotated[str, Field(pattern=r"^[a-z]{1,20}$")]
    place: Place
    main: bool = False
    keyboard: bool = False

    @field_validator("label")
    @classmethod
    def _can_be_read_out(cls, label: str) -> str:
        return _at_most(label, LABEL)


class RichMenuText(ContentModel):
    """A menu: the tab it belongs to, and its areas."""

    tab: Key
    default: bool = False
    areas: Annotated[tuple[AreaText, ...], Field(min_length=1, max_length=18)]


class RichMenusText(ContentModel):
    """`rich_menus.yaml`."""

    chat_bar: Annotated[str, Field(min_length=1)]
    size: tuple[Annotated[int, Field(ge=800, le=2500)], Annotated[int, Field(ge=250)]]
    tab_height: Annotated[int, Field(ge=1)]
    switch_label: Annotated[str, Field(pattern=r"\{tab\}")]
    tabs: Annotated[Mapping[Key, str], Field(min_length=1)]
    menus: Annotated[Mapping[Key, RichMenuText], Field(min_length=1)]

    @model_validator(mode="after")
    def _holds_together(self) -> "RichMenusText":
        _at_most(self.chat_bar, CHAT_BAR)
        for tab in self.tabs.values():
            _at_most(self.switch_label.format(tab=tab), LABEL)
        if missing := {menu.tab for menu in self.menus.values()} - self.tabs.keys() or self.tabs.keys() - self.menus:
            raise ValueError(f"a tab and the menu of its name must both be there: {', '.join(sorted(missing))}")
        if [menu.default for menu in self.menus.values()].count(True) != 1:
            raise ValueError("one menu must be the default")
        return self

    def tab_place(self, tab: str) -> Place:
        """Return the position of a tab; the tabs share the width of the menu."""
        names = list(self.tabs)
        edges = [round(self.size[0] * number / len(names)) for number in range(len(names) + 1)]
        left = names.index(tab)
        return edges[left], 0, edges[left + 1] - edges[left], self.tab_height


def load_rich_menus() -> RichMenusText:
    """Raises ContentError with file and line for the first mistake."""
    return load_yaml(JA / "rich_menus.yaml", RichMenusText)


def picture_of(key: str) -> bytes:
    """Return the committed PNG of that menu. Raise ContentError if it is missing."""
    path = PICTURES / f"{key}.png"
    try:
        return path.read_bytes()
    except OSError as error:
        raise ContentError(path, 1, f"cannot be read: {error.strerror}; draw it with `make rich-menus`") from None
