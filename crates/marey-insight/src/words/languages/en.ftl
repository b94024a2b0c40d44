# Words of Marey in English.
#
# A slot such as { $group } is filled with finished words: numbers and dates are already written in this language.
# A choice such as { $evidence -> ... } picks a variant and writes nothing itself:
#   evidence   robust (holds under any dependence between tests) or likely
#   direction  up, down, high, low, pos, neg, u, inverted_u
#   bucket     hour, day, week, month, quarter, year: what time is cut into
#   season     day, week, month, quarter, year, other: the length of a cycle
#   strength   weak, moderate, strong: of a correlation
# Titles hold at most ten words. No message may claim a cause.

## Numbers

percent = { $number }%
points = { $size ->
    [one] { $number } percentage point
   *[other] { $number } percentage points
}
amount-currency = { $unit }{ $number }
amount-code = { $unit } { $number }
amount-unit = { $number } { $unit }
range = { $low }–{ $high }
range-signed = { $low } to { $high }
interval = 95% CI { $range }
compact-million = { $number } million
compact-billion = { $number } billion
compact-trillion = { $number } trillion
compact-million-short = { $number }M
compact-billion-short = { $number }B
compact-trillion-short = { $number }T

## Dates

quarter = Q{ $quarter } { $year }
week-of = the week of { $day }
day-and-time = { $day }, { $time }
period = { $from } – { $to }
when-hour = at { $at }
when-day = on { $at }
when-week = in the week of { $at }
when-month = in { $at }
when-quarter = in { $at }
when-year = in { $at }

## Columns

group = { $dimension } { $value }
empty = (empty)
mean-of = average { $measure }
share-of = share of rows with { $measure }
total-of = total { $measure }
rows-of = number of rows
days = days
derived-days = days from { $a } to { $b }
derived-ratio = { $a } per { $b }

deviation-of = standard deviation of { $measure }
share-without = share of rows without { $measure }
share-of-group = share of { $group }
share-of-rows = share of rows
rows = rows
values = Number of values
all-rows = all rows

## Charts

chart-bars = Bar chart
chart-dots = Dot plot
chart-line = Line chart
chart-lines = Two line charts
chart-scatter = Scatter plot
chart-histogram = Histogram
chart-slope = Slope chart
chart-heat = Heat map
alt-short = { $chart }: { $title }.
alt-drawn = { $chart } of { $what }. Across: { $x }; up: { $y }; { $marks } marks.
alt-some = { $marks } of { $rows } rows are drawn.
alt-ends = The lowest is { $low } with { $lowest }, the highest { $high } with { $highest }.
alt-peak = Most values, { $highest }, lie between { $low } and { $high }.{ $lowest }
rows-first = First of their kind
rows-repeated = Repeat an earlier row
remainder-of = { $measure } beyond the last multiple of { $step }
multiples = { $count } multiples
value-count = { $value }: { $count } rows
side-before = Before { $day }
side-from = From { $day }
phase-week = Day of the week
phase-year = Month
phase-other = Day of a cycle of { $days } days

## Stories

lead = { $plural ->
    [one] One finding stands out in { $table }, from { $rows } rows and { $columns } columns.
   *[other] { $told } findings stand out in { $table }, from { $rows } rows and { $columns } columns.
}
lead-nothing = Nothing in { $table } stands out from chance, in { $rows } rows and { $columns } columns.
method = { $family } comparisons were checked and { $passed } passed; of these at most { $fdr } are expected to be false.
untold = { $plural ->
    [one] One more finding passed and is in the data.
   *[other] { $count } more findings passed and are in the data.
}
chapter-warning = Before you trust the rest
chapter-overview = Overview
chapter-drivers = What goes with what
chapter-exceptions = Exceptions
chapter-data_quality = Quality of the data

## Around an insight

title-within = { $title } ({ $where })
sentence-within = Among rows with { $where }: { $sentence }
subtitle = { $what } · { $rows } rows · { $period }
    .timeless = { $what } · { $rows } rows
    .within = { $what } · { $where } · { $rows } rows · { $period }
    .within-timeless = { $what } · { $where } · { $rows } rows
