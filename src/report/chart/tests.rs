use super::*;

fn frame(lang: Lang, width: Width, standalone: bool) -> Frame {
    Frame {
        id: "c".to_owned(),
        lang,
        title: lang.pick("A <title> & more", "제목").to_owned(),
        description: lang.pick("What it shows", "설명").to_owned(),
        unit: lang.pick("bn won", "억원").to_owned(),
        source: lang
            .pick("Source: Bank of Korea, 2023", "자료: 한국은행, 2023")
            .to_owned(),
        width,
        standalone,
    }
}

fn series(name: &str, color: &'static str, values: &[f64]) -> Series {
    Series {
        name: name.to_owned(),
        color,
        values: values.to_vec(),
    }
}

fn bars() -> Bars {
    let bar = |label: &str, rest| Bar {
        label: label.to_owned(),
        rest,
    };
    Bars {
        rows: vec![
            bar("Construction", false),
            bar("a < b", false),
            bar("others", true),
        ],
        parts: vec![
            series("direct", BLUE, &[30.0, 0.0, -1.0]),
            series("indirect", SKY, &[10.0, 20.0, 5.0]),
        ],
        counted: 2,
        decimals: 1,
    }
}

fn waterfall() -> Waterfall {
    let step = |label: &str, value, kind| Step {
        label: label.to_owned(),
        value,
        kind,
    };
    Waterfall {
        steps: vec![
            step("Spent", 100.0, StepKind::Sum),
            step("Imported", 40.0, StepKind::Out),
            step("At home", 60.0, StepKind::Sum),
            step("Margins", 5.0, StepKind::OfIt),
            step("Inputs", 15.0, StepKind::Out),
            step("Value added", 45.0, StepKind::Result),
        ],
        decimals: 0,
    }
}

/// One of each, with plain figures.
fn all() -> Vec<(&'static str, Box<dyn Chart>)> {
    let words = |w: &[&str]| -> Vec<String> { w.iter().map(|w| (*w).to_owned()).collect() };
    let node = |label: &str, value, rest| Node {
        label: label.to_owned(),
        value,
        rest,
    };
    let link = |stage, from, to, value| Link {
        stage,
        from,
        to,
        value,
    };
    let tile = |code: &str, name: &str, value: Option<f64>| Tile {
        code: code.to_owned(),
        name: name.to_owned(),
        value,
        note: "30%".to_owned(),
        marked: code == "KR-46",
    };
    vec![
        ("bars", Box::new(bars())),
        ("waterfall", Box::new(waterfall())),
        (
            "columns",
            Box::new(Columns {
                categories: words(&["2027", "2028"]),
                series: vec![
                    series("one-off", BLUE, &[10.0, 20.0]),
                    series("recurring", ORANGE, &[0.0, 5.0]),
                ],
                stacked: true,
                decimals: 1,
            }),
        ),
        (
            "heatmap",
            Box::new(Heatmap {
                rows: words(&["Steel", "Power"]),
                columns: words(&["Build", "Run"]),
                values: vec![vec![9.0, 1.0], vec![0.0, 3.0]],
                decimals: 0,
            }),
        ),
        (
            "sankey",
            Box::new(Sankey {
                stages: words(&["Demand", "Suppliers"]),
                nodes: vec![
                    vec![
                        node("Construction", 60.0, false),
                        node("others", 40.0, true),
                    ],
                    vec![node("Cement", 30.0, false), node("others", 20.0, true)],
                ],
                links: vec![
                    link(0, 0, 0, 25.0),
                    link(0, 0, 1, 5.0),
                    link(0, 1, 0, 5.0),
                    link(0, 1, 1, 15.0),
                ],
                decimals: 0,
            }),
        ),
        (
            "tornado",
            Box::new(Tornado {
                centre: 10.0,
                swings: vec![Swing {
                    label: "cost".to_owned(),
                    range: "1–2".to_owned(),
                    result: [8.0, 13.0],
                }],
                ends: ["low", "high"].map(str::to_owned),
                decimals: 0,
            }),
        ),
        (
            "fan",
            Box::new(Fan {
                places: words(&["2027", "2028"]),
                values: vec![[8.0, 10.0, 13.0, 9.0], [4.0, 5.0, 7.0, 5.0]],
                names: ["band", "median", "written"].map(str::to_owned),
                decimals: 0,
            }),
        ),
        (
            "lines",
            Box::new(Lines {
                series: vec![
                    series("all", VERMILION, &[4.0, 5.0, 1.0, -0.5]),
                    series("own", BLUE, &[3.0, 3.0, 0.0, -0.5]),
                ],
                marks: vec![(2, "back".to_owned())],
                axis: "day".to_owned(),
                decimals: 1,
            }),
        ),
        (
            "side_by_side",
            Box::new(SideBySide {
                names: words(&["now", "later"]),
                panels: vec![Panel {
                    title: "Output (bn won)".to_owned(),
                    values: vec![Some(10.0), None],
                    decimals: 1,
                }],
            }),
        ),
        (
            "tile_map",
            Box::new(TileMap {
                tiles: vec![
                    tile("KR-11", "Seoul", Some(10.0)),
                    tile("KR-46", "Jeonnam", Some(4.0)),
                    tile("KR-50", "Sejong", None),
                ],
                none: "–".to_owned(),
                decimals: 0,
            }),
        ),
    ]
}

