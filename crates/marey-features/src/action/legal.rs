//! [`Legal`]: the set of actions that may come next.

use super::{Action, Scope, Token, VOCABULARY};

/// The set of actions that may come next, by kind and place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Legal {
    /// For each token of [`VOCABULARY`] whether it may.
    pub tokens: Vec<bool>,
    /// For each column in scope.
    pub columns: Vec<bool>,
    /// For each word of the request, as the start of a span.
    pub words: Vec<bool>,
    /// For each cell in scope.
    pub values: Vec<bool>,
}

impl Legal {
    /// Nothing may come next.
    pub(super) fn none(scope: &Scope) -> Self {
        Self {
            tokens: vec![false; VOCABULARY.len()],
            columns: vec![false; scope.columns().len()],
            words: vec![false; scope.words().len()],
            values: vec![false; scope.values().len()],
        }
    }

    /// Lets a token come next.
    pub(super) fn allow(&mut self, token: Token) {
        if let Some(at) = token.index() {
            self.tokens[at] = true;
        }
    }

    /// Lets a token come next where a condition holds.
    pub(super) fn allow_if(&mut self, holds: bool, token: Token) {
        if holds {
            self.allow(token);
        }
    }

    /// Lets a token not come next.
    pub(super) fn bar(&mut self, token: Token) {
        if let Some(at) = token.index() {
            self.tokens[at] = false;
        }
    }

    /// Whether an action may come next.
    pub fn contains(&self, action: Action) -> bool {
        let at = |flags: &[bool], at: usize| flags.get(at).copied().unwrap_or(false);
        match action {
            Action::Token(token) => token.index().is_some_and(|place| at(&self.tokens, place)),
            Action::Column(place) => at(&self.columns, place),
            Action::Word(place) => at(&self.words, place),
            Action::Value(place) => at(&self.values, place),
        }
    }

    /// The actions that may come next: tokens, columns, words, cells.
    pub fn iter(&self) -> impl Iterator<Item = Action> + '_ {
        let tokens = places(&self.tokens).map(|at| Action::Token(VOCABULARY[at]));
        tokens
            .chain(places(&self.columns).map(Action::Column))
            .chain(places(&self.words).map(Action::Word))
            .chain(places(&self.values).map(Action::Value))
    }

    /// How many actions may come next.
    pub fn count(&self) -> usize {
        [&self.tokens, &self.columns, &self.words, &self.values]
            .into_iter()
            .map(|flags| flags.iter().filter(|flag| **flag).count())
            .sum()
    }

    /// The action that must come next, where there is only one.
    pub fn only(&self) -> Option<Action> {
        let mut all = self.iter();
        let first = all.next()?;
        all.next().is_none().then_some(first)
    }
}

fn places(flags: &[bool]) -> impl Iterator<Item = usize> + '_ {
    flags
        .iter()
        .enumerate()
        .filter(|(_, flag)| **flag)
        .map(|(at, _)| at)
}
