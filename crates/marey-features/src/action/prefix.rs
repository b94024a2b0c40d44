//! [`Prefix`]: the pushdown automaton over the actions so far.

use marey_core::{Channel, FieldType, Mark};

use super::{
    Action, ActionError, Function, Key, Legal, Limit, LiteralRef, Order, Scope, Shown, Slot, StackKind,
    Summary, TierChart, Token,
    condition_state::{ConditionState, is_testable},
    slot::{COUNT, Class, MAX_DETAIL, Place, is_panel, is_total, need, readings},
    token::{CHANNELS, LEVELS, MARKS, NUMBERS, SORTED},
};

/// No chart takes more actions.
pub const MAX_ACTIONS: usize = 192;

/// Most columns that every chart can be asked to use.
const MAX_LOCKED: usize = MAX_DETAIL;

/// Which rules hold beside those that a chart needs to be drawn at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Design {
    /// The hard design rules of `marey-rules`, as far as they can be told before a chart is complete.
    #[default]
    Ruled,
    /// None: what was asked for in words is drawn even where it breaks a rule.
    Free,
}

/// What holds for every chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GrammarOptions {
    /// Which rules of design hold.
    pub design: Design,
    /// Only this mark.
    pub mark: Option<Mark>,
    /// Columns in scope that every chart must show; at most three.
    pub columns: Vec<usize>,
}

/// The actions so far, and what may follow them.
#[derive(Debug, Clone)]
pub struct Prefix<'a> {
    scope: &'a Scope,
    options: &'a GrammarOptions,
    actions: Vec<Action>,
    mark: Option<Mark>,
    slots: Vec<Slot>,
    stack: Option<StackKind>,
    sort: Option<(Channel, Order)>,
    filter: Option<super::Condition>,
    limit: Option<Limit>,
    state: State,
}

#[derive(Debug, Clone, PartialEq)]
enum State {
    Mark,
    /// Between two parts of the chart.
    Between,
    /// A channel waits for what it shows.
    Channel(Channel, Option<FieldType>, Option<Function>),
    Sort(Channel),
    /// An order waits for the summary it is by.
    SortSummary(Channel, bool, Option<Summary>),
    Filter(ConditionState),
    LimitCount(Option<usize>),
    LimitKey(LiteralRef),
    End,
}

impl<'a> Prefix<'a> {
    /// No actions yet.
    ///
    /// # Errors
    ///
    /// When no column has a value, or no chart can be of the mark or show the columns asked for.
    pub fn new(scope: &'a Scope, options: &'a GrammarOptions) -> Result<Self, ActionError> {
        if scope.usable().next().is_none() {
            return Err(ActionError::NothingToChart {
                columns: scope.columns().len(),
            });
        }
        check_locks(scope, options)?;
        let prefix = Self {
            scope,
            options,
            actions: Vec::new(),
            mark: None,
            slots: Vec::new(),
            stack: None,
            sort: None,
            filter: None,
            limit: None,
            state: State::Mark,
        };
        if prefix.legal().count() == 0 {
            let mark = options
                .mark
                .map_or("chart".to_owned(), |mark| format!("{mark} chart"));
            return Err(ActionError::Unmeetable {
                what: format!("no {mark} can show these columns"),
            });
        }
        Ok(prefix)
    }

    /// The actions so far.
    pub fn actions(&self) -> &[Action] {
        &self.actions
    }

    /// Whether the chart is complete.
    pub fn is_complete(&self) -> bool {
        self.state == State::End
    }

    /// The chart, once it is complete.
    pub fn chart(&self) -> Option<TierChart> {
        Some(TierChart {
            mark: self.mark.filter(|_| self.is_complete())?,
            slots: self.slots.clone(),
            stack: self.stack,
            sort: self.sort,
            filter: self.filter.clone(),
            limit: self.limit,
        })
    }