source = Source: { $table }. One of { $family } comparisons checked; expected false share at most { $fdr }.
guard-independent = Rows are taken as independent: no sign against it was found.
guard-spectrum = The interval allows for rows that resemble their neighbours in time.
guard-prewhitened = Both series were freed of their own persistence before they were compared.
guard-blocks = Blocks of neighbouring rows, or of rows of one entity, were the units of the test.
guard-conditioned = The test was repeated within the categories of a third column; the weaker outcome counts.
caveat-not_robust = Holds at the error rate of the whole search, but not under every dependence between its tests.
caveat-autocorrelated = Rows near each other in time resemble each other; the test allows for it.
caveat-clustered = Rows of one entity resemble each other; the test allows for it.
caveat-adjusted = Part of it goes with a third column; what is said holds within that column too.
caveat-few_rows = The rows in focus are few.
caveat-missing_values = Rows without a value were left out.
caveat-sampled = Computed from a sample of the rows.
caveat-heavy_tail = A few large values move the average; the test works on ranks.
caveat-sentinel = { $measure } holds { $value } in { $count } rows, which looks like a code for unknown values; averages of it are not to be trusted.

what-mean-by = { $mean_of }{ $unit } by { $dimension }
what-total-by = { $total_of }{ $unit } by { $dimension }
what-rows-by = Number of rows by { $dimension }
what-over-time = { $mean_of }{ $unit } over time
what-level = { $level }{ $unit } over time
what-pair = { $measure }{ $unit } and { $measure2 }{ $unit2 }
what-values = Distribution of { $measure }{ $unit }

## Insights, one message a kind

outstanding_first =
    .title = { $evidence ->
        [robust] { $group } has the highest { $mean_of }
       *[likely] { $group } appears highest in { $mean_of }
    }
    .what = { what-mean-by }
    .verb = { $evidence ->
        [robust] has
       *[likely] appears to have
    }
    .sentence = { $group } { $verb } the highest { $mean_of }: { $focus_mean } over { $focus_rows } rows, { $difference } more than the { $rest_mean } of all others.
    .bare = { $group } { $verb } the highest { $mean_of } of all { $dimension } values.
outstanding_last =
    .title = { $evidence ->
        [robust] { $group } has the lowest { $mean_of }
       *[likely] { $group } appears lowest in { $mean_of }
    }
    .what = { what-mean-by }
    .verb = { $evidence ->
        [robust] has
       *[likely] appears to have
    }
    .sentence = { $group } { $verb } the lowest { $mean_of }: { $focus_mean } over { $focus_rows } rows, { $difference } less than the { $rest_mean } of all others.
    .bare = { $group } { $verb } the lowest { $mean_of } of all { $dimension } values.
dominance =
    .title = { $evidence ->
        [robust] { $group } has most of the { $total_of }
       *[likely] { $group } appears to hold most { $measure }
    }
    .what = { what-total-by }
    .verb = { $evidence ->
        [robust] has
       *[likely] appears to have
    }
    .sentence = { $group } { $verb } most of the { $total_of }: { $focus_share } of it, with { $row_share } of the rows.
    .bare = { $group } { $verb } most of the { $total_of }.
evenness =
    .title = { $evidence ->
        [robust] Rows are spread evenly over { $dimension }
       *[likely] Rows appear spread evenly over { $dimension }
    }
    .what = { what-rows-by }
    .verb = { $evidence ->
        [robust] are
       *[likely] appear to be
    }
    .sentence = Rows { $verb } spread evenly over { $dimension }: each of its { $categories } values has between { $smallest_rows } and { $largest_rows } rows.
    .short = Rows { $verb } spread evenly over { $dimension }: each of its { $categories } values has { $largest_rows } rows.
    .bare = Rows { $verb } spread evenly over { $dimension }.
