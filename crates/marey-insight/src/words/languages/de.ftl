# Die Worte von Marey auf Deutsch.
# Platzhalter { $so } werden mit fertigen Worten gefüllt (Zahlen und Daten sind schon deutsch geschrieben).
# Auswahlen wie { $evidence -> ... } wählen eine Fassung und schreiben selbst nichts.

## Zahlen

percent = { $number } %
points = { $size ->
    [one] { $number } Prozentpunkt
   *[other] { $number } Prozentpunkte
}
amount-currency = { $number } { $unit }
amount-code = { $number } { $unit }
amount-unit = { $number } { $unit }
range = { $low }–{ $high }
range-signed = { $low } bis { $high }
compact-million = { $number } Mio.
compact-billion = { $number } Mrd.
compact-trillion = { $number } Bio.
compact-million-short = { $number } Mio.
compact-billion-short = { $number } Mrd.
compact-trillion-short = { $number } Bio.

## Daten

quarter = { $quarter }. Quartal { $year }
week-of = die Woche vom { $day }
day-and-time = { $day }, { $time }
period = { $from } – { $to }
