"""Payout details as people type them, and the short way to a saved change."""

from __future__ import annotations

from house.browser import Browser

WHO = {
    "Legal name": "Analytical Engines Ltd",
    "Street and number": "12 St James's Square",
    "City": "London",
    "Postal code": "SW1Y 4JH",
}
IBAN = {"IBAN": "FR14 2004 1010 0505 0001 3M02 606"}
US = {"Routing number": "021000021", "Account number": "000123456789", "Account type": "Checking"}
GB = {"Sort code": "20-00-00", "Account number": "55779911"}
OTHER = {"Account number": "1234567890", "Bank name": "Kasikornbank", "SWIFT/BIC": "KASITHBK"}

# Country of the bank, currency, what is typed, the last digits that may be seen afterwards.
ACCOUNTS = [
    ("France", "EUR", IBAN, "2606"),
    ("United States", "USD", US, "6789"),
    ("United Kingdom", "GBP", GB, "9911"),
    ("Thailand", "THB", OTHER, "7890"),
]


def types(browser: Browser, country: str, currency: str, account: dict[str, str]) -> Browser:
    """Fill the form in, the fields of the country's banks included."""
    for label, text in WHO.items():
        browser.fills(label, text)
    browser.chooses("A company").chooses("United Kingdom", among="Country")
    browser.chooses(currency_of(browser, currency), among="Currency")
    browser.chooses(country, among="Country of the bank account").presses("Show the fields of this country")
    for label, text in account.items():
        browser.chooses(text, among=label) if label == "Account type" else browser.fills(label, text)
    return browser


def currency_of(browser: Browser, code: str) -> str:
    options = browser.field("Currency").every("option")
    return next(each.text for each in options if each.attrs.get("value") == code)


def saves(browser: Browser, country: str = "France", currency: str = "EUR", account: dict[str, str] = IBAN) -> Browser:
    """From the edit page to the end of it."""
    types(browser, country, currency, account).presses("Check the changes")
    return browser.presses("Save payment information")