group_difference =
    .title = { $evidence ->
        [robust] { $mean_of } differs by { $dimension }
       *[likely] { $mean_of } appears to differ by { $dimension }
    }
    .what = { what-mean-by }
    .verb = { $evidence ->
        [robust] differs
       *[likely] appears to differ
    }
    .sentence = { $mean_of } { $verb } by { $dimension }: from { $lowest_mean } for { $lowest_group } to { $highest_mean } for { $highest_group }, lowest and highest of { $categories } values.
    .bare = { $mean_of } { $verb } by { $dimension }.
outlier_row =
    .title = { $direction ->
        [low] One { $measure } lies far below the rest
       *[high] One { $measure } lies far above the rest
    }
    .what = { what-values }
    .verb = { $evidence ->
        [robust] lies
       *[likely] appears to lie
    }
    .sentence = { $direction ->
        [low] The { $measure } of row { $row } { $verb } far below all others: { $value }, where the next value is { $next_value } and the median { $median }.
       *[high] The { $measure } of row { $row } { $verb } far above all others: { $value }, where the next value is { $next_value } and the median { $median }.
    }
    .bare = { $direction ->
        [low] One { $measure } { $verb } far below all others: { $value }.
       *[high] One { $measure } { $verb } far above all others: { $value }.
    }
outlier_time =
    .title = { $direction ->
        [low] { $evidence ->
            [robust] Unusually
           *[likely] Seemingly
        } low { $measure }, { $bucket ->
            [week] week of { $when_short }
           *[other] { $when_short }
        }
       *[high] { $evidence ->
            [robust] Unusually
           *[likely] Seemingly
        } high { $measure }, { $bucket ->
            [week] week of { $when_short }
           *[other] { $when_short }
        }
    }
    .what = { what-over-time }
    .verb = { $evidence ->
        [robust] was
       *[likely] appears to have been
    }
    .sentence = { $direction ->
        [low] { $mean_of } { $verb } unusually low { $when }: { $focus_mean } over { $focus_rows } rows, { $difference } less than the { $rest_mean } at all other times.
       *[high] { $mean_of } { $verb } unusually high { $when }: { $focus_mean } over { $focus_rows } rows, { $difference } more than the { $rest_mean } at all other times.
    }
    .bare = { $direction ->
        [low] { $mean_of } { $verb } unusually low { $when }.
       *[high] { $mean_of } { $verb } unusually high { $when }.
    }
trend =
    .title = { $direction ->
        [down] { $evidence ->
            [robust] { $mean_of } falls over time
           *[likely] { $mean_of } appears to fall over time
        }
       *[up] { $evidence ->
            [robust] { $mean_of } rises over time
           *[likely] { $mean_of } appears to rise over time
        }
    }
    .what = { what-over-time }
    .verb = { $direction ->
        [down] { $evidence ->
            [robust] falls
           *[likely] appears to fall
        }
       *[up] { $evidence ->
            [robust] rises
           *[likely] appears to rise
        }
    }
    .sentence = { $mean_of } { $verb } over time: by { $slope } { per-slope }, from { $before } in the first quarter of the period to { $after } in the last.
    .short = { $mean_of } { $verb } over time: by { $slope } { per-slope }.
    .bare = { $mean_of } { $verb } over time.
per-slope = { $slope_unit ->
    [day] a day
    [week] a week
    [month] every 30 days
   *[year] a year
}
subspace_trend =
    .title = { $direction ->
        [down] { $evidence ->
            [robust] { $measure } falls over time for { $group }
           *[likely] { $measure } appears to fall for { $group }
        }
       *[up] { $evidence ->
            [robust] { $measure } rises over time for { $group }
           *[likely] { $measure } appears to rise for { $group }
        }
    }
    .what = { $mean_of }{ $unit } over time, { $group } against the rest
    .verb = { trend.verb }
    .sentence = For { $group }, { $mean_of } { $verb } over time: by { $slope } { per-slope }, against a change of { $rest_slope } for all others.
    .short = For { $group }, { $mean_of } { $verb } over time: by { $slope } { per-slope }.
    .bare = For { $group }, { $mean_of } { $verb } over time.
