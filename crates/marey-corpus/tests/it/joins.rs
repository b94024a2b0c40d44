//! Queries on several tables: joined, looked up, and refused.

use marey_corpus::vql::{ChartKind, Query, chart_of_database};
use marey_table::{
    Table,
    execute::{ExecuteOptions, execute},
    read::{ReadOptions, read},
};

fn tables() -> [Table; 3] {
    let table = |name: &str, csv: &str| read(name, csv.into(), &ReadOptions::default()).unwrap().value;
    [
        table("film.csv", "film_id,Title,Studio\n1,A,X\n2,B,X\n3,C,Y\n4,D,\n"),
        table(
            "schedule.csv",
            "film_id,cinema_id,price,Title\n1,1,10,p\n1,2,12,q\n2,1,8,r\n9,1,99,s\n,2,50,t\n",
        ),
        table("cinema.csv", "cinema_id,Name,Seats\n1,Odeon,100\n2,Rex,50\n"),
    ]
}

/// The rows behind the chart of a query, `x:y` in order of their text.
fn rows(vql: &str) -> Result<String, String> {
    let tables = tables();
    let tables: Vec<&Table> = tables.iter().collect();
    let query: Query = vql.parse().unwrap_or_else(|error| panic!("{vql}: {error}"));
    let (spec, view) =
        chart_of_database(&query, ChartKind::Bar, &tables).map_err(|error| error.to_string())?;
    let table = view.as_ref().map_or(tables[0], |view| &view.table);
    let done = execute(&spec, table, &ExecuteOptions::default()).unwrap().value;
    let encoding = done.spec.view.encoding().unwrap();
    let texts = |channel| -> Vec<String> {
        let name = encoding.field(channel).unwrap().output_name(channel);
        let index = done.units[0].column_index(&name).unwrap();
        let arrays = done.units[0].column(index);
        arrays
            .flat_map(|array| {
                (0..array.len()).map(|row| arrow::util::display::array_value_to_string(array, row).unwrap())
            })
            .collect()
    };
    let pairs = texts(marey_core::Channel::X)
        .into_iter()
        .zip(texts(marey_core::Channel::Y));
    let mut rows: Vec<String> = pairs
        .map(|(x, y)| format!("{x}:{}", y.trim_end_matches(".0")))
        .collect();
    rows.sort();
    Ok(rows.join(" "))
}

#[test]
fn joins_keep_the_rows_that_sql_keeps() {
    for (vql, expected) in [
        // Film 9 and a missing key join to nothing; films 3 and 4 are not shown.
        (
            "SELECT T1.Title , AVG(T2.price) FROM film AS T1 JOIN schedule AS T2 ON T1.film_id = T2.film_id GROUP BY T1.Title",
            "A:11 B:8",
        ),
        // The order of the two sides does not matter, nor does which table is the many.
        (
            "SELECT Name , SUM(price) FROM schedule AS T1 JOIN cinema AS T2 ON T2.cinema_id = T1.cinema_id GROUP BY Name",
            "Odeon:117 Rex:62",
        ),
        (
            "SELECT T3.Name , COUNT(*) FROM film AS T1 JOIN schedule AS T2 ON T1.film_id = T2.film_id JOIN cinema AS T3 ON T2.cinema_id = T3.cinema_id WHERE T1.Studio = 'X' GROUP BY T3.Name",
            "Odeon:2 Rex:1",
        ),
        // Both tables have a Title; each query means its own.
        (
            "SELECT T2.Title , T2.price FROM film AS T1 JOIN schedule AS T2 ON T1.film_id = T2.film_id WHERE T1.Title = 'A'",
            "p:10 q:12",
        ),
        // A join without a condition pairs all rows.
        (
            "SELECT T2.Name , COUNT(*) FROM film AS T1 JOIN cinema AS T2 GROUP BY T2.Name",
            "Odeon:4 Rex:4",
        ),
        // Sub-selects from other tables, of one value and of many, with groups of their own.
        (
            "SELECT Title , film_id FROM film WHERE film_id IN (SELECT film_id FROM schedule WHERE price > 9)",
            "A:1",
        ),
        (
            "SELECT Title , film_id FROM film WHERE film_id NOT IN (SELECT film_id FROM schedule)",
            "C:3 D:4",
        ),
        (
            "SELECT Title , film_id FROM film WHERE film_id = (SELECT film_id FROM schedule GROUP BY film_id ORDER BY count(*) DESC LIMIT 1)",
            "A:1",
        ),
        (
            "SELECT Title , film_id FROM film WHERE Studio = (SELECT Studio FROM film GROUP BY Studio HAVING count(*) > 1)",
            "A:1 B:2",
        ),
        (
            "SELECT T1.Title , T2.price FROM film AS T1 JOIN schedule AS T2 ON T1.film_id = T2.film_id WHERE T2.price > (SELECT avg(Seats) FROM cinema WHERE Name = 'None')",
            "",
        ),
        (
            "SELECT Title , film_id FROM film WHERE film_id NOT IN (SELECT film_id FROM schedule WHERE price > 1000)",
            "A:1 B:2 C:3 D:4",
        ),
        (
            "SELECT Title , film_id FROM film WHERE film_id IN (SELECT film_id FROM schedule WHERE price > 1000)",
            "",
        ),
    ] {
        let vql = format!("Visualize BAR {vql}");
        assert_eq!(rows(&vql).as_deref(), Ok(expected), "{vql}");
    }
}

