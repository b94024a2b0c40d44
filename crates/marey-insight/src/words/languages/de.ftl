# Marey auf Deutsch. Was Platzhalter und Auswahlen bedeuten, steht in en.ftl.
# Überschriften haben höchstens zehn Wörter. Keine Meldung behauptet eine Ursache.

## Zahlen

percent = { $number } %
points = { $size ->
    [one] { $number } Prozentpunkt
   *[other] { $number } Prozentpunkte
}
amount-currency = { $number } { $unit }
amount-code = { $number } { $unit }
amount-unit = { $number } { $unit }
range = { $low }–{ $high }
range-signed = { $low } bis { $high }
interval = 95-%-KI { $range }
compact-million = { $number } Mio.
compact-billion = { $number } Mrd.
compact-trillion = { $number } Bio.
compact-million-short = { $number } Mio.
compact-billion-short = { $number } Mrd.
compact-trillion-short = { $number } Bio.

## Zeit

quarter = { $quarter }. Quartal { $year }
week-of = die Woche vom { $day }
day-and-time = { $day }, { $time }
period = { $from } – { $to }
when-hour = um { $at }
when-day = am { $at }
when-week = in der Zeit: { $at }
when-month = im { $at }
when-quarter = im { $at }
when-year = im Jahr { $at }

## Spalten

group = { $dimension } { $value }
empty = (leer)
mean-of = Durchschnitt von { $measure }
share-of = Anteil der Zeilen mit { $measure }
total-of = Summe von { $measure }
rows-of = Zahl der Zeilen
days = Tage
derived-days = Tage von { $a } bis { $b }
derived-ratio = { $a } je { $b }

deviation-of = Standardabweichung von { $measure }
share-without = Anteil der Zeilen ohne { $measure }
share-of-group = Anteil von { $group }
share-of-rows = Anteil der Zeilen
rows = Zeilen
values = Zahl der Werte
all-rows = alle Zeilen

## Diagramme

chart-bars = Balkendiagramm
chart-dots = Punktdiagramm
chart-line = Liniendiagramm
chart-lines = Zwei Liniendiagramme
chart-scatter = Streudiagramm
chart-histogram = Histogramm
chart-slope = Steigungsdiagramm
chart-heat = Wärmekarte
alt-short = { $chart }: { $title }.
alt-drawn = { $chart }: { $what }. Waagerecht: { $x }; senkrecht: { $y }; { $marks } Zeichen.
alt-some = { $marks } von { $rows } Zeilen sind gezeichnet.
alt-ends = Am niedrigsten liegt { $low } mit { $lowest }, am höchsten { $high } mit { $highest }.
alt-peak = Die meisten Werte, { $highest }, liegen zwischen { $low } und { $high }.{ $lowest }
rows-first = Erste ihrer Art
rows-repeated = Wiederholen eine frühere Zeile
remainder-of = { $measure } über dem letzten Vielfachen von { $step }
multiples = { $count } Vielfache
value-count = { $value }: { $count } Zeilen
side-before = Vor dem { $day }
side-from = Ab dem { $day }
phase-week = Wochentag
phase-year = Monat
phase-other = Tag eines Zyklus von { $days } Tagen

## Geschichten

lead = { $plural ->
    [one] Ein Befund ragt heraus in { $table }, aus { $rows } Zeilen und { $columns } Spalten.
   *[other] { $told } Befunde ragen heraus in { $table }, aus { $rows } Zeilen und { $columns } Spalten.
}
lead-nothing = In { $table } hebt sich nichts vom Zufall ab, in { $rows } Zeilen und { $columns } Spalten.
method = { $family } Vergleiche wurden geprüft und { $passed } bestanden; davon sind im Mittel höchstens { $fdr } falsch.
untold = { $plural ->
    [one] Ein weiterer Befund hat bestanden und steht in den Daten.
   *[other] { $count } weitere Befunde haben bestanden und stehen in den Daten.
}
chapter-warning = Bevor Sie dem Rest vertrauen
chapter-overview = Überblick
chapter-drivers = Was womit einhergeht
chapter-exceptions = Ausnahmen
chapter-data_quality = Güte der Daten

## Um einen Befund herum

title-within = { $title } ({ $where })
sentence-within = Unter den Zeilen mit { $where }: { $sentence }
subtitle = { $what } · { $rows } Zeilen · { $period }
    .timeless = { $what } · { $rows } Zeilen
    .within = { $what } · { $where } · { $rows } Zeilen · { $period }
    .within-timeless = { $what } · { $where } · { $rows } Zeilen