change_point =
    .title = { $direction ->
        [down] { $evidence ->
            [robust] { $measure } fell around { $at_short }
           *[likely] { $measure } appears to fall around { $at_short }
        }
       *[up] { $evidence ->
            [robust] { $measure } rose around { $at_short }
           *[likely] { $measure } appears to rise around { $at_short }
        }
    }
    .what = { what-over-time }
    .verb = { $direction ->
        [down] { $evidence ->
            [robust] fell
           *[likely] appears to have fallen
        }
       *[up] { $evidence ->
            [robust] rose
           *[likely] appears to have risen
        }
    }
    .sentence = { $mean_of } { $verb } around { $at }: from { $before } before to { $after } from then on, a difference of { $change_size }.
    .bare = { $mean_of } { $verb } around { $at }.
seasonality =
    .title = { $evidence ->
        [robust] { $measure } follows { cycle }
       *[likely] { $measure } appears to follow { cycle }
    }
    .what = { what-over-time }
    .verb = { $evidence ->
        [robust] follows
       *[likely] appears to follow
    }
    .sentence = { $mean_of } { $verb } { cycle }: from { $trough_mean } at its lowest to { $peak_mean } at its highest, a difference of { $difference }.
    .bare = { $mean_of } { $verb } { cycle }.
cycle = { $season ->
    [day] a daily cycle
    [week] a weekly cycle
    [month] a monthly cycle
    [quarter] a quarterly cycle
    [year] a yearly cycle
   *[other] a cycle of { $period_days } days
}
correlation =
    .title = { $direction ->
        [neg] { $evidence ->
            [robust] { $measure2 } falls as { $measure } rises
           *[likely] { $measure2 } appears to fall as { $measure } rises
        }
       *[pos] { $evidence ->
            [robust] { $measure } and { $measure2 } rise together
           *[likely] { $measure } and { $measure2 } appear to rise together
        }
    }
    .what = { what-pair }
    .verb = { $direction ->
        [neg] { $evidence ->
            [robust] falls
           *[likely] appears to fall
        }
       *[pos] { $evidence ->
            [robust] rise
           *[likely] appear to rise
        }
    }
    .sentence = { $direction ->
        [neg] { $measure2 } { $verb } as { $measure } rises: a { strength-of } rank correlation of { $rank_correlation } over { $rows } rows.
       *[pos] { $measure } and { $measure2 } { $verb } together: a { strength-of } rank correlation of { $rank_correlation } over { $rows } rows.
    }
    .bare = { $direction ->
        [neg] { $measure2 } { $verb } as { $measure } rises.
       *[pos] { $measure } and { $measure2 } { $verb } together.
    }
strength-of = { $strength ->
    [weak] weak
    [moderate] moderate
   *[strong] strong
}
nonlinear =
    .title = { $direction ->
        [u] { $evidence ->
            [robust] { $measure2 } is lowest at middle { $measure }
           *[likely] { $measure2 } appears lowest at middle { $measure }
        }
       *[inverted_u] { $evidence ->
            [robust] { $measure2 } is highest at middle { $measure }
           *[likely] { $measure2 } appears highest at middle { $measure }
        }
    }
    .what = { what-pair }
    .verb = { $evidence ->
        [robust] is
       *[likely] appears to be
    }
    .sentence = { $direction ->
        [u] { $measure2 } { $verb } lowest at middle values of { $measure }: { $middle_mean } on average in the middle third and { $outer_mean } in the outer thirds, a difference of { $difference }.
       *[inverted_u] { $measure2 } { $verb } highest at middle values of { $measure }: { $middle_mean } on average in the middle third and { $outer_mean } in the outer thirds, a difference of { $difference }.
    }
    .bare = { $direction ->
        [u] { $measure2 } { $verb } lowest at middle values of { $measure }.
       *[inverted_u] { $measure2 } { $verb } highest at middle values of { $measure }.
    }
