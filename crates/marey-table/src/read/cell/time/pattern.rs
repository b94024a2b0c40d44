//! Layouts of dates and times as strftime patterns.

use super::layout::{DateLayout, DayOrder, Layout, TimeLayout, ZoneLayout};

/// The strftime pattern of a layout. Padding is not told apart: `%d` stands for `1` and `01`.
pub(super) fn pattern(layout: Layout, order: DayOrder) -> String {
    let date = date_pattern(layout, order);
    let time = time_pattern(layout.time);
    let zone = match layout.zone {
        ZoneLayout::None => "",
        ZoneLayout::Zulu => "Z",
        ZoneLayout::Offset => "%z",
        ZoneLayout::Name => " %Z",
    };
    match layout.date {
        DateLayout::Ctime => format!("{date} {time}{zone} %Y"),
        _ if layout.join == 0 => format!("{date}{time}{zone}"),
        _ => format!("{date}{}{time}{zone}", char::from(layout.join)),
    }
}

fn date_pattern(layout: Layout, order: DayOrder) -> String {
    let mark = match layout.separator {
        0 => String::new(),
        mark => char::from(mark).to_string(),
    };
    let (first, second) = match order {
        DayOrder::DayFirst => ("%d", "%m"),
        DayOrder::MonthFirst => ("%m", "%d"),
    };
    match layout.date {
        DateLayout::None => String::new(),
        DateLayout::YearMonthDay => format!("%Y{mark}%m{mark}%d"),
        DateLayout::Numeric => format!("{first}{mark}{second}{mark}%Y"),
        DateLayout::NumericShort => format!("{first}{mark}{second}{mark}%y"),
        DateLayout::DayName => format!("%d{mark}%b{mark}%Y"),
        DateLayout::DayNameShort => format!("%d{mark}%b{mark}%y"),
        DateLayout::NameDay => "%b %d, %Y".into(),
        DateLayout::YearNameDay => format!("%Y{mark}%b{mark}%d"),
        DateLayout::YearMonth => format!("%Y{mark}%m"),
        DateLayout::MonthYear => format!("%m{mark}%Y"),
        DateLayout::NameYear => format!("%b{mark}%Y"),
        DateLayout::NameYearShort => format!("%b{mark}%y"),
        DateLayout::YearName => format!("%Y{mark}%b"),
        DateLayout::YearQuarter => format!("%Y{mark}Q%q"),
        DateLayout::QuarterYear => format!("Q%q{mark}%Y"),
        DateLayout::IsoWeek => "%G-W%V".into(),
        DateLayout::Compact => "%Y%m%d".into(),
        DateLayout::Ctime => "%b %d".into(),
    }
}

fn time_pattern(time: TimeLayout) -> String {
    let hour = if time.twelve_hours { "%I" } else { "%H" };
    let colon = if time.compact { "" } else { ":" };
    let clock = match time.parts {
        0 => return String::new(),
        1 => hour.to_owned(),
        2 => format!("{hour}{colon}%M"),
        3 => format!("{hour}{colon}%M{colon}%S"),
        _ => format!("{hour}{colon}%M{colon}%S%.f"),
    };
    if time.twelve_hours { clock + " %p" } else { clock }
}