source = Quelle: { $table }. Einer von { $family } geprüften Vergleichen; erwarteter falscher Anteil höchstens { $fdr }.
guard-independent = Zeilen gelten als unabhängig: nichts sprach dagegen.
guard-spectrum = Das Intervall berücksichtigt, dass Zeilen ihren zeitlichen Nachbarn ähneln.
guard-prewhitened = Beide Reihen wurden vor dem Vergleich von ihrem eigenen Gedächtnis befreit.
guard-blocks = Blöcke benachbarter Zeilen, oder der Zeilen eines Objekts, waren die Einheiten des Tests.
guard-conditioned = Der Test wurde innerhalb der Kategorien einer dritten Spalte wiederholt; es zählt der schwächere Ausgang.
caveat-not_robust = Gilt zur Fehlerrate der ganzen Suche, aber nicht unter jeder Abhängigkeit zwischen ihren Tests.
caveat-autocorrelated = Zeitlich nahe Zeilen ähneln einander; der Test berücksichtigt das.
caveat-clustered = Zeilen eines Objekts ähneln einander; der Test berücksichtigt das.
caveat-adjusted = Ein Teil davon geht mit einer dritten Spalte einher; das Gesagte gilt auch innerhalb dieser Spalte.
caveat-few_rows = Die betrachteten Zeilen sind wenige.
caveat-missing_values = Zeilen ohne Wert wurden ausgelassen.
caveat-sampled = Berechnet aus einer Stichprobe der Zeilen.
caveat-heavy_tail = Wenige große Werte verschieben den Durchschnitt; der Test arbeitet mit Rängen.
caveat-sentinel = { $measure } enthält { $value } in { $count } Zeilen, was nach einem Kürzel für unbekannte Werte aussieht; Durchschnitten davon ist nicht zu trauen.

what-mean-by = { $mean_of }{ $unit } nach { $dimension }
what-total-by = { $total_of }{ $unit } nach { $dimension }
what-rows-by = Zahl der Zeilen nach { $dimension }
what-over-time = { $mean_of }{ $unit } im Lauf der Zeit
what-level = { $level }{ $unit } im Lauf der Zeit
what-pair = { $measure }{ $unit } und { $measure2 }{ $unit2 }
what-values = Verteilung von { $measure }{ $unit }

## Befunde, eine Meldung je Art

outstanding_first =
    .title = { $evidence ->
        [robust] { $group } hat den höchsten { $mean_of }
       *[likely] { $group } hat wohl den höchsten { $mean_of }
    }
    .what = { what-mean-by }
    .verb = { $evidence ->
        [robust] liegt
       *[likely] liegt anscheinend
    }
    .sentence = { $group } { $verb } am höchsten, { $mean_of }: { $focus_mean } über { $focus_rows } Zeilen, { $difference } mehr als die { $rest_mean } aller anderen.
    .bare = { $group } { $verb } am höchsten von allen Werten von { $dimension }, { $mean_of }.
outstanding_last =
    .title = { $evidence ->
        [robust] { $group } hat den niedrigsten { $mean_of }
       *[likely] { $group } hat wohl den niedrigsten { $mean_of }
    }
    .what = { what-mean-by }
    .verb = { $evidence ->
        [robust] liegt
       *[likely] liegt anscheinend
    }
    .sentence = { $group } { $verb } am niedrigsten, { $mean_of }: { $focus_mean } über { $focus_rows } Zeilen, { $difference } weniger als die { $rest_mean } aller anderen.
    .bare = { $group } { $verb } am niedrigsten von allen Werten von { $dimension }, { $mean_of }.
dominance =
    .title = { $evidence ->
        [robust] { $group } hält mehr als die Hälfte, { $total_of }
       *[likely] { $group } hält wohl mehr als die Hälfte, { $measure }
    }
    .what = { what-total-by }
    .verb = { $evidence ->
        [robust] hält
       *[likely] hält anscheinend
    }
    .sentence = { $group } { $verb } mehr als die Hälfte ({ $total_of }): { $focus_share } davon, mit { $row_share } der Zeilen.
    .bare = { $group } { $verb } mehr als die Hälfte ({ $total_of }).
evenness =
    .title = { $evidence ->
        [robust] Zeilen sind gleichmäßig über { $dimension } verteilt
       *[likely] Zeilen sind wohl gleichmäßig über { $dimension } verteilt
    }
    .what = { what-rows-by }
    .verb = { $evidence ->
        [robust] verteilen sich
       *[likely] verteilen sich anscheinend
    }
    .sentence = Die Zeilen { $verb } gleichmäßig über { $dimension }: jeder seiner { $categories } Werte hat zwischen { $smallest_rows } und { $largest_rows } Zeilen.
    .short = Die Zeilen { $verb } gleichmäßig über { $dimension }: jeder seiner { $categories } Werte hat { $largest_rows } Zeilen.
    .bare = Die Zeilen { $verb } gleichmäßig über { $dimension }.