clusters =
    .title = { $evidence ->
        [robust] { $measure } and { $measure2 } form separate groups
       *[likely] { $measure } and { $measure2 } appear to form groups
    }
    .what = { what-pair }
    .verb = { $evidence ->
        [robust] fall
       *[likely] appear to fall
    }
    .sentence = The { $rows } rows { $verb } into { $clusters } separate groups by { $measure } and { $measure2 }.
    .bare = Rows { $verb } into separate groups by { $measure } and { $measure2 }.
simpson =
    .title = { $evidence ->
        [robust] { $measure } and { $measure2 } reverse within { $dimension }
       *[likely] { $measure } and { $measure2 } seem reversed within { $dimension }
    }
    .what = { $measure }{ $unit } and { $measure2 }{ $unit2 } by { $dimension }
    .verb = { $evidence ->
        [robust] turns
       *[likely] appears to turn
    }
    .sentence = The relation of { $measure } and { $measure2 } { $verb } around once rows are split by { $dimension }: the correlation is { $correlation } overall, but { $within_correlation } within its { $categories } values.
    .bare = The relation of { $measure } and { $measure2 } { $verb } around once rows are split by { $dimension }.
comovement =
    .title = { $direction ->
        [neg] { $evidence ->
            [robust] { $measure } and { $measure2 } move in opposite directions
           *[likely] { $measure } and { $measure2 } seem to move oppositely
        }
       *[pos] { $evidence ->
            [robust] { $measure } and { $measure2 } move together over time
           *[likely] { $measure } and { $measure2 } appear to move together
        }
    }
    .what = { what-pair } over time
    .verb = { $evidence ->
        [robust] move
       *[likely] appear to move
    }
    .sentence = { $direction ->
        [neg] { $measure } and { $measure2 } { $verb } in opposite directions over time: their averages by { bucket-of } have a correlation of { $within_correlation }.
       *[pos] { $measure } and { $measure2 } { $verb } together over time: their averages by { bucket-of } have a correlation of { $within_correlation }.
    }
    .bare = { $direction ->
        [neg] { $measure } and { $measure2 } { $verb } in opposite directions over time.
       *[pos] { $measure } and { $measure2 } { $verb } together over time.
    }
bucket-of = { $bucket ->
    [hour] hour
    [day] day
    [week] week
    [month] month
    [quarter] quarter
   *[year] year
}
buckets-of = { $bucket ->
    [hour] hours
    [day] days
    [week] weeks
    [month] months
    [quarter] quarters
   *[year] years
}
lag-written = { $plural ->
    [one] { $lag } { bucket-of }
   *[other] { $lag } { buckets-of }
}
multimodal =
    .title = { $evidence ->
        [robust] { $measure } has more than one peak
       *[likely] { $measure } appears to have several peaks
    }
    .what = { what-values }
    .verb = { $evidence ->
        [robust] gather
       *[likely] appear to gather
    }
    .sentence = The { $rows } values of { $measure } { $verb } around more than one peak; the median is { $median }.
    .short = The { $rows } values of { $measure } { $verb } around more than one peak.
    .bare = Values of { $measure } { $verb } around more than one peak.
missingness =
    .title = { $direction ->
        [low] { $evidence ->
            [robust] { $measure } is missing less often in { $group }
           *[likely] { $measure } appears missing less often in { $group }
        }
       *[high] { $evidence ->
            [robust] { $measure } is missing more often in { $group }
           *[likely] { $measure } appears missing more often in { $group }
        }
    }
    .what = Share of rows without { $measure } by { $dimension }
    .verb = { $evidence ->
        [robust] is
       *[likely] appears to be
    }
    .sentence = { $direction ->
        [low] { $measure } { $verb } missing less often in { $group }: in { $focus_missing } of its { $focus_rows } rows, { $change_size } less than the { $rest_missing } of all others.
       *[high] { $measure } { $verb } missing more often in { $group }: in { $focus_missing } of its { $focus_rows } rows, { $change_size } more than the { $rest_missing } of all others.
    }
    .short = { $direction ->
        [low] { $measure } { $verb } missing less often in { $group }: in { $focus_missing } of its rows, against { $rest_missing } of all others.
       *[high] { $measure } { $verb } missing more often in { $group }: in { $focus_missing } of its rows, against { $rest_missing } of all others.
    }
    .bare = { $direction ->
        [low] { $measure } { $verb } missing less often in { $group }.
       *[high] { $measure } { $verb } missing more often in { $group }.
    }
