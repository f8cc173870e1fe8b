"""Offices that are named after a place and belong to another body."""

import pytest

from bot.governments import offices


@pytest.mark.parametrize(
    ("text", "prefectures"),
    [
        ("宗谷総合振興局", ("北海道",)),
        ("置賜総合支庁です", ("山形県",)),
        ("長野県佐久地域振興局", ("長野県",)),
        ("東京都三宅支庁", ("東京都",)),
        ("日高振興局", ("北海道", "和歌山県")),
        ("大島支庁", ("東京都", "鹿児島県")),
    ],
)
def test_a_branch_office_leads_to_its_prefecture(text: str, prefectures: tuple[str, ...]) -> None:
    assert offices.names_branch(text)
    assert offices.prefectures_of_branch(text) == prefectures


@pytest.mark.parametrize(
    ("words", "joint"),
    [("郡上市消防本部", False), ("北上地区消防組合", True), ("狭山入間消防局", True), ("狭山市", False)],
)
def test_a_fire_service_of_several_bodies_is_that_of_none(words: str, joint: bool) -> None:
    assert offices.is_joint_fire_service(words, {"郡上市", "狭山市", "入間市", "北上市"}) is joint


def test_offices_by_their_short_form() -> None:
    assert offices.short_for("都教委") == ("東京都",)
    assert offices.short_for("府庁の広報です") == ("大阪府", "京都府")
    assert offices.short_for("道後温泉") == ()
