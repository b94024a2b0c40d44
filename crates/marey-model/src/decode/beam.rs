//! The beam of one request.

use marey_features::action::{Action, GrammarOptions, Legal, MAX_ACTIONS, Prefix, TierChart};

use crate::{
    Input,
    network::{DecoderState, action_of, choice_of},
};

/// Actions so far, with what they cost and what the decoder kept of them.
#[derive(Debug, Clone)]
pub(super) struct Hypothesis<'a> {
    prefix: Prefix<'a>,
    pub(super) state: DecoderState,
    /// Actions that the decoder has not seen yet; none stands for the start.
    pub(super) pending: Vec<Option<usize>>,
    /// Logarithm of the probability.
    log: f64,
    /// What may come next.
    legal: Option<Legal>,
}

/// A finished chart with the logarithm of its probability.
#[derive(Debug, Clone)]
pub(super) struct Finished {
    pub(super) chart: TierChart,
    pub(super) actions: Vec<Action>,
    pub(super) log: f64,
}

/// The hypotheses of one request.
#[derive(Debug)]
pub(super) struct Beam<'a> {
    input: &'a Input,
    width: usize,
    pub(super) waiting: Vec<Hypothesis<'a>>,
    finished: Vec<Finished>,
}

impl<'a> Beam<'a> {
    pub(super) fn new(prefix: Prefix<'a>, state: DecoderState, input: &'a Input, width: usize) -> Self {
        let mut beam = Self {
            input,
            width: width.max(1),
            waiting: Vec::new(),
            finished: Vec::new(),
        };
        beam.settle(Hypothesis {
            prefix,
            state,
            pending: vec![None],
            log: 0.0,
            legal: None,
        });
        beam
    }

    /// Takes the actions that are forced, and puts the hypothesis where it belongs.
    fn settle(&mut self, mut hypothesis: Hypothesis<'a>) {
        while !hypothesis.prefix.is_complete() {
            let legal = hypothesis.prefix.legal();
            let too_long = hypothesis.prefix.actions().len() >= MAX_ACTIONS;
            match legal.only() {
                Some(action) if !too_long => hypothesis.take(action, self.input),
                // The grammar leaves no dead ends; what would be one is dropped all the same.
                _ if too_long || legal.count() == 0 => return,
                _ => {
                    hypothesis.legal = Some(legal);
                    self.waiting.push(hypothesis);
                    return;
                }
            }
        }
        if let Some(chart) = hypothesis.prefix.chart() {
            self.finished.push(Finished {
                chart,
                actions: hypothesis.prefix.actions().to_vec(),
                log: hypothesis.log,
            });
        }
    }

    /// Goes on from the logits of every waiting hypothesis, in their order.
    pub(super) fn go_on(&mut self, logits: &[Vec<f32>]) {
        let mut next: Vec<(f64, usize, Action)> = Vec::new();
        for (at, (hypothesis, logits)) in self.waiting.iter().zip(logits).enumerate() {
            let Some(legal) = &hypothesis.legal else { continue };
            let choices: Vec<(Action, f64)> = legal
                .iter()
                .filter_map(|action| {
                    let logit = logits.get(choice_of(action, self.input)?)?;
                    Some((action, f64::from(*logit)))
                })
                .collect();
            let most = choices
                .iter()
                .map(|(_, logit)| *logit)
                .fold(f64::NEG_INFINITY, f64::max);
            let sum: f64 = choices.iter().map(|(_, logit)| (logit - most).exp()).sum();
            let norm = most + sum.ln();
            next.extend(
                choices
                    .into_iter()
                    .map(|(action, logit)| (hypothesis.log + logit - norm, at, action)),
            );
        }
        // Ties are broken by the order of hypotheses and actions, so that the same comes out each time.
        next.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        next.truncate(self.width);
        let before = std::mem::take(&mut self.waiting);
        for (log, at, action) in next {
            let mut hypothesis = before[at].clone();
            hypothesis.pending.clear();
            hypothesis.log = log;
            hypothesis.take(action, self.input);
            self.settle(hypothesis);
        }
        self.prune();
    }

    /// What cannot come among the best any more is dropped: a hypothesis only ever loses probability.
    fn prune(&mut self) {
        self.finished.sort_by(|a, b| b.log.total_cmp(&a.log));
        self.finished.truncate(self.width);
        if self.finished.len() == self.width {
            let worst = self
                .finished
                .last()
                .map_or(f64::NEG_INFINITY, |finished| finished.log);
            self.waiting.retain(|hypothesis| hypothesis.log > worst);
        }
    }

    /// The finished charts, most probable first.
    pub(super) fn into_finished(mut self) -> Vec<Finished> {
        self.finished.sort_by(|a, b| b.log.total_cmp(&a.log));
        self.finished
    }
}

impl Hypothesis<'_> {
    fn take(&mut self, action: Action, input: &Input) {
        debug_assert_eq!(
            choice_of(action, input).and_then(|choice| action_of(choice, input)),
            Some(action)
        );
        self.pending.push(choice_of(action, input));
        self.prefix.push_legal(action);
    }
}

/// The empty prefix of a request's grammar.
pub(super) fn begin<'a>(
    reading: &'a crate::Reading,
    options: &'a GrammarOptions,
) -> Result<Prefix<'a>, marey_features::action::ActionError> {
    Prefix::new(&reading.scope, options)
}
