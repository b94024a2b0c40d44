//! Random writing: whatever is legal leads to a chart that can be drawn, and back.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, NullArray, StringArray,
    TimestampMicrosecondArray,
};
use marey_core::{ChartSpec, FieldName, Mark, PhysicalType, spec::Severity};
use marey_table::{
    Table,
    execute::{ExecuteOptions, execute},
};

use super::*;

/// A small generator for tests: splitmix64 (Steele, Lea and Flood, 2014).
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

const CITIES: [&str; 5] = ["Rome", "New York", "Oslo", "it's \"odd\"", "São Paulo"];
const NAMES: [&str; 8] = [
    "a",
    "hire_date",
    "price (eur.)",
    "x['y']",
    "count",
    "Größe",
    "a b",
    "__row",
];

fn column(kind: usize, rows: usize, draws: &mut Draws) -> (ArrayRef, PhysicalType) {
    let mut hole = {
        let holes = draws.below(3) == 0;
        let mut inner = Draws(draws.next());
        move || holes && inner.below(4) == 0
    };
    let numbers: Vec<Option<i64>> = (0..rows)
        .map(|_| (!hole()).then(|| draws.below(90) as i64 - 20))
        .collect();
    match kind {
        0 => (Arc::new(Int64Array::from(numbers)), PhysicalType::Int),
        1 => {
            let floats: Vec<_> = numbers.iter().map(|n| n.map(|n| n as f64 * 0.37)).collect();
            (Arc::new(Float64Array::from(floats)), PhysicalType::Float)
        }
        2 => {
            let days: Vec<_> = numbers
                .iter()
                .map(|n| n.map(|n| 15_000 + n as i32 * 40))
                .collect();
            (Arc::new(Date32Array::from(days)), PhysicalType::Date)
        }
        3 => {
            let instants: Vec<_> = numbers
                .iter()
                .map(|n| n.map(|n| 1_300_000_000_000_000 + n * 86_400_000_000))
                .collect();
            (
                Arc::new(TimestampMicrosecondArray::from(instants)),
                PhysicalType::Timestamp,
            )
        }
        4 => {
            let truths: Vec<_> = numbers.iter().map(|n| n.map(|n| n % 2 == 0)).collect();
            (Arc::new(BooleanArray::from(truths)), PhysicalType::Boolean)
        }
        5 => (Arc::new(NullArray::new(rows)), PhysicalType::Empty),
        _ => {
            let texts: Vec<_> = numbers
                .iter()
                .map(|n| n.map(|n| CITIES[n.unsigned_abs() as usize % CITIES.len()]))
                .collect();
            (Arc::new(StringArray::from(texts)), PhysicalType::Text)
        }
    }
}

fn table_and_scope(draws: &mut Draws) -> (Table, Scope) {
    let rows = 1 + draws.below(30);
    let mut arrays = Vec::new();
    let mut columns = Vec::new();
    let names = 1 + draws.below(NAMES.len() - 1);
    for name in NAMES.iter().take(names) {
        let kind = draws.below(8);
        let (array, physical) = column(kind, rows, draws);
        let name = FieldName::new(*name);
        columns.push(ScopeColumn {
            name: name.clone(),
            physical,
            nulls: array.null_count() > 0,
            distinct: (rows - array.null_count()) as u64,
            negatives: physical == PhysicalType::Int,
            summable: draws.below(2) == 0,
            identifier: draws.below(5) == 0,
        });
        arrays.push((name, array));
    }
    let text = match draws.below(3) {
        0 => "",
        1 => "show New York or Oslo above 12 between 2011-03-04 and 2012, top five",
        _ => "who's \"Rome\" -- 1,200 %",
    };
    let words = words_of(text);
    let mut values = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        if column.physical == PhysicalType::Text && draws.below(2) == 0 {
            let literal = marey_core::spec::Literal::Text(CITIES[draws.below(CITIES.len())].to_owned());
            values.push(CellValue { column: at, literal });
        }
    }
    let scope = Scope::new(columns, text, words, values);
    let table = Table::from_columns("generated", arrays).unwrap();
    (table, scope)
}

fn words_of(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut words = Vec::new();
    let mut start = 0;
    for piece in text.split(' ') {
        words.push(start..start + piece.len());
        start += piece.len() + 1;
    }
    words
}

/// A whole chart by drawing among the legal actions.
fn random_chart(
    scope: &Scope,
    options: &GrammarOptions,
    draws: &mut Draws,
) -> Option<(Vec<Action>, TierChart)> {
    let mut prefix = Prefix::new(scope, options).ok()?;
    while !prefix.is_complete() {
        let legal: Vec<Action> = prefix.legal().iter().collect();
        assert!(!legal.is_empty(), "dead end after {}", shown(prefix.actions()));
        assert!(
            prefix.actions().len() < MAX_ACTIONS,
            "{}",
            shown(prefix.actions())
        );
        prefix.push_legal(legal[draws.below(legal.len())]);
    }
    Some((prefix.actions().to_vec(), prefix.chart()?))
}

fn shown(actions: &[Action]) -> String {
    let words: Vec<String> = actions.iter().map(Action::to_string).collect();
    words.join(" ")
}

