import struct
import zlib

import pytest

from line_emulator import Emulator
from tests.line_emulator.small_bot import Json, LineClient, SmallBot

SIZE = {"width": 800, "height": 540}
SWITCH: Json = {"type": "richmenuswitch", "label": "タブB", "richMenuAliasId": "tab-b", "data": "to=b"}


def menu(label: str = "料金", action: Json | None = None) -> Json:
    tapped = action or {"type": "message", "label": label, "text": label}
    bounds = {"x": 0, "y": 0, "width": 800, "height": 540}
    area = {"bounds": bounds, "action": tapped}
    return {"size": SIZE, "selected": True, "name": label, "chatBarText": "メニュー", "areas": [area]}


def picture(width: int = 800, height: int = 540) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\x00" * (height * (1 + (width + 7) // 8)))
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def create(line: LineClient, wanted: Json | None = None) -> str:
    made: str = line.post("/v2/bot/richmenu", wanted or menu()).json()["richMenuId"]
    return made


def upload(line: LineClient, menu_id: str, data: bytes | None = None, mime: str = "image/png") -> int:
    path = f"/v2/bot/richmenu/{menu_id}/content"
    return line.call("POST", path, data=picture() if data is None else data, mime=mime).status


@pytest.fixture
def ready(line: LineClient) -> str:
    """A menu with its image."""
    menu_id = create(line)
    assert upload(line, menu_id) == 200
    return menu_id


def test_a_menu_is_created_read_listed_and_deleted(line: LineClient) -> None:
    menu_id = create(line)
    assert line.get(f"/v2/bot/richmenu/{menu_id}").json() == {"richMenuId": menu_id, **menu()}
    assert [one["richMenuId"] for one in line.get("/v2/bot/richmenu/list").json()["richmenus"]] == [menu_id]
    assert line.delete(f"/v2/bot/richmenu/{menu_id}").status == 200
    assert line.get(f"/v2/bot/richmenu/{menu_id}").status == 404
    assert line.delete(f"/v2/bot/richmenu/{menu_id}").status == 404


def test_a_menu_is_validated_without_being_created(line: LineClient) -> None:
    assert line.post("/v2/bot/richmenu/validate", menu()).status == 200
    bad = line.post("/v2/bot/richmenu/validate", {**menu(), "chatBarText": "あ" * 15})
    assert (bad.status, bad.json()["details"][0]["property"]) == (400, "chatBarText")
    assert line.get("/v2/bot/richmenu/list").json() == {"richmenus": []}


def test_a_thousand_menus_are_enough(emulator: Emulator, line: LineClient) -> None:
    for _ in range(1000):
        emulator.platform.menus.create(menu())
    assert line.post("/v2/bot/richmenu", menu()).status == 400


def test_an_image_is_uploaded_once_and_can_be_fetched(line: LineClient, ready: str) -> None:
    answer = line.get(f"/v2/bot/richmenu/{ready}/content")
    assert (answer.data, answer.headers["content-type"]) == (picture(), "image/png")
    assert upload(line, ready) == 400


@pytest.mark.parametrize(
    ("data", "mime", "status"),
    [
        (picture(), "application/octet-stream", 415),
        (picture(), "image/jpeg", 400),
        (picture(800, 541), "image/png", 400),
        (b"", "image/png", 400),
        (picture() + bytes(1_000_000), "image/png", 400),
        (picture() + bytes(2_000_000), "image/png", 413),
    ],
    ids=["media type", "not what it says", "not the menu's size", "empty", "over 1 MB", "over 2 MB"],
)
def test_a_wrong_image_is_refused(line: LineClient, data: bytes, mime: str, status: int) -> None:
    menu_id = create(line)
    assert upload(line, menu_id, data, mime) == status
    assert line.get(f"/v2/bot/richmenu/{menu_id}/content").status == 404


