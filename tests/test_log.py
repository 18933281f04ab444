"""The log: searched at the desk, listed and exported by the operator."""

import json

import pytest
from click.testing import CliRunner
from house.world import close

from portal.cli import main
from portal.database import database
from portal.record.writing import record


def kinds_in(page):
    """The kinds of the events on the page of the log, without repeats."""
    return {each.text for each in page.page.every("span", class_="second") if "." in each.text}


def test_the_log_is_searched_by_person_company_kind_and_time(known, care, kit):
    page = care().opens("/desk/log").fills("Person", "grace@").presses("Search").sees("grace@example.com")
    assert kinds_in(page) == {"case.opened", "case.taken", "case.identified", "sign_in.opened"}
    assert kinds_in(page.opens("/desk/log?kind=case.taken")) == {"case.taken"}
    assert "case.opened" in kinds_in(page.opens(f"/desk/log?since={kit.now:%Y-%m-%d}"))
    page.opens("/desk/log?company=Difference").sees("Nothing fits.")
    page.opens(f"/desk/log?until={kit.now:%Y-%m-%d}").sees("Nothing fits.")
    assert page.opens("/desk/log?since=yesterday").status == 422


@pytest.mark.parametrize("below", ["-1", "0", "x", "9" * 30])
def test_the_log_bears_any_place_to_go_on_from(care, below):
    assert care().opens(f"/desk/log?below={below}&person=999999999999999999999").status == 200


def test_the_log_goes_on_page_by_page(kit, care):
    for count in range(60):
        record(kit, "access.refused", page=f"/page-{count}.")
    page = care().opens("/desk/log").sees("/page-59.", "/page-20.").does_not_see("/page-1.")
    page.clicks("Earlier").sees("/page-1.", "/page-0.").does_not_see("/page-59.")


@pytest.fixture
def portal(kit):
    """Run the command on the data of this test; what it printed."""

    def run(*words):
        close(database.obj)
        settings = kit.settings
        given = {"PORTAL_DATA": str(settings.data), "PORTAL_DATABASE": settings.database, "PORTAL_URL": settings.url}
        return CliRunner().invoke(main, ["audit", *words], env={**given, "PORTAL_MODE": "demo"}).output

    return run


def test_the_operator_lists_and_exports_what_fits(known, portal):
    assert "case.identified" in portal("list", "--person", "grace@")
    assert portal("list", "--person", "alan@") == ""
    exported = [json.loads(line) for line in portal("export", "--format", "jsonl", "--kind", "case.").splitlines()]
    assert [(event["kind"], event["email"]) for event in exported][:2] == [
        ("case.opened", "grace@example.com"),
        ("case.taken", "grace@example.com"),
    ]


def test_a_spreadsheet_runs_nothing_of_an_export(kit, portal):
    record(kit, "sign_in.refused", address="=1+1")
    assert "'=1+1" in portal("export", "--kind", "sign_in.refused")