variance_diff =
    .title = { $direction ->
        [low] { $evidence ->
            [robust] { $measure } varies less in { $group }
           *[likely] { $measure } appears to vary less in { $group }
        }
       *[high] { $evidence ->
            [robust] { $measure } varies more in { $group }
           *[likely] { $measure } appears to vary more in { $group }
        }
    }
    .what = Standard deviation of { $measure }{ $unit } by { $dimension }
    .verb = { $evidence ->
        [robust] varies
       *[likely] appears to vary
    }
    .sentence = { $direction ->
        [low] { $measure } { $verb } less in { $group }: its standard deviation is { $focus_deviation } over { $focus_rows } rows, { $deviation_ratio } times the { $rest_deviation } of all others.
       *[high] { $measure } { $verb } more in { $group }: its standard deviation is { $focus_deviation } over { $focus_rows } rows, { $deviation_ratio } times the { $rest_deviation } of all others.
    }
    .bare = { $direction ->
        [low] { $measure } { $verb } less in { $group }.
       *[high] { $measure } { $verb } more in { $group }.
    }
association =
    .title = { $direction ->
        [low] { $evidence ->
            [robust] { $group } goes with { $group2 } unusually seldom
           *[likely] { $group } appears to go with { $group2 } seldom
        }
       *[high] { $evidence ->
            [robust] { $group } goes with { $group2 } unusually often
           *[likely] { $group } appears to go with { $group2 }
        }
    }
    .what = Share of { $group2 } by { $dimension }
    .verb = { $evidence ->
        [robust] goes
       *[likely] appears to go
    }
    .sentence = { $direction ->
        [low] { $group } { $verb } with { $group2 } unusually seldom: in { $share_within } of its { $focus_rows } rows, { $change_size } less than the { $share_elsewhere } of all others.
       *[high] { $group } { $verb } with { $group2 } unusually often: in { $share_within } of its { $focus_rows } rows, { $change_size } more than the { $share_elsewhere } of all others.
    }
    .short = { $direction ->
        [low] { $group } { $verb } with { $group2 } unusually seldom: in { $share_within } of its rows, against { $share_elsewhere } of all others.
       *[high] { $group } { $verb } with { $group2 } unusually often: in { $share_within } of its rows, against { $share_elsewhere } of all others.
    }
    .bare = { $direction ->
        [low] { $group } { $verb } with { $group2 } unusually seldom.
       *[high] { $group } { $verb } with { $group2 } unusually often.
    }
composition_shift =
    .title = { $direction ->
        [down] { $evidence ->
            [robust] { $group } loses share of rows over time
           *[likely] { $group } appears to lose share over time
        }
       *[up] { $evidence ->
            [robust] { $group } gains share of rows over time
           *[likely] { $group } appears to gain share over time
        }
    }
    .what = Share of rows by { $dimension }, before and after
    .verb = { $direction ->
        [down] { $evidence ->
            [robust] fell
           *[likely] appears to have fallen
        }
       *[up] { $evidence ->
            [robust] rose
           *[likely] appears to have risen
        }
    }
    .sentence = The share of { $group } { $verb } over time: from { $before } of the rows before { $at } to { $after } from then on, a difference of { $change_size }.
    .short = The share of { $group } { $verb } over time: from { $before } of the rows in the first half to { $after } in the second, a difference of { $change_size }.
    .bare = The share of { $group } { $verb } over time.
