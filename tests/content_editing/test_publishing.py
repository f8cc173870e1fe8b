"""Drafts become versions only if the checks find nothing and nobody else was quicker."""

import pytest
from redis import Redis

from bot.content.release import release_units
from bot.content.units import Change, Changes
from bot.content_editing.checks import first_problem
from bot.content_editing.publishing import NotPublishedError, publish, published, restore, save_draft
from bot.store import keys
from bot.store.content_versions import KEPT, ContentVersions, StoredVersion

LEAD, NOTE = "ui:welcome/lead", "ui:welcome/note"
FEE = "knowledge/fee:entries/plan_fee"


@pytest.fixture
def versions(redis: Redis) -> ContentVersions:
    return ContentVersions(redis)


def unchecked(_changes: Changes) -> str:
    """Find nothing: the checks take seconds, and tests of what is stored go without them."""
    return ""


def test_draft_with_a_mistake_is_not_published(versions: ContentVersions) -> None:
    said = release_units()[FEE]
    assert isinstance(said, dict)
    save_draft(versions, FEE, {**said, "pages": ["99"]}, who="hanako")
    with pytest.raises(NotPublishedError, match="99"):
        publish(versions, first_problem, who="hanako", why="料金の改定")
    assert versions.current() == 0
    assert set(versions.drafts()) == {FEE}, "the work stays"


def test_new_way_of_asking_is_published_and_restored_to_the_release(versions: ContentVersions) -> None:
    said = release_units()[FEE]
    assert isinstance(said, dict)
    assert isinstance(said["ask"], list)
    save_draft(versions, FEE, {**said, "ask": [*said["ask"], "架空町が払う月ごとの額"]}, who="hanako")
    assert publish(versions, first_problem, who="hanako", why="聞き方を足す") == 1
    assert versions.drafts() == {}
    change = published(versions)[FEE]
    assert isinstance(change.value, dict)
    assert "架空町が払う月ごとの額" in change.value["ask"]  # type: ignore[operator]
    assert restore(versions, first_problem, 0, who="taro", why="間違い") == 2
    assert published(versions) == {}
    assert [(one.number, one.who, one.restores) for one in versions.history()] == [(2, "taro", 0), (1, "hanako", None)]


def test_version_holds_its_changes_with_who_when_and_why(versions: ContentVersions, redis: Redis) -> None:
    save_draft(versions, LEAD, "架空の案内です。", who="hanako")
    publish(versions, unchecked, who="hanako", why="書き直し")
    found = versions.read(1)
    assert found is not None
    assert (found.who, found.why, set(found.changes)) == ("hanako", "書き直し", {LEAD})
    assert abs(found.at - redis.time()[0]) < 60
    assert published(versions, 1) == {LEAD: Change("架空の案内です。", release_units()[LEAD])}
    assert published(versions, 0) == {}


def test_next_version_keeps_what_was_published_before(versions: ContentVersions) -> None:
    save_draft(versions, LEAD, "一", who="a")
    publish(versions, unchecked, who="a", why="x")
    save_draft(versions, NOTE, "二", who="a")
    publish(versions, unchecked, who="a", why="x")
    assert {unit: change.value for unit, change in published(versions).items()} == {LEAD: "一", NOTE: "二"}
    restore(versions, unchecked, 1, who="a", why="x")
    assert set(published(versions)) == {LEAD}


def test_only_the_named_drafts_are_published(versions: ContentVersions) -> None:
    save_draft(versions, LEAD, "一", who="a")
    save_draft(versions, NOTE, "二", who="b")
    publish(versions, unchecked, who="a", why="x", units=[LEAD])
    assert set(versions.drafts()) == {NOTE}
    with pytest.raises(NotPublishedError, match="no draft"):
        publish(versions, unchecked, who="a", why="x", units=[LEAD])


def test_draft_of_the_release_s_own_words_takes_a_change_back(versions: ContentVersions) -> None:
    save_draft(versions, LEAD, "一", who="a")
    publish(versions, unchecked, who="a", why="x")
    save_draft(versions, LEAD, release_units()[LEAD], who="a")
    publish(versions, unchecked, who="a", why="x")
    assert published(versions) == {}


