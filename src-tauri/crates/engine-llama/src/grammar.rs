//! A look at a grammar before llama.cpp gets it. A grammar of a few bytes can describe more
//! states than there is memory, so what multiplies is bounded. Pure.
//!
//! This is not a parser: llama.cpp reads the grammar and says whether it is one. Only the parts
//! that multiply are understood here: repetitions and groups.

/// Longer than any form a help desk asks a model to fill in.
const LONGEST_BYTES: usize = 16 << 10;

/// Copies of a rule's part that all nested `{m,n}` may ask for together.
const COPIES_MAX: u64 = 1024;

/// Groups inside groups.
const DEEPEST: usize = 32;

/// A group that is still open.
#[derive(Default)]
struct Group {
    /// Copies that its own parts ask for, at most.
    copies: u64,
    /// Whether a part repeats without a limit.
    repeats: bool,
}

/// Fails with the reason, in words that follow "the grammar cannot be used:".
pub(crate) fn check_grammar(source: &str) -> Result<(), String> {
    if source.len() > LONGEST_BYTES {
        return Err(format!("it has {} bytes and {LONGEST_BYTES} are allowed", source.len()));
    }
    if source.contains('\0') {
        return Err("it contains a zero byte".to_owned());
    }
    let mut groups = vec![Group::default()];
    // What the next repetition sign would repeat.
    let mut last = Group::default();
    let mut rest = source.char_indices().peekable();
    while let Some((start, letter)) = rest.next() {
        match letter {
            '#' => while rest.next_if(|(_, letter)| *letter != '\n').is_some() {},
            '"' | '[' => {
                let end = if letter == '"' { '"' } else { ']' };
                while let Some((_, letter)) = rest.next() {
                    if letter == '\\' {
                        rest.next();
                    } else if letter == end {
                        break;
                    }
                }
                last = Group::default();
            }
            '(' => {
                if groups.len() > DEEPEST {
                    return Err(format!("it has more than {DEEPEST} groups inside each other"));
                }
                groups.push(Group::default());
            }
            ')' if groups.len() > 1 => {
                last = groups.pop().unwrap_or_default();
                close(&mut groups, &last)?;
            }
            '*' | '+' | '?' | '{' => {
                let (copies, is_endless) = match letter {
                    '?' => (1, false),
                    '{' => read_bounds(&source[start + 1..])?,
                    _ => (1, true),
                };
                if is_endless && last.repeats {
                    return Err("it repeats without limit what repeats without limit".to_owned());
                }
                let copies = last.copies.max(1).saturating_mul(copies.max(1));
                last = Group { copies, repeats: last.repeats || is_endless };
                close(&mut groups, &last)?;
            }
            letter if letter.is_alphanumeric() || letter == '.' => last = Group::default(),
            _ => {}
        }
    }
    Ok(())
}

/// Notes in the group around it what a part asks for.
fn close(groups: &mut [Group], part: &Group) -> Result<(), String> {
    let Some(around) = groups.last_mut() else { return Ok(()) };
    around.copies = around.copies.max(part.copies);
    around.repeats |= part.repeats;
    if around.copies > COPIES_MAX {
        return Err(format!("it repeats a part more than {COPIES_MAX} times"));
    }
    Ok(())
}

/// The larger number of `m}`, `m,}` or `m,n}`, and whether there is no upper one.
fn read_bounds(after: &str) -> Result<(u64, bool), String> {
    let Some((bounds, _)) = after.split_once('}') else {
        return Err("a repetition has no end".to_owned());
    };
    let number = |text: &str| match text.trim() {
        "" => Ok(0),
        digits => digits.parse::<u64>().map_err(|_| format!("`{{{bounds}}}` is no repetition")),
    };
    match bounds.split_once(',') {
        None => Ok((number(bounds)?, false)),
        Some((least, most)) => Ok((number(least)?.max(number(most)?), most.trim().is_empty())),
    }
}

#[cfg(test)]
mod tests;
