//! [`MentionIndex`]: a table's names and cells, ready to be found in requests.

use marey_profile::TableProfile;
use marey_table::Table;

use crate::{relation::ColumnRelations, request::Request, word::WordForms};

use super::{Mentions, cells::Cells, literal, names::Names, run::runs};

/// Bounds of a [`MentionIndex`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentionOptions {
    /// Most different cells of all text columns together that are indexed; of a column with more
    /// than its share the most frequent ones are.
    pub max_cells: usize,
    /// Most value mentions of a request.
    pub max_values: usize,
}

impl Default for MentionOptions {
    fn default() -> Self {
        Self {
            max_cells: 1 << 20,
            max_values: 16,
        }
    }
}

/// A table's names and cells, ready to be found in requests.
///
/// Depends on which rows there are, not on their order.
///
/// ```
/// use marey_features::{mention::{ColumnMatch, MentionIndex}, request::Request};
/// use marey_profile::{ProfileOptions, profile};
/// use marey_table::read::{ReadOptions, read};
///
/// let csv = "hire_date,salary,city\n2020-01-01,10,New York\n2021-01-01,12,Boston\n";
/// let table = read("staff.csv", csv.as_bytes().to_vec(), &ReadOptions::default())?.value;
/// let index = MentionIndex::new(&table, &profile(&table, &ProfileOptions::default()));
///
/// let found = index.find(&Request::parse("average salaries in new york"));
/// assert_eq!((found.columns[0].column, found.columns[0].kind), (1, ColumnMatch::Stem));
/// assert_eq!(found.values[0].value, "New York");
/// # Ok::<(), marey_table::TableError>(())
/// ```
#[derive(Debug, Clone)]
pub struct MentionIndex {
    names: Names,
    cells: Cells,
    relations: ColumnRelations,
    max_values: usize,
}

impl MentionIndex {
    /// An index with the default bounds.
    pub fn new(table: &Table, profile: &TableProfile) -> Self {
        Self::with_options(table, profile, &MentionOptions::default())
    }

    /// An index within bounds. `profile` must be that of the table; columns that only one of them
    /// has are passed over.
    pub fn with_options(table: &Table, profile: &TableProfile, options: &MentionOptions) -> Self {
        Self {
            names: Names::new(profile),
            cells: Cells::new(table, options.max_cells),
            relations: ColumnRelations::new(profile),
            max_values: options.max_values,
        }
    }

    /// What the words of a request may mean.
    pub fn find(&self, request: &Request) -> Mentions {
        let mut columns = Vec::new();
        let mut values = Vec::new();
        for run in runs(request) {
            self.names.find(&run, request, &mut columns);
            self.cells.find(&run, request, &mut values);
        }
        Mentions {
            columns: super::names::strongest(columns),
            values: super::cells::strongest(values, self.max_values),
            literals: literal::literals(request),
        }
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.names.len()
    }

    /// The words of a column's name, at most 16; empty for a name without letters and figures, and
    /// beyond the last column.
    pub fn name_words(&self, column: usize) -> &[WordForms] {
        self.names.words(column)
    }

    /// What the columns have to do with each other.
    pub fn relations(&self) -> &ColumnRelations {
        &self.relations
    }

    /// Number of cells that are indexed.
    pub fn cells(&self) -> usize {
        self.cells.len()
    }

    /// Whether every different cell of up to eight words and 64 letters is indexed.
    pub fn is_complete(&self) -> bool {
        self.cells.is_complete()
    }

