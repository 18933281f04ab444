"""The countries (ISO 3166) and currencies (ISO 4217) that a payment form offers, and what their banks share.

It never says whom one may pay: leaving out a country, for sanctions or otherwise, is up to the deployment.
"""

from __future__ import annotations

from unicodedata import combining, normalize

from portal.language import ENGLISH, locale, spoken

# Code, own currency, English name. XK is no ISO code yet, but the one that Kosovo's IBANs begin with.
_COUNTRIES = """
AF AFN Afghanistan
AX EUR Åland Islands
AL ALL Albania
DZ DZD Algeria
AS USD American Samoa
AD EUR Andorra
AO AOA Angola
AI XCD Anguilla
AQ USD Antarctica
AG XCD Antigua and Barbuda
AR ARS Argentina
AM AMD Armenia
AW AWG Aruba
AU AUD Australia
AT EUR Austria
AZ AZN Azerbaijan
BS BSD Bahamas
BH BHD Bahrain
BD BDT Bangladesh
BB BBD Barbados
BY BYN Belarus
BE EUR Belgium
BZ BZD Belize
BJ XOF Benin
BM BMD Bermuda
BT BTN Bhutan
BO BOB Bolivia
BA BAM Bosnia and Herzegovina
BW BWP Botswana
BV NOK Bouvet Island
BR BRL Brazil
IO USD British Indian Ocean Territory
VG USD British Virgin Islands
BN BND Brunei
BG EUR Bulgaria
BF XOF Burkina Faso
BI BIF Burundi
KH KHR Cambodia
CM XAF Cameroon
CA CAD Canada
CV CVE Cape Verde
BQ USD Caribbean Netherlands
KY KYD Cayman Islands
CF XAF Central African Republic
TD XAF Chad
CL CLP Chile
CN CNY China
CX AUD Christmas Island
CC AUD Cocos (Keeling) Islands
CO COP Colombia
KM KMF Comoros
CD CDF Congo, Democratic Republic of the
CG XAF Congo, Republic of the
CK NZD Cook Islands
CR CRC Costa Rica
CI XOF Côte d’Ivoire
HR EUR Croatia
CU CUP Cuba
CW XCG Curaçao
CY EUR Cyprus
CZ CZK Czechia
DK DKK Denmark
DJ DJF Djibouti
DM XCD Dominica
DO DOP Dominican Republic
EC USD Ecuador
EG EGP Egypt
SV USD El Salvador
GQ XAF Equatorial Guinea
ER ERN Eritrea
EE EUR Estonia
SZ SZL Eswatini
ET ETB Ethiopia
FK FKP Falkland Islands
FO DKK Faroe Islands
FJ FJD Fiji
FI EUR Finland
FR EUR France
GF EUR French Guiana
PF XPF French Polynesia
TF EUR French Southern Territories
GA XAF Gabon
GM GMD Gambia
GE GEL Georgia
DE EUR Germany
GH GHS Ghana
GI GIP Gibraltar
GR EUR Greece
GL DKK Greenland
GD XCD Grenada
GP EUR Guadeloupe
GU USD Guam
GT GTQ Guatemala
GG GBP Guernsey
GN GNF Guinea
GW XOF Guinea-Bissau
GY GYD Guyana
HT HTG Haiti
HM AUD Heard and McDonald Islands
HN HNL Honduras
HK HKD Hong Kong
HU HUF Hungary
IS ISK Iceland
IN INR India
ID IDR Indonesia
IR IRR Iran
IQ IQD Iraq
IE EUR Ireland
IM GBP Isle of Man
IL ILS Israel
IT EUR Italy
JM JMD Jamaica
JP JPY Japan
JE GBP Jersey
JO JOD Jordan
KZ KZT Kazakhstan
KE KES Kenya
KI AUD Kiribati
XK EUR Kosovo
KW KWD Kuwait
KG KGS Kyrgyzstan
LA LAK Laos
LV EUR Latvia
LB LBP Lebanon
LS LSL Lesotho
LR LRD Liberia
LY LYD Libya
LI CHF Liechtenstein
LT EUR Lithuania
LU EUR Luxembourg
MO MOP Macao
MG MGA Madagascar
MW MWK Malawi
MY MYR Malaysia
MV MVR Maldives
ML XOF Mali
MT EUR Malta
MH USD Marshall Islands
MQ EUR Martinique
MR MRU Mauritania
MU MUR Mauritius
YT EUR Mayotte
MX MXN Mexico
FM USD Micronesia
MD MDL Moldova
MC EUR Monaco
MN MNT Mongolia
ME EUR Montenegro
MS XCD Montserrat
MA MAD Morocco
MZ MZN Mozambique
MM MMK Myanmar
NA NAD Namibia
NR AUD Nauru
NP NPR Nepal
NL EUR Netherlands
NC XPF New Caledonia
NZ NZD New Zealand
NI NIO Nicaragua
NE XOF Niger
NG NGN Nigeria
NU NZD Niue
NF AUD Norfolk Island
KP KPW North Korea
MK MKD North Macedonia
MP USD Northern Mariana Islands
NO NOK Norway
OM OMR Oman
PK PKR Pakistan
PW USD Palau
PS ILS Palestine
PA PAB Panama
PG PGK Papua New Guinea
PY PYG Paraguay
PE PEN Peru
PH PHP Philippines
PN NZD Pitcairn Islands
PL PLN Poland
PT EUR Portugal
PR USD Puerto Rico
QA QAR Qatar
RE EUR Réunion
RO RON Romania
RU RUB Russia
RW RWF Rwanda
BL EUR Saint Barthélemy
SH SHP Saint Helena, Ascension and Tristan da Cunha
KN XCD Saint Kitts and Nevis
LC XCD Saint Lucia
MF EUR Saint Martin (French part)
PM EUR Saint Pierre and Miquelon
VC XCD Saint Vincent and Grenadines
WS WST Samoa
SM EUR San Marino
ST STN São Tomé and Príncipe
SA SAR Saudi Arabia
SN XOF Senegal
RS RSD Serbia
SC SCR Seychelles
SL SLE Sierra Leone
SG SGD Singapore
SX XCG Sint Maarten (Dutch part)
SK EUR Slovakia
SI EUR Slovenia
SB SBD Solomon Islands
SO SOS Somalia
ZA ZAR South Africa
GS GBP South Georgia and South Sandwich Islands
KR KRW South Korea
SS SSP South Sudan
ES EUR Spain
LK LKR Sri Lanka
SD SDG Sudan
SR SRD Suriname
SJ NOK Svalbard and Jan Mayen
SE SEK Sweden
CH CHF Switzerland
SY SYP Syria
TW TWD Taiwan
TJ TJS Tajikistan
TZ TZS Tanzania
TH THB Thailand
TL USD Timor-Leste
TG XOF Togo
TK NZD Tokelau
TO TOP Tonga
TT TTD Trinidad and Tobago
TN TND Tunisia
TR TRY Türkiye
TM TMT Turkmenistan
TC USD Turks and Caicos Islands
TV AUD Tuvalu
UG UGX Uganda
UA UAH Ukraine
AE AED United Arab Emirates
GB GBP United Kingdom
US USD United States
UM USD United States Minor Outlying Islands
VI USD United States Virgin Islands
UY UYU Uruguay
UZ UZS Uzbekistan
VU VUV Vanuatu
VA EUR Vatican City
VE VES Venezuela
VN VND Vietnam
WF XPF Wallis and Futuna
EH MAD Western Sahara
YE YER Yemen
ZM ZMW Zambia
ZW USD Zimbabwe
"""

