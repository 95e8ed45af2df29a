//! Questions and clocks: what is said when, and what is left to the search.

use jiff::civil::{Date, DateTime, Weekday, date};

use super::*;

/// From "9:30-18" to a span.
fn span(text: &str) -> Span {
    let minutes = |part: &str| {
        let (hour, minute) = part.split_once(':').unwrap_or((part, "0"));
        hour.parse::<u16>().unwrap() * 60 + minute.parse::<u16>().unwrap()
    };
    let (opens, closes) = text.split_once('-').unwrap();
    Span { opens: minutes(opens), closes: minutes(closes) }
}

fn spans(text: &str) -> Vec<Span> {
    text.split_whitespace().map(span).collect()
}

fn week(days: [&str; 7]) -> [Vec<Span>; 7] {
    days.map(spans)
}

fn on(day: Day, names: &[&str], hours: &str) -> SpecialDay {
    SpecialDay {
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        on: day,
        hours: spans(hours),
    }
}

/// Open from Monday to Saturday, with a pause on Wednesday; a bar that is open over midnight.
fn shop() -> Facts {
    let all_year = |days| vec![Season { between: None, week: week(days) }];
    Facts {
        zone: TimeZone::UTC,
        places: vec![
            Place {
                phone: "01632 960140".into(),
                email: "hello@shop.example".into(),
                address: "14 Quay Street".into(),
                seasons: all_year(["9-18", "9-18", "9-12 14-18", "9-20", "9-18", "10-16", ""]),
                days: vec![
                    on(Day::Yearly { month: 12, day: 25 }, &["Christmas Day"], ""),
                    on(Day::Yearly { month: 12, day: 24 }, &["Christmas Eve"], "10-13"),
                    on(Day::Date(date(2027, 12, 24)), &[], "10-14"),
                    on(Day::Easter { offset: 1 }, &["Easter Monday"], "11-15"),
                    on(Day::Nth { month: 1, weekday: Weekday::Monday, nth: -1 }, &[], ""),
                ],
                known_until: Some(date(2028, 12, 31)),
                ..Place::default()
            },
            Place {
                names: vec!["bar".into()],
                seasons: all_year(["18-2", "18-2", "18-2", "18-2", "18-3", "18-3", "18-24"]),
                ..Place::default()
            },
            Place {
                names: vec!["locker".into()],
                seasons: all_year(["0-24", "0-24", "0-24", "0-24", "0-24", "0-24", "0-24"]),
                ..Place::default()
            },
        ],
        prices: vec![Price {
            names: vec!["kayak".into(), "kayaks".into()],
            amount: "25".into(),
            currency: "£".into(),
            valid_until: Some(date(2026, 12, 31)),
        }],
    }
}

fn at(date: Date, hour: i8, minute: i8) -> DateTime {
    date.at(hour, minute, 0, 0)
}

/// A Friday.
const FRIDAY: Date = date(2026, 11, 20);

fn ask(question: &str, now: DateTime) -> Option<String> {
    let facts = shop();
    let asked = read(question, "", &facts, now)?;
    state(&facts, &asked, now).map(|stated| stated.text)
}

fn check(question: &str, now: DateTime, expected: &str) {
    assert_eq!(ask(question, now).as_deref(), Some(expected), "{question} at {now}");
}

fn check_left_alone(question: &str) {
    assert_eq!(ask(question, at(FRIDAY, 12, 0)), None, "{question}");
}