/// The values of an attribute, in order.
fn attributes(svg: &str, name: &str) -> Vec<f64> {
    let key = format!(" {name}=\"");
    svg.split(&key)
        .skip(1)
        .filter_map(|rest| rest.split('"').next()?.parse().ok())
        .collect()
}

#[test]
fn small_charts_are_drawn_as_before() {
    for (name, chart) in all() {
        let svg = chart.draw(&frame(Lang::En, Width::Narrow, true));
        insta::assert_snapshot!(name, svg.replace("><", ">\n<"));
    }
}

#[test]
fn every_chart_names_itself_and_escapes_its_texts() {
    for (name, chart) in all() {
        for lang in [Lang::En, Lang::Ko] {
            for width in [Width::Wide, Width::Narrow] {
                for standalone in [true, false] {
                    let svg = chart.draw(&frame(lang, width, standalone));
                    assert!(svg.contains("role=\"img\""), "{name}");
                    assert!(svg.contains("aria-labelledby=\"c-t c-d\""), "{name}");
                    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{name}");
                    assert!(!svg.contains("<title>A <title>"), "{name}");
                    let opened = svg.matches('<').count();
                    assert_eq!(opened, svg.matches('>').count(), "{name} is balanced");
                    assert_eq!(svg.contains("2023"), standalone, "{name}: its source line");
                }
            }
        }
    }
}

#[test]
fn bars_are_as_long_as_their_values() {
    let svg = bars().draw(&frame(Lang::En, Width::Wide, false));
    let widths: Vec<f64> = attributes(&svg, "width");
    // After the picture's own width and two squares of the legend: direct and indirect of each row,
    // and white edges of 1 between parts.
    let bars: Vec<f64> = widths[3..].iter().copied().filter(|w| *w != 1.0).collect();
    let [first, second, none, third] = bars[..4] else {
        panic!("{bars:?}");
    };
    assert!((first / second - 3.0).abs() < 0.01, "{first} {second}");
    assert_eq!(none, 0.0);
    assert!((third / second - 2.0).abs() < 0.01);
    assert!(svg.contains("a &lt; b"));
}

#[test]
fn a_waterfall_starts_each_loss_where_the_sum_stood() {
    let svg = waterfall().draw(&frame(Lang::En, Width::Wide, false));
    let width = attributes(&svg, "width");
    // The picture itself, then spent, imported, at home, margins, inputs, value added.
    let [spent, imported, home, margins, inputs, value_added] = width[1..7] else {
        panic!("{width:?}");
    };
    assert!((imported / spent - 0.4).abs() < 0.01);
    assert!((spent - imported - home).abs() < 0.2);
    assert!((home - inputs - value_added).abs() < 0.2);
    assert!((margins / spent - 0.05).abs() < 0.01);
}

