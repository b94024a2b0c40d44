//! The weights of soft rules, in one table.

/// Name and weight of every soft rule, in the order of the catalogue.
///
/// Set by hand by looking at charts of many tables; a model may learn others.
pub const WEIGHTS: &[(&str, f64)] = &[
    ("constant_field", 20.0),
    ("missing_values", 8.0),
    ("personal_data", 10.0),
    ("unnamed_column", 2.0),
    ("late_column", 0.6),
    ("many_fields", 1.5),
    ("only_counts", 2.5),
    ("ignores_time", 2.0),
    ("second_time", 2.5),
    ("dominated_category", 4.0),
    ("even_counts", 4.0),
    ("thin_groups", 4.0),
    ("single_field", 1.5),
    ("short_title", 1.0),
    ("raw_axis_title", 0.5),
    ("secondary_measure", 0.7),
    ("pie", 3.5),
    ("many_parts", 3.0),
    ("overlapping_bars", 6.0),
    ("zigzag_line", 6.0),
    ("short_line", 3.0),
    ("many_lines", 2.0),
    ("crossing_lines", 1.0),
    ("overplotting", 2.0),
    ("opaque_points", 1.0),
    ("strokes", 2.5),
    ("boxes", 1.5),
    ("inner_segments", 1.2),
    ("hidden_totals", 1.0),
    ("heat_map", 1.5),
    ("panels", 2.0),
    ("many_panels", 2.0),
    ("unmarked_points", 0.3),
    ("points_of_aggregate", 1.0),
    ("many_categories", 2.0),
    ("cut_categories", 2.0),
    ("long_names_below", 1.5),
    ("unsorted_bars", 1.0),
    ("natural_order", 2.0),
    ("time_runs_right", 2.0),
    ("time_off_axis", 2.0),
    ("numbers_as_categories", 4.0),
    ("labels_as_groups", 4.0),
    ("coarse_bins", 1.0),
    ("few_rows_in_bins", 2.0),
    ("weak_relation", 5.0),
    ("redundant_pair", 3.0),
    ("similar_groups", 2.0),
    ("lone_position", 1.0),
    ("log_scale", 0.7),
    ("crowded_near_zero", 2.0),
    ("wasted_axis", 0.7),
    ("sum_of_doubtful", 3.0),
    ("mean_of_skewed", 1.5),
    ("mean_of_total", 0.8),
    ("rare_aggregate", 3.0),
    ("hidden_spread", 0.7),
    ("small_groups", 1.5),
    ("many_colors", 2.0),
    ("category_by_size", 3.0),
    ("quantity_by_color", 1.5),
    ("quantity_by_size", 1.5),
    ("category_by_color", 0.5),
    ("color_repeats_axis", 0.7),
];

/// The weight of a rule; 0 for hard rules.
pub(crate) fn weight_of(rule: &str) -> f64 {
    WEIGHTS
        .iter()
        .find(|(name, _)| *name == rule)
        .map_or(0.0, |(_, weight)| *weight)
}