#[test]
fn now_is_told_by_the_minute() {
    let open = "Yes. We are open now, until 6 pm.";
    check("Are you open now?", at(FRIDAY, 9, 0), open);
    check("are you open", at(FRIDAY, 17, 59), open);
    let closed =
        "No. We are closed right now. Next opening: tomorrow, Saturday 21 November, 10 am.";
    check("are you open?", at(FRIDAY, 18, 0), closed);
    check("Are you still open?", at(FRIDAY, 18, 0), closed);
    check("are you closed now", at(FRIDAY, 18, 0), &closed.replace("No.", "Yes."));
    check(
        "is the shop open now?",
        at(FRIDAY, 8, 59),
        "No. We are closed right now. Next opening: today, Friday 20 November, 9 am.",
    );
    // Over the closed Sunday, and over the pause of a Wednesday.
    check(
        "Are you open?",
        at(date(2026, 11, 21), 16, 0),
        "No. We are closed right now. Next opening: Monday 23 November, 9 am.",
    );
    check(
        "Are you open?",
        at(date(2026, 11, 18), 13, 0),
        "No. We are closed right now. Next opening: today, Wednesday 18 November, 2 pm.",
    );
}

#[test]
fn days_are_named_with_their_date() {
    let noon = at(FRIDAY, 12, 0);
    check(
        "are you open tomorrow?",
        noon,
        "Yes. Tomorrow, Saturday 21 November: open from 10 am to 4 pm.",
    );
    check("Are you open on Sunday?", noon, "No. Sunday 22 November: closed.");
    check("are you closed on sunday", noon, "Yes. Sunday 22 November: closed.");
    check("Are you open today?", noon, "Yes. Today, Friday 20 November: open from 9 am to 6 pm.");
    check("when do you close today?", noon, "Today, Friday 20 November: open from 9 am to 6 pm.");
    check(
        "what time do you open on Wednesday",
        noon,
        "Wednesday 25 November: open from 9 am to 12 pm and from 2 pm to 6 pm.",
    );
    check("Are you open at 7 pm?", noon, "No. Today, Friday 20 November: open from 9 am to 6 pm.");
    check(
        "Are you open on Thursday at 7:30 pm?",
        noon,
        "Yes. Thursday 26 November: open from 9 am to 8 pm.",
    );
    check(
        "are you open on thursday at 8pm",
        noon,
        "No. Thursday 26 November: open from 9 am to 8 pm.",
    );
    check(
        "are you open this weekend?",
        noon,
        "Tomorrow, Saturday 21 November: open from 10 am to 4 pm; Sunday 22 November: closed.",
    );
    check(
        "when do you open?",
        at(FRIDAY, 20, 0),
        "Today, Friday 20 November: open from 9 am to 6 pm. Next opening: tomorrow, Saturday 21 November, 10 am.",
    );
    check("Are you open on Fridays?", noon, "Friday: open from 9 am to 6 pm.");
}

#[test]
fn special_days_win_over_weekdays() {
    let noon = at(FRIDAY, 12, 0);
    check("Are you open on 25 December?", noon, "No. Christmas Day, Friday 25 December: closed.");
    check(
        "are you open on 24 December 2027?",
        noon,
        "Yes. Friday 24 December 2027: open from 10 am to 2 pm.",
    );
    check(
        "are you open on christmas eve",
        noon,
        "Yes. Christmas Eve, Thursday 24 December: open from 10 am to 1 pm.",
    );
    check("Are you open on December 25th?", noon, "No. Christmas Day, Friday 25 December: closed.");
    check(
        "are you open on 24/12/2027",
        noon,
        "Yes. Friday 24 December 2027: open from 10 am to 2 pm.",
    );
    check(
        "hours on Easter Monday",
        noon,
        "Easter Monday, Monday 29 March 2027: open from 11 am to 3 pm.",
    );
    check("are you open on 25 January", noon, "No. Monday 25 January 2027: closed.");
    check(
        "are you open on 18 January",
        noon,
        "Yes. Monday 18 January 2027: open from 9 am to 6 pm.",
    );
    // Nobody has said yet which days are special then.
    assert_eq!(ask("Are you open on 2029-05-01?", noon), None);
}

