//! Queries of nvBench's kind: read, drawn from one table, and run.

use marey_core::ChartSpec;
use marey_corpus::vql::{ChartKind, ChartSource, Query, VqlError, chart};
use marey_table::{
    Table,
    execute::{ExecuteOptions, execute},
    read::{ReadOptions, read},
};
use proptest::prelude::*;
use serde_json::{Value, json};

const STAFF: &str = "\
Name,Team,Salary,Bonus,Hired,Year,Full_time
Ann,Red,100,5,2019-03-04,2019,T
Bob,Red,300,,2020-03-09,2020,F
Cid,Blue,200,1,2020-11-02,2020,T
Dot,Blue,,2,2021-01-04,2021,T
Eve,,400,9,2021-01-05,2021,F
";

fn staff() -> Table {
    read("Staff.csv", STAFF.into(), &ReadOptions::default())
        .unwrap()
        .value
        .renamed("Staff")
}

fn spec(vql: &str, kind: &str) -> ChartSpec {
    let query: Query = vql.parse().unwrap_or_else(|error| panic!("{vql}: {error}"));
    let kind = ChartKind::of_name(kind).unwrap();
    chart(&query, kind, &ChartSource::of(&staff())).unwrap_or_else(|error| panic!("{vql}: {error}"))
}

/// Rows behind the chart, as `x:y` in order of their text; a bar without a length is no row.
fn rows(spec: &ChartSpec, x: &str, y: &str) -> String {
    let done = execute(spec, &staff(), &ExecuteOptions::default()).unwrap().value;
    let unit = &done.units[0];
    let texts = |name: &str| -> Vec<String> {
        let index = unit
            .column_index(&name.into())
            .unwrap_or_else(|| panic!("no {name} in {:?}", unit.schema()));
        let arrays = unit.column(index);
        arrays
            .flat_map(|array| {
                (0..array.len()).map(|row| arrow::util::display::array_value_to_string(array, row).unwrap())
            })
            .collect()
    };
    let mut rows: Vec<String> = texts(x)
        .iter()
        .zip(texts(y))
        .map(|(x, y)| format!("{x}:{y}"))
        .collect();
    rows.sort();
    rows.join(" ")
}

#[test]
fn selected_columns_and_groups_become_encodings() {
    for (vql, kind, expected) in [
        (
            "Visualize BAR SELECT Team , COUNT(*) FROM Staff GROUP BY Team ORDER BY COUNT(*) DESC",
            "Bar",
            json!({ "x": { "field": "Team", "type": "nominal", "sort": "-y" },
                    "y": { "aggregate": "count", "type": "quantitative" } }),
        ),
        (
            "visualize bar select team, avg(salary) from staff group by team order by team desc",
            "Bar",
            json!({ "x": { "field": "Team", "type": "nominal", "sort": "descending" },
                    "y": { "aggregate": "mean", "field": "Salary", "type": "quantitative" } }),
        ),
        (
            "Visualize PIE SELECT Team , SUM(Salary) FROM Staff GROUP BY Team",
            "Pie",
            json!({ "color": { "field": "Team", "type": "nominal" },
                    "theta": { "aggregate": "sum", "field": "Salary", "type": "quantitative" } }),
        ),
        (
            "Visualize LINE SELECT Hired , COUNT(Hired) FROM Staff BIN Hired BY MONTH",
            "Line",
            json!({ "x": { "timeUnit": "month", "field": "Hired", "type": "ordinal" },
                    "y": { "aggregate": "count", "type": "quantitative" } }),
        ),
        (
            "Visualize BAR SELECT Team , COUNT(Team) FROM Staff GROUP BY Full_time , Team",
            "Stacked Bar",
            json!({ "x": { "field": "Team", "type": "nominal" },
                    "y": { "aggregate": "valid", "field": "Team", "type": "quantitative" },
                    "color": { "field": "Full_time", "type": "nominal" } }),
        ),
        (
            "Visualize SCATTER SELECT Salary , Bonus FROM Staff",
            "Scatter",
            json!({ "x": { "field": "Salary", "type": "quantitative" }, "y": { "field": "Bonus", "type": "quantitative" } }),
        ),
        (
            "Visualize SCATTER SELECT min(Salary) , max(Salary) FROM Staff GROUP BY Team",
            "Scatter",
            json!({ "x": { "aggregate": "min", "field": "Salary", "type": "quantitative" },
                    "y": { "aggregate": "max", "field": "Salary", "type": "quantitative" },
                    "detail": { "field": "Team", "type": "nominal" } }),
        ),
    ] {
        let json = spec(vql, kind).to_json();
        let expected = ChartSpec::from_json(&json!({ "mark": json["mark"], "encoding": expected }))
            .unwrap()
            .value;
        assert_eq!(json["encoding"], expected.to_json()["encoding"], "{vql}");
        assert_eq!(json.get("transform"), None, "{vql}");
    }
}