group_difference =
    .title = { $evidence ->
        [robust] { $mean_of } unterscheidet sich nach { $dimension }
       *[likely] { $mean_of } unterscheidet sich wohl nach { $dimension }
    }
    .what = { what-mean-by }
    .verb = { $evidence ->
        [robust] unterscheidet sich
       *[likely] unterscheidet sich anscheinend
    }
    .sentence = { $mean_of } { $verb } nach { $dimension }: von { $lowest_mean } für { $lowest_group } bis { $highest_mean } für { $highest_group }, am niedrigsten und am höchsten von { $categories } Werten.
    .bare = { $mean_of } { $verb } nach { $dimension }.
outlier_row =
    .title = { $direction ->
        [low] Ein Wert von { $measure } liegt weit darunter
       *[high] Ein Wert von { $measure } liegt weit darüber
    }
    .what = { what-values }
    .verb = { $evidence ->
        [robust] liegt
       *[likely] liegt anscheinend
    }
    .sentence = { $direction ->
        [low] { $measure } in Zeile { $row } { $verb } weit unter allen anderen: { $value }, der nächste Wert ist { $next_value }, der Median { $median }.
       *[high] { $measure } in Zeile { $row } { $verb } weit über allen anderen: { $value }, der nächste Wert ist { $next_value }, der Median { $median }.
    }
    .bare = { $direction ->
        [low] Ein Wert von { $measure } { $verb } weit unter allen anderen: { $value }.
       *[high] Ein Wert von { $measure } { $verb } weit über allen anderen: { $value }.
    }
outlier_time =
    .title = { $direction ->
        [low] { $measure } { $evidence ->
            [robust] ungewöhnlich
           *[likely] wohl ungewöhnlich
        } niedrig, { $bucket ->
            [week] Woche vom { $when_short }
           *[other] { $when_short }
        }
       *[high] { $measure } { $evidence ->
            [robust] ungewöhnlich
           *[likely] wohl ungewöhnlich
        } hoch, { $bucket ->
            [week] Woche vom { $when_short }
           *[other] { $when_short }
        }
    }
    .what = { what-over-time }
    .verb = { $evidence ->
        [robust] war
       *[likely] war anscheinend
    }
    .sentence = { $direction ->
        [low] { $mean_of } { $verb } { $when } ungewöhnlich niedrig: { $focus_mean } über { $focus_rows } Zeilen, { $difference } weniger als die { $rest_mean } zu allen anderen Zeiten.
       *[high] { $mean_of } { $verb } { $when } ungewöhnlich hoch: { $focus_mean } über { $focus_rows } Zeilen, { $difference } mehr als die { $rest_mean } zu allen anderen Zeiten.
    }
    .bare = { $direction ->
        [low] { $mean_of } { $verb } { $when } ungewöhnlich niedrig.
       *[high] { $mean_of } { $verb } { $when } ungewöhnlich hoch.
    }
trend =
    .title = { $direction ->
        [down] { $evidence ->
            [robust] { $mean_of } fällt im Lauf der Zeit
           *[likely] { $mean_of } fällt wohl im Lauf der Zeit
        }
       *[up] { $evidence ->
            [robust] { $mean_of } steigt im Lauf der Zeit
           *[likely] { $mean_of } steigt wohl im Lauf der Zeit
        }
    }
    .what = { what-over-time }
    .verb = { $direction ->
        [down] { $evidence ->
            [robust] fällt
           *[likely] fällt anscheinend
        }
       *[up] { $evidence ->
            [robust] steigt
           *[likely] steigt anscheinend
        }
    }
    .sentence = { $mean_of } { $verb } im Lauf der Zeit: um { $slope } { per-slope }, von { $before } im ersten Viertel der Zeit auf { $after } im letzten.
    .short = { $mean_of } { $verb } im Lauf der Zeit: um { $slope } { per-slope }.
    .bare = { $mean_of } { $verb } im Lauf der Zeit.
per-slope = { $slope_unit ->
    [day] am Tag
    [week] in der Woche
    [month] in 30 Tagen
   *[year] im Jahr
}
subspace_trend =
    .title = { $direction ->
        [down] { $evidence ->
            [robust] { $measure } fällt im Lauf der Zeit für { $group }
           *[likely] { $measure } fällt wohl für { $group }
        }
       *[up] { $evidence ->
            [robust] { $measure } steigt im Lauf der Zeit für { $group }
           *[likely] { $measure } steigt wohl für { $group }
        }
    }
    .what = { $mean_of }{ $unit } im Lauf der Zeit, { $group } gegen den Rest
    .verb = { trend.verb }
    .sentence = Für { $group }: { $mean_of } { $verb } im Lauf der Zeit, um { $slope } { per-slope }, gegenüber einer Veränderung von { $rest_slope } für alle anderen.
    .short = Für { $group }: { $mean_of } { $verb } im Lauf der Zeit, um { $slope } { per-slope }.
    .bare = Für { $group }: { $mean_of } { $verb } im Lauf der Zeit.
