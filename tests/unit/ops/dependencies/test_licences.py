"""No package this application is installed with may be under the GPL or AGPL, and all are listed."""

import pytest

from ops.dependencies.licences import TABLE, is_strong, licence, locked_packages, refused_licences, table


def test_no_locked_package_is_under_the_gpl() -> None:
    assert list(refused_licences(locked_packages())) == []


def test_what_is_under_the_lgpl_is_a_known_handful() -> None:
    lesser = {package for package in locked_packages() if "LGPL" in licence(package) or "Lesser" in licence(package)}
    assert lesser == {"py7zr", "pybcj", "pyppmd", "inflate64", "multivolumefile"}  # all of it reads 7z


def test_the_list_of_licences_is_that_of_the_lock() -> None:
    assert TABLE.read_text("utf-8") == table(), "run: python -m ops.dependencies.licences > docs/licences.md"


@pytest.mark.parametrize(
    ("stated", "strong"),
    [
        ("GPL-3.0-only", True),
        ("GNU Affero General Public License v3", True),
        ("GNU General Public License v2 or later (GPLv2+)", True),
        ("AGPL-3.0-or-later", True),
        ("MIT OR GPL-2.0-only", False),
        ("LGPL-2.1-or-later", False),
        ("GNU Lesser General Public License v2 or later (LGPLv2+)", False),
        ("GNU Library or Lesser General Public License (LGPL)", False),
        ("BSD-3-Clause", False),
    ],
)
def test_licences_of_whole_programs_are_told_from_those_of_libraries(stated: str, strong: bool) -> None:
    assert is_strong(stated) is strong


def test_a_package_that_is_not_installed_or_says_nothing_is_refused() -> None:
    assert list(refused_licences(["no-such-package"])) == ["no-such-package: not installed, so its licence is unknown"]
