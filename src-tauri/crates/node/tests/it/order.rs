//! Orders from the command line: the form, the table, and what it never tells.

use serde_json::json;

use crate::desk::{Desk, check_error, run};

const ORDERS: &str = "\
order_number,email,status
A-1001,ann@mail.example,shipped
A-1002,bob@mail.example,delivered
";

#[test]
fn a_new_desk_can_be_tried_with_an_order_of_the_sample_shop() {
    let desk = Desk::new();
    let try_it = |number: &str, proof: &str| {
        run(desk.scripted().args(["--json", "order", "--number", number, "--proof", proof]))
    };
    let found = try_it("HO-104106", "ursula.gullane@webpost.example.org").document();
    assert_eq!(found["outcome"], json!("found"));
    for field in ["number", "status", "as_of"] {
        assert!(found["card"][field].as_str().is_some_and(|text| !text.is_empty()), "{found}");
    }
    let (wrong, unknown) =
        (try_it("HO-104106", "nobody@mail.example"), try_it("HO-999999", "00133"));
    assert_eq!((wrong.status, &wrong.stdout), (0, &unknown.stdout));
    assert_eq!(wrong.document()["outcome"], json!("refused"));
    for _ in 0..3 {
        assert_eq!(try_it("HO-104106", "nobody@mail.example").stdout, unknown.stdout);
    }
    let sixth = try_it("HO-104106", "ursula.gullane@webpost.example.org").document();
    assert_eq!((&sixth["outcome"], &sixth["card"]), (&json!("locked"), &json!(null)));
}

#[test]
fn a_table_of_orders_is_imported_and_a_wrong_one_leaves_it() {
    let desk = Desk::new();
    let import = |content: &str, more: &[&str]| {
        let path = desk.write("orders.csv", content);
        run(desk.scripted().args(["--json", "import", "--orders"]).arg(path).args(more))
    };
    let report = import(ORDERS, &[]).document();
    assert_eq!((&report["state"], &report["orders"]), (&json!("ready"), &json!(2)), "{report}");
    let map = ["--map", "order_number=number,email=email,status=status"];
    assert_eq!(import(ORDERS, &map).document()["orders"], json!(2));

    for (content, more) in [
        ("no,columns\n1,2\n", &[][..]),
        (ORDERS, &["--map", "order_number=number,nope=email,status=status"]),
        (ORDERS, &["--example", "A-1001=wrong@mail.example"]),
    ] {
        let rejected = import(content, more);
        assert_eq!(rejected.status, 1);
        let report = rejected.document();
        assert_eq!(report["state"], json!("rejected"), "{report}");
        check_error(&report["error"]);
    }
    let found = desk.json(&["order", "--number", "a1001", "--proof", "ann@mail.example"]);
    assert_eq!(found["card"]["status"], json!("Your order has been shipped."));
    let sources = desk.json(&["order", "--sources"]);
    assert_eq!(sources["sources"][0]["orders"], json!(2));
}
