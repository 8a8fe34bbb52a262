"""The page of settings is the settings'."""

from pathlib import Path

from exporter.contract.specs import settings_of
from exporter.providers.registry import providers
from exporter.reference import reference

PAGE = Path(__file__).parents[3] / "docs" / "settings.md"


def test_the_page_is_up_to_date() -> None:
    written = PAGE.read_text("utf-8")
    assert written == reference(), (
        "run: python -m exporter.reference > docs/settings.md"
    )


def test_every_setting_has_a_row() -> None:
    page = reference()
    for provider in providers():
        for path in settings_of(provider.widget):
            assert f"| `{path}`" in page


def test_rows_have_four_cells() -> None:
    rows = [line for line in reference().splitlines() if line.startswith("| `")]
    assert {row.replace("\\|", "").count("|") for row in rows} == {5}