#[test]
fn hours_over_midnight_belong_to_the_evening_before() {
    let bar = |question, now, expected| check(question, now, expected);
    bar("Is the bar open?", at(FRIDAY, 1, 59), "bar: Yes. We are open now, until 2 am.");
    bar(
        "Is the bar open now?",
        at(FRIDAY, 23, 0),
        "bar: Yes. We are open now, until tomorrow, Saturday 21 November 3 am.",
    );
    bar(
        "Is the bar open?",
        at(FRIDAY, 2, 0),
        "bar: No. We are closed right now. Next opening: today, Friday 20 November, 6 pm.",
    );
    // The shop is closed on Sundays, and the bar lies in it.
    bar("is the bar open on sunday", at(FRIDAY, 12, 0), "bar: No. Sunday 22 November: closed.");
    bar(
        "Is the locker open now?",
        at(FRIDAY, 3, 0),
        "locker: Yes. We are open now, until tomorrow, Saturday 21 November midnight.",
    );
}

#[test]
fn around_the_clock_has_no_end() {
    let mut facts = shop();
    facts.places = vec![facts.places.remove(2)];
    let now = at(FRIDAY, 3, 0);
    let asked = read("are you open", "", &facts, now).unwrap();
    let stated = state(&facts, &asked, now).unwrap();
    assert_eq!(stated.text, "Yes. We are open now, around the clock.");
}

/// Berlin's clocks go from 2:00 to 3:00 on 28 March 2027 and from 3:00 to 2:00 on 25 October 2026.
#[test]
fn the_wall_clock_counts_when_clocks_change() {
    let zone = TimeZone::get("Europe/Berlin").expect("a well-known zone");
    let local = |utc: &str| zone.to_datetime(utc.parse().expect("a time"));
    check(
        "is the bar open",
        local("2027-03-26T00:59:00Z"),
        "bar: Yes. We are open now, until 2 am.",
    );
    // Saturday night, open until 3: the hour from two to three does not exist.
    let spring = local("2027-03-28T00:59:00Z");
    assert_eq!(spring, at(date(2027, 3, 28), 1, 59));
    check("is the bar open", spring, "bar: Yes. We are open now, until 3 am.");
    let later = local("2027-03-28T01:00:00Z");
    assert_eq!(later, at(date(2027, 3, 28), 3, 0));
    assert!(ask("is the bar open", later).unwrap().starts_with("bar: No."));
    // In autumn the hour comes twice, and the bar is open in both.
    for utc in ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"] {
        assert_eq!(local(utc), at(date(2026, 10, 25), 2, 30));
        check("is the bar open", local(utc), "bar: Yes. We are open now, until 3 am.");
    }
}

#[test]
fn contact_and_prices_are_told_as_typed() {
    let noon = at(FRIDAY, 12, 0);
    check("What is your phone number?", noon, "Phone: 01632 960140");
    check("what's your email address", noon, "E-mail: hello@shop.example");
    check("Where are you?", noon, "Address: 14 Quay Street");
    check("How much is a kayak?", noon, "kayak: £25 (until Thursday 31 December)");
    assert_eq!(ask("How much is a kayak?", at(date(2027, 1, 1), 12, 0)), None);
    assert_eq!(ask("What is the phone number of the bar?", noon), None);
}

#[test]
fn other_languages_are_answered_in_their_own() {
    let noon = at(FRIDAY, 12, 0);
    check(
        "Habt ihr morgen geöffnet?",
        noon,
        "Ja. Morgen, Samstag, 21. November: geöffnet von 10:00 Uhr bis 16:00 Uhr.",
    );
    check("Haben Sie jetzt offen?", noon, "Ja. Wir haben jetzt geöffnet, bis 18:00 Uhr.");
    check("Êtes-vous ouverts dimanche ?", noon, "Non. Dimanche 22 novembre: fermé.");
    check(
        "À quelle heure fermez-vous aujourd'hui ?",
        noon,
        "Aujourd'hui, vendredi 20 novembre: ouvert de 09:00 à 18:00.",
    );
    check("¿Están abiertos el domingo?", noon, "No. Domingo 22 de noviembre: cerrado.");
    check(
        "¿A qué hora cierran hoy?",
        noon,
        "Hoy, viernes 20 de noviembre: abierto de 09:00 a 18:00.",
    );
    check(
        "Siete aperti domani?",
        noon,
        "Sì. Domani, sabato 21 novembre: aperto dalle 10:00 alle 16:00.",
    );
    check("Zijn jullie nu open?", noon, "Ja. We zijn nu open, tot 18:00 uur.");
    check("Har ni öppet på söndag?", noon, "Nej. Söndag 22 november: stängt.");
    check("När stänger ni idag?", noon, "I dag, fredag 20 november: öppet 09:00 till 18:00.");
    check("هل أنتم مفتوحون الآن؟", noon, "نعم. نحن مفتوحون الآن، حتى 18:00.");
    check(
        "هل المتجر مفتوح غدا؟",
        noon,
        "نعم. غدًا، السبت 21 نوفمبر: مفتوح من 10:00 إلى 16:00.".replace("غدًا، ", "غدًا, ").as_str(),
    );
    check("ما هو رقم الهاتف؟", noon, "الهاتف: 01632 960140");
}