_CURRENCIES = """
AED United Arab Emirates dirham
ALL Albanian lek
AMD Armenian dram
ARS Argentine peso
AUD Australian dollar
AZN Azerbaijani manat
BAM Bosnian convertible mark
BDT Bangladeshi taka
BHD Bahraini dinar
BRL Brazilian real
CAD Canadian dollar
CHF Swiss franc
CLP Chilean peso
CNY Chinese yuan
COP Colombian peso
CRC Costa Rican colón
CZK Czech koruna
DKK Danish krone
DOP Dominican peso
EGP Egyptian pound
EUR Euro
GBP Pound sterling
GEL Georgian lari
GHS Ghanaian cedi
HKD Hong Kong dollar
HUF Hungarian forint
IDR Indonesian rupiah
ILS Israeli new shekel
INR Indian rupee
ISK Icelandic króna
JOD Jordanian dinar
JPY Japanese yen
KES Kenyan shilling
KRW South Korean won
KWD Kuwaiti dinar
KZT Kazakhstani tenge
LKR Sri Lankan rupee
MAD Moroccan dirham
MDL Moldovan leu
MKD Macedonian denar
MXN Mexican peso
MYR Malaysian ringgit
NGN Nigerian naira
NOK Norwegian krone
NPR Nepalese rupee
NZD New Zealand dollar
OMR Omani rial
PEN Peruvian sol
PHP Philippine peso
PKR Pakistani rupee
PLN Polish złoty
QAR Qatari riyal
RON Romanian leu
RSD Serbian dinar
RUB Russian rouble
SAR Saudi riyal
SEK Swedish krona
SGD Singapore dollar
THB Thai baht
TND Tunisian dinar
TRY Turkish lira
TWD New Taiwan dollar
TZS Tanzanian shilling
UAH Ukrainian hryvnia
UGX Ugandan shilling
USD US dollar
UYU Uruguayan peso
VND Vietnamese đồng
XAF Central African CFA franc
XOF West African CFA franc
ZAR South African rand
"""