interaction =
    .title = { $evidence ->
        [robust] { $dimension } and { $dimension2 } combine unexpectedly in { $measure }
       *[likely] { $dimension } and { $dimension2 } seem to interact in { $measure }
    }
    .what = { $mean_of }{ $unit } by { $dimension } and { $dimension2 }
    .verb = { $evidence ->
        [robust] is
       *[likely] appears to be
    }
    .sentence = { $mean_of } { $verb } not what { $dimension } and { $dimension2 } add up to: for { $group } with { $group2 } it is { $cell_mean } over { $joint_rows } rows, against { $focus_mean } for { $group } and { $rest_mean } for { $group2 } as a whole.
    .short = { $mean_of } { $verb } not what { $dimension } and { $dimension2 } add up to, most of all for { $group } with { $group2 }.
    .bare = { $mean_of } { $verb } not what { $dimension } and { $dimension2 } add up to.
round_heaping =
    .title = { $evidence ->
        [robust] { $measure } piles up at multiples of { $threshold }
       *[likely] { $measure } seems rounded to multiples of { $threshold }
    }
    .what = { what-values }
    .verb = { $evidence ->
        [robust] pile
       *[likely] appear to pile
    }
    .sentence = Values of { $measure } { $verb } up at multiples of { $threshold }: { $count } of { $rows } are such multiples, that is { $focus_share }.
    .short = Values of { $measure } { $verb } up at multiples of { $threshold }: { $count } of { $rows } are such multiples.
    .bare = Values of { $measure } { $verb } up at multiples of { $threshold }.
threshold_bunching =
    .title = { $evidence ->
        [robust] { $measure } piles up just below { $threshold }
       *[likely] { $measure } appears to bunch just below { $threshold }
    }
    .what = { what-values }
    .verb = { $evidence ->
        [robust] pile
       *[likely] appear to pile
    }
    .sentence = Values of { $measure } { $verb } up just below { $threshold }: { $count } lie there, { $focus_share } of all, against { $expected_count } in an equal stretch just above.
    .short = Values of { $measure } { $verb } up just below { $threshold }: { $count } lie there.
    .bare = Values of { $measure } { $verb } up just below { $threshold }.
sentinel =
    .title = { $evidence ->
        [robust] { $value } in { $measure } looks like a stand-in
       *[likely] { $value } in { $measure } may be a stand-in
    }
    .what = { what-values }
    .verb = { $evidence ->
        [robust] looks
       *[likely] appears to look
    }
    .sentence = { $value } in { $measure } { $verb } like a code for unknown values: { $focus_share } of { $rows } values are exactly that, { $count } in all.
    .short = { $value } in { $measure } { $verb } like a code for unknown values: { $count } rows hold it.
    .bare = { $value } in { $measure } { $verb } like a code for unknown values.
duplicates =
    .title = { $repeated_rows } rows repeat an earlier row
    .what = Rows that repeat an earlier row exactly
    .verb = repeat
    .sentence = { $repeated_rows } of { $rows } rows { $verb } an earlier row in every column: { $focus_share } of the table.
    .bare = Some rows { $verb } an earlier row in every column.
period_change =
    .title = { $direction ->
        [down] { $evidence ->
            [robust] { $level } fell { $when_title }
           *[likely] { $level } appears to have fallen { $when_title }
        }
       *[up] { $evidence ->
            [robust] { $level } rose { $when_title }
           *[likely] { $level } appears to have risen { $when_title }
        }
    }
    .what = { what-level }
    .verb = { change_point.verb }
    .sentence = { $direction ->
        [down] { $level } { $verb } { $when }: to { $after }, { $change_size } less than the { $before } of the { bucket-of } before; { $top_group } changed most in total, by { $top_contribution }.
       *[up] { $level } { $verb } { $when }: to { $after }, { $change_size } more than the { $before } of the { bucket-of } before; { $top_group } changed most in total, by { $top_contribution }.
    }
    .short = { $direction ->
        [down] { $level } { $verb } { $when }: to { $after }, { $change_size } less than the { $before } of the { bucket-of } before.
       *[up] { $level } { $verb } { $when }: to { $after }, { $change_size } more than the { $before } of the { bucket-of } before.
    }
    .bare = { $level } { $verb } { $when }.