change_point =
    .title = { $direction ->
        [down] { $evidence ->
            [robust] { $measure } fiel um den { $at_short }
           *[likely] { $measure } fiel wohl um den { $at_short }
        }
       *[up] { $evidence ->
            [robust] { $measure } stieg um den { $at_short }
           *[likely] { $measure } stieg wohl um den { $at_short }
        }
    }
    .what = { what-over-time }
    .verb = { $direction ->
        [down] { $evidence ->
            [robust] fiel
           *[likely] fiel anscheinend
        }
       *[up] { $evidence ->
            [robust] stieg
           *[likely] stieg anscheinend
        }
    }
    .sentence = { $mean_of } { $verb } um den { $at }: von { $before } davor auf { $after } danach, ein Unterschied von { $change_size }.
    .bare = { $mean_of } { $verb } um den { $at }.
seasonality =
    .title = { $evidence ->
        [robust] { $measure } folgt { cycle }
       *[likely] { $measure } folgt wohl { cycle }
    }
    .what = { what-over-time }
    .verb = { $evidence ->
        [robust] folgt
       *[likely] folgt anscheinend
    }
    .sentence = { $mean_of } { $verb } { cycle }: von { $trough_mean } am Tiefpunkt bis { $peak_mean } am Höhepunkt, ein Unterschied von { $difference }.
    .bare = { $mean_of } { $verb } { cycle }.
cycle = { $season ->
    [day] einem Tagesgang
    [week] einem Wochengang
    [month] einem Monatsgang
    [quarter] einem Quartalsgang
    [year] einem Jahresgang
   *[other] einem Zyklus von { $period_days } Tagen
}
correlation =
    .title = { $direction ->
        [neg] { $evidence ->
            [robust] { $measure2 } fällt, wenn { $measure } steigt
           *[likely] { $measure2 } fällt wohl, wenn { $measure } steigt
        }
       *[pos] { $evidence ->
            [robust] { $measure } und { $measure2 } steigen zusammen
           *[likely] { $measure } und { $measure2 } steigen wohl zusammen
        }
    }
    .what = { what-pair }
    .verb = { $direction ->
        [neg] { $evidence ->
            [robust] fällt
           *[likely] fällt anscheinend
        }
       *[pos] { $evidence ->
            [robust] steigen
           *[likely] steigen anscheinend
        }
    }
    .sentence = { $direction ->
        [neg] { $measure2 } { $verb }, wenn { $measure } steigt: eine { strength-of } Rangkorrelation von { $rank_correlation } über { $rows } Zeilen.
       *[pos] { $measure } und { $measure2 } { $verb } zusammen: eine { strength-of } Rangkorrelation von { $rank_correlation } über { $rows } Zeilen.
    }
    .bare = { $direction ->
        [neg] { $measure2 } { $verb }, wenn { $measure } steigt.
       *[pos] { $measure } und { $measure2 } { $verb } zusammen.
    }
strength-of = { $strength ->
    [weak] schwache
    [moderate] mittlere
   *[strong] starke
}
nonlinear =
    .title = { $direction ->
        [u] { $evidence ->
            [robust] { $measure2 } ist bei mittlerem { $measure } am niedrigsten
           *[likely] { $measure2 } wohl bei mittlerem { $measure } am niedrigsten
        }
       *[inverted_u] { $evidence ->
            [robust] { $measure2 } ist bei mittlerem { $measure } am höchsten
           *[likely] { $measure2 } wohl bei mittlerem { $measure } am höchsten
        }
    }
    .what = { what-pair }
    .verb = { $evidence ->
        [robust] ist
       *[likely] ist anscheinend
    }
    .sentence = { $direction ->
        [u] { $measure2 } { $verb } bei mittleren Werten von { $measure } am niedrigsten: im Mittel { $middle_mean } im mittleren Drittel und { $outer_mean } in den äußeren, ein Unterschied von { $difference }.
       *[inverted_u] { $measure2 } { $verb } bei mittleren Werten von { $measure } am höchsten: im Mittel { $middle_mean } im mittleren Drittel und { $outer_mean } in den äußeren, ein Unterschied von { $difference }.
    }
    .bare = { $direction ->
        [u] { $measure2 } { $verb } bei mittleren Werten von { $measure } am niedrigsten.
       *[inverted_u] { $measure2 } { $verb } bei mittleren Werten von { $measure } am höchsten.
    }