    /// The actions that may come next; none once the chart is complete. Every one of them leads to
    /// a complete chart.
    pub fn legal(&self) -> Legal {
        let mut legal = Legal::none(self.scope);
        match &self.state {
            State::Mark => self.legal_marks(&mut legal),
            State::Between => self.legal_parts(&mut legal),
            State::Channel(channel, level, function) => {
                self.legal_shown(*channel, *level, *function, &mut legal);
            }
            State::Sort(channel) => self.legal_orders(*channel, &mut legal),
            State::SortSummary(channel, _, summary) => {
                self.legal_sort_summary(*channel, *summary, &mut legal)
            }
            State::Filter(condition) => condition.legal(self.scope, &mut legal),
            State::LimitCount(start) => self.legal_limit(*start, &mut legal),
            State::LimitKey(_) => {
                legal.allow(Token::Unsorted);
                for channel in [Channel::X, Channel::Y] {
                    for descending in [false, true] {
                        let shown = super::limit::key_channel(self.mark, channel);
                        let known = self.slots.iter().any(|slot| slot.channel == shown);
                        legal.allow_if(known, Token::By(channel, descending));
                    }
                }
            }
            State::End => {}
        }
        legal
    }

    /// Takes the next action.
    ///
    /// # Errors
    ///
    /// When the action may not come next.
    pub fn push(&mut self, action: Action) -> Result<(), ActionError> {
        let legal = self.legal();
        if !legal.contains(action) {
            return Err(ActionError::Illegal {
                found: action.to_string(),
                place: self.actions.len(),
                legal: legal.count(),
            });
        }
        self.push_legal(action);
        Ok(())
    }

    /// Takes an action of [`Prefix::legal`] without checking it again.
    pub fn push_legal(&mut self, action: Action) {
        let state = std::mem::replace(&mut self.state, State::Between);
        self.state = self.after(state, action);
        self.actions.push(action);
    }

    fn after(&mut self, state: State, action: Action) -> State {
        match (state, action) {
            (State::Mark, Action::Token(Token::Mark(mark))) => {
                self.mark = Some(mark);
                State::Between
            }
            (State::Between, Action::Token(token)) => self.after_part(token),
            (State::Channel(channel, level, function), action) => {
                self.after_channel(channel, level, function, action)
            }
            (State::Sort(channel), Action::Token(token)) => self.after_sort(channel, token),
            (State::SortSummary(channel, descending, summary), action) => {
                self.after_sort_summary(channel, descending, summary, action)
            }
            (State::Filter(mut condition), action) => match condition.push(action) {
                Some(done) => {
                    self.filter = Some(done);
                    State::Between
                }
                None => State::Filter(condition),
            },
            (State::LimitCount(_), Action::Word(start)) => State::LimitCount(Some(start)),
            (State::LimitCount(Some(start)), Action::Token(Token::Length(words))) => {
                State::LimitKey(LiteralRef::Span(start, usize::from(words)))
            }
            (State::LimitCount(_), Action::Token(Token::Number(number))) => {
                State::LimitKey(LiteralRef::Number(number))
            }
            (State::LimitKey(count), Action::Token(token)) => {
                let key = match token {
                    Token::By(channel, descending) => Some(Key { channel, descending }),
                    _ => None,
                };
                self.limit = Some(Limit { count, key });
                State::Between
            }
            (other, _) => other,
        }
    }

    fn after_part(&mut self, token: Token) -> State {
        match token {
            Token::Channel(channel) => State::Channel(channel, None, None),
            Token::Stack(kind) => {
                self.stack = Some(kind);
                State::Between
            }
            Token::Sort(channel) => State::Sort(channel),
            Token::Filter => State::Filter(ConditionState::default()),
            Token::Limit => State::LimitCount(None),
            _ => State::End,
        }
    }

    fn after_channel(
        &mut self,
        channel: Channel,
        level: Option<FieldType>,
        function: Option<Function>,
        action: Action,
    ) -> State {
        let function = match action {
            Action::Token(Token::Type(level)) => return State::Channel(channel, Some(level), None),
            Action::Token(Token::Summary(summary)) => Some(Function::Summary(summary)),
            Action::Token(Token::Unit(unit)) => Some(Function::Unit(unit)),
            Action::Token(Token::Bin(bins)) => Some(Function::Bin(bins)),
            Action::Token(_) => {
                self.slots.push(Slot {
                    channel,
                    shown: COUNT,
                });
                return State::Between;
            }
            Action::Column(column) => {
                let shown = Shown {
                    level,
                    function: function.unwrap_or(Function::Raw),
                    column: Some(column),
                };
                self.slots.push(Slot { channel, shown });
                return State::Between;
            }
            _ => function,
        };
        State::Channel(channel, level, function)
    }

