//! What a column's name says about its values, in the languages of shops. Pure.

use crate::card::ShownField;
use crate::proof::ProofKind;
use crate::words::plain;

use super::Field;

/// Names of columns, without spaces and accents, separated by `|`.
const SYNONYMS: &[(Field, &str)] = &[
    (
        Field::Number,
        "number|ordernumber|orderno|ordernr|orderid|order|ordername|ordernum|orderref|\
         orderreference|no|purchaseid|purchasenumber|bestellnummer|bestellnr|bestellung|\
         auftragsnummer|auftragsnr|auftrag|belegnummer|numerocommande|numerodecommande|\
         nocommande|commande|numeropedido|numerodepedido|pedido|idpedido|numeroordine|ordine|\
         nordine|numerodordine|bestelnummer|bestelling|ordernummer|bestallning|\
         bestallningsnummer|numerodopedido|رقمالطلب|الطلب",
    ),
    (
        Field::Proof(ProofKind::Email),
        "email|mail|emailaddress|customeremail|billingemail|contactemail|buyeremail|\
         mailadresse|emailadresse|kundenemail|courriel|adresseemail|correo|correoelectronico|\
         correoe|indirizzoemail|emailadres|epost|epostadress|البريدالإلكتروني|البريد|الايميل",
    ),
    (
        Field::Proof(ProofKind::Postcode),
        "postcode|postalcode|zip|zipcode|shippingzip|shippingpostcode|billingzip|\
         deliverypostcode|plz|postleitzahl|codepostal|cp|codigopostal|cap|codicepostale|\
         postnummer|postnr|cep|الرمزالبريدي",
    ),
    (
        Field::Proof(ProofKind::PhoneEnd),
        "phone|phonenumber|telephone|tel|mobile|mobilephone|phonelast4|phoneend|phone4|\
         customerphone|billingphone|shippingphone|telefon|telefonnummer|handy|mobil|portable|\
         telefono|movil|cellulare|telefoon|telefoonnummer|mobilnummer|الهاتف|رقمالهاتف|الجوال",
    ),
    (
        Field::Proof(ProofKind::LastName),
        "lastname|surname|familyname|customerlastname|billinglastname|nachname|familienname|\
         nomdefamille|nom|apellido|apellidos|cognome|achternaam|efternamn|sobrenome|\
         اسمالعائلة|الكنية",
    ),
    (
        Field::Shown(ShownField::Status),
        "status|orderstatus|state|fulfillmentstatus|fulfilmentstatus|deliverystatus|\
         shippingstatus|bestellstatus|lieferstatus|auftragsstatus|statut|etat|statutcommande|\
         estado|estadopedido|stato|statoordine|bestelstatus|situacao|الحالة|حالةالطلب",
    ),
    (
        Field::Shown(ShownField::OrderedOn),
        "orderedon|orderdate|ordered|orderedat|createdat|created|date|purchasedate|\
         dateordered|bestelldatum|bestelltam|auftragsdatum|datecommande|datedecommande|\
         fechapedido|fecha|dataordine|data|besteldatum|orderdatum|تاريخالطلب",
    ),
    (
        Field::Shown(ShownField::ShippedOn),
        "shippedon|shipdate|shippedat|shippingdate|dispatched|dispatchedon|dispatchdate|\
         fulfilledat|sentat|senton|versanddatum|versendetam|versandtam|dateexpedition|\
         datedexpedition|fechaenvio|fechadeenvio|dataspedizione|verzenddatum|verzondenop|\
         skickad|skickat|تاريخالشحن",
    ),
    (
        Field::Shown(ShownField::ExpectedOn),
        "expectedon|eta|expected|expecteddelivery|expecteddate|estimateddelivery|deliverydate|\
         deliveryestimate|duedate|arrivaldate|liefertermin|lieferdatum|voraussichtlich|\
         livraisonprevue|datelivraison|datelivraisonprevue|fechaentrega|entregaprevista|\
         fechaestimada|consegnaprevista|dataconsegna|verwachtelevering|leverdatum|\
         beraknadleverans|leveransdatum|تاريخالتسليم|موعدالتسليم",
    ),
    (
        Field::Shown(ShownField::DeliveredOn),
        "deliveredon|deliveredat|datedelivered|zugestelltam|geliefertam|livrele|datedelivre|\
         entregadoel|consegnatoil|geleverdop|levererad",
    ),
    (
        Field::Shown(ShownField::Carrier),
        "carrier|courier|shippingcarrier|shippingcompany|shippedvia|shipper|shippingmethod|\
         versanddienst|paketdienst|spediteur|transporteur|transportista|mensajeria|corriere|\
         vervoerder|bezorger|transportor|fraktforetag|transportadora|شركةالشحن|الناقل",
    ),
    (
        Field::Shown(ShownField::Items),
        "items|item|products|product|lineitems|lineitemname|articles|contents|itemname|\
         productname|artikel|positionen|produkte|produits|produit|articulos|articulo|\
         productos|prodotti|articoli|producten|artiklar|produkter|المنتجات|الأصناف",
    ),
];

/// How well a column's name fits a field, from 0 to 1.
pub(super) fn score_header(name: &str, field: Field) -> f32 {
    let bare: String = plain(name).split(' ').collect();
    let Some((_, synonyms)) = SYNONYMS.iter().find(|(known, _)| *known == field) else {
        return 0.0;
    };
    let is_one = synonyms
        .split('|')
        .any(|synonym| synonym == bare || (!synonym.is_ascii() && plain(synonym) == bare));
    if is_one {
        return 1.0;
    }
    let holds_one = synonyms.split('|').any(|synonym| synonym.len() >= 5 && bare.contains(synonym));
    if holds_one { 0.5 } else { 0.0 }
}
