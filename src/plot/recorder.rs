//! A backend that remembers what it was told: tests assert marks, not pixels.