clusters =
    .title = { $evidence ->
        [robust] { $measure } und { $measure2 } bilden getrennte Gruppen
       *[likely] { $measure } und { $measure2 } bilden wohl Gruppen
    }
    .what = { what-pair }
    .verb = { $evidence ->
        [robust] zerfallen
       *[likely] zerfallen anscheinend
    }
    .sentence = Die { $rows } Zeilen { $verb } nach { $measure } und { $measure2 } in { $clusters } getrennte Gruppen.
    .bare = Die Zeilen { $verb } nach { $measure } und { $measure2 } in getrennte Gruppen.
simpson =
    .title = { $evidence ->
        [robust] { $measure } und { $measure2 } kehren sich innerhalb { $dimension } um
       *[likely] { $measure } und { $measure2 } innerhalb { $dimension } wohl umgekehrt
    }
    .what = { $measure }{ $unit } und { $measure2 }{ $unit2 } nach { $dimension }
    .verb = { $evidence ->
        [robust] kehrt sich
       *[likely] kehrt sich anscheinend
    }
    .sentence = Die Beziehung von { $measure } und { $measure2 } { $verb } um, sobald die Zeilen nach { $dimension } getrennt werden: die Korrelation ist { $correlation } insgesamt, aber { $within_correlation } innerhalb der { $categories } Werte.
    .bare = Die Beziehung von { $measure } und { $measure2 } { $verb } um, sobald die Zeilen nach { $dimension } getrennt werden.
comovement =
    .title = { $direction ->
        [neg] { $evidence ->
            [robust] { $measure } und { $measure2 } bewegen sich gegenläufig
           *[likely] { $measure } und { $measure2 } bewegen sich wohl gegenläufig
        }
       *[pos] { $evidence ->
            [robust] { $measure } und { $measure2 } bewegen sich gemeinsam
           *[likely] { $measure } und { $measure2 } bewegen sich wohl gemeinsam
        }
    }
    .what = { what-pair } im Lauf der Zeit
    .verb = { $evidence ->
        [robust] bewegen sich
       *[likely] bewegen sich anscheinend
    }
    .sentence = { $direction ->
        [neg] { $measure } und { $measure2 } { $verb } im Lauf der Zeit gegenläufig: ihre Durchschnitte je { bucket-of } haben eine Korrelation von { $within_correlation }.
       *[pos] { $measure } und { $measure2 } { $verb } im Lauf der Zeit gemeinsam: ihre Durchschnitte je { bucket-of } haben eine Korrelation von { $within_correlation }.
    }
    .bare = { $direction ->
        [neg] { $measure } und { $measure2 } { $verb } im Lauf der Zeit gegenläufig.
       *[pos] { $measure } und { $measure2 } { $verb } im Lauf der Zeit gemeinsam.
    }
bucket-of = { $bucket ->
    [hour] Stunde
    [day] Tag
    [week] Woche
    [month] Monat
    [quarter] Quartal
   *[year] Jahr
}
buckets-of = { $bucket ->
    [hour] Stunden
    [day] Tagen
    [week] Wochen
    [month] Monaten
    [quarter] Quartalen
   *[year] Jahren
}
lag-written = { $plural ->
    [one] { $lag } { bucket-of }
   *[other] { $lag } { buckets-of }
}
multimodal =
    .title = { $evidence ->
        [robust] { $measure } hat mehr als einen Gipfel
       *[likely] { $measure } hat wohl mehrere Gipfel
    }
    .what = { what-values }
    .verb = { $evidence ->
        [robust] häufen sich
       *[likely] häufen sich anscheinend
    }
    .sentence = Die { $rows } Werte von { $measure } { $verb } um mehr als einen Gipfel; der Median ist { $median }.
    .short = Die { $rows } Werte von { $measure } { $verb } um mehr als einen Gipfel.
    .bare = Werte von { $measure } { $verb } um mehr als einen Gipfel.
missingness =
    .title = { $direction ->
        [low] { $evidence ->
            [robust] { $measure } fehlt seltener bei { $group }
           *[likely] { $measure } fehlt wohl seltener bei { $group }
        }
       *[high] { $evidence ->
            [robust] { $measure } fehlt häufiger bei { $group }
           *[likely] { $measure } fehlt wohl häufiger bei { $group }
        }
    }
    .what = Anteil der Zeilen ohne { $measure } nach { $dimension }
    .verb = { $evidence ->
        [robust] fehlt
       *[likely] fehlt anscheinend
    }
    .sentence = { $direction ->
        [low] { $measure } { $verb } seltener bei { $group }: in { $focus_missing } der { $focus_rows } Zeilen, { $change_size } weniger als die { $rest_missing } aller anderen.
       *[high] { $measure } { $verb } häufiger bei { $group }: in { $focus_missing } der { $focus_rows } Zeilen, { $change_size } mehr als die { $rest_missing } aller anderen.
    }
    .short = { $direction ->
        [low] { $measure } { $verb } seltener bei { $group }: in { $focus_missing } der Zeilen, gegenüber { $rest_missing } aller anderen.
       *[high] { $measure } { $verb } häufiger bei { $group }: in { $focus_missing } der Zeilen, gegenüber { $rest_missing } aller anderen.
    }
    .bare = { $direction ->
        [low] { $measure } { $verb } seltener bei { $group }.
       *[high] { $measure } { $verb } häufiger bei { $group }.
    }
