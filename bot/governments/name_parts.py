"""The parts of a written name."""

from dataclasses import dataclass
from typing import Literal

from bot.governments.local_government import LocalGovernment


@dataclass(frozen=True, slots=True)
class NameParts:
    """The parts recognised in a text; `core` is the name of the local government as it was typed."""

    governments: tuple[LocalGovernment, ...]
    core: str
    prefecture: LocalGovernment | None = None
    short_prefecture: bool = False  # 神奈川横浜市
    county: str = ""
    ward: str = ""
    wards: tuple[LocalGovernment, ...] = ()
    by_stem: bool = False
    suffix: str = ""  # a word of kind that the local government does not have: 箱根市
    office: str = ""
    before: str = ""
    link: str = ""  # between prefecture and municipality: 神奈川県・横浜市
    after: str = ""
    prefecture_behind: bool = False  # 府中市（東京）
    misplaced: Literal["", "prefecture", "county"] = ""

    @property
    def is_whole(self) -> bool:
        """Nothing stands around the name."""
        return not self.beside

    @property
    def beside(self) -> str:
        """All that stands around the name."""
        return self.before + self.link + self.after

    @property
    def is_official(self) -> bool:
        """The core is spelled as the local government itself spells its name."""
        return any(self.core in {government.name, government.also} for government in self.governments)

    @property
    def is_full_name(self) -> bool:
        """The name of a local government with its 都道府県市区町村, where it belongs, and no ward of it."""
        return not (self.by_stem or self.ward or self.misplaced or self.short_prefecture)