    /// Bytes in memory, about.
    pub fn bytes(&self) -> usize {
        self.cells.bytes()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{ArrayRef, StringArray};
    use marey_core::FieldName;
    use marey_profile::{ProfileOptions, profile};
    use marey_table::read::{ReadOptions, read};
    use proptest::prelude::*;

    use super::*;
    use crate::{
        mention::{ColumnMatch, ValueMatch},
        relation::{Relation, RelationMatrix},
    };

    const STAFF: &str = "employee_id,FullName,hire_date,salary,department_name,homeCountry,Größe\n\
        1,Mary Smith,2020-01-01,1000,Research & Development,United States,181\n\
        2,José García,2021-05-01,1200,Human Resources,São Tomé,175\n\
        3,Ann Lee,2019-03-01,900,Sales,Germany,168\n\
        4,Bob Stone,2018-03-01,950,Sales,Germany,190\n";

    fn staff() -> (Table, TableProfile) {
        let table = read("staff.csv", STAFF.as_bytes().to_vec(), &ReadOptions::default())
            .unwrap()
            .value;
        let profile = profile(&table, &ProfileOptions::default());
        (table, profile)
    }

    #[test]
    fn columns_are_found_in_every_spelling() {
        let (table, profile) = staff();
        let index = MentionIndex::new(&table, &profile);
        let check = |text: &str, column: &str, kind: ColumnMatch| {
            let found = index.find(&Request::parse(text));
            let at = table.column_index(&FieldName::new(column)).unwrap();
            let best = found
                .columns
                .iter()
                .filter(|mention| mention.column == at)
                .min_by_key(|mention| mention.kind);
            assert_eq!(best.map(|mention| mention.kind), Some(kind), "{text}: {found:?}");
        };
        check("show hire date", "hire_date", ColumnMatch::Exact);
        check("show HIRE_DATE", "hire_date", ColumnMatch::Exact);
        check("the full name", "FullName", ColumnMatch::Exact);
        check("mean salaries", "salary", ColumnMatch::Stem);
        check("mean salery", "salary", ColumnMatch::Slip);
        check("mean of the departmentnmae", "department_name", ColumnMatch::Slip);
        check("by department", "department_name", ColumnMatch::Part);
        check("by departments", "department_name", ColumnMatch::PartStem);
        check("by dep", "department_name", ColumnMatch::Prefix);
        check("by deprtment", "department_name", ColumnMatch::PartSlip);
        check("mean wage", "salary", ColumnMatch::Meaning);
        check("which nation", "homeCountry", ColumnMatch::Meaning);
        check("when were they hired", "hire_date", ColumnMatch::PartStem);
        check("nach größe", "Größe", ColumnMatch::Exact);
        check("nach grosse", "Größe", ColumnMatch::Exact);
        check("nach groesse", "Größe", ColumnMatch::Slip);
    }

    #[test]
    fn cells_are_found_in_every_spelling() {
        let (table, profile) = staff();
        let index = MentionIndex::new(&table, &profile);
        let check = |text: &str, value: &str, kind: ValueMatch| {
            let found = index.find(&Request::parse(text));
            let first = found
                .values
                .first()
                .map(|mention| (mention.value.as_str(), mention.kind));
            assert_eq!(first, Some((value, kind)), "{text}: {found:?}");
        };
        check("in the united states", "United States", ValueMatch::Exact);
        check("in sao tome", "São Tomé", ValueMatch::Exact);
        check(
            "research & development",
            "Research & Development",
            ValueMatch::Exact,
        );
        check("a human resource", "Human Resources", ValueMatch::Stem);
        check("in germny", "Germany", ValueMatch::Slip);
        check("in germ", "Germany", ValueMatch::Prefix);
        check("of smith", "Mary Smith", ValueMatch::Part);
        let sales = index.find(&Request::parse("in \"Sales\""));
        assert_eq!((sales.values[0].rows, sales.values[0].column), (2, 4));
        assert!(
            index
                .find(&Request::parse("show the average of all"))
                .values
                .is_empty()
        );
        assert!(index.is_complete());
    }

    #[test]
    fn relations_follow_the_mentions() {
        let (table, profile) = staff();
        let index = MentionIndex::new(&table, &profile);
        let request = Request::parse("salary in germany");
        let mentions = index.find(&request);
        let matrix = RelationMatrix::new(3, &mentions, index.relations(), &[3, 5, 99]);
        assert_eq!(matrix.len(), 7);
        let check = |from: usize, to: usize, relation: Relation| {
            assert_eq!(matrix.get(from, to), Some(relation), "{from} {to}")
        };
        check(0, 1, Relation::WordNext);
        check(2, 0, Relation::WordShortlyBefore);
        check(0, 3, Relation::NameExact);
        check(3, 0, Relation::NamedExact);
        check(1, 3, Relation::NameNone);
        check(2, 6, Relation::ValueExact);
        check(6, 2, Relation::ValuedExact);
        check(6, 4, Relation::CellOf);
        check(4, 6, Relation::HasCell);
        check(6, 3, Relation::CellOther);
        check(5, 5, Relation::ColumnSelf);
        check(5, 3, Relation::ColumnOther);
        check(6, 6, Relation::CellSelf);
        assert_eq!(matrix.get(7, 0), None);
    }

    #[test]
    fn budgets_keep_the_most_frequent_cells() {
        let texts: Vec<String> = (0..100)
            .flat_map(|n| vec![format!("name {}", letters(n)); 1 + n % 3])
            .collect();
        let array: ArrayRef = Arc::new(StringArray::from(texts));
        let table = Table::from_columns("t", vec![(FieldName::new("a"), array)]).unwrap();
        let options = MentionOptions {
            max_cells: 40,
            ..MentionOptions::default()
        };
        let index = MentionIndex::with_options(&table, &TableProfile::default(), &options);
        assert_eq!((index.cells(), index.is_complete()), (40, false));
        let found = index.find(&Request::parse(&format!("\"name {}\"", letters(2))));
        assert_eq!(found.values[0].rows, 3);
    }

    fn letters(n: usize) -> String {
        [b'a' + (n / 26) as u8, b'a' + (n % 26) as u8]
            .map(char::from)
            .iter()
            .collect::<String>()
            + "xyz"
    }

    proptest! {
        #[test]
        fn row_order_and_threads_change_nothing(
            cells in prop::collection::vec("[ab ]{0,6}|New York|\\PC{0,5}", 1..30),
            text in "[ab ]{0,12}|new yrok|\\PC{0,20}",
            seed in any::<u64>(),
        ) {
            let find = |cells: &[String]| {
                let array: ArrayRef = Arc::new(StringArray::from(cells.to_vec()));
                let table = Table::from_columns("t", vec![(FieldName::new("a b"), array)]).unwrap();
                let profile = profile(&table, &ProfileOptions::default());
                MentionIndex::new(&table, &profile).find(&Request::parse(&text))
            };
            let found = find(&cells);
            let mut shuffled = cells.clone();
            let len = shuffled.len();
            shuffled.rotate_left(seed as usize % len);
            shuffled.reverse();
            prop_assert_eq!(&found, &find(&shuffled));
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
            prop_assert_eq!(&found, &pool.install(|| find(&cells)));
            prop_assert!(found.values.len() <= 16);
            let words = Request::parse(&text).words.len();
            prop_assert!(found.values.iter().all(|mention| mention.words.end <= words && mention.score <= 1.0));
        }
    }
}
