//! What the first picture does without is kept in functions of its own, which follow later (see `scripts/split.mjs`): parts
//! of messages with `#[serde(with = "apart")]`, or `apart::rare` for what mostly is the default, and work that waits.

use std::pin::Pin;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// # Errors
/// Those of the serializer.
#[inline(never)]
pub fn serialize<T: Serialize, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.serialize(serializer)
}

/// # Errors
/// Those of the deserializer.
#[inline(never)]
pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::deserialize(deserializer)
}

/// Work that is compiled for itself.
pub fn work<'a, T>(work: impl Future<Output = T> + 'a) -> Pin<Box<dyn Future<Output = T> + 'a>> {
    Box::pin(work)
}

/// Nothing is written of the default.
pub mod rare {
    use super::{Deserialize, Deserializer, Serialize, Serializer};

    struct Apart<T>(T);

    impl<T: Serialize> Serialize for Apart<&T> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            super::serialize(self.0, serializer)
        }
    }

    impl<'de, T: Deserialize<'de>> Deserialize<'de> for Apart<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            super::deserialize(deserializer).map(Self)
        }
    }

    /// # Errors
    /// Those of the serializer.
    pub fn serialize<T: Serialize + Default + PartialEq, S: Serializer>(
        value: &T,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        (*value != T::default()).then_some(Apart(value)).serialize(serializer)
    }

    /// # Errors
    /// Those of the deserializer.
    pub fn deserialize<'de, T: Deserialize<'de> + Default, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        Ok(Option::<Apart<T>>::deserialize(deserializer)?.map_or_else(T::default, |there| there.0))
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Message {
        #[serde(with = "super")]
        name: String,
        #[serde(with = "super::rare")]
        more: Vec<u32>,
        last: u8,
    }

    #[test]
    fn what_was_written_apart_is_read_again() {
        for more in [vec![], vec![1, 2, 300]] {
            let message = Message { name: "x".into(), more, last: 7 };
            let bytes = postcard::to_stdvec(&message).unwrap();
            assert_eq!(postcard::from_bytes::<Message>(&bytes).unwrap(), message);
        }
    }
}
