//! The shop's name, colour and logo; and pictures that are none.

use std::io::Cursor;

use commands::Session;
use commands::wire::ApiError;
use commands::wire::{
    Code, Desk, LogoView, LookChange, LookCommand, LookReply, LookView, StaffCommand, StaffReply,
    VisitorCommand, VisitorReply, WelcomeFace,
};
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use testkit::TestDesk;

fn look(desk: &TestDesk, command: LookCommand) -> Result<LookView, ApiError> {
    match desk.manage(StaffCommand::Look(command))? {
        StaffReply::Look(reply) => {
            let LookReply::Look(view) = *reply;
            Ok(view)
        }
        other => panic!("{other:?}"),
    }
}

fn greeted(desk: &TestDesk) -> Desk {
    match desk.core.visit(&Session::visitor("v"), VisitorCommand::Greet, &mut |_| {}).unwrap() {
        VisitorReply::Desk(greeted) => greeted,
        other => panic!("{other:?}"),
    }
}

fn logo(desk: &TestDesk) -> LogoView {
    match desk.core.visit(&Session::visitor("v"), VisitorCommand::Logo, &mut |_| {}).unwrap() {
        VisitorReply::Logo(view) => view,
        other => panic!("{other:?}"),
    }
}

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let dots = RgbaImage::from_fn(width, height, |x, y| Rgba([x as u8, y as u8, 90, 255]));
    let mut bytes = Cursor::new(Vec::new());
    let picture = DynamicImage::ImageRgba8(dots);
    let picture = if format == ImageFormat::Jpeg { picture.to_rgb8().into() } else { picture };
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn set_logo(desk: &TestDesk, name: &str, bytes: &[u8]) -> Result<LookView, ApiError> {
    let path = desk.write(name, bytes).to_string_lossy().into_owned();
    look(desk, LookCommand::SetLogo { path })
}

/// The bytes behind the `data:` address that pages get.
fn shown(view: &LookView) -> Vec<u8> {
    use base64::Engine as _;
    let encoded = view.logo.strip_prefix("data:image/png;base64,").expect("a PNG");
    base64::engine::general_purpose::STANDARD.decode(encoded).unwrap()
}

#[test]
fn what_staff_change_is_what_visitors_see_after_a_restart_too() {
    let desk = TestDesk::shop();
    let change = LookChange {
        name: Some(" Rosa’s\u{202e} ".into()),
        colour: Some("#C8102E".into()),
        welcomes: Some(vec![
            WelcomeFace { language: "de".into(), text: "Willkommen!".into() },
            WelcomeFace { language: "fr".into(), text: "  ".into() },
        ]),
        suggestions: Some(vec!["When?".into(), String::new(), "When?".into(), "Where?".into()]),
        ..LookChange::default()
    };
    let view = look(&desk, LookCommand::Change(change)).unwrap();
    assert_eq!((view.name.as_str(), view.colour.as_str()), ("Rosa’s", "#c8102e"));
    assert_eq!(view.suggestions, ["When?", "Where?"]);
    let desk = desk.reopened();
    let greeted = greeted(&desk);
    assert_eq!(greeted.name, "Rosa’s");
    assert_eq!(greeted.look.colour, "#c8102e");
    assert_eq!(greeted.look.welcomes.len(), 1, "a line without words is none");
}

#[test]
fn a_change_that_does_not_fit_changes_nothing() {
    let desk = TestDesk::shop();
    let before = look(&desk, LookCommand::State).unwrap();
    let named = |colour: &str, language: &str| LookChange {
        name: Some("New".into()),
        colour: Some(colour.into()),
        welcomes: Some(vec![WelcomeFace { language: language.into(), text: "Hi".into() }]),
        ..LookChange::default()
    };
    for change in [
        named("red", "de"),
        named("#ffffff;}", "de"),
        named("", "de\u{1e}x"),
        LookChange { name: Some("n".repeat(301)), ..LookChange::default() },
    ] {
        let error = look(&desk, LookCommand::Change(change)).unwrap_err();
        assert_eq!(error.code, Code::Invalid, "{error:?}");
    }
    assert_eq!(look(&desk, LookCommand::State).unwrap(), before);
}

#[test]
fn a_logo_is_made_small_and_a_change_of_it_can_be_taken_back() {
    let desk = TestDesk::shop();
    let first = set_logo(&desk, "a.png", &picture(1600, 400, ImageFormat::Png)).unwrap();
    let dots = image::load_from_memory(&shown(&first)).unwrap();
    assert_eq!((dots.width(), dots.height()), (512, 128));
    assert_eq!(logo(&desk).logo, first.logo);
    let second = set_logo(&desk, "b.jpg", &picture(60, 60, ImageFormat::Jpeg)).unwrap();
    assert_ne!(second.logo, first.logo);
    assert_eq!(look(&desk, LookCommand::UndoLogo).unwrap().logo, first.logo);
    assert_eq!(look(&desk, LookCommand::UndoLogo).unwrap().logo, second.logo);
    assert_eq!(look(&desk, LookCommand::RemoveLogo).unwrap().logo, "");
    let desk = desk.reopened();
    assert_eq!(look(&desk, LookCommand::UndoLogo).unwrap().logo, second.logo);
}

