#!/usr/bin/env python3
"""Writes tables of made-up people, and where which kind of personal data stands in them, for `cargo xtask personal`.

  pip install faker==40.63.0
  python benches/peers/personal.py --out DIR [--seed 101] [--seeds 3] [--locales en_GB,it_IT,...]

Per locale and seed: columns with names, columns without, texts with pieces in seven of ten rows, and texts with pieces in three
of three thousand rows. `truth.jsonl` has one line per column: file, column, kind, placement, locale, named.
"""
import argparse, csv, json, pathlib, random

from faker import Faker

LOCALES = ["en_GB", "it_IT", "pt_BR", "nl_NL", "pl_PL", "sv_SE", "tr_TR", "ko_KR", "zh_CN", "ru_RU"]
KINDS = ["first_name", "last_name", "person_name", "email", "phone", "iban", "card_number", "street_address", "national_id", "ip_address",
         "birth_date"]
ENGLISH = ["First name", "Last name", "Full name", "E-mail", "Phone", "IBAN", "Card number", "Street address", "National ID", "IP address",
           "Date of birth"]
# One way of saying each in the language, in the order of KINDS.
HEADERS = {
    "en_US": ["fname", "lname", "customer_name", "emailAddress", "mobile", "iban", "credit_card", "address", "ssn", "client_ip", "dob"],
    "en_GB": ["forename", "surname", "name of person", "email_address", "telephone", "iban", "card no", "home address", "national insurance number",
              "ip", "birth date"],
    "de_DE": ["Vorname", "Nachname", "Kundenname", "E-Mail-Adresse", "Telefonnummer", "IBAN", "Kreditkartennummer", "Anschrift",
              "Sozialversicherungsnummer", "IP-Adresse", "Geburtsdatum"],
    "fr_FR": ["Prénom", "Nom de famille", "Nom complet", "Courriel", "Téléphone", "IBAN", "Numéro de carte", "Adresse", "Numéro de sécurité sociale",
              "Adresse IP", "Date de naissance"],
    "es_ES": ["Nombre", "Apellidos", "Nombre completo", "Correo electrónico", "Teléfono", "IBAN", "Número de tarjeta", "Dirección", "DNI",
              "Dirección IP", "Fecha de nacimiento"],
    "ja_JP": ["名", "姓", "氏名", "メールアドレス", "電話番号", "IBAN", "カード番号", "住所", "マイナンバー", "IPアドレス", "生年月日"],
    "it_IT": ["Nome", "Cognome", "Nome e cognome", "Posta elettronica", "Numero di telefono", "IBAN", "Carta di credito", "Indirizzo",
              "Codice fiscale", "Indirizzo IP", "Data di nascita"],
    "pt_BR": ["Primeiro nome", "Sobrenome", "Nome completo", "E-mail", "Celular", "IBAN", "Cartão de crédito", "Endereço", "CPF", "Endereço IP",
              "Data de nascimento"],
    "nl_NL": ["Voornaam", "Achternaam", "Volledige naam", "E-mailadres", "Telefoonnummer", "IBAN", "Creditcardnummer", "Adres", "BSN", "IP-adres",
              "Geboortedatum"],
    "pl_PL": ["Imię", "Nazwisko", "Imię i nazwisko", "Adres e-mail", "Numer telefonu", "IBAN", "Numer karty", "Ulica", "PESEL", "Adres IP",
              "Data urodzenia"],
    "sv_SE": ["Förnamn", "Efternamn", "Fullständigt namn", "E-post", "Mobilnummer", "IBAN", "Kortnummer", "Gatuadress", "Personnummer", "IP-adress",
              "Födelsedatum"],
    "tr_TR": ["İsim", "Soyadı", "Ad Soyad", "E-posta", "Telefon numarası", "IBAN", "Kart numarası", "Adres", "TC Kimlik No", "IP adresi",
              "Doğum tarihi"],
    "ko_KR": ["이름", "성", "성명", "이메일", "전화번호", "IBAN", "카드번호", "주소", "주민등록번호", "IP 주소", "생년월일"],
    "zh_CN": ["名字", "姓", "姓名", "电子邮箱", "手机号码", "IBAN", "银行卡号", "住址", "身份证号", "IP地址", "出生日期"],
    "ru_RU": ["Имя", "Фамилия", "ФИО", "Электронная почта", "Телефон", "IBAN", "Номер карты", "Адрес", "ИНН", "IP-адрес", "Дата рождения"],
}


def values(fake, rng):
    """One value of each kind, in the order of KINDS."""
    address = rng.choice([fake.ipv4_public, fake.ipv6])()
    return [fake.first_name(), fake.last_name(), fake.name(), fake.email(), fake.phone_number(), fake.iban(), fake.credit_card_number(),
            fake.street_address(), fake.ssn(), address, fake.date_of_birth(minimum_age=18, maximum_age=90).isoformat()]


def write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])


def sentence(fake, piece, rng):
    """A sentence, with a piece at its start, inside or at its end."""
    words = fake.sentence(nb_words=8).rstrip(".").split(" ")
    if piece is not None:
        words.insert(rng.choice([0, len(words) // 2, len(words)]), piece)
    return " ".join(words) + rng.choice([".", "", "!"])


def tables(out, locale, seed, truth):
    fake, rng = Faker(locale), random.Random(f"{locale} {seed}")
    fake.seed_instance(seed)
    stem = f"{locale}-{seed}"

    def say(file, column, kind, placement, named):
        truth.append({"file": file, "column": column, "kind": kind, "placement": placement, "locale": locale, "named": named})

    for named, file in [(True, f"{stem}-named.csv"), (False, f"{stem}-nameless.csv")]:
        header = (ENGLISH if seed % 2 == 0 else HEADERS[locale]) if named else [f"c{at}" for at in range(len(KINDS))]
        rows = [values(fake, rng) for _ in range(200)]
        write(out / file, header, rows)
        for at, kind in enumerate(KINDS):
            say(file, at, kind, "column", named)
    for placement, count, holds in [("text", 150, lambda row: row % 10 < 7), ("rare", 3000, None)]:
        rare = {kind: set(rng.sample(range(count), 3)) for kind in KINDS}
        rows = []
        for row in range(count):
            pieces = values(fake, rng)
            rows.append([sentence(fake, piece if (holds(row) if holds else row in rare[kind]) else None, rng)
                         for kind, piece in zip(KINDS, pieces)])
        file = f"{stem}-{placement}.csv"
        write(out / file, [f"note {at}" for at in range(len(KINDS))], rows)
        for at, kind in enumerate(KINDS):
            say(file, at, kind, placement, False)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--seed", type=int, default=101)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--locales", default=",".join(LOCALES))
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    truth = []
    for locale in arguments.locales.split(","):
        for seed in range(arguments.seed, arguments.seed + arguments.seeds):
            tables(arguments.out, locale, seed, truth)
    with open(arguments.out / "truth.jsonl", "w", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in truth)
    print(f"{len(truth)} columns in {arguments.out}")
