//! [`write`]: a chart of the tier as actions.

use super::{Action, Condition, Function, LiteralRef, Order, Shown, Test, TierChart, Token};

/// The actions that say a chart.
pub fn write(chart: &TierChart) -> Vec<Action> {
    let mut actions = vec![Token::Mark(chart.mark).into()];
    for slot in &chart.slots {
        actions.push(Token::Channel(slot.channel).into());
        write_shown(&slot.shown, &mut actions);
    }
    actions.extend(chart.stack.map(|kind| Action::Token(Token::Stack(kind))));
    if let Some((channel, order)) = &chart.sort {
        actions.push(Token::Sort(*channel).into());
        match order {
            Order::SelfDescending => actions.push(Token::SelfDescending.into()),
            Order::Unsorted => actions.push(Token::Unsorted.into()),
            Order::By(channel, descending) => actions.push(Token::By(*channel, *descending).into()),
            Order::BySummary(descending, shown) => {
                actions.push(Token::BySummary(*descending).into());
                write_shown(shown, &mut actions);
            }
        }
    }
    if let Some(condition) = &chart.filter {
        actions.push(Token::Filter.into());
        write_condition(condition, &mut actions);
    }
    if let Some(limit) = &chart.limit {
        actions.push(Token::Limit.into());
        write_literal(limit.count, &mut actions);
        actions.push(match limit.key {
            Some(key) => Token::By(key.channel, key.descending).into(),
            None => Token::Unsorted.into(),
        });
    }
    actions.push(Token::End.into());
    actions
}

fn write_shown(shown: &Shown, actions: &mut Vec<Action>) {
    actions.extend(shown.level.map(|level| Action::Token(Token::Type(level))));
    match shown.function {
        Function::Raw => {}
        Function::Count => actions.push(Token::Count.into()),
        Function::Summary(summary) => actions.push(Token::Summary(summary).into()),
        Function::Unit(unit) => actions.push(Token::Unit(unit).into()),
        Function::Bin(bins) => actions.push(Token::Bin(bins).into()),
    }
    actions.extend(shown.column.map(Action::Column));
}

fn write_condition(condition: &Condition, actions: &mut Vec<Action>) {
    let (open, parts) = match condition {
        Condition::All(parts) => (Token::All, parts),
        Condition::Any(parts) => (Token::Any, parts),
        Condition::Test(test) => return write_test(test, actions),
    };
    actions.push(open.into());
    for part in parts {
        write_condition(part, actions);
    }
    actions.push(Token::Close.into());
}

fn write_test(test: &Test, actions: &mut Vec<Action>) {
    actions.push(Action::Column(test.column));
    actions.push(Token::Compare(test.comparison).into());
    for literal in &test.literals {
        write_literal(*literal, actions);
    }
    let (least, most) = test.comparison.literals();
    if least < most {
        actions.push(Token::Close.into());
    }
}

fn write_literal(of: LiteralRef, actions: &mut Vec<Action>) {
    match of {
        LiteralRef::Value(at) => actions.push(Action::Value(at)),
        LiteralRef::Span(start, words) => {
            actions.push(Action::Word(start));
            actions.push(Token::Length(words as u8).into());
        }
        LiteralRef::Number(number) => actions.push(Token::Number(number).into()),
        LiteralRef::Truth(truth) => actions.push(Token::Truth(truth).into()),
    }
}
