//! Records with quotes, by the `csv-core` crate (RFC 4180, doubled quotes, lenient).

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::Delimiter;

/// Reads one record after another from input cut anywhere.
pub(super) struct Quoted {
    reader: Reader,
    output: Vec<u8>,
    n_output: usize,
    ends: Vec<usize>,
    n_ends: usize,
    in_record: bool,
}

impl Quoted {
    pub fn new(delimiter: Delimiter) -> Self {
        let mut reader = ReaderBuilder::new().delimiter(delimiter.byte()).build();
        // Its first input loses a byte order mark; here that is somewhere inside the file, and no mark.
        let _ = reader.read_record(b"\n", &mut [0], &mut [0]);
        Self { reader, output: vec![0; 1 << 12], n_output: 0, ends: vec![0; 1 << 6], n_ends: 0, in_record: false }
    }

    /// Whether a record has begun and not ended.
    pub fn in_record(&self) -> bool {
        self.in_record
    }

    /// Takes bytes up to the end of a record, or all: how many were taken, and whether a record is complete.
    ///
    /// At its beginning a record must not be a blank line.
    pub fn feed(&mut self, mut input: &[u8]) -> (usize, bool) {
        if !self.in_record {
            (self.n_output, self.n_ends) = (0, 0);
            self.in_record = true;
        }
        let mut taken = 0;
        // Without input, csv-core would take the end of the file for granted.
        while !input.is_empty() {
            let (result, n_in, n_out, n_ends) =
                self.reader.read_record(input, &mut self.output[self.n_output..], &mut self.ends[self.n_ends..]);
            input = &input[n_in..];
            taken += n_in;
            self.n_output += n_out;
            self.n_ends += n_ends;
            match result {
                ReadRecordResult::OutputFull => self.output.resize(self.output.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty | ReadRecordResult::End => break,
                ReadRecordResult::Record => {
                    self.in_record = false;
                    return (taken, true);
                }
            }
        }
        (taken, false)
    }

    /// The fields of the record that is complete.
    pub fn fields(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends[..self.n_ends]).map(|(start, &end)| &self.output[start..end])
    }

    /// Bytes of the record so far.
    pub fn len(&self) -> usize {
        self.n_output
    }

    /// Line breaks inside the fields that are complete: where the field that is not began, counted from the record.
    pub fn lines_before_open_field(&self) -> u64 {
        let end = self.n_ends.checked_sub(1).map_or(0, |last| self.ends[last]);
        let mut counter = LineCounter::default();
        counter.count(&self.output[..end]);
        counter.lines
    }
}

/// Counts line breaks: `\n`, `\r` and `\r\n` are one each, also when cut in two.
#[derive(Default)]
pub(super) struct LineCounter {
    pub lines: u64,
    after_return: bool,
}

impl LineCounter {
    pub fn count(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.lines += u64::from(byte == b'\r' || (byte == b'\n' && !self.after_return));
            self.after_return = byte == b'\r';
        }
    }
}
