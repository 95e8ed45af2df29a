//! From a picture that somebody chose to the logo that is kept: decoded, made small, and written
//! anew, so that nothing but its dots survives.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use crate::wire::{ApiError, Code};

/// Bytes of a picture that is read at all.
const MOST_FILE_BYTES: u64 = 8 << 20;
/// Dots of a side that are decoded: a small file can claim to be a huge picture.
const MOST_SIDE: u32 = 6_000;
/// Memory that decoding may take.
const MOST_DECODED_BYTES: u64 = 160 << 20;
/// Dots of a side and bytes of the logo that is kept.
const LOGO_SIDE: u32 = 512;
const MOST_LOGO_BYTES: usize = 512 << 10;

/// Reads a picture and gives the PNG to keep.
///
/// Fails with a sentence when the file is no picture, is damaged or is too big.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, ApiError> {
    encode(decode(&bytes_of(path)?)?)
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, ApiError> {
    let unreadable = |error: std::io::Error| {
        let message = format!("{} cannot be read: {error}", path.display());
        refused(message, "Check the name and that you may read the file.")
    };
    if !path.is_file() {
        let message = format!("there is no picture {}", path.display());
        return Err(refused(message, "Name a PNG or JPEG file on this computer."));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(MOST_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MOST_FILE_BYTES {
        return Err(refused("the picture is larger than 8 MB", SMALLER));
    }
    Ok(bytes)
}

fn decode(bytes: &[u8]) -> Result<DynamicImage, ApiError> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| damaged(&error.to_string()))?;
    // The first bytes decide, not the name.
    if !matches!(reader.format(), Some(ImageFormat::Png | ImageFormat::Jpeg)) {
        let hint = "Save the logo as PNG or JPEG and choose it again.";
        return Err(refused("this file is no PNG or JPEG picture", hint));
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_DECODED_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(problem)?;
    let turned = decoder.orientation().map_err(problem)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(problem)?;
    picture.apply_orientation(turned);
    Ok(picture)
}

/// Writes it as small as it has to be.
fn encode(picture: DynamicImage) -> Result<Vec<u8>, ApiError> {
    let mut side = LOGO_SIDE;
    loop {
        let small = if picture.width() > side || picture.height() > side {
            picture.resize(side, side, FilterType::CatmullRom)
        } else {
            picture.clone()
        };
        let mut png = Vec::new();
        // Eight bits a colour: screens show no more, and nothing but colours is written.
        let dots = DynamicImage::ImageRgba8(small.into_rgba8());
        dots.write_with_encoder(PngEncoder::new(&mut png)).map_err(problem)?;
        if png.len() <= MOST_LOGO_BYTES {
            return Ok(png);
        }
        side = side * 3 / 4;
    }
}

const SMALLER: &str = "Save the logo smaller, such as 512 by 512 dots, and choose it again.";

fn problem(error: ImageError) -> ApiError {
    match error {
        ImageError::Limits(_) => {
            refused(format!("the picture has more than {MOST_SIDE} dots on a side"), SMALLER)
        }
        other => damaged(&other.to_string()),
    }
}

fn damaged(why: &str) -> ApiError {
    let hint = "Save the logo again as PNG or JPEG, or choose another file.";
    refused(format!("the picture is damaged: {why}"), hint)
}

fn refused(message: impl Into<String>, hint: &str) -> ApiError {
    ApiError {
        code: Code::BadFile,
        message: message.into(),
        hint: Some(format!("Nothing was changed. {hint}")),
    }
}