variance_diff =
    .title = { $direction ->
        [low] { $evidence ->
            [robust] { $measure } streut weniger bei { $group }
           *[likely] { $measure } streut wohl weniger bei { $group }
        }
       *[high] { $evidence ->
            [robust] { $measure } streut mehr bei { $group }
           *[likely] { $measure } streut wohl mehr bei { $group }
        }
    }
    .what = Standardabweichung von { $measure }{ $unit } nach { $dimension }
    .verb = { $evidence ->
        [robust] streut
       *[likely] streut anscheinend
    }
    .sentence = { $direction ->
        [low] { $measure } { $verb } weniger bei { $group }: die Standardabweichung ist { $focus_deviation } über { $focus_rows } Zeilen, das { $deviation_ratio }-fache der { $rest_deviation } aller anderen.
       *[high] { $measure } { $verb } mehr bei { $group }: die Standardabweichung ist { $focus_deviation } über { $focus_rows } Zeilen, das { $deviation_ratio }-fache der { $rest_deviation } aller anderen.
    }
    .bare = { $direction ->
        [low] { $measure } { $verb } weniger bei { $group }.
       *[high] { $measure } { $verb } mehr bei { $group }.
    }
association =
    .title = { $direction ->
        [low] { $evidence ->
            [robust] { $group } geht ungewöhnlich selten mit { $group2 } einher
           *[likely] { $group } geht wohl selten mit { $group2 } einher
        }
       *[high] { $evidence ->
            [robust] { $group } geht ungewöhnlich oft mit { $group2 } einher
           *[likely] { $group } geht wohl mit { $group2 } einher
        }
    }
    .what = Anteil von { $group2 } nach { $dimension }
    .verb = { $evidence ->
        [robust] geht
       *[likely] geht anscheinend
    }
    .sentence = { $direction ->
        [low] { $group } { $verb } ungewöhnlich selten mit { $group2 } einher: in { $share_within } der { $focus_rows } Zeilen, { $change_size } weniger als die { $share_elsewhere } aller anderen.
       *[high] { $group } { $verb } ungewöhnlich oft mit { $group2 } einher: in { $share_within } der { $focus_rows } Zeilen, { $change_size } mehr als die { $share_elsewhere } aller anderen.
    }
    .short = { $direction ->
        [low] { $group } { $verb } ungewöhnlich selten mit { $group2 } einher: in { $share_within } der Zeilen, gegenüber { $share_elsewhere } aller anderen.
       *[high] { $group } { $verb } ungewöhnlich oft mit { $group2 } einher: in { $share_within } der Zeilen, gegenüber { $share_elsewhere } aller anderen.
    }
    .bare = { $direction ->
        [low] { $group } { $verb } ungewöhnlich selten mit { $group2 } einher.
       *[high] { $group } { $verb } ungewöhnlich oft mit { $group2 } einher.
    }
composition_shift =
    .title = { $direction ->
        [down] { $evidence ->
            [robust] { $group } verliert Anteile im Lauf der Zeit
           *[likely] { $group } verliert wohl Anteile im Lauf der Zeit
        }
       *[up] { $evidence ->
            [robust] { $group } gewinnt Anteile im Lauf der Zeit
           *[likely] { $group } gewinnt wohl Anteile im Lauf der Zeit
        }
    }
    .what = Anteil der Zeilen nach { $dimension }, vorher und nachher
    .verb = { $direction ->
        [down] { $evidence ->
            [robust] fiel
           *[likely] fiel anscheinend
        }
       *[up] { $evidence ->
            [robust] stieg
           *[likely] stieg anscheinend
        }
    }
    .sentence = Der Anteil von { $group } { $verb } im Lauf der Zeit: von { $before } der Zeilen vor dem { $at } auf { $after } danach, ein Unterschied von { $change_size }.
    .short = Der Anteil von { $group } { $verb } im Lauf der Zeit: von { $before } der Zeilen in der ersten Hälfte auf { $after } in der zweiten, ein Unterschied von { $change_size }.
    .bare = Der Anteil von { $group } { $verb } im Lauf der Zeit.
