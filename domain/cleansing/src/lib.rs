//! Names, readings and addresses as Japanese firms write them: put into one width, taken apart, and the keys by which
//! they are compared.
//!
//! What a customer wrote is never replaced here: every function answers beside it. The usual width ([`usual`]) comes
//! first; [`company`], [`name_key`], [`kana_key`] and [`address`] take text in it.
//!
//! **Invariant:** a key of a key is the key.

mod address;
mod company;
mod keys;
mod postal;
mod reach;
mod variants;
mod width;

pub use address::{Address, address, address_key};
pub use company::{Company, Side, company, company_in_kana};
pub use keys::{kana_key, katakana, name_key, without_title};
pub use postal::{Area, PREFECTURES, area, prefecture_of, prefectures_of_prefix};
pub use reach::{email_key, is_free_mail, phone_keys};
pub use variants::modern;
pub use width::{nfkc, one_line, usual};