fn check_chart(actions: &[Action], chart: &TierChart, scope: &Scope, table: &Table) {
    let told = || shown(actions);
    assert_eq!(write(chart), actions, "{}", told());
    let spec = lower(chart, scope).unwrap();
    let errors: Vec<_> = spec
        .validate()
        .into_iter()
        .filter(|problem| problem.kind.severity() == Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{}: {errors:?}", told());
    let read = ChartSpec::from_json(&spec.to_json()).unwrap();
    assert!(read.warnings.is_empty(), "{}: {:?}", told(), read.warnings);
    assert_eq!(read.value.canonical(), spec.canonical(), "{}", told());
    let drawn = execute(&spec, table, &ExecuteOptions::default());
    assert!(drawn.is_ok(), "{}: {:?}\n{}", told(), drawn.err(), spec.to_json());
    let lifted = lift_chart(&spec, scope);
    let again = lifted
        .as_ref()
        .map(|chart| lower(chart, scope).unwrap().canonical());
    assert!(again == Ok(spec.canonical()), "{}: {:?}", told(), lifted);
}

fn check(charts: usize, seed: u64, options: impl Fn(&mut Draws, &Scope) -> GrammarOptions) -> usize {
    let mut draws = Draws(seed);
    let mut written = 0;
    for _ in 0..charts / 8 {
        let (table, scope) = table_and_scope(&mut draws);
        for _ in 0..8 {
            let options = options(&mut draws, &scope);
            if let Some((actions, chart)) = random_chart(&scope, &options, &mut draws) {
                check_chart(&actions, &chart, &scope, &table);
                for column in &options.columns {
                    assert!(chart.columns().contains(column), "{}", shown(&actions));
                }
                assert!(options.mark.is_none_or(|mark| chart.mark == mark));
                written += 1;
            }
        }
    }
    written
}

#[test]
fn whatever_is_legal_can_be_drawn() {
    let free = |_: &mut Draws, _: &Scope| GrammarOptions {
        design: Design::Free,
        ..GrammarOptions::default()
    };
    assert!(check(2_000, 1, free) > 1_500);
}

#[test]
fn rules_and_locks_leave_no_dead_ends() {
    let ruled = |draws: &mut Draws, scope: &Scope| GrammarOptions {
        design: Design::Ruled,
        mark: (draws.below(2) == 0).then(|| [Mark::Bar, Mark::Line, Mark::Arc, Mark::Rect][draws.below(4)]),
        columns: (0..draws.below(4))
            .map(|_| draws.below(scope.columns().len()))
            .collect(),
    };
    assert!(check(2_000, 2, ruled) > 500);
}

#[test]
fn illegal_and_unfinished_actions_are_told() {
    let column = ScopeColumn {
        name: FieldName::new("city"),
        physical: PhysicalType::Text,
        nulls: false,
        distinct: 3,
        negatives: false,
        summable: false,
        identifier: false,
    };
    let scope = Scope::new(vec![column], "", Vec::new(), Vec::new());
    let options = GrammarOptions::default();
    let bar: Vec<Action> = vec![
        Token::Mark(Mark::Bar).into(),
        Token::Channel(marey_core::Channel::X).into(),
        Action::Column(0),
    ];
    let unfinished = parse(&bar, &scope, &options);
    assert_eq!(unfinished, Err(ActionError::Unfinished { found: 3 }));
    let mut wrong = bar.clone();
    wrong.push(Token::End.into());
    let illegal = parse(&wrong, &scope, &options).unwrap_err();
    assert!(
        matches!(illegal, ActionError::Illegal { place: 3, .. }),
        "{illegal}"
    );
    let none = Scope::new(Vec::new(), "", Vec::new(), Vec::new());
    assert!(matches!(
        Prefix::new(&none, &options),
        Err(ActionError::NothingToChart { columns: 0 })
    ));
}

#[test]
fn a_range_has_two_bounds() {
    let column = ScopeColumn {
        name: FieldName::new("price"),
        physical: PhysicalType::Int,
        nulls: false,
        distinct: 9,
        negatives: false,
        summable: true,
        identifier: false,
    };
    let legal = |text: &str, actions: &[Action]| {
        let scope = Scope::new(vec![column.clone()], text, words_of(text), Vec::new());
        let options = GrammarOptions {
            design: Design::Free,
            ..GrammarOptions::default()
        };
        let mut prefix = Prefix::new(&scope, &options).unwrap();
        let chart = [
            Token::Mark(Mark::Bar).into(),
            Token::Channel(marey_core::Channel::X).into(),
            Action::Column(0),
            Token::Channel(marey_core::Channel::Y).into(),
            Token::Count.into(),
            Token::Filter.into(),
            Action::Column(0),
        ];
        for action in chart.iter().chain(actions) {
            prefix.push(*action).unwrap();
        }
        prefix.legal()
    };
    let between: Action = Token::Compare(Comparison::Between).into();
    assert!(!legal("price above 100", &[]).contains(between));
    assert!(!legal("100 and 100", &[]).contains(between));
    assert!(legal("100 to 200", &[]).contains(between));
    let first = [between, Action::Word(0), Token::Length(1).into()];
    let second = legal("100 to 200", &first);
    assert!(!second.contains(Action::Word(0)) && second.contains(Action::Word(2)));
    let small = legal("0 to 200", &first);
    assert!(!small.contains(Token::Number(0).into()) && small.contains(Token::Number(1).into()));
}