interaction =
    .title = { $evidence ->
        [robust] { $dimension } und { $dimension2 } ergänzen sich unerwartet bei { $measure }
       *[likely] { $dimension } und { $dimension2 } ergänzen sich wohl unerwartet bei { $measure }
    }
    .what = { $mean_of }{ $unit } nach { $dimension } und { $dimension2 }
    .verb = { $evidence ->
        [robust] ist
       *[likely] ist anscheinend
    }
    .sentence = { $mean_of } { $verb } nicht die Summe von { $dimension } und { $dimension2 }: für { $group } mit { $group2 } sind es { $cell_mean } über { $joint_rows } Zeilen, gegenüber { $focus_mean } für { $group } und { $rest_mean } für { $group2 } im Ganzen.
    .short = { $mean_of } { $verb } nicht die Summe von { $dimension } und { $dimension2 }, vor allem nicht für { $group } mit { $group2 }.
    .bare = { $mean_of } { $verb } nicht die Summe von { $dimension } und { $dimension2 }.
round_heaping =
    .title = { $evidence ->
        [robust] { $measure } häuft sich bei Vielfachen von { $threshold }
       *[likely] { $measure } ist wohl auf Vielfache von { $threshold } gerundet
    }
    .what = { what-values }
    .verb = { $evidence ->
        [robust] häufen sich
       *[likely] häufen sich anscheinend
    }
    .sentence = Werte von { $measure } { $verb } bei Vielfachen von { $threshold }: { $count } von { $rows } Werten sind eines, das sind { $focus_share }.
    .short = Werte von { $measure } { $verb } bei Vielfachen von { $threshold }: { $count } von { $rows } Werten sind eines.
    .bare = Werte von { $measure } { $verb } bei Vielfachen von { $threshold }.
threshold_bunching =
    .title = { $evidence ->
        [robust] { $measure } häuft sich knapp unter { $threshold }
       *[likely] { $measure } häuft sich wohl knapp unter { $threshold }
    }
    .what = { what-values }
    .verb = { $evidence ->
        [robust] häufen sich
       *[likely] häufen sich anscheinend
    }
    .sentence = Werte von { $measure } { $verb } knapp unter { $threshold }: { $count } liegen dort, { $focus_share } von allen, gegenüber { $expected_count } in einem gleich langen Stück knapp darüber.
    .short = Werte von { $measure } { $verb } knapp unter { $threshold }: { $count } liegen dort.
    .bare = Werte von { $measure } { $verb } knapp unter { $threshold }.
sentinel =
    .title = { $evidence ->
        [robust] { $value } in { $measure } sieht nach Platzhalter aus
       *[likely] { $value } in { $measure } ist wohl ein Platzhalter
    }
    .what = { what-values }
    .verb = { $evidence ->
        [robust] sieht
       *[likely] sieht anscheinend
    }
    .sentence = { $value } in { $measure } { $verb } nach einem Kürzel für unbekannte Werte aus: { $focus_share } von { $rows } Werten sind genau das, { $count } insgesamt.
    .short = { $value } in { $measure } { $verb } nach einem Kürzel für unbekannte Werte aus: { $count } Zeilen enthalten es.
    .bare = { $value } in { $measure } { $verb } nach einem Kürzel für unbekannte Werte aus.
duplicates =
    .title = { $repeated_rows } Zeilen wiederholen eine frühere Zeile
    .what = Zeilen, die eine frühere genau wiederholen
    .verb = wiederholen
    .sentence = { $repeated_rows } von { $rows } Zeilen { $verb } in jeder Spalte eine frühere Zeile: { $focus_share } der Tabelle.
    .bare = Einige Zeilen { $verb } in jeder Spalte eine frühere Zeile.
period_change =
    .title = { $direction ->
        [down] { $evidence ->
            [robust] { $level } fiel { $when_title }
           *[likely] { $level } fiel wohl { $when_title }
        }
       *[up] { $evidence ->
            [robust] { $level } stieg { $when_title }
           *[likely] { $level } stieg wohl { $when_title }
        }
    }
    .what = { what-level }
    .verb = { change_point.verb }
    .sentence = { $direction ->
        [down] { $level } { $verb } { $when }: auf { $after }, { $change_size } weniger als die { $before } davor (je { bucket-of }); die Summe von { $top_group } änderte sich am meisten, um { $top_contribution }.
       *[up] { $level } { $verb } { $when }: auf { $after }, { $change_size } mehr als die { $before } davor (je { bucket-of }); die Summe von { $top_group } änderte sich am meisten, um { $top_contribution }.
    }
    .short = { $direction ->
        [down] { $level } { $verb } { $when }: auf { $after }, { $change_size } weniger als die { $before } davor (je { bucket-of }).
       *[up] { $level } { $verb } { $when }: auf { $after }, { $change_size } mehr als die { $before } davor (je { bucket-of }).
    }
    .bare = { $level } { $verb } { $when }.
