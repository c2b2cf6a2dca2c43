//! Instants with millisecond precision, the only kind of time the domain knows.

use std::fmt;

/// A length of time in whole milliseconds.
pub type Millis = i64;

/// An instant: milliseconds since 1970-01-01T00:00:00Z, kept between the years 1 and 9998.
///
/// Arithmetic saturates at the ends, so that a window can never wrap around.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// Why a text is no instant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no instant; write it like `2026-11-21T09:00:00+09:00`")]
pub struct NotATime(pub String);

impl Timestamp {
    /// The earliest instant we can speak of: the first day of the year 1.
    pub const MIN: Timestamp = Timestamp(-62_135_510_400_000);
    /// The latest instant we can speak of: the last day of the year 9998.
    pub const MAX: Timestamp = Timestamp(253_370_764_799_999);
    /// One second, minute, hour, day (24 h) and week in milliseconds.
    pub const SECOND: Millis = 1_000;
    /// Sixty seconds.
    pub const MINUTE: Millis = 60_000;
    /// Sixty minutes.
    pub const HOUR: Millis = 3_600_000;
    /// Twenty-four hours; a local day may be longer or shorter, see [`crate::Calendar`].
    pub const DAY: Millis = 86_400_000;

    /// The instant so many milliseconds after the epoch, moved to the nearest one we can speak of.
    pub const fn from_millis(millis: i64) -> Timestamp {
        if millis < Self::MIN.0 {
            Self::MIN
        } else if Self::MAX.0 < millis {
            Self::MAX
        } else {
            Timestamp(millis)
        }
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The instant `by` later.
    pub const fn plus(self, by: Millis) -> Timestamp {
        Timestamp::from_millis(self.0.saturating_add(by))
    }

    /// The instant `by` earlier.
    pub const fn minus(self, by: Millis) -> Timestamp {
        Timestamp::from_millis(self.0.saturating_sub(by))
    }

    /// How long after `earlier` this instant is; negative when it is before.
    pub const fn since(self, earlier: Timestamp) -> Millis {
        self.0 - earlier.0
    }

    /// Reads an RFC 3339 instant with an offset (`…Z`, `…+09:00`).
    ///
    /// # Errors
    /// [`NotATime`] when the text has no offset or is no instant.
    pub fn parse(text: &str) -> Result<Timestamp, NotATime> {
        text.trim()
            .parse::<jiff::Timestamp>()
            .map(|at| Timestamp::from_millis(at.as_millisecond()))
            .map_err(|_| NotATime(text.chars().take(60).collect()))
    }

    pub(crate) fn to_jiff(self) -> jiff::Timestamp {
        // The range of this type lies inside jiff's, so the fallback is never taken.
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.to_jiff())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_read_and_written_in_one_form() {
        let at = Timestamp::parse("2026-11-21T09:00:00+09:00").unwrap();
        assert_eq!(at.to_string(), "2026-11-21T00:00:00.000Z");
        assert_eq!(Timestamp::parse(&at.to_string()), Ok(at));
        assert!(Timestamp::parse("2026-11-21").is_err(), "a day is no instant");
    }

    #[test]
    fn arithmetic_stops_at_the_ends() {
        assert_eq!(Timestamp::MAX.plus(i64::MAX), Timestamp::MAX);
        assert_eq!(Timestamp::MIN.minus(1), Timestamp::MIN);
    }
}