#[test]
fn conditions_keep_the_rows_that_sql_keeps() {
    let all = "Ann:100 Bob:300 Cid:200 Eve:400";
    for (condition, expected) in [
        ("Salary > 100", "Bob:300 Cid:200 Eve:400"),
        ("Salary != 100", "Bob:300 Cid:200 Eve:400"),
        ("Salary < 300", "Ann:100 Cid:200"),
        ("Salary BETWEEN 100 AND 200", "Ann:100 Cid:200"),
        ("Team = 'Red'", "Ann:100 Bob:300"),
        ("Team = \"red\"", ""),
        ("Team != 'Red'", "Cid:200"),
        ("Team LIKE '%e%'", "Ann:100 Bob:300 Cid:200"),
        ("Name LIKE '_o%'", "Bob:300"),
        ("Name NOT LIKE '%o%'", "Ann:100 Cid:200 Eve:400"),
        ("Name IN ('Ann', 'Eve')", "Ann:100 Eve:400"),
        ("Name NOT IN ('Ann', 'Eve')", "Bob:300 Cid:200"),
        ("Team = 'Red' OR Salary = 200 AND Bonus = 9", "Ann:100 Bob:300"),
        ("(Team = 'Red' OR Salary = 200) AND Bonus = 1", "Cid:200"),
        ("Bonus != \"null\"", "Ann:100 Cid:200 Eve:400"),
        ("Bonus = \"null\"", "Bob:300"),
        ("Bonus IS NULL", "Bob:300"),
        ("Salary IS NOT NULL", "Ann:100 Bob:300 Cid:200 Eve:400"),
        ("Full_time = 'F'", "Bob:300 Eve:400"),
        ("Full_time != 'F'", "Ann:100 Cid:200"),
        ("Hired < '2020-03-09'", "Ann:100"),
        ("Hired >= '2021-01-04'", "Eve:400"),
        ("Salary > (SELECT avg(Salary) FROM Staff)", "Bob:300 Eve:400"),
        (
            "Salary >= (SELECT max(Salary) FROM Staff WHERE Team = 'Red')",
            "Bob:300 Eve:400",
        ),
        (
            "Team IN (SELECT Team FROM Staff WHERE Name LIKE '%i%')",
            "Cid:200",
        ),
        (
            "Team NOT IN (SELECT Team FROM Staff WHERE Name LIKE '%i%')",
            "Ann:100 Bob:300",
        ),
        ("Salary < Bonus", ""),
        ("Salary != \"many\"", "Ann:100 Bob:300 Cid:200 Eve:400"),
        ("Year = 2020", "Bob:300 Cid:200"),
        ("Name != 3", all),
    ] {
        let vql = format!("Visualize BAR SELECT Name , Salary FROM Staff WHERE {condition}");
        assert_eq!(
            rows(&spec(&vql, "Bar"), "Name", "Salary"),
            expected,
            "{condition}"
        );
    }
}

#[test]
fn having_and_limit_come_after_summarising() {
    let vql = "Visualize BAR SELECT Team , SUM(Salary) FROM Staff GROUP BY Team HAVING COUNT(*) > 1";
    assert_eq!(
        rows(&spec(vql, "Bar"), "Team", "sum_Salary"),
        "Blue:200.0 Red:400.0"
    );
    let vql = "Visualize BAR SELECT Name , Salary FROM Staff ORDER BY Salary DESC LIMIT 2";
    assert_eq!(rows(&spec(vql, "Bar"), "Name", "Salary"), "Bob:300 Eve:400");
    let vql = "Visualize BAR SELECT Team , COUNT(*) FROM Staff WHERE Team != 'null' GROUP BY Team ORDER BY Team ASC LIMIT 1";
    assert_eq!(rows(&spec(vql, "Bar"), "Team", "count"), "Blue:2");
    let vql = "Visualize BAR SELECT Name , Salary - Bonus FROM Staff WHERE Bonus > 2";
    assert_eq!(
        rows(&spec(vql, "Bar"), "Name", "Salary - Bonus"),
        "Ann:95.0 Eve:391.0"
    );
}

#[test]
fn whole_years_bin_as_years_and_by_their_first_of_january() {
    let vql = "Visualize BAR SELECT Year , COUNT(Year) FROM Staff BIN Year BY YEAR";
    assert_eq!(rows(&spec(vql, "Bar"), "Year", "__count"), "2019:1 2020:2 2021:2");
    let vql = "Visualize BAR SELECT Year , COUNT(Year) FROM Staff BIN Year BY WEEKDAY";
    // 1 January: Tuesday in 2019, Wednesday in 2020, Friday in 2021; weekdays stand in the first week of 2012.
    let expected = "2012-01-03T00:00:00:1 2012-01-04T00:00:00:2 2012-01-06T00:00:00:2";
    assert_eq!(rows(&spec(vql, "Bar"), "day_Year_date", "__count"), expected);
}