_SEPA = """
AD AL AT AX BE BG BL CH CY CZ DE DK EE ES FI FR GF GI GP GR HR HU IE IS IT LI LT LU LV
MC MD ME MF MK MQ MT NL NO PL PM PT RE RO RS SE SI SK SM VA YT
"""

_rows = [row.split(maxsplit=2) for row in _COUNTRIES.strip().splitlines()]
_own_currency = {code: currency for code, currency, _ in _rows}

COUNTRIES: dict[str, str] = {code: name for code, _, name in _rows}
"""Code to English name, in the order of the names."""

CURRENCIES: dict[str, str] = dict(row.split(maxsplit=1) for row in _CURRENCIES.strip().splitlines())
"""Code to English name, in the order of the codes."""

# Territories whose banks use the account numbers of another country; their BICs carry either code.
BANKS_LIKE = {
    **dict.fromkeys(("BL", "GF", "GP", "MF", "MQ", "NC", "PF", "PM", "RE", "TF", "WF", "YT"), "FR"),
    **dict.fromkeys(("GG", "IM", "JE"), "GB"),
    **dict.fromkeys(("AS", "GU", "MP", "PR", "VI"), "US"),
    "AX": "FI",
    "SJ": "NO",
}

# Within SEPA the IBAN alone finds the bank, so nobody has to look for a BIC.
SEPA = frozenset(_SEPA.split())


def country(code: str) -> str:
    """Its name in the present language."""
    return COUNTRIES[code] if spoken() == ENGLISH else str(locale().territories.get(code, COUNTRIES[code]))


def currency(code: str) -> str:
    """The same."""
    return CURRENCIES[code] if spoken() == ENGLISH else str(locale().currencies.get(code, CURRENCIES[code]))


def country_names() -> dict[str, str]:
    """Code to name in the present language, in the order of the names."""
    return dict(sorted(((code, country(code)) for code in COUNTRIES), key=lambda row: without_accents(row[1])))


def currency_names() -> dict[str, str]:
    """The same, in the order of the codes."""
    return {code: currency(code) for code in CURRENCIES}


def without_accents(name: str) -> str:
    return "".join(c for c in normalize("NFKD", name) if not combining(c)).casefold()


def default_currency(country: str) -> str:
    """The country's own currency where it is offered, otherwise US dollars."""
    currency = _own_currency.get(country, "")
    return currency if currency in CURRENCIES else "USD"