pareto =
    .title = { $evidence ->
        [robust] Wenige Werte von { $dimension } halten das meiste { $measure }
       *[likely] Wenige Werte von { $dimension } halten wohl das meiste
    }
    .what = { what-total-by }
    .verb = { $evidence ->
        [robust] halten
       *[likely] halten anscheinend
    }
    .sentence = { $few } der { $categories } Werte von { $dimension } { $verb } { $focus_share } ({ $total_of }), mit { $row_share } der Zeilen.
    .bare = Wenige Werte von { $dimension } { $verb } das meiste ({ $total_of }).
share_change =
    .title = { $direction ->
        [down] { $evidence ->
            [robust] { $group } verlor Anteile { $when_title }
           *[likely] { $group } verlor wohl Anteile { $when_title }
        }
       *[up] { $evidence ->
            [robust] { $group } gewann Anteile { $when_title }
           *[likely] { $group } gewann wohl Anteile { $when_title }
        }
    }
    .what = Anteil der Zeilen nach { $dimension } im Lauf der Zeit
    .verb = { change_point.verb }
    .sentence = { $direction ->
        [down] Der Anteil von { $group } an den Zeilen { $verb } { $when }: auf { $after }, { $change_size } weniger als die { $before } davor (je { bucket-of }).
       *[up] Der Anteil von { $group } an den Zeilen { $verb } { $when }: auf { $after }, { $change_size } mehr als die { $before } davor (je { bucket-of }).
    }
    .bare = Der Anteil von { $group } an den Zeilen { $verb } { $when }.
new_category =
    .title = { $group } erscheint zuerst { $when_title }
    .what = { what-rows-by }
    .verb = { $evidence ->
        [robust] ist
       *[likely] ist anscheinend
    }
    .sentence = { $group } { $verb } neu: alle { $focus_rows } Zeilen sind vom { $at } oder später.
    .bare = { $group } { $verb } neu.
lost_category =
    .title = { $group } zuletzt gesehen vor dem { $at_short }
    .what = { what-rows-by }
    .verb = { $evidence ->
        [robust] ist
       *[likely] ist anscheinend
    }
    .sentence = { $group } { $verb } verschwunden: alle { $focus_rows } Zeilen sind von vor dem { $at }.
    .bare = { $group } { $verb } verschwunden.
record_high =
    .title = { $level } mit Höchststand { $when_title }
    .what = { what-level }
    .verb = { $evidence ->
        [robust] erreichte
       *[likely] erreichte anscheinend
    }
    .sentence = { $level } { $verb } { $when } den höchsten Wert: { $focus_mean }, { $difference } mehr als die { $rest_mean } aller anderen Zeilen.
    .bare = { $level } { $verb } { $when } den höchsten Wert.
record_low =
    .title = { $level } mit Tiefststand { $when_title }
    .what = { what-level }
    .verb = { $evidence ->
        [robust] erreichte
       *[likely] erreichte anscheinend
    }
    .sentence = { $level } { $verb } { $when } den niedrigsten Wert: { $focus_mean }, { $difference } weniger als die { $rest_mean } aller anderen Zeilen.
    .bare = { $level } { $verb } { $when } den niedrigsten Wert.
lead_lag =
    .title = { $evidence ->
        [robust] { $measure2 } folgt { $measure } nach { $lag_written }
       *[likely] { $measure2 } folgt wohl später { $measure }
    }
    .what = { what-pair } im Lauf der Zeit
    .verb = { $evidence ->
        [robust] folgt
       *[likely] folgt anscheinend
    }
    .sentence = { $measure2 } { $verb } { $measure } nach { $lag_written }: die Durchschnitte je { bucket-of } gleichen am meisten denen von { $measure } so lange davor.
    .bare = { $measure2 } { $verb } { $measure } zeitlich nach.
unusual_latest =
    .title = { $direction ->
        [low] Zuletzt ist { $level } ungewöhnlich niedrig
       *[high] Zuletzt ist { $level } ungewöhnlich hoch
    }
    .what = { what-level }
    .verb = { $evidence ->
        [robust] war
       *[likely] war anscheinend
    }
    .sentence = { $direction ->
        [low] { $level } { $verb } { $when } ungewöhnlich niedrig: { $focus_mean }, { $difference } weniger als die { $rest_mean } aller anderen Zeilen.
       *[high] { $level } { $verb } { $when } ungewöhnlich hoch: { $focus_mean }, { $difference } mehr als die { $rest_mean } aller anderen Zeilen.
    }
    .bare = { $direction ->
        [low] { $level } { $verb } { $when } ungewöhnlich niedrig.
       *[high] { $level } { $verb } { $when } ungewöhnlich hoch.
    }