def test_without_an_image_a_menu_can_be_neither_default_nor_linked_nor_aliased(line: LineClient, user: str) -> None:
    menu_id = create(line)
    assert line.post(f"/v2/bot/user/all/richmenu/{menu_id}").status == 400
    assert line.post(f"/v2/bot/user/{user}/richmenu/{menu_id}").status == 400
    assert line.post("/v2/bot/richmenu/alias", {"richMenuAliasId": "a", "richMenuId": menu_id}).status == 400
    assert line.post("/v2/bot/richmenu/bulk/link", {"richMenuId": menu_id, "userIds": [user]}).status == 400


def test_the_default_is_what_users_see_until_it_is_cleared(
    emulator: Emulator, line: LineClient, user: str, ready: str
) -> None:
    path = "/v2/bot/user/all/richmenu"
    assert line.get(path).status == 404
    assert line.post(f"{path}/{ready}").status == 200
    assert line.get(path).json() == {"richMenuId": ready}
    assert emulator.buttons(user) == ["料金"]
    assert line.delete(path).status == 200
    assert emulator.buttons(user) == []


def test_a_linked_menu_comes_before_the_default(emulator: Emulator, line: LineClient, user: str, ready: str) -> None:
    own = create(line, menu("自分用"))
    upload(line, own)
    line.post(f"/v2/bot/user/all/richmenu/{ready}")
    assert line.get(f"/v2/bot/user/{user}/richmenu").status == 404
    assert line.post(f"/v2/bot/user/{user}/richmenu/{own}").status == 200
    assert line.get(f"/v2/bot/user/{user}/richmenu").json() == {"richMenuId": own}
    assert emulator.buttons(user) == ["自分用"]
    line.delete(f"/v2/bot/user/{user}/richmenu")
    assert emulator.buttons(user) == ["料金"]


def test_linking_a_stranger_is_accepted_and_does_nothing(emulator: Emulator, line: LineClient, ready: str) -> None:
    stranger = emulator.new_user("知らない人", friend=False)
    assert line.post(f"/v2/bot/user/{stranger}/richmenu/{ready}").status == 200
    assert line.get(f"/v2/bot/user/{stranger}/richmenu").status == 404
    assert line.post(f"/v2/bot/user/me/richmenu/{ready}").status == 400


def test_deleting_a_menu_brings_the_default_back(emulator: Emulator, line: LineClient, user: str, ready: str) -> None:
    own = create(line, menu("自分用"))
    upload(line, own)
    line.post(f"/v2/bot/user/all/richmenu/{ready}")
    line.post(f"/v2/bot/user/{user}/richmenu/{own}")
    line.delete(f"/v2/bot/richmenu/{own}")
    assert emulator.buttons(user) == ["料金"]


def test_aliases_are_created_changed_listed_and_deleted(line: LineClient, ready: str) -> None:
    other = create(line)
    upload(line, other)
    alias = {"richMenuAliasId": "tab-a", "richMenuId": ready}
    path = "/v2/bot/richmenu/alias"
    assert line.post(path, alias).status == 200
    assert line.post(path, alias).json()["message"] == "conflict richmenu alias id"
    assert line.get(f"{path}/tab-a").json() == alias
    assert line.post(f"{path}/tab-a", {"richMenuId": other}).status == 200
    assert line.get(f"{path}/list").json() == {"aliases": [{**alias, "richMenuId": other}]}
    assert line.delete(f"{path}/tab-a").status == 200
    assert line.delete(f"{path}/tab-a").status == 404
    assert line.get(f"{path}/tab-a").status == 404
    assert line.post(f"{path}/tab-a", {"richMenuId": other}).status == 404
    assert line.get(f"{path}/Tab%20A").status == 400


def test_a_thousand_aliases_are_enough(emulator: Emulator, line: LineClient, ready: str) -> None:
    emulator.platform.menus.aliases.update((f"a{number}", ready) for number in range(1000))
    assert line.post("/v2/bot/richmenu/alias", {"richMenuAliasId": "one-more", "richMenuId": ready}).status == 400