#[test]
fn what_cannot_be_drawn_from_one_table_is_said() {
    for (vql, says) in [
        (
            "Visualize BAR SELECT Wage , COUNT(*) FROM Staff GROUP BY Wage",
            "`Staff` has no column `Wage`",
        ),
        (
            "Visualize BAR SELECT Name , Salary FROM Staff AS T1 JOIN Pets AS T2 ON T1.Name = T2.Owner",
            "join the table `Pets`",
        ),
        (
            "Visualize BAR SELECT Name , Salary FROM Staff WHERE Team IN (SELECT Team FROM Teams)",
            "another table, `Teams`",
        ),
        (
            "Visualize BAR SELECT Name , Salary FROM Staff UNION SELECT Name , Salary FROM Staff",
            "combine two SELECTs",
        ),
        (
            "Visualize BAR SELECT Name , Salary , Bonus FROM Staff",
            "show 3 columns",
        ),
        (
            "Visualize BAR SELECT Name , Salary FROM Staff WHERE Hired > 'soon'",
            "compare a date with `soon`",
        ),
    ] {
        let query: Query = vql.parse().unwrap();
        let error = chart(&query, ChartKind::Bar, &ChartSource::of(&staff()))
            .unwrap_err()
            .to_string();
        assert!(error.contains(says), "{vql}: {error}");
    }
}

#[test]
fn what_is_no_query_is_refused_where_it_goes_wrong() {
    let deep = format!("Visualize BAR SELECT a , b FROM t WHERE {}a = 1", "(".repeat(100));
    for (vql, says) in [
        ("", "expected `Visualize` at character 0, found the end"),
        (
            "SELECT a , b FROM t",
            "expected `Visualize` at character 0, found `SELECT`",
        ),
        (
            "Visualize AREA SELECT a , b FROM t",
            "expected BAR, PIE, LINE or SCATTER at character 10, found `AREA`",
        ),
        (
            "Visualize BAR SELECT a , b",
            "expected FROM at character 26, found the end",
        ),
        (
            "Visualize BAR SELECT a , FROM t",
            "expected a column at character 25, found `FROM`",
        ),
        (
            "Visualize BAR SELECT a , b FROM t WHERE a",
            "expected a comparison",
        ),
        (
            "Visualize BAR SELECT a , b FROM t WHERE a = 'x",
            "never closed by '",
        ),
        (
            "Visualize BAR SELECT a , b FROM t LIMIT 1.5",
            "expected a whole number",
        ),
        (
            "Visualize BAR SELECT a , b FROM t BIN a BY DECADE",
            "expected YEAR, MONTH, WEEKDAY, DAY or ZERO",
        ),
        (deep.as_str(), "nests more than 32 deep"),
    ] {
        let error: VqlError = vql.parse::<Query>().unwrap_err();
        assert!(error.to_string().contains(says), "{vql}: {error}");
    }
}

#[test]
fn names_and_texts_are_written_so_that_they_cannot_end_an_expression() {
    let csv = "it's,b\\c\nO'Hara,1\nx' || true || ',2\n";
    let table = read("t.csv", csv.into(), &ReadOptions::default()).unwrap().value;
    let query: Query = "Visualize BAR SELECT `it's` , `b\\c` FROM t WHERE `it's` LIKE \"O'%\""
        .parse()
        .unwrap();
    let spec = chart(&query, ChartKind::Bar, &ChartSource::of(&table)).unwrap();
    let done = execute(&spec, &table, &ExecuteOptions::default()).unwrap().value;
    assert_eq!(done.units[0].rows(), 1);
    let filter: &Value = &spec.to_json()["transform"][0]["filter"];
    assert_eq!(
        filter,
        &json!("test(regexp('^O\\\\\\'[\\\\s\\\\S]*$', 'i'), datum['it\\'s'])")
    );
}

/// Words of queries in any order: most are no query, and none may be more than refused.
fn word() -> impl Strategy<Value = String> {
    let words = "Visualize BAR SELECT Team Salary Staff , ( ) * = != < FROM WHERE GROUP BY ORDER LIMIT 1 'x' COUNT( AVG( \
        IN BETWEEN AND OR NOT LIKE JOIN AS ON HAVING BIN YEAR UNION Hired .";
    prop::sample::select(words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,80}", words in prop::collection::vec(word(), 0..24)) {
        drop(text.parse::<Query>());
        let begun = format!("Visualize BAR SELECT Team , COUNT(*) FROM Staff {}", words.join(" "));
        for text in [words.join(" "), begun] {
            if let Ok(query) = text.parse::<Query>() {
                drop(chart(&query, ChartKind::Bar, &ChartSource::of(&staff())));
            }
        }
    }
}
