//! Integration tests: Vega-Lite JSON in and out, validation, canonical form, distance.

mod canonical;
mod distance;
mod examples;
mod limits;
mod messages;
mod round_trip;
mod strategy;
mod validation;
