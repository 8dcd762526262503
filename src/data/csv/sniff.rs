//! How a table is written down, found out from its beginning.

use super::blanks::{self, Squeezer};
use super::candidate::DelimiterCandidate;
use super::layout::{Cut, HeaderLines, Top};
use super::quoted::LineCounter;
use super::{Decimal, Delimiter, Dialect, ReadError, ReadOptions};
use crate::kind::{FileKind, kind_of};

/// So many bytes are looked at.
pub(super) const SAMPLE: usize = 1 << 16;

/// When they hold fewer lines, more are looked at.
pub(super) const LINES: usize = 4;
pub(super) const LARGEST_SAMPLE: usize = 1 << 22;

/// A file with a zero byte and fewer other bytes is not called a text.
const FEWEST_LETTERS: usize = 8;

/// What the first bytes tell.
pub(super) struct Sniffed {
    pub dialect: Dialect,
    /// Of each column its decimal mark, when they differ.
    pub decimals: Vec<Decimal>,
    /// Bytes of a record, on average.
    pub record_bytes: f64,
    /// So many bytes of the sample are above everything else; the rest is what is cut.
    pub top: usize,
    pub cut: Cut,
    /// The sample and what makes one space of every run of blanks in what follows it, when blanks are so used.
    pub aligned: Option<(Vec<u8>, Squeezer)>,
    /// A number that, as all others with such a mark, might have the other decimal mark.
    pub ambiguous: Option<String>,
    /// The whole numbers that are taken as names, the first and the last.
    pub numbers_as_names: Option<(String, String)>,
}

/// What stands in the way of a dialect in its own right: bytes that are no table of text.
pub(super) fn check_text(sample: &[u8]) -> Result<(), ReadError> {
    if let Some(kind) = kind_of(sample) {
        return Err(kind.refusal());
    }
    let Some(first) = memchr::memchr(0, sample) else { return Ok(()) };
    // A text with zeros in it, as a crash or a faulty disk leaves behind, is nearly all letters, digits and line breaks.
    let others = sample.iter().filter(|&&byte| byte != 0);
    let (mut n, mut n_control) = (0_usize, 0_usize);
    for byte in others {
        n += 1;
        n_control += usize::from(byte.is_ascii_control() && !byte.is_ascii_whitespace());
    }
    let mut lines = LineCounter::default();
    lines.count(&sample[..first]);
    if n >= FEWEST_LETTERS && n_control == 0 && lines.lines > 0 && std::str::from_utf8(&sample[..first]).is_ok() {
        return Err(ReadError::ZeroByte { line: lines.lines + 1 });
    }
    Err(FileKind { name: "a binary file", advice: "" }.refusal())
}

/// Finds out what the options leave open. `whole` says that the sample is all there is.
pub(super) fn sniff(all: &[u8], whole: bool, options: &ReadOptions) -> Result<Sniffed, ReadError> {
    let mut top = Top::of(all, options)?;
    let options = &ReadOptions { delimiter: options.delimiter.or(top.delimiter), ..options.clone() };
    let sample = &all[top.start..];
    let read = |delimiter| DelimiterCandidate::read(sample, whole, delimiter, options);
    let mut best = match options.delimiter {
        Some(delimiter) => read(delimiter),
        None if sample.trim_ascii().is_empty() => read(Delimiter::Comma),
        None => {
            // One that is nowhere explains nothing, and of equals the first is taken.
            let looked_at = |delimiter: &&Delimiter| {
                **delimiter == Delimiter::ALL[0] || memchr::memchr(delimiter.byte(), sample).is_some()
            };
            let candidates = Delimiter::ALL.iter().filter(looked_at).map(|&delimiter| read(delimiter));
            candidates
                .reduce(|best, next| if next.score() > best.score() { next } else { best })
                .unwrap_or_else(|| read(Delimiter::Comma))
        }
    };
    let mut aligned = None;
    if options.delimiter.is_none_or(|delimiter| delimiter == Delimiter::Space) && blanks::are_aligned(sample) {
        let mut squeezer = Squeezer::new();
        let squeezed = squeezer.push(sample);
        let candidate = DelimiterCandidate::read(&squeezed, whole, Delimiter::Space, options);
        let wins = if best.delimiter == Delimiter::Space || best.score() == 0.0 {
            candidate.regularity() >= best.regularity()
        } else {
            candidate.score() > best.score() && !blanks::pad(sample, best.delimiter.byte())
        };
        if wins {
            best = candidate;
            top.comment = top.comment.map(|(line, comment)| (line, Squeezer::new().push(&comment)));
            aligned = Some((squeezed, squeezer));
        }
    }
    let layout = best.layout(options, top.comment.as_ref().map(|(_, comment)| comment.as_slice()));
    let numbers_as_names =
        if layout.header == HeaderLines::Record { best.numbers_as_names(layout.titles) } else { None };
    let read = aligned.as_ref().map_or(sample, |(squeezed, _)| squeezed);
    let cut = Cut::of(all, &top, read, &best, layout);
    Ok(Sniffed {
        dialect: Dialect {
            delimiter: best.delimiter,
            header: layout.header != HeaderLines::None,
            decimal: best.decimal,
        },
        ambiguous: best.ambiguous(options),
        decimals: best.decimals,
        record_bytes: best.n_bytes as f64 / best.records.len().max(1) as f64,
        cut,
        aligned,
        top: top.start,
        numbers_as_names,
    })
}