def test_a_tab_switches_on_the_phone_and_tells_the_bot(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str, ready: str
) -> None:
    first = create(line, menu("タブB", SWITCH))
    upload(line, first)
    line.post(f"/v2/bot/user/all/richmenu/{first}")
    line.post("/v2/bot/richmenu/alias", {"richMenuAliasId": "tab-b", "richMenuId": ready})
    emulator.taps(user, "タブB")
    params = {"newRichMenuAliasId": "tab-b", "status": "SUCCESS"}
    assert bot.events[-1]["postback"] == {"data": "to=b", "params": params}
    assert line.get(f"/v2/bot/user/{user}/richmenu").json() == {"richMenuId": ready}
    assert emulator.buttons(user) == ["料金"]
    assert emulator.seen(user) == []


def test_a_tab_that_leads_nowhere_tells_the_bot_why(
    emulator: Emulator, bot: SmallBot, line: LineClient, user: str, ready: str
) -> None:
    first = create(line, menu("タブB", SWITCH))
    upload(line, first)
    line.post(f"/v2/bot/user/all/richmenu/{first}")
    emulator.taps(user, "タブB")
    assert bot.events[-1]["postback"]["params"] == {"status": "RICHMENU_ALIAS_ID_NOTFOUND"}
    line.post("/v2/bot/richmenu/alias", {"richMenuAliasId": "tab-b", "richMenuId": ready})
    line.delete(f"/v2/bot/richmenu/{ready}")
    emulator.taps(user, "タブB")
    assert bot.events[-1]["postback"]["params"] == {"status": "RICHMENU_NOTFOUND"}
    assert emulator.buttons(user) == ["タブB"]


def test_many_users_are_linked_and_unlinked_at_once(emulator: Emulator, line: LineClient, ready: str) -> None:
    users = [emulator.new_user(str(number)) for number in range(3)]
    body = {"richMenuId": ready, "userIds": users}
    assert line.post("/v2/bot/richmenu/bulk/link", body).status == 202
    assert [emulator.buttons(user) for user in users] == [["料金"]] * 3
    assert line.post("/v2/bot/richmenu/bulk/unlink", {"userIds": users[:2]}).status == 202
    assert [emulator.buttons(user) for user in users] == [[], [], ["料金"]]


def test_a_batch_moves_everyone_from_one_menu_to_another(
    emulator: Emulator, line: LineClient, user: str, ready: str
) -> None:
    other = create(line, menu("新しい"))
    upload(line, other)
    line.post(f"/v2/bot/user/{user}/richmenu/{ready}")
    body = {"operations": [{"type": "link", "from": ready, "to": other}]}
    assert line.post("/v2/bot/richmenu/validate/batch", body).status == 200
    assert emulator.buttons(user) == ["料金"]
    answer = line.post("/v2/bot/richmenu/batch", body)
    assert answer.status == 202
    assert emulator.buttons(user) == ["新しい"]
    progress = line.get(f"/v2/bot/richmenu/progress/batch?requestId={answer.headers['x-line-request-id']}")
    assert progress.json()["phase"] == "succeeded"
    assert line.get("/v2/bot/richmenu/progress/batch?requestId=x").status == 404
    line.post("/v2/bot/richmenu/batch", {"operations": [{"type": "unlinkAll"}]})
    assert emulator.buttons(user) == []


def test_three_batches_an_hour_are_enough(emulator: Emulator, line: LineClient) -> None:
    body = {"operations": [{"type": "unlinkAll"}]}
    statuses = [line.post("/v2/bot/richmenu/batch", body).status for _ in range(4)]
    assert statuses == [202, 202, 202, 429]
    emulator.advance(20 * 60 + 1)
    assert line.post("/v2/bot/richmenu/batch", body).status == 202
