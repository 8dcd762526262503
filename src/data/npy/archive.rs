//! `.npz`: a zip archive of `.npy` files.

use std::ops::Range;

use rawzip::{CompressionMethod, RECOMMENDED_BUFFER_SIZE, ReaderAt, ZipLocator};

use super::header::NpyHeader;
use super::plan::ReadPlan;
use super::reader::{NpyRead, NpyReader};
use super::unpack::{Unpacker, damaged};
use super::{DimensionRoles, NpyError, NpyNote};

/// Of an archive so many files are looked at.
const MOST_FILES: usize = 1000;
/// Bytes read at once to see how an array begins.
const LOOK: usize = 1 << 9;

/// Reads one array of an archive: the directory at once, then the bytes of [`ArchiveReader::range`] as they are pushed.
pub struct ArchiveReader {
    names: Vec<String>,
    chosen: usize,
    range: Range<u64>,
    unpacker: Unpacker,
    reader: NpyReader,
    /// Files of the archive, when those are too many.
    many: Option<u64>,
    /// Arrays that cannot be read, and why.
    left_out: Vec<(String, String)>,
}

/// A file of the archive, as the directory describes it.
struct Member {
    name: String,
    range: Range<u64>,
    method: u16,
    encrypted: bool,
    size: u64,
    crc: u32,
}

impl ArchiveReader {
    /// Opens an archive of `size` bytes and chooses the array of that name, or the first that can be read.
    ///
    /// # Errors
    /// [`NpyError`] when the archive is damaged or has no array that can be read, or none of that name.
    pub fn open(
        file: &impl ReaderAt,
        size: u64,
        array: Option<&str>,
        axes: Option<&DimensionRoles>,
    ) -> Result<Self, NpyError> {
        let (members, many) = members(file, size)?;
        let mut fitting = Vec::new();
        let mut unreadable = Vec::new();
        for member in members {
            match member.check(file, axes) {
                Ok(()) => fitting.push(member),
                // Whoever asks for this one wants to know why not.
                Err(error) if Some(member.name.as_str()) == array => return Err(error),
                Err(error) => unreadable.push((member.name, error)),
            }
        }
        let names: Vec<String> = fitting.iter().map(|member| member.name.clone()).collect();
        if names.is_empty() {
            let count = unreadable.len();
            let none_fits = |(first, why)| NpyError::NoneFits { count, first, why: Box::new(why) };
            return Err(unreadable.into_iter().next().map_or(NpyError::NoArrays, none_fits));
        }
        let left_out = unreadable.into_iter().map(|(name, why)| (name, why.brief())).collect();
        let chosen = match array {
            None => 0,
            Some(wanted) => match names.iter().position(|name| name == wanted) {
                Some(chosen) => chosen,
                None => return Err(NpyError::NoSuchArray { wanted: wanted.into(), names }),
            },
        };
        let member = fitting.swap_remove(chosen);
        let (unpacker, reader) = (member.unpacker()?, NpyReader::new(axes.cloned(), member.size));
        Ok(Self { names, chosen, range: member.range, unpacker, reader, many, left_out })
    }

    /// Whether an infinite value is a missing one instead of an error.
    #[must_use]
    pub fn with_infinite_missing(self, infinite_missing: bool) -> Self {
        Self { reader: self.reader.with_infinite_missing(infinite_missing), ..self }
    }

    /// Where the bytes of the array are in the archive.
    pub fn range(&self) -> Range<u64> {
        self.range.clone()
    }

    /// Takes the next bytes of the range.
    ///
    /// # Errors
    /// As [`NpyReader::push`], and [`NpyError::Damaged`].
    pub fn push(&mut self, packed: &[u8]) -> Result<(), NpyError> {
        let reader = &mut self.reader;
        self.unpacker.push(packed, |bytes| reader.push(bytes))
    }

    /// All bytes of the range were pushed: the data set, called `name`.
    ///
    /// # Errors
    /// As [`NpyReader::finish`], and [`NpyError::Damaged`].
    pub fn finish(self, name: &str) -> Result<NpyRead, NpyError> {
        self.unpacker.finish()?;
        let mut read = self.reader.finish(name)?;
        (read.reading.arrays, read.reading.array) = (self.names, self.chosen);
        if !self.left_out.is_empty() {
            read.notes.push(NpyNote::LeftOut { arrays: self.left_out });
        }
        if let Some(count) = self.many {
            read.notes.push(NpyNote::ManyArrays { count, limit: MOST_FILES });
        }
        Ok(read)
    }
}

impl Member {
    fn unpacker(&self) -> Result<Unpacker, NpyError> {
        let deflated = match CompressionMethod::new(self.method) {
            _ if self.encrypted => return Err(NpyError::Encrypted { name: self.name.clone() }),
            CompressionMethod::STORE => false,
            CompressionMethod::DEFLATE => true,
            _ => return Err(NpyError::Packing { name: self.name.clone(), method: self.method }),
        };
        Unpacker::new(deflated, self.range.end - self.range.start, self.size, self.crc)
    }

    /// Whether it is an array that can be read, as far as its beginning tells.
    fn check(&self, file: &impl ReaderAt, axes: Option<&DimensionRoles>) -> Result<(), NpyError> {
        let mut unpacker = self.unpacker()?;
        let mut content = Vec::new();
        let mut packed = [0; LOOK];
        let mut at = self.range.start;
        loop {
            if let Some(header) = NpyHeader::parse(&content)? {
                return ReadPlan::new(&header, axes, self.size).map(drop);
            }
            let length = (self.range.end - at).min(LOOK as u64) as usize;
            if length == 0 {
                return Err(damaged("an array ends before its header does"));
            }
            file.read_exact_at(&mut packed[..length], at).map_err(|error| damaged(&error.to_string()))?;
            at += length as u64;
            unpacker.push(&packed[..length], |bytes| {
                content.extend_from_slice(bytes);
                Ok(())
            })?;
        }
    }
}

/// The arrays of an archive, in their order; how many files it has when those are too many.
fn members(file: &impl ReaderAt, size: u64) -> Result<(Vec<Member>, Option<u64>), NpyError> {
    let broken = |error: rawzip::Error| damaged(&error.to_string());
    let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
    let located = ZipLocator::new().locate_in_reader(file, &mut buffer, size);
    let archive = located.map_err(|(_, error)| broken(error))?;
    let mut members = Vec::new();
    let mut found = Vec::new();
    let mut entries = archive.entries(&mut buffer);
    while let Some(entry) = entries.next_entry().map_err(broken)?
        && found.len() < MOST_FILES
    {
        let path = String::from_utf8_lossy(entry.file_path().as_ref()).into_owned();
        let described = (entry.compression_method().as_u16(), entry.flags().is_encrypted(), entry.crc32());
        found.push((path, described, entry.uncompressed_size_hint(), entry.wayfinder()));
    }
    for (path, (method, encrypted, crc), unpacked, wayfinder) in found {
        let Some(name) = path.strip_suffix(".npy") else { continue };
        let (start, end) = archive.get_entry(wayfinder).map_err(broken)?.compressed_data_range();
        if start > end || end > size {
            return Err(damaged("an array reaches beyond its end"));
        }
        members.push(Member { name: name.into(), range: start..end, method, encrypted, size: unpacked, crc });
    }
    let count = archive.entries_hint();
    Ok((members, (count > MOST_FILES as u64).then_some(count)))
}
