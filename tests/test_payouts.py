"""Out to the finance team: what an export holds, and what it cannot do."""

import csv
import io
import json

import pytest
from click.testing import CliRunner
from house.asking import company_of
from test_approvals import details_of, saves

from portal.cli import main
from portal.models.company import Company
from portal.payments import export


@pytest.fixture
def rows(kit):
    return lambda only=(): {row["company"]: row for row in export.rows(kit, "Finance", "the run of March", only)}


def test_every_company_has_a_row_and_those_without_details_say_so(rows):
    found = {name: row["status"] for name, row in rows().items()}
    assert found == {"Analytical Engines": "ready", "Difference Works": "missing"}


def test_a_row_holds_what_a_payer_needs(rows):
    row = rows()["Analytical Engines"]
    assert (row["account_number"], row["currency"], row["version"]) == ("DE89370400440532013000", "EUR", "1")


def test_the_digest_changes_only_when_the_payment_does(rows, asked, kit):
    first, again = rows()["Analytical Engines"]["digest"], rows()["Analytical Engines"]["digest"]
    saves(asked("mary").passes(), details_of(kit))
    assert first == again != rows()["Analytical Engines"]["digest"]


def test_payouts_on_hold_have_no_account(rows, kit):
    Company.update(payouts_held_at=kit.now).execute()
    assert (rows()["Analytical Engines"]["status"], rows()["Analytical Engines"]["account_number"]) == ("held", "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_name_runs_as_a_formula(rows, start):
    Company.update(name=f"{start}HYPERLINK(1)").where(Company.name == "Difference Works").execute()
    assert f"'{start}HYPERLINK(1)" in rows()


def test_an_export_is_on_the_record_with_who_and_why(rows, events):
    rows()
    assert events("payouts.exported")[-1].details == {"by_name": "Finance", "reason": "the run of March"}


def exported(kit, *more):
    words = ["payouts", "export", "--by", "F", "--why", "w", "--data", str(kit.settings.data), *more]
    world = {"PORTAL_MODE": "demo", "PORTAL_DATABASE": kit.settings.database}
    return CliRunner().invoke(main, words, env=world, catch_exceptions=False)


def test_the_command_writes_csv(kit):
    found = list(csv.DictReader(io.StringIO(exported(kit).output)))
    assert [row["company"] for row in found] == ["Analytical Engines", "Difference Works"]


def test_the_command_writes_json_lines_of_some_companies(kit):
    lines = exported(kit, "--format", "jsonl", "--company", "Analytical Engines").output.splitlines()
    assert [json.loads(line)["company_id"] for line in lines] == [str(company_of("Analytical Engines").id)]


def test_an_unknown_company_is_bad_input(kit):
    assert exported(kit, "--company", "Nobody").exit_code == 2