    fn after_sort(&mut self, channel: Channel, token: Token) -> State {
        let order = match token {
            Token::Unsorted => Order::Unsorted,
            Token::By(by, descending) => Order::By(by, descending),
            Token::BySummary(descending) => return State::SortSummary(channel, descending, None),
            _ => Order::SelfDescending,
        };
        self.sort = Some((channel, order));
        State::Between
    }

    fn after_sort_summary(
        &mut self,
        channel: Channel,
        descending: bool,
        summary: Option<Summary>,
        action: Action,
    ) -> State {
        let by = match (action, summary) {
            (Action::Token(Token::Summary(summary)), _) => {
                return State::SortSummary(channel, descending, Some(summary));
            }
            (Action::Column(column), Some(summary)) => summary_of(summary, column),
            _ => COUNT,
        };
        self.sort = Some((channel, Order::BySummary(descending, by)));
        State::Between
    }

    fn place(&self) -> Option<Place<'_>> {
        Some(Place {
            scope: self.scope,
            design: self.options.design,
            locked: !self.options.columns.is_empty(),
            mark: self.mark?,
            slots: &self.slots,
        })
    }

    /// A mark is legal where something can stand on its first channel, and so on.
    fn legal_marks(&self, legal: &mut Legal) {
        for mark in MARKS {
            let wanted = self.options.mark.is_none_or(|only| only == mark);
            legal.allow_if(wanted && self.can_start(mark), Token::Mark(mark));
        }
    }

    fn can_start(&self, mark: Mark) -> bool {
        let place = Place {
            scope: self.scope,
            design: self.options.design,
            locked: !self.options.columns.is_empty(),
            mark,
            slots: &[],
        };
        let first = if mark == Mark::Arc {
            Channel::Color
        } else {
            Channel::X
        };
        self.all_shown().any(|shown| self.leads_on(&place, first, &shown))
    }

    /// Everything that could be shown anywhere.
    fn all_shown(&self) -> impl Iterator<Item = Shown> + '_ {
        std::iter::once(COUNT).chain(self.scope.usable().flat_map(readings))
    }

    /// Whether something fits a channel and what the mark needs beside it can still be found.
    ///
    /// Only y depends on what x shows: where colour and angle are needed, a count will do.
    fn leads_on(&self, place: &Place<'_>, channel: Channel, shown: &Shown) -> bool {
        if !place.fits(channel, shown) {
            return false;
        }
        if channel != Channel::X || need(place.mark, Channel::Y) != Some(true) && place.mark != Mark::Boxplot
        {
            return true;
        }
        let class = place.class(channel, shown);
        if place.mark == Mark::Boxplot && class == Class::Measure {
            return true;
        }
        let slots = [Slot {
            channel,
            shown: *shown,
        }];
        let next = Place {
            slots: &slots,
            ..*place
        };
        // Counts are what most charts can go on with.
        next.fits(Channel::Y, &COUNT) || self.all_shown().any(|other| next.fits(Channel::Y, &other))
    }

    fn legal_parts(&self, legal: &mut Legal) {
        let Some(place) = self.place() else { return };
        let last = self.slots.last().map(|slot| slot.channel);
        let at = |channel: Channel| CHANNELS.iter().position(|own| *own == channel);
        let started =
            self.stack.is_some() || self.sort.is_some() || self.filter.is_some() || self.limit.is_some();
        let required = |channel: &Channel| self.is_required(place.mark, *channel);
        let missing = CHANNELS
            .into_iter()
            .find(|channel| required(channel) && place.on(*channel).is_none());
        let waiting = self.unshown().next().is_some();
        if !started {
            for channel in CHANNELS {
                let details = self
                    .slots
                    .iter()
                    .filter(|slot| slot.channel == Channel::Detail)
                    .count();
                let again = channel == Channel::Detail && last == Some(channel) && details < MAX_DETAIL;
                let later = last.is_none_or(|last| at(channel) > at(last)) || again;
                let reached = missing.is_none_or(|missing| at(channel) <= at(missing));
                let room = !waiting || at(channel) <= at(Channel::Detail);
                if later && reached && room && self.has_something(&place, channel) {
                    legal.allow(Token::Channel(channel));
                }
            }
        }
        if missing.is_none() && !waiting {
            self.legal_ends(&place, legal);
        }
    }

    fn is_required(&self, mark: Mark, channel: Channel) -> bool {
        let box_of_y = mark == Mark::Boxplot
            && channel == Channel::Y
            && self
                .place()
                .and_then(|place| place.on(Channel::X))
                .is_some_and(|(_, class)| class != Class::Measure);
        need(mark, channel) == Some(true) || box_of_y
    }

    /// The columns that must be shown and are not yet.
    fn unshown(&self) -> impl Iterator<Item = usize> + '_ {
        let shown = |column: usize| self.slots.iter().any(|slot| slot.shown.column == Some(column));
        self.options
            .columns
            .iter()
            .copied()
            .filter(move |column| !shown(*column))
    }

    fn has_something(&self, place: &Place<'_>, channel: Channel) -> bool {
        need(place.mark, channel).is_some()
            && self
                .candidates(channel)
                .any(|shown| self.leads_on(place, channel, &shown))
    }

    /// What may be shown on a channel: on `detail` the columns that must be, while there are some.
    fn candidates(&self, channel: Channel) -> impl Iterator<Item = Shown> + '_ {
        let waiting = channel == Channel::Detail && self.unshown().next().is_some();
        self.all_shown().filter(move |shown| {
            !waiting
                || shown
                    .column
                    .is_some_and(|column| self.unshown().any(|other| other == column))
        })
    }

    fn legal_ends(&self, place: &Place<'_>, legal: &mut Legal) {
        legal.allow(Token::End);
        let (stacked, sorted) = (self.stack.is_some(), self.sort.is_some());
        let (filtered, limited) = (self.filter.is_some(), self.limit.is_some());
        if !stacked && !sorted && !filtered && !limited {
            for kind in StackKind::ALL {
                legal.allow_if(can_stack(place, kind), Token::Stack(kind));
            }
        }
        if !sorted && !filtered && !limited {
            for channel in SORTED {
                let ordered = place
                    .slots
                    .iter()
                    .find(|slot| slot.channel == channel)
                    .is_some_and(|slot| {
                        place.level(channel, &slot.shown) != FieldType::Quantitative
                            && !slot.shown.function.is_summary()
                    });
                legal.allow_if(ordered, Token::Sort(channel));
            }
        }
        if !filtered && !limited {
            let testable = (0..self.scope.columns().len()).any(|column| is_testable(self.scope, column));
            legal.allow_if(testable, Token::Filter);
        }
        if !limited {
            legal.allow_if(
                super::limit::can_limit(place.mark, place.slots, self.scope),
                Token::Limit,
            );
        }
    }

    fn legal_shown(
        &self,
        channel: Channel,
        level: Option<FieldType>,
        function: Option<Function>,
        legal: &mut Legal,
    ) {
        let Some(place) = self.place() else { return };
        for shown in self.candidates(channel) {
            let goes_on = match (level, function) {
                (_, Some(function)) => shown.level == level && shown.function == function,
                (Some(level), None) => shown.level == Some(level),
                (None, None) => true,
            };
            let Some(next) = next_of(&shown, level, function).filter(|_| goes_on) else {
                continue;
            };
            if !legal.contains(next) && self.leads_on(&place, channel, &shown) {
                match next {
                    Action::Column(column) => legal.columns[column] = true,
                    Action::Token(token) => legal.allow(token),
                    _ => {}
                }
            }
        }
    }

    fn legal_orders(&self, channel: Channel, legal: &mut Legal) {
        let Some(place) = self.place() else { return };
        legal.allow(Token::SelfDescending);
        legal.allow(Token::Unsorted);
        for by in [Channel::X, Channel::Y] {
            let measured = place.on(by).is_some_and(|(_, class)| class == Class::Measure);
            if by != channel && measured && !is_panel(channel) {
                legal.allow(Token::By(by, false));
                legal.allow(Token::By(by, true));
            }
        }
        legal.allow(Token::BySummary(false));
        legal.allow(Token::BySummary(true));
    }

    fn legal_sort_summary(&self, channel: Channel, summary: Option<Summary>, legal: &mut Legal) {
        // What an axis shows is sorted by as that axis.
        let shown = |by: Shown| {
            let on_axis = |slot: &Slot| {
                matches!(slot.channel, Channel::X | Channel::Y)
                    && slot.shown.function == by.function
                    && slot.shown.column == by.column
            };
            !is_panel(channel) && self.slots.iter().any(on_axis)
        };
        let fits = |summary: Summary, column: usize| {
            let own = &self.scope.columns()[column];
            (!summary.needs_numbers() || own.is_number()) && !shown(summary_of(summary, column))
        };
        match summary {
            None => {
                legal.allow_if(!shown(COUNT), Token::Count);
                for summary in Summary::ALL {
                    let any = self.scope.usable().any(|column| fits(summary, column));
                    legal.allow_if(any, Token::Summary(summary));
                }
            }
            Some(summary) => {
                for column in self.scope.usable() {
                    legal.columns[column] = fits(summary, column);
                }
            }
        }
    }

    fn legal_limit(&self, start: Option<usize>, legal: &mut Legal) {
        if start.is_some() {
            legal.allow(Token::Length(1));
            return;
        }
        let says = |of: LiteralRef| self.scope.number_of_rows(of).is_some();
        for number in NUMBERS {
            legal.allow_if(says(LiteralRef::Number(number)), Token::Number(number));
        }
        for word in 0..self.scope.words().len() {
            legal.words[word] = says(LiteralRef::Span(word, 1));
        }
    }
}