#[test]
fn nothing_to_draw_is_no_fault() {
    let empty: [Box<dyn Chart>; 5] = [
        Box::new(Lines {
            series: vec![series("all", BLUE, &[f64::NAN])],
            marks: Vec::new(),
            axis: String::new(),
            decimals: 0,
        }),
        Box::new(Waterfall {
            steps: Vec::new(),
            decimals: 0,
        }),
        Box::new(Columns {
            categories: Vec::new(),
            series: Vec::new(),
            stacked: false,
            decimals: 0,
        }),
        Box::new(Sankey {
            stages: Vec::new(),
            nodes: Vec::new(),
            links: Vec::new(),
            decimals: 0,
        }),
        Box::new(Tornado {
            centre: f64::NAN,
            swings: Vec::new(),
            ends: Default::default(),
            decimals: 0,
        }),
    ];
    for chart in empty {
        let svg = chart.draw(&frame(Lang::En, Width::Wide, true));
        assert!(svg.ends_with("</svg>"));
    }
}

#[cfg(feature = "png")]
#[test]
fn a_picture_is_a_png_or_says_what_is_missing() {
    let svg = bars().draw(&frame(Lang::En, Width::Narrow, true));
    match png::render(&svg, Lang::En) {
        Ok(picture) => assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n"),
        Err(error) => assert!(error.to_string().contains("font"), "{error}"),
    }
    assert!(png::render("<svg", Lang::En).is_err());
}

/// The drawn rectangles after the picture itself: left, top, width, height and colour.
fn rectangles(svg: &str) -> Vec<([f64; 4], String)> {
    let of = |tag: &str, name: &str| -> String {
        let key = format!(" {name}=\"");
        let rest = tag.split(&key).nth(1).unwrap_or("\"");
        rest.split('"').next().unwrap_or("").to_owned()
    };
    let tags = svg.split("<rect").skip(1);
    tags.map(|tag| {
        let number = |name: &str| of(tag, name).parse().unwrap_or(0.0);
        (["x", "y", "width", "height"].map(number), of(tag, "fill"))
    })
    .collect()
}

#[test]
fn bars_that_fall_lie_to_the_left_of_zero() {
    let bars = Bars {
        rows: ["Lodging", "Trade", "Steel"]
            .map(|label| Bar {
                label: label.to_owned(),
                rest: false,
            })
            .into(),
        parts: vec![
            series("direct", BLUE, &[-30.0, 0.0, 5.0]),
            series("indirect", SKY, &[-10.0, -20.0, 5.0]),
        ],
        counted: 2,
        decimals: 0,
    };
    let svg = bars.draw(&frame(Lang::En, Width::Wide, false));
    let drawn: Vec<[f64; 4]> = rectangles(&svg)
        .into_iter()
        .filter(|(_, fill)| fill == BLUE || fill == SKY)
        .map(|(at, _)| at)
        .skip(2)
        .collect();
    let [lodging, suppliers, _, trade, up, more] = drawn[..] else {
        panic!("{drawn:?}");
    };
    let zero = up[0];
    assert!(
        (lodging[0] + lodging[2] - zero).abs() < 0.11,
        "{lodging:?} end at {zero}"
    );
    assert!((suppliers[0] + suppliers[2] - lodging[0]).abs() < 0.11);
    assert!(
        (lodging[2] / trade[2] - 1.5).abs() < 0.01,
        "as long as the fall"
    );
    assert!((trade[0] + trade[2] - zero).abs() < 0.11);
    assert!((up[0] + up[2] - more[0]).abs() < 0.11 && more[2] > 0.0);
    assert!(svg.contains(">-40<") && svg.contains(">10<"));
}

