//! The part of the automaton that writes conditions.
//!
//! A condition is written in prefix form: `all( … )` and `any( … )` hold at least two conditions,
//! and a test is a column, a comparison and its literals.

use marey_core::{PhysicalType, spec::Literal};

use super::{
    Action, Comparison, Condition, Legal, LiteralRef, Scope, Test, Token, scope::MAX_SPAN, token::NUMBERS,
};

/// Most tests of a condition.
pub(super) const MAX_TESTS: usize = 6;
/// Most lists within each other.
const MAX_DEPTH: usize = 3;
/// Most literals of a list.
pub(super) const MAX_LISTED: usize = 5;

/// A condition while it is written.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct ConditionState {
    open: Vec<List>,
    tests: usize,
    test: Option<OpenTest>,
}

#[derive(Debug, Clone, PartialEq)]
struct List {
    all: bool,
    parts: Vec<Condition>,
}

#[derive(Debug, Clone, PartialEq)]
struct OpenTest {
    column: usize,
    comparison: Option<Comparison>,
    literals: Vec<LiteralRef>,
    span: Option<usize>,
}

impl ConditionState {
    /// What may come next.
    pub(super) fn legal(&self, scope: &Scope, legal: &mut Legal) {
        match &self.test {
            None => self.legal_part(scope, legal),
            Some(OpenTest {
                column,
                comparison: None,
                ..
            }) => {
                for comparison in Comparison::ALL {
                    legal.allow_if(
                        can_compare(scope, *column, comparison),
                        Token::Compare(comparison),
                    );
                }
            }
            Some(OpenTest {
                column,
                comparison: Some(comparison),
                literals,
                span,
            }) => {
                legal_literal(scope, *column, *comparison, literals.len(), *span, legal);
                if let (Comparison::Between, [first]) = (*comparison, literals.as_slice()) {
                    bar_equal(scope, *column, *first, *span, legal);
                }
            }
        }
    }

    fn legal_part(&self, scope: &Scope, legal: &mut Legal) {
        let enough = self.open.last().is_some_and(|list| list.parts.len() >= 2);
        legal.allow_if(enough, Token::Close);
        let inside = self.open.last().map(|list| list.all);
        // A test here is one of the part that the innermost list may still need.
        let missing = self
            .missing()
            .saturating_sub(usize::from(!self.open.is_empty() && !enough));
        if self.tests + 1 + missing <= MAX_TESTS {
            for column in 0..scope.columns().len() {
                legal.columns[column] = is_testable(scope, column);
            }
        }
        if self.open.len() < MAX_DEPTH && self.tests + 2 + missing <= MAX_TESTS {
            legal.allow_if(inside != Some(true), Token::All);
            legal.allow_if(inside != Some(false), Token::Any);
        }
    }

    /// Tests that must still come so that every open list has two parts.
    fn missing(&self) -> usize {
        let innermost = self.open.len().saturating_sub(1);
        let needs = self.open.iter().enumerate().map(|(at, list)| {
            // A list that is open counts as a part of the one around it.
            let parts = list.parts.len() + usize::from(at < innermost);
            2_usize.saturating_sub(parts)
        });
        needs.sum()
    }

    /// Takes an action that was legal; gives the condition when it is complete.
    pub(super) fn push(&mut self, action: Action) -> Option<Condition> {
        let done = match action {
            Action::Token(Token::All) => {
                self.open.push(List {
                    all: true,
                    parts: Vec::new(),
                });
                None
            }
            Action::Token(Token::Any) => {
                self.open.push(List {
                    all: false,
                    parts: Vec::new(),
                });
                None
            }
            Action::Token(Token::Close) if self.test.is_none() => {
                let list = self.open.pop()?;
                Some(match list.all {
                    true => Condition::All(list.parts),
                    false => Condition::Any(list.parts),
                })
            }
            Action::Column(column) => {
                self.tests += 1;
                self.test = Some(OpenTest {
                    column,
                    comparison: None,
                    literals: Vec::new(),
                    span: None,
                });
                None
            }
            other => self.push_test(other).map(Condition::Test),
        };
        self.finish(done?)
    }

    fn push_test(&mut self, action: Action) -> Option<Test> {
        let open = self.test.as_mut()?;
        let mut closed = false;
        match (action, open.span) {
            (Action::Token(Token::Compare(comparison)), _) => open.comparison = Some(comparison),
            (Action::Word(at), _) => open.span = Some(at),
            (Action::Token(Token::Length(words)), Some(start)) => {
                open.literals.push(LiteralRef::Span(start, usize::from(words)));
                open.span = None;
            }
            (Action::Value(at), _) => open.literals.push(LiteralRef::Value(at)),
            (Action::Token(Token::Number(number)), _) => open.literals.push(LiteralRef::Number(number)),
            (Action::Token(Token::Truth(truth)), _) => open.literals.push(LiteralRef::Truth(truth)),
            (Action::Token(Token::Close), _) => closed = true,
            _ => {}
        }
        let comparison = open.comparison?;
        let (least, most) = comparison.literals();
        let complete = open.span.is_none() && (closed || least == most && open.literals.len() == most);
        if !complete {
            return None;
        }
        let open = self.test.take()?;
        Some(Test {
            column: open.column,
            comparison,
            literals: open.literals,
        })
    }