#[test]
fn what_cannot_be_joined_is_said() {
    for (vql, says) in [
        (
            "SELECT a , b FROM film AS T1 JOIN gone AS T2 ON T1.film_id = T2.film_id",
            "no table `gone`",
        ),
        (
            "SELECT Title , price FROM film AS T1 JOIN schedule AS T2 ON T1.film_id = T2.id",
            "no column `id`",
        ),
        (
            "SELECT Title , Seats FROM film AS T1 JOIN schedule AS T2 ON T1.film_id = T2.film_id",
            "no column `Seats`",
        ),
        ("SELECT a , b FROM gone", "no table `gone`"),
        (
            "SELECT Title , film_id FROM film WHERE film_id IN (SELECT film_id , price FROM schedule)",
            "compare with several columns",
        ),
    ] {
        let vql = format!("Visualize BAR {vql}");
        let error = rows(&vql).unwrap_err();
        assert!(error.contains(says), "{vql}: {error}");
    }
}

#[test]
fn sub_selects_read_the_whole_table() {
    // The average is of all films, not of those that another condition leaves.
    let vql = "Visualize BAR SELECT Title , film_id FROM film WHERE film_id > 2 AND film_id > (SELECT avg(film_id) FROM film)";
    assert_eq!(rows(vql).as_deref(), Ok("C:3 D:4"));
}

#[test]
fn aggregates_of_aggregates_are_of_groups_in_a_unit() {
    let csv = "Year,Price\n2001,10\n2001,30\n2002,5\n2007,100\n";
    let wine = read("wine.csv", csv.into(), &ReadOptions::default())
        .unwrap()
        .value;
    // 1 January 2001 and 2007 are Mondays, 2002 a Tuesday: the mean of 30 and 100, and 5.
    let query: Query = "Visualize BAR SELECT Year , AVG(max(Price)) FROM wine BIN Year BY WEEKDAY"
        .parse()
        .unwrap();
    let (spec, _) = chart_of_database(&query, ChartKind::Bar, &[&wine]).unwrap();
    let done = execute(&spec, &wine, &ExecuteOptions::default()).unwrap().value;
    let index = done.units[0].column_index(&"mean_max_Price".into()).unwrap();
    let mut values: Vec<String> = done.units[0]
        .column(index)
        .flat_map(|array| {
            (0..array.len()).map(|row| arrow::util::display::array_value_to_string(array, row).unwrap())
        })
        .collect();
    values.sort();
    assert_eq!(values, ["5.0", "65.0"]);
}
