//! Drafts of mappings, from headers and values.

use super::*;

fn table(header: &str, rows: &[&str]) -> Table {
    let cells = |line: &str| line.split(',').map(String::from).collect();
    Table::of(std::iter::once(header).chain(rows.iter().copied()).map(cells).collect())
}

fn check_proposal(header: &str, rows: &[&str], expected: &[&str], is_sure: bool) {
    let proposal = propose(&table(header, rows));
    assert_eq!(proposal.pairs(), expected, "{header}");
    assert_eq!(proposal.is_sure, is_sure, "{header}");
}

#[test]
fn columns_are_told_by_name_and_values() {
    check_proposal(
        "order_number,email,postcode,last_name,ordered_on,status,carrier,tracking,items",
        &[
            "HO-104106,a@b.example,00133,Gullane,2026-02-24,delivered,Northgate,CL889564574XB,1 x rope",
            "HO-104107,c@d.example,VJ12 4GW,Redruff,2026-02-25,shipped,Northgate,CL889564575XB,1 x sail",
            "HO-104108,e@f.example,VJ12 4GX,Moss,2026-02-26,shipped,Tidewater,CL889564576XB,1 x boots",
        ],
        &[
            "order_number=number",
            "email=email",
            "postcode=postcode",
            "last_name=last_name",
            "ordered_on=ordered_on",
            "status=status",
            "carrier=carrier",
            "items=items",
        ],
        true,
    );
    check_proposal(
        "Bestellnr.,Kunden-E-Mail,PLZ,Straße,Bestellstatus,Liefertermin",
        &[
            "20001,a@b.example,10115,Weg 1,offen,24.11.2026",
            "20002,c@d.example,80331,Weg 2,versendet,25.11.2026",
        ],
        &[
            "Bestellnr.=number",
            "Kunden-E-Mail=email",
            "PLZ=postcode",
            "Bestellstatus=status",
            "Liefertermin=expected_on",
        ],
        true,
    );
    check_proposal(
        "رقم الطلب,البريد الإلكتروني,الحالة",
        &["1001,a@b.example,مشحون", "1002,c@d.example,جديد"],
        &["رقم الطلب=number", "البريد الإلكتروني=email", "الحالة=status"],
        true,
    );
}

#[test]
fn values_overrule_a_name() {
    check_proposal(
        "order,email,status",
        &["yes,see note,open", "no,see note,open"],
        &["status=status"],
        false,
    );
    check_proposal(
        "id,contact,state",
        &["1001,a@b.example,open", "1002,c@d.example,open"],
        &["contact=email", "state=status"],
        false,
    );
}

#[test]
fn a_written_mapping_is_read_loosely_and_checked() {
    let read =
        |pairs: &[&str]| Mapping::read(&pairs.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>());
    let mapping = read(&["Ref=order_number", "Mail=e-mail", "S=status"]).unwrap();
    assert_eq!(mapping.to_pairs(), ["Ref=number", "Mail=email", "S=status"]);
    for wrong in [
        &["Ref=number", "S=status"][..],
        &["Mail=email", "S=status"],
        &["Ref=number", "Mail=email"],
        &["Ref"],
        &["Ref=colour"],
    ] {
        assert!(read(wrong).is_err(), "{wrong:?}");
    }
    let table = table("REF,mail,s", &["A-1,a@b.example,open", ",c@d.example,open"]);
    let orders = mapping.orders(&table).unwrap();
    assert_eq!((orders.len(), orders[0].number.as_str()), (1, "A-1"));
    assert!(read(&["Nope=number", "Mail=email", "S=status"]).unwrap().orders(&table).is_err());
}
