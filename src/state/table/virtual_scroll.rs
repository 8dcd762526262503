//! Which rows of a long table a scroll position shows.

/// Browsers stop laying out somewhere beyond 16 million pixels; half of that is safe.
const TALLEST: f64 = 8e6;

/// A table of rows of one height, scrolled in an element that is no taller than `TALLEST`.
///
/// Where the rows would be taller, two things hold: scrolling on by a little moves the rows by as much, and a jump (of
/// the scroll bar's thumb) goes to the same share of the rows. `shift` is what lies between the two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VirtualScroll {
    pub rows: u64,
    /// Height of a row, in CSS pixels.
    pub row: f64,
    /// Height of what is seen.
    pub seen: f64,
    /// Scroll position of the element.
    top: f64,
    /// Of the rows, so much lies above the element.
    pub shift: f64,
}

impl VirtualScroll {
    pub const fn new(row: f64, seen: f64) -> Self {
        Self { rows: 0, row, seen, top: 0.0, shift: 0.0 }
    }

    /// Height of all rows.
    fn full(&self) -> f64 {
        self.rows as f64 * self.row
    }

    /// Height of the element that is scrolled.
    pub fn height(&self) -> f64 {
        self.full().min(TALLEST)
    }

    /// The farthest the element scrolls, and the rows do.
    fn ends(&self) -> (f64, f64) {
        ((self.height() - self.seen).max(0.0), (self.full() - self.seen).max(0.0))
    }

    /// The element was scrolled to `top`.
    pub fn scrolled(&mut self, top: f64) {
        let (end, full_end) = self.ends();
        let jump = (top - self.top).abs() > 2.0 * self.seen;
        self.top = top;
        if self.full() <= TALLEST {
            self.shift = 0.0;
        } else if jump || top <= 0.0 || top >= end - 1.0 {
            self.shift = (top / end).clamp(0.0, 1.0) * full_end - top;
        }
    }

    /// Where the element should be scrolled to when nothing moves, so that the way to both ends is not cut short; the
    /// same rows are seen.
    pub fn settle(&mut self) -> Option<f64> {
        let (end, full_end) = self.ends();
        let at = self.top + self.shift;
        let top = (at / full_end * end).round();
        if self.full() <= TALLEST || (top - self.top).abs() < 1.0 {
            return None;
        }
        (self.top, self.shift) = (top, at - top);
        Some(top)
    }

    /// Scrolls no farther than needed to see this row; where the element is to be scrolled to.
    pub fn show(&mut self, row: u64) -> Option<f64> {
        let (end, full_end) = self.ends();
        let (at, y) = (self.top + self.shift, row as f64 * self.row);
        let to = if y < at {
            y
        } else if y + self.row > at + self.seen {
            y + self.row - self.seen
        } else {
            return None;
        };
        let to = to.clamp(0.0, full_end);
        let near = (to - at).abs() <= 2.0 * self.seen;
        let top = if self.full() <= TALLEST {
            to
        } else if near && (1.0..end - 1.0).contains(&(self.top + to - at)) {
            (self.top + to - at).round()
        } else {
            (to / full_end * end).round()
        };
        (self.top, self.shift) = (top, if self.full() <= TALLEST { 0.0 } else { to - top });
        Some(top)
    }

    /// The first row that is seen, and how many are.
    pub fn window(&self) -> (u64, u64) {
        let first = ((self.top + self.shift) / self.row).floor().max(0.0) as u64;
        (first, (self.seen / self.row).ceil() as u64 + 1)
    }

    /// Where a row lies in the element.
    pub fn y(&self, row: u64) -> f64 {
        row as f64 * self.row - self.shift
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn virtual_scroll(rows: u64) -> VirtualScroll {
        VirtualScroll { rows, ..VirtualScroll::new(50.0, 400.0) }
    }

    #[test]
    fn a_short_table_scrolls_as_it_is() {
        let mut virtual_scroll = virtual_scroll(1000);
        assert_eq!(virtual_scroll.height(), 50_000.0);
        virtual_scroll.scrolled(5025.0);
        assert_eq!(virtual_scroll.window().0, 100);
        assert_eq!(virtual_scroll.y(100), 5000.0);
        assert_eq!(virtual_scroll.settle(), None);
        assert_eq!(virtual_scroll.show(104), None);
        assert_eq!(virtual_scroll.show(110), Some(5150.0));
        assert_eq!(virtual_scroll.show(3), Some(150.0));
    }

    #[test]
    fn a_million_rows_have_both_ends_and_every_row_between() {
        let mut virtual_scroll = virtual_scroll(1_000_000);
        assert_eq!(virtual_scroll.height(), TALLEST);
        virtual_scroll.scrolled(TALLEST - 400.0);
        let (first, seen) = virtual_scroll.window();
        assert!(first + seen >= 1_000_000 && first < 1_000_000, "{first}");
        assert_eq!(virtual_scroll.y(999_999), TALLEST - 50.0, "the last row is the last that can be scrolled to");
        virtual_scroll.scrolled(4e6);
        assert!(virtual_scroll.window().0.abs_diff(500_000) < 30);
        // A turn of the wheel is a turn of the wheel.
        let first = virtual_scroll.window().0;
        for step in 1..=20 {
            virtual_scroll.scrolled(4e6 + 50.0 * f64::from(step));
        }
        assert_eq!(virtual_scroll.window().0, first + 20);
        virtual_scroll.scrolled(0.0);
        assert_eq!((virtual_scroll.window().0, virtual_scroll.y(0)), (0, 0.0));
    }

    #[test]
    fn settling_shows_the_same_and_leaves_the_way_to_the_end_free() {
        let mut virtual_scroll = virtual_scroll(1_000_000);
        virtual_scroll.scrolled(300.0);
        virtual_scroll.scrolled(2000.0);
        let (first, y) = (virtual_scroll.window().0, virtual_scroll.top - virtual_scroll.y(virtual_scroll.window().0));
        let top = virtual_scroll.settle().unwrap_or(virtual_scroll.top);
        assert!(top < 2000.0 || first > 200);
        assert_eq!(virtual_scroll.window().0, first);
        assert!((virtual_scroll.top - virtual_scroll.y(first) - y).abs() < 1e-6);
        virtual_scroll.scrolled(top);
        assert_eq!(virtual_scroll.window().0, first, "being told of it changes nothing");
        assert_eq!(virtual_scroll.settle(), None);
    }

    #[test]
    fn any_row_can_be_shown() {
        let mut virtual_scroll = virtual_scroll(1_000_000);
        for row in [0, 7, 8, 9, 500_000, 500_020, 499_990, 999_999, 999_998, 20, 0] {
            if let Some(top) = virtual_scroll.show(row) {
                assert!((0.0..=TALLEST - 400.0).contains(&top), "{top}");
                virtual_scroll.scrolled(top);
            }
            let y = virtual_scroll.y(row) - virtual_scroll.top;
            assert!((-0.6..=350.6).contains(&y), "row {row} is seen at {y}");
        }
    }
}