#[test]
fn a_greeting_carries_the_mark_of_the_logo_and_not_the_logo() {
    let desk = TestDesk::shop();
    assert_eq!((greeted(&desk).look.logo_mark, logo(&desk)), (String::new(), LogoView::default()));
    let bytes = picture(300, 200, ImageFormat::Png);
    set_logo(&desk, "a.png", &bytes).unwrap();
    let first = greeted(&desk);
    assert_eq!(first.look.logo_mark, logo(&desk).mark);
    assert!(first.look.logo_mark.len() < 40 && !format!("{first:?}").contains("data:image"));
    set_logo(&desk, "b.png", &bytes).unwrap();
    assert_eq!(
        greeted(&desk).look.logo_mark,
        first.look.logo_mark,
        "the same dots are the same logo"
    );
    set_logo(&desk, "c.png", &picture(301, 200, ImageFormat::Png)).unwrap();
    let second = greeted(&desk).look.logo_mark;
    assert!(second != first.look.logo_mark && second == logo(&desk).mark);
    look(&desk, LookCommand::RemoveLogo).unwrap();
    assert_eq!(greeted(&desk).look.logo_mark, "");
}

#[test]
fn the_first_logo_can_be_taken_back_too() {
    let desk = TestDesk::shop();
    assert!(!look(&desk, LookCommand::State).unwrap().can_undo_logo);
    assert!(look(&desk, LookCommand::UndoLogo).is_err());
    set_logo(&desk, "a.png", &picture(9, 9, ImageFormat::Png)).unwrap();
    let view = look(&desk, LookCommand::UndoLogo).unwrap();
    assert_eq!((view.logo.as_str(), view.can_undo_logo), ("", true));
}

/// A PNG of one chunk after the other, with right checksums.
fn png_with(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in chunks {
        png.extend((data.len() as u32).to_be_bytes());
        let mut checked = kind.to_vec();
        checked.extend(*data);
        png.extend(&checked);
        png.extend(checksum(&checked).to_be_bytes());
    }
    png
}

fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32, _| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
    !bytes.iter().fold(!0, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), step))
}

fn header(side: u32) -> Vec<u8> {
    let mut header = side.to_be_bytes().to_vec();
    header.extend(side.to_be_bytes());
    header.extend([8, 6, 0, 0, 0]);
    header
}

#[test]
fn a_hostile_logo_is_refused_with_a_sentence_and_the_old_one_stays() {
    let desk = TestDesk::shop();
    let whole = picture(64, 64, ImageFormat::Png);
    let before = set_logo(&desk, "good.png", &whole).unwrap().logo;
    let huge = png_with(&[(b"IHDR", &header(20_000)), (b"IDAT", &[0x78, 0x9c, 3, 0, 0, 0, 0, 1])]);
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    for (name, bytes, says) in [
        ("text.png", b"this is no picture".to_vec(), "no PNG or JPEG"),
        ("logo.svg", svg.to_vec(), "no PNG or JPEG"),
        ("svg.png", svg.to_vec(), "no PNG or JPEG"),
        ("empty.png", Vec::new(), "no PNG or JPEG"),
        ("bomb.png", huge, "dots on a side"),
        ("half.png", whole[..whole.len() / 2].to_vec(), "damaged"),
        ("head.jpg", picture(64, 64, ImageFormat::Jpeg)[..40].to_vec(), "damaged"),
        ("fat.png", [whole.clone(), vec![0; 9 << 20]].concat(), "larger than 8 MB"),
        ("moving.gif", b"GIF89a\x01\0\x01\0\0\0\0;".to_vec(), "no PNG or JPEG"),
    ] {
        let error = set_logo(&desk, name, &bytes).expect_err(name);
        assert_eq!(error.code, Code::BadFile, "{name}");
        assert!(error.message.contains(says), "{name}: {}", error.message);
        assert!(error.hint.unwrap().starts_with("Nothing was changed."), "{name}");
    }
    let missing = look(&desk, LookCommand::SetLogo { path: "/nowhere/logo.png".into() });
    assert_eq!(missing.unwrap_err().code, Code::BadFile);
    assert_eq!(look(&desk, LookCommand::State).unwrap().logo, before);
    assert_eq!(look(&desk, LookCommand::ChooseLogo).unwrap_err().code, Code::Unavailable);
}

#[test]
fn nothing_but_the_dots_of_a_logo_survives() {
    let desk = TestDesk::shop();
    let whole = picture(8, 8, ImageFormat::Png);
    // Right after the header: 8 bytes of signature and 25 of the first chunk.
    let (head, rest) = whole.split_at(33);
    let note = png_with(&[(b"tEXt", b"Comment\0<script>alert(1)</script>")]);
    let talking = [head, &note[8..], rest].concat();
    let kept = shown(&set_logo(&desk, "talking.png", &talking).unwrap());
    assert!(talking.windows(8).any(|part| part == b"<script>"));
    assert!(!kept.windows(8).any(|part| part == b"<script>"));
    assert!(image::load_from_memory(&kept).is_ok());
}

#[test]
fn a_logo_that_does_not_compress_is_made_smaller_until_it_fits() {
    let desk = TestDesk::shop();
    let mut seed = 1_u32;
    let mut noise = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as u8
    };
    let dots = RgbaImage::from_fn(700, 700, |_, _| Rgba([noise(), noise(), noise(), noise()]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgba8(dots).write_to(&mut bytes, ImageFormat::Png).unwrap();
    let kept = shown(&set_logo(&desk, "noise.png", &bytes.into_inner()).unwrap());
    assert!(kept.len() <= 512 << 10, "{}", kept.len());
}
