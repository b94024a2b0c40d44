//! Where things are: points by longitude and latitude.

use marey_core::spec::{Encoding, Size};
use marey_core::{Channel, Mark};

use super::Cast;
use super::relationship::MOST_POINTS;
use crate::draft::{self, Draft, Idea};
use crate::role::{Field, MOST_COLORS};

/// Most columns by which places are coloured.
const COLORED: usize = 3;

/// Every draft of places.
pub(super) fn drafts(cast: &Cast<'_>) -> Vec<Draft> {
    let (Some(latitude), Some(longitude)) = (cast.latitude, cast.longitude) else {
        return Vec::new();
    };
    if cast.rows() > MOST_POINTS {
        return vec![density(latitude, longitude)];
    }
    let mut drafts = vec![points(cast, latitude, longitude, None)];
    let groups = cast
        .categories
        .iter()
        .filter(|group| (2..=MOST_COLORS).contains(&group.distinct()));
    let colored = groups.take(COLORED).chain(cast.measures.iter().take(COLORED));
    drafts.extend(colored.map(|field| points(cast, latitude, longitude, Some(field))));
    drafts
}

fn because(latitude: &Field<'_>, longitude: &Field<'_>) -> String {
    format!(
        "{} and {} place the rows on the globe.",
        latitude.quoted(),
        longitude.quoted()
    )
}

fn points(cast: &Cast<'_>, latitude: &Field<'_>, longitude: &Field<'_>, color: Option<&Field<'_>>) -> Draft {
    let mut encoding = Encoding::new()
        .with(Channel::X, draft::free_quantity(longitude))
        .with(Channel::Y, draft::free_quantity(latitude));
    let mut shown = vec![longitude, latitude];
    let mut title = "Where the rows lie".to_owned();
    if let Some(field) = color {
        let def = match field.field_type() {
            marey_core::FieldType::Quantitative => draft::quantity(field, None),
            _ => draft::categories(field),
        };
        encoding = encoding.with(Channel::Color, def);
        shown.push(field);
        title = format!("{} by place", field.label);
    }
    let draft = Draft::new(Idea::Place, draft::circles(cast.rows()), encoding, &shown)
        .titled(title)
        .because(because(latitude, longitude))
        .sized(Size::Pixels(420.0), Size::Pixels(360.0));
    match color {
        Some(field) => draft.because(format!("Colour adds {} to each place.", field.quoted())),
        None => draft,
    }
}

fn density(latitude: &Field<'_>, longitude: &Field<'_>) -> Draft {
    let encoding = Encoding::new()
        .with(Channel::X, draft::binned(longitude, 40))
        .with(Channel::Y, draft::binned(latitude, 40))
        .with(Channel::Color, draft::row_count());
    Draft::new(
        Idea::Place,
        draft::mark(Mark::Rect),
        encoding,
        &[longitude, latitude],
    )
    .titled("Where the rows lie")
    .because(because(latitude, longitude))
    .because("There are too many rows for single points, so rows are counted in squares.")
    .sized(Size::Pixels(420.0), Size::Pixels(380.0))
}