pareto =
    .title = { $evidence ->
        [robust] Few { $dimension } values hold most { $measure }
       *[likely] Few { $dimension } values seem to hold most { $measure }
    }
    .what = { what-total-by }
    .verb = { $evidence ->
        [robust] hold
       *[likely] appear to hold
    }
    .sentence = { $few } of the { $categories } values of { $dimension } { $verb } { $focus_share } of the { $total_of }, with { $row_share } of the rows.
    .bare = Few values of { $dimension } { $verb } most of the { $total_of }.
share_change =
    .title = { $direction ->
        [down] { $evidence ->
            [robust] { $group } lost share { $when_title }
           *[likely] { $group } appears to lose share { $when_title }
        }
       *[up] { $evidence ->
            [robust] { $group } gained share { $when_title }
           *[likely] { $group } appears to gain share { $when_title }
        }
    }
    .what = Share of rows by { $dimension } over time
    .verb = { change_point.verb }
    .sentence = { $direction ->
        [down] The share of { $group } among rows { $verb } { $when }: to { $after }, { $change_size } less than the { $before } of the { bucket-of } before.
       *[up] The share of { $group } among rows { $verb } { $when }: to { $after }, { $change_size } more than the { $before } of the { bucket-of } before.
    }
    .bare = The share of { $group } among rows { $verb } { $when }.
new_category =
    .title = { $group } first appears { $when_title }
    .what = { what-rows-by }
    .verb = { $evidence ->
        [robust] is
       *[likely] appears to be
    }
    .sentence = { $group } { $verb } new: its { $focus_rows } rows all date from { $at } or later.
    .bare = { $group } { $verb } new.
lost_category =
    .title = { $group } is last seen before { $at_short }
    .what = { what-rows-by }
    .verb = { $evidence ->
        [robust] is
       *[likely] appears to be
    }
    .sentence = { $group } { $verb } gone: its { $focus_rows } rows all date from before { $at }.
    .bare = { $group } { $verb } gone.
record_high =
    .title = { $level } reached a record high { $when_title }
    .what = { what-level }
    .verb = { $evidence ->
        [robust] reached
       *[likely] appears to have reached
    }
    .sentence = { $level } { $verb } its highest value { $when }: { $focus_mean }, { $difference } more than the { $rest_mean } of all other rows.
    .bare = { $level } { $verb } its highest value { $when }.
record_low =
    .title = { $level } reached a record low { $when_title }
    .what = { what-level }
    .verb = { $evidence ->
        [robust] reached
       *[likely] appears to have reached
    }
    .sentence = { $level } { $verb } its lowest value { $when }: { $focus_mean }, { $difference } less than the { $rest_mean } of all other rows.
    .bare = { $level } { $verb } its lowest value { $when }.
lead_lag =
    .title = { $evidence ->
        [robust] { $measure2 } follows { $measure } after { $lag_written }
       *[likely] { $measure2 } appears to follow { $measure } later
    }
    .what = { what-pair } over time
    .verb = { $evidence ->
        [robust] follows
       *[likely] appears to follow
    }
    .sentence = { $measure2 } { $verb } { $measure } after { $lag_written }: its averages by { bucket-of } are most like those of { $measure } so much earlier.
    .bare = { $measure2 } { $verb } { $measure } in time.
unusual_latest =
    .title = { $direction ->
        [low] Latest { $level } is unusually low
       *[high] Latest { $level } is unusually high
    }
    .what = { what-level }
    .verb = { $evidence ->
        [robust] was
       *[likely] appears to have been
    }
    .sentence = { $direction ->
        [low] { $level } { $verb } unusually low { $when }: { $focus_mean }, { $difference } less than the { $rest_mean } of all other rows.
       *[high] { $level } { $verb } unusually high { $when }: { $focus_mean }, { $difference } more than the { $rest_mean } of all other rows.
    }
    .bare = { $direction ->
        [low] { $level } { $verb } unusually low { $when }.
       *[high] { $level } { $verb } unusually high { $when }.
    }