#[test]
fn what_is_not_plain_is_left_to_the_search() {
    for question in [
        "Is the café open?",
        "When does the supermarket in the next village close tonight?",
        "it's February, would I find the door unlocked this Sunday?",
        "Are you open on 5/6?",
        "Are you open 24/7?",
        "What are your hours in May?",
        "When is the workshop open?",
        "Do you open parcels at the tills?",
        "Can I open a jar here now?",
        "Is the box open on arrival?",
        "Are you open on Sunday 23 November?",
        "Are you open on 31 February?",
        "are you open at 8",
        "Is the shop open about its prices?",
        "and on Sunday?",
        "How much is a kayak lesson?",
        "What is the phone number of the rental desk?",
        "Do you have an app for my phone?",
        "today",
        "Are you open in 2027?",
        "Are you open on 24 December 2019 and 2027?",
        "",
    ] {
        check_left_alone(question);
    }
}

#[test]
fn nothing_typed_answers_nothing() {
    let now = at(FRIDAY, 12, 0);
    assert!(read("are you open now?", "", &Facts::default(), now).is_none());
    let bare = Facts { places: vec![Place::default()], ..Facts::default() };
    let asked = read("are you open now?", "", &bare, now).unwrap();
    assert!(state(&bare, &asked, now).is_none());
    let asked = read("what is your phone number", "", &bare, now).unwrap();
    assert!(state(&bare, &asked, now).is_none());
}

#[test]
fn easter_is_where_the_calendar_has_it() {
    for (year, month, day) in
        [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)]
    {
        let today = date(year, 1, 1);
        let found = calendar::next_date(Day::Easter { offset: 0 }, today);
        assert_eq!(found, Some(date(year, month, day)));
    }
}

#[test]
fn seasons_turn_with_the_year() {
    let mut facts = shop();
    let hours = |between, open: &str| Season { between, week: week([open; 7]) };
    facts.places = vec![Place {
        seasons: vec![
            hours(Some(((4, 1), (10, 31))), "9-19"),
            hours(Some(((11, 1), (3, 31))), "10-17"),
        ],
        ..Place::default()
    }];
    let on = |date| calendar::hours_on(&facts, 0, date).unwrap();
    assert_eq!(on(date(2026, 10, 31)), spans("9-19"));
    assert_eq!(on(date(2026, 11, 1)), spans("10-17"));
    assert_eq!(on(date(2027, 3, 31)), spans("10-17"));
    assert_eq!(on(date(2027, 4, 1)), spans("9-19"));
    // In general there is no one answer for a weekday of two seasons.
    let now = at(FRIDAY, 12, 0);
    let asked = read("Are you open on Fridays?", "", &facts, now).unwrap();
    assert_eq!(state(&facts, &asked, now), None);
    let asked = read("What are your opening hours?", "", &facts, now).unwrap();
    let stated = state(&facts, &asked, now).unwrap();
    assert_eq!(
        stated.text,
        "1 April – 31 October: Monday – Sunday: open from 9 am to 7 pm.\n\
         1 November – 31 March: Monday – Sunday: open from 10 am to 5 pm."
    );
}
