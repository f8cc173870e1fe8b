"""The sentence encoder with which typed questions are understood."""

from collections.abc import Iterator

from bot.diagnostics.context import CheckContext
from bot.diagnostics.result import CheckResult, failed, ok, warning
from bot.errors import SettingsError
from bot.understanding.encoder import NONE, load_encoder
from bot.understanding.model_files import load, model_folder


def encoder(context: CheckContext) -> Iterator[CheckResult]:
    """Check that the encoder of the setting loads, and that a model was trained for it."""
    choice = context.settings.encoder
    if choice == NONE:
        next_step = (
            "docs/explanation/understanding.md の数字で足りるか見て、足りなければ ENCODER を外してください",
            "see in docs/explanation/understanding.md whether its figures suffice; if not, unset ENCODER",
        )
        yield warning(
            "質問は文字だけで読み取ります（ENCODER=none）",
            "typed questions are read by letters alone (ENCODER=none)",
            next_step=next_step,
        )
        return
    try:
        loaded = load_encoder(choice)
    except SettingsError as error:
        next_step = ("パッケージを入れるか、ENCODER=none にしてください", "install the package, or set ENCODER=none")
        yield failed("文エンコーダーを読み込めません", str(error), next_step=next_step)
        return
    name = loaded.name if loaded else ""
    if load(model_folder(choice)).encoder == name:
        yield ok(
            f"質問は文エンコーダー {name} でも読み取ります", f"typed questions are read with the encoder {name}, too"
        )
    else:
        next_step = ("madoguchi content learn を実行してください（数分）", "run madoguchi content learn (minutes)")
        yield warning(
            f"文エンコーダー {name} はまだ学習されていません。文字だけで読み取ります",
            f"nothing was learned for the encoder {name} yet: typed questions are read by letters alone",
            next_step=next_step,
        )