def test_second_publisher_is_told_and_changes_nothing(versions: ContentVersions) -> None:
    assert versions.publish(StoredVersion("a", "x", {}), after=0) == 1
    assert versions.publish(StoredVersion("b", "x", {}), after=0) == 0
    assert [one.who for one in versions.history()] == ["a"]


def test_second_press_of_a_button_publishes_no_copy(versions: ContentVersions) -> None:
    save_draft(versions, LEAD, "一", who="a")
    publish(versions, unchecked, who="a", why="x")
    with pytest.raises(NotPublishedError) as same_again:
        publish(versions, unchecked, who="a", why="x")
    with pytest.raises(NotPublishedError) as nothing_to_publish:
        publish(versions, unchecked, who="b", why="y")
    with pytest.raises(NotPublishedError) as restored:
        restore(versions, unchecked, 1, who="b", why="y")
    refused = (same_again, nothing_to_publish, restored)
    assert [one.value.in_use for one in refused] == [1, 0, 1]
    assert versions.current() == 1


def test_draft_that_was_typed_on_while_publishing_stays(versions: ContentVersions) -> None:
    seen = save_draft(versions, LEAD, "一", who="a")
    save_draft(versions, LEAD, "一と少し", who="a")
    versions.publish(StoredVersion("a", "x", {LEAD: ("一", None)}), after=0, drafts={LEAD: seen})
    assert versions.drafts()[LEAD].value == "一と少し"


def test_two_editors_of_one_unit_do_not_overwrite_each_other(versions: ContentVersions) -> None:
    first = save_draft(versions, LEAD, "甲", who="a", seen=0)
    assert first
    assert save_draft(versions, LEAD, "乙", who="b", seen=0) == 0
    assert versions.drafts()[LEAD].value == "甲"
    second = save_draft(versions, LEAD, "乙", who="b", seen=first)
    assert second > first
    assert not versions.discard_draft(LEAD, seen=first)
    assert versions.discard_draft(LEAD, seen=second)
    assert versions.drafts() == {}


def test_new_draft_after_a_discarded_one_has_another_revision(versions: ContentVersions) -> None:
    """Else the author of the old one would overwrite the new one."""
    old = save_draft(versions, LEAD, "甲", who="a")
    versions.discard_draft(LEAD, seen=old)
    assert save_draft(versions, LEAD, "乙", who="b") != old


def test_oldest_versions_are_deleted(versions: ContentVersions, redis: Redis) -> None:
    redis.hset(keys.content(), "last", KEPT)
    redis.hset(keys.content(), "version:1", b'{"who":"a","why":"x","changes":{}}')
    assert versions.publish(StoredVersion("b", "x", {}), after=0) == KEPT + 1
    assert [one.number for one in versions.history()] == [KEPT + 1]


def test_what_cannot_be_read_is_no_version_and_no_draft(versions: ContentVersions, redis: Redis) -> None:
    redis.hset(keys.content(), "version:1", b"{")
    redis.hset(keys.content_drafts(), f"draft:{LEAD}", b"[]")
    assert versions.history() == []
    assert versions.read(1) is None
    assert versions.drafts() == {}
    with pytest.raises(NotPublishedError):
        published(versions, 1)


def test_who_wrote_a_part_of_a_draft_is_not_the_other_person_who_publishes_it(versions: ContentVersions) -> None:
    """A colleague's way of asking on top of a draft does not make its text the colleague's."""
    for who, text in (("hanako", "架空の案内です。"), ("taro", "架空の案内です。どうぞ。")):
        save_draft(versions, LEAD, text, who=who)
    assert versions.drafts()[LEAD].authors == ("hanako", "taro")
    for who in ("hanako", "taro"):
        with pytest.raises(NotPublishedError, match="another person"):
            publish(versions, unchecked, who=who, why="x", by_another=True)
    assert publish(versions, unchecked, who="jiro", why="x", by_another=True) == 1
    save_draft(versions, LEAD, "架空の案内です。また。", who="taro")
    assert versions.drafts()[LEAD].authors == ("taro",), "a new draft"
