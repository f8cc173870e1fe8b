"""LINE's own SDK as the client: what it can send and read, the emulator takes and answers."""

from collections.abc import Iterator
from typing import Any

import pytest
from linebot.v3.messaging import ApiClient, ApiException, Configuration, MessagingApi, MessagingApiBlob, models

from line_emulator import Emulator
from tests.line_emulator.small_bot import TOKEN, SmallBot
from tests.line_emulator.test_rich_menu_api import menu, picture

KEY = "123e4567-e89b-12d3-a456-426614174000"
TEXT = models.TextMessage(text="窓口です🍎", quickReply=None, quoteToken=None)


@pytest.fixture
def client(emulator: Emulator) -> Iterator[Any]:
    with ApiClient(Configuration(host=emulator.url, access_token=TOKEN)) as opened:
        yield opened
        opened.rest_client.pool_manager.clear()


@pytest.fixture
def api(client: Any) -> Any:
    return MessagingApi(client)


def test_the_sdk_replies_and_reads_what_was_sent(api: Any, emulator: Emulator, user: str, token: str) -> None:
    request = models.ReplyMessageRequest(replyToken=token, messages=[TEXT], notificationDisabled=False)
    sent = api.reply_message(request)
    entry = emulator.answers(user)[0]
    assert (entry.text, entry.id) == ("窓口です🍎", sent.sent_messages[0].id)


def test_the_sdk_sees_a_409_for_a_repeated_key(api: Any, emulator: Emulator, user: str) -> None:
    request = models.PushMessageRequest(
        to=user, messages=[TEXT], notificationDisabled=False, customAggregationUnits=None
    )
    api.push_message(request, x_line_retry_key=KEY)
    with pytest.raises(ApiException) as caught:
        api.push_message(request, x_line_retry_key=KEY)
    assert (caught.value.status, len(emulator.answers(user))) == (409, 1)


def test_the_sdk_multicasts_validates_and_asks_for_the_quota(api: Any, emulator: Emulator, user: str) -> None:
    api.multicast(
        models.MulticastRequest(to=[user], messages=[TEXT], notificationDisabled=False, customAggregationUnits=None)
    )
    api.validate_push(models.ValidateMessageRequest(messages=[TEXT]))
    assert api.get_message_quota_consumption().total_usage == 1
    assert api.get_message_quota().type == "none"
    assert len(emulator.answers(user)) == 1


def test_the_sdk_shows_loading_and_reads_people(api: Any, bot: SmallBot, emulator: Emulator, user: str) -> None:
    api.show_loading_animation(models.ShowLoadingAnimationRequest(chatId=user, loadingSeconds=5))
    assert api.get_profile(user).display_name == "山田"
    assert api.get_bot_info().display_name == "Bot"
    assert api.get_webhook_endpoint().endpoint == bot.url
    assert api.test_webhook_endpoint(models.TestWebhookEndpointRequest(endpoint=bot.url)).success is True
    api.set_webhook_endpoint(models.SetWebhookEndpointRequest(endpoint="https://example.com/callback"))
    assert emulator.bot_url == "https://example.com/callback"


def test_the_sdk_publishes_a_rich_menu(api: Any, client: Any, emulator: Emulator, user: str) -> None:
    wanted = models.RichMenuRequest.from_dict(menu())
    api.validate_rich_menu_object(wanted)
    made = api.create_rich_menu(wanted).rich_menu_id
    blob = MessagingApiBlob(client)
    blob.set_rich_menu_image(made, body=bytearray(picture()), _headers={"Content-Type": "image/png"})
    assert bytes(blob.get_rich_menu_image(made)) == picture()
    api.create_rich_menu_alias(models.CreateRichMenuAliasRequest(richMenuAliasId="main", richMenuId=made))
    assert [one.rich_menu_alias_id for one in api.get_rich_menu_alias_list().aliases] == ["main"]
    api.set_default_rich_menu(made)
    assert api.get_default_rich_menu_id().rich_menu_id == made
    assert emulator.buttons(user) == ["料金"]
    api.link_rich_menu_id_to_user(user, made)
    assert api.get_rich_menu_id_of_user(user).rich_menu_id == made
    assert api.get_rich_menu_list().richmenus[0].rich_menu_id == made
    api.unlink_rich_menu_id_from_user(user)
    api.cancel_default_rich_menu()
    api.delete_rich_menu_alias("main")
    api.delete_rich_menu(made)
    assert emulator.buttons(user) == []


def test_the_sdk_fetches_what_a_user_sent(client: Any, bot: SmallBot, emulator: Emulator, user: str) -> None:
    emulator.phone.media(user, "image", b"picture")
    blob = MessagingApiBlob(client)
    assert bytes(blob.get_message_content(bot.events[-1]["message"]["id"])) == b"picture"


def test_the_sdk_gets_a_501_for_what_is_not_covered(api: Any) -> None:
    with pytest.raises(ApiException) as caught:
        api.get_membership_list()
    assert caught.value.status == 501
