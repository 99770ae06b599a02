"""What is served to learners is small, and nobody else's mark is in it."""

from pathlib import Path

import pytest

from scripts import build_assets


@pytest.mark.parametrize(
    ("version", "expected"),
    [("v20.0.0\n", True), ("v24.19.0", True), ("v18.20.4", False), ("v9.0.0", False), ("", False), ("20.1.0", False)],
)
def test_node_is_new_enough(version: str, expected: bool) -> None:  # noqa: FBT001 -- a column of the table above
    assert build_assets.node_is_new_enough(version) is expected


def test_digest_changes_with_a_name_and_with_a_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build_assets, "ROOT", tmp_path)
    file = tmp_path / "a.scss"
    file.write_text("one")
    first = build_assets.digest([tmp_path])
    file.write_text("two")
    second = build_assets.digest([tmp_path])
    file.rename(tmp_path / "b.scss")
    assert len({first, second, build_assets.digest([tmp_path])}) == 3


@pytest.fixture
def dist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(build_assets, "DIST", tmp_path)
    monkeypatch.setattr(build_assets, "BUDGETS", {"academy.css": 100})
    return tmp_path


def test_judge_within_budget(dist: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (dist / "academy.css").write_text("a{color:red}")
    build_assets.judge()
    assert "academy.css" in capsys.readouterr().out


def test_judge_over_budget(dist: Path) -> None:
    (dist / "academy.css").write_bytes(bytes(range(256)))
    with pytest.raises(build_assets.BuildError, match=r"^academy\.css is \d+ bytes over its budget: "):
        build_assets.judge()


def test_judge_mark_of_others(dist: Path) -> None:
    (dist / "academy.css").write_text("a{background:url(govuk-crest.svg)}")
    with pytest.raises(build_assets.BuildError) as raised:
        build_assets.judge()
    assert str(raised.value) == ("academy.css names 'crest', which belongs to GOV.UK: leave that component out.")
