//! Generated tables for the benches: the same bytes for the same size, every time.

use std::fmt::Write;

/// A sequence of pseudo-random numbers (SplitMix64, Steele, Lea and Flood 2014).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 (included) to 1 (not included).
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A number below `bound`, small ones more often.
    fn skewed(&mut self, bound: usize) -> usize {
        let unit = self.unit();
        ((unit * unit) * bound as f64) as usize
    }
}

const CITIES: [&str; 8] = [
    "Rome", "Paris", "Berlin", "Madrid", "Vienna", "Lisbon", "Prague", "Oslo",
];
const PRODUCTS: [&str; 5] = ["Kettle", "Teapot", "Cup", "Tray", "Strainer"];

/// A CSV of orders with twelve columns: id, date, time stamp, categories, counts, money, shares,
/// coordinates, a flag and a remark; one cell in fifty is missing.
pub fn orders_csv(rows: usize) -> Vec<u8> {
    let mut numbers = Numbers(1882);
    let mut text = String::from(
        "order_id,day,shipped_at,city,product,quantity,total,discount_pct,latitude,longitude,paid,remark\n",
    );
    for row in 0..rows {
        let day = numbers.next() % 1461;
        let (year, month, date) = (2020 + day / 365 % 4, day / 30 % 12 + 1, day % 28 + 1);
        let quantity = 1 + numbers.skewed(40);
        let discount = if numbers.next().is_multiple_of(50) {
            String::new()
        } else {
            format!("{:.1}", numbers.unit() * 30.0)
        };
        let _ = writeln!(
            text,
            "{},{year}-{month:02}-{date:02},{year}-{month:02}-{date:02}T{:02}:{:02}:00,{},{},{quantity},{:.2},{discount},{:.5},{:.5},{},{}",
            100_000 + row,
            numbers.next() % 24,
            numbers.next() % 60,
            CITIES[numbers.skewed(CITIES.len())],
            PRODUCTS[numbers.skewed(PRODUCTS.len())],
            quantity as f64 * (4.0 + numbers.unit() * 40.0),
            40.0 + numbers.unit() * 20.0,
            -9.0 + numbers.unit() * 28.0,
            if numbers.next().is_multiple_of(5) {
                "no"
            } else {
                "yes"
            },
            ["", "gift", "call first", "leave at the door"][numbers.skewed(4)],
        );
    }
    text.into_bytes()
}

/// A column's name and its values.
pub type Named<T> = (String, Vec<T>);

/// Columns of a wide table, all of them numbers or texts of the same length: 180 numbers, of
/// which some go together and one in ten has gaps, 60 whole numbers, and 60 categories.
pub fn wide_columns(rows: usize) -> (Vec<Named<f64>>, Vec<Named<String>>) {
    let mut numbers = Numbers(1830);
    let factors: Vec<[f64; 4]> = (0..rows)
        .map(|_| std::array::from_fn(|_| numbers.unit() - 0.5))
        .collect();
    let mut measured = Vec::new();
    for column in 0..240 {
        let loads: [f64; 4] = std::array::from_fn(|_| numbers.unit());
        let values = factors.iter().map(|factors| {
            let shared: f64 = factors
                .iter()
                .zip(loads)
                .map(|(factor, load)| factor * load)
                .sum();
            let value = shared + numbers.unit() + column as f64;
            match column {
                180.. => (value * 10.0).round(),
                _ if column % 10 == 0 && numbers.next().is_multiple_of(4) => f64::NAN,
                _ => (value * 1e4).round() / 1e4,
            }
        });
        measured.push((format!("number {column}"), values.collect()));
    }
    let mut categories = Vec::new();
    for column in 0..60 {
        let values = (0..rows).map(|_| format!("value {}", numbers.skewed(2 + 2 * column)));
        categories.push((format!("category {column}"), values.collect()));
    }
    (measured, categories)
}

/// A simple bar chart with its twelve rows inside, as Vega-Lite.
pub const SIMPLE_BAR: &str = include_str!("simple_bar.vl.json");