    /// Puts a finished part into the list around it, or ends the condition.
    fn finish(&mut self, part: Condition) -> Option<Condition> {
        match self.open.last_mut() {
            None => Some(part),
            Some(list) => {
                list.parts.push(part);
                None
            }
        }
    }
}

/// Whether a column can be compared with anything.
pub(super) fn is_testable(scope: &Scope, column: usize) -> bool {
    scope.columns()[column].is_usable()
        && Comparison::ALL
            .into_iter()
            .any(|comparison| can_compare(scope, column, comparison))
}

fn can_compare(scope: &Scope, column: usize, comparison: Comparison) -> bool {
    let own = &scope.columns()[column];
    let ordered = own.is_number() || own.is_time();
    match comparison {
        Comparison::IsNull | Comparison::NotNull => true,
        pattern if pattern.is_pattern() => own.physical == PhysicalType::Text && has_part(scope, column),
        Comparison::Between => ordered && has_two_literals(scope, column),
        ordering if ordering.is_ordering() => ordered && has_literal(scope, column),
        Comparison::In | Comparison::NotIn => {
            own.physical != PhysicalType::Boolean && has_literal(scope, column)
        }
        _ => has_literal(scope, column),
    }
}

fn has_literal(scope: &Scope, column: usize) -> bool {
    let own = &scope.columns()[column];
    own.is_number()
        || own.physical == PhysicalType::Boolean
        || scope.values().iter().any(|value| value.column == column)
        || (0..scope.words().len()).any(|word| spans(scope, column, word, false).next().is_some())
}

/// Whether the request spells two different values of a column, so that a range can have two bounds.
fn has_two_literals(scope: &Scope, column: usize) -> bool {
    let mut all = (0..scope.words().len())
        .flat_map(|word| spans(scope, column, word, false).map(move |length| LiteralRef::Span(word, length)))
        .filter_map(|of| scope.literal(column, of));
    let first = all.next();
    first.is_some() && all.any(|other| Some(&other) != first.as_ref())
}

/// Bars the second bound of a range from being the first again.
fn bar_equal(scope: &Scope, column: usize, first: LiteralRef, span: Option<usize>, legal: &mut Legal) {
    let first = scope.literal(column, first);
    let differs = |of: LiteralRef| scope.literal(column, of) != first;
    if let Some(start) = span {
        for length in 1..=MAX_SPAN {
            if !differs(LiteralRef::Span(start, length)) {
                legal.bar(Token::Length(length as u8));
            }
        }
        return;
    }
    for word in 0..scope.words().len() {
        let mut own = spans(scope, column, word, false);
        legal.words[word] &= own.any(|length| differs(LiteralRef::Span(word, length)));
    }
    for at in 0..scope.values().len() {
        legal.values[at] &= differs(LiteralRef::Value(at));
    }
    for number in NUMBERS {
        if !differs(LiteralRef::Number(number)) {
            legal.bar(Token::Number(number));
        }
    }
}

fn has_part(scope: &Scope, column: usize) -> bool {
    (0..scope.values().len()).any(|at| is_text_of(scope, column, at))
        || (0..scope.words().len()).any(|word| spans(scope, column, word, true).next().is_some())
}

fn is_text_of(scope: &Scope, column: usize, at: usize) -> bool {
    let value = &scope.values()[at];
    value.column == column && matches!(value.literal, Literal::Text(_))
}

/// The lengths of spans from a word that read as a value of a column, or as a part of a text.
fn spans(scope: &Scope, column: usize, start: usize, part: bool) -> impl Iterator<Item = usize> + '_ {
    (1..=MAX_SPAN).filter(move |length| {
        let of = LiteralRef::Span(start, *length);
        match part {
            true => scope.part(of).is_some(),
            false => scope.literal(column, of).is_some(),
        }
    })
}

fn legal_literal(
    scope: &Scope,
    column: usize,
    comparison: Comparison,
    given: usize,
    span: Option<usize>,
    legal: &mut Legal,
) {
    let part = comparison.is_pattern();
    if let Some(start) = span {
        for length in spans(scope, column, start, part) {
            legal.allow(Token::Length(length as u8));
        }
        return;
    }
    let (least, most) = comparison.literals();
    legal.allow_if(least < most && given >= least, Token::Close);
    if given >= most {
        return;
    }
    for word in 0..scope.words().len() {
        legal.words[word] = spans(scope, column, word, part).next().is_some();
    }
    for at in 0..scope.values().len() {
        legal.values[at] = match part {
            true => is_text_of(scope, column, at),
            false => scope.values()[at].column == column,
        };
    }
    let own = &scope.columns()[column];
    for number in NUMBERS {
        legal.allow_if(own.is_number(), Token::Number(number));
    }
    for truth in [true, false] {
        legal.allow_if(own.physical == PhysicalType::Boolean, Token::Truth(truth));
    }
}