#[test]
fn a_waterfall_of_a_fall_keeps_every_bar() {
    let mut falling = waterfall();
    falling
        .steps
        .iter_mut()
        .for_each(|step| step.value = -step.value);
    let svg = falling.draw(&frame(Lang::En, Width::Wide, false));
    let [spent, imported, home, margins, inputs, value_added] = rectangles(&svg)
        .into_iter()
        .map(|(at, _)| at)
        .collect::<Vec<_>>()[..]
    else {
        panic!("{svg}");
    };
    assert!((imported[2] / spent[2] - 0.4).abs() < 0.01);
    assert!(
        (imported[0] - spent[0]).abs() < 0.11,
        "it starts at the end of the fall"
    );
    assert!((home[0] - imported[0] - imported[2]).abs() < 0.11);
    assert!((inputs[0] - home[0]).abs() < 0.11);
    assert!((value_added[2] / spent[2] - 0.45).abs() < 0.01 && margins[2] > 0.0);
    assert!(svg.contains("−100 (100%)") && svg.contains("−40 (40%)") && !svg.contains("−−"));
}

#[test]
fn columns_of_mixed_signs_stand_and_hang() {
    let columns = Columns {
        categories: ["2027", "2028"].map(str::to_owned).into(),
        series: vec![series("all", BLUE, &[20.0, -10.0])],
        stacked: true,
        decimals: 0,
    };
    let svg = columns.draw(&frame(Lang::En, Width::Wide, false));
    let drawn = rectangles(&svg);
    let [(up, _), (down, _)] = &drawn[..] else {
        panic!("{drawn:?}");
    };
    assert!((up[3] / down[3] - 2.0).abs() < 0.01);
    assert!((up[1] + up[3] - down[1]).abs() < 0.11, "both meet at zero");
}

#[test]
fn a_tornado_around_a_fall_keeps_its_sides() {
    let tornado = Tornado {
        centre: -10.0,
        swings: vec![Swing {
            label: "cost".to_owned(),
            range: "1–2".to_owned(),
            result: [-13.0, 2.0],
        }],
        ends: ["low", "high"].map(str::to_owned),
        decimals: 0,
    };
    let svg = tornado.draw(&frame(Lang::En, Width::Wide, false));
    let drawn = rectangles(&svg);
    let [.., (high, _), (low, _)] = &drawn[..] else {
        panic!("{drawn:?}");
    };
    assert!((high[2] / low[2] - 4.0).abs() < 0.02, "{drawn:?}");
    assert!((low[0] + low[2] - high[0]).abs() < 0.11);
    assert!(svg.contains(">-13<") && svg.contains(">2<"));
}

#[test]
fn falls_have_a_size_and_another_colour_in_webs_maps_and_panels() {
    let node = |label: &str, value| Node {
        label: label.to_owned(),
        value,
        rest: false,
    };
    let sankey = Sankey {
        stages: ["Demand", "Suppliers"].map(str::to_owned).into(),
        nodes: vec![
            vec![node("a", -60.0)],
            vec![node("b", -30.0), node("c", 10.0)],
        ],
        links: vec![
            Link {
                stage: 0,
                from: 0,
                to: 0,
                value: -30.0,
            },
            Link {
                stage: 0,
                from: 0,
                to: 1,
                value: 10.0,
            },
        ],
        decimals: 0,
    };
    let svg = sankey.draw(&frame(Lang::En, Width::Wide, false));
    let heights: Vec<f64> = rectangles(&svg).iter().map(|(at, _)| at[3]).collect();
    assert!((heights[0] / heights[1] - 2.0).abs() < 0.01, "{heights:?}");
    assert!((heights[1] / heights[2] - 3.0).abs() < 0.02, "{heights:?}");
    assert!(svg.contains(">-60<"));

    let panels = SideBySide {
        names: ["now", "later"].map(str::to_owned).into(),
        panels: vec![Panel {
            title: "Output".to_owned(),
            values: vec![Some(-10.0), Some(5.0)],
            decimals: 0,
        }],
    };
    let svg = panels.draw(&frame(Lang::En, Width::Wide, false));
    let drawn = rectangles(&svg);
    let [.., (down, _), (up, _)] = &drawn[..] else {
        panic!("{drawn:?}");
    };
    assert!((down[2] / up[2] - 2.0).abs() < 0.01);
    assert!((down[0] + down[2] - up[0]).abs() < 0.11);

    assert_ne!(shade(-0.5).0, shade(0.5).0);
    assert_eq!(shade(-1.0).1, shade(1.0).1);
}