/// The chart that a whole sequence of actions says.
///
/// # Errors
///
/// When an action may not stand where it stands, or the sequence stops too early or goes on too long.
pub fn parse(actions: &[Action], scope: &Scope, options: &GrammarOptions) -> Result<TierChart, ActionError> {
    let mut prefix = Prefix::new(scope, options)?;
    for action in actions {
        prefix.push(*action)?;
    }
    prefix
        .chart()
        .ok_or(ActionError::Unfinished { found: actions.len() })
}

fn check_locks(scope: &Scope, options: &GrammarOptions) -> Result<(), ActionError> {
    let unmeetable = |what: String| Err(ActionError::Unmeetable { what });
    if options.columns.len() > MAX_LOCKED {
        return unmeetable(format!(
            "{} columns are to be shown, at most {MAX_LOCKED} can be asked for",
            options.columns.len()
        ));
    }
    let empty = options.columns.iter().find(|column| {
        !scope
            .columns()
            .get(**column)
            .is_some_and(super::ScopeColumn::is_usable)
    });
    match empty {
        Some(column) => unmeetable(match scope.columns().get(*column) {
            Some(own) => format!("the column `{}` has no value", own.name),
            None => format!("there is no column {column}"),
        }),
        None => Ok(()),
    }
}

fn can_stack(place: &Place<'_>, kind: StackKind) -> bool {
    let parted = [Channel::Color, Channel::Detail]
        .into_iter()
        .filter_map(|channel| place.on(channel))
        .any(|(_, class)| class == Class::Category);
    let beside = place.on(Channel::XOffset).is_some() || place.on(Channel::YOffset).is_some();
    let total = place.length().map(|shown| is_total(shown.function));
    let usual = matches!(place.mark, Mark::Bar | Mark::Area) && parted && !beside;
    match kind {
        StackKind::Zero => usual && total == Some(false) && place.design == Design::Free,
        _ => usual && total == Some(true),
    }
}

fn summary_of(summary: Summary, column: usize) -> Shown {
    Shown {
        level: None,
        function: Function::Summary(summary),
        column: Some(column),
    }
}

/// The action by which writing goes on to something shown.
fn next_of(shown: &Shown, level: Option<FieldType>, function: Option<Function>) -> Option<Action> {
    if let (None, None, Some(level)) = (level, function, shown.level) {
        debug_assert!(LEVELS.contains(&level));
        return Some(Token::Type(level).into());
    }
    let token = match (shown.function, function) {
        (Function::Count, None) => Token::Count,
        (Function::Summary(summary), None) => Token::Summary(summary),
        (Function::Unit(unit), None) => Token::Unit(unit),
        (Function::Bin(bins), None) => Token::Bin(bins),
        _ => return shown.column.map(Action::Column),
    };
    Some(token.into())
}
