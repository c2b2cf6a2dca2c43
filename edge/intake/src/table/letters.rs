//! Mail as files keep it: one message (.eml), or many in a row (.mbox).

use std::{
    io::{self, BufRead, BufReader, Read},
    ops::ControlFlow,
};

use mail_parser::{Address, Message, MessageParser};

use super::{Cell, Flow, Row, RowFault};
use crate::{problem::shortened, said::said};

/// The columns a message has.
pub(crate) const COLUMNS: [&str; 6] = ["from", "to", "at", "subject", "text", "message-id"];
/// The longest message that is looked at, its attachments included.
const LONGEST: usize = 32 << 20;
/// The most characters of a text that are kept.
const TEXT: usize = 10_000;

/// Whether a file is mail: a header of the form of mail stands first.
pub(crate) fn are_some(head: &[u8]) -> bool {
    let head = &head[..head.len().min(64 << 10)];
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}');
    let begins_mbox = text.starts_with("From ") && text.contains('\n');
    let lines: Vec<&str> =
        text.lines().skip(usize::from(begins_mbox)).take_while(|line| !line.is_empty()).collect();
    let names = |name: &str| lines.iter().any(|line| line.to_ascii_lowercase().starts_with(name));
    let of_form = |line: &&str| {
        line.starts_with([' ', '\t'])
            || line.split_once(':').is_some_and(|(name, _)| {
                !name.is_empty()
                    && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            })
    };
    names("from:") && names("date:") && lines.iter().all(of_form)
}

/// Hands over the messages of a file, each with the line on which it begins.
pub(crate) fn each(
    file: impl Read,
    take: &mut dyn FnMut(Result<Row<'_>, RowFault>) -> Flow,
) -> io::Result<()> {
    let mut file = BufReader::new(file);
    let mut message = Vec::new();
    let (mut line, mut begins) = (Vec::new(), 1);
    let (mut number, mut blank, mut too_long) = (0_u64, true, false);
    loop {
        line.clear();
        let n = file.by_ref().take(LONGEST as u64).read_until(b'\n', &mut line)?;
        number += 1;
        let next = blank && line.starts_with(b"From ");
        if n == 0 || next {
            if !message.is_empty() && one(&message, begins, too_long, take).is_break() {
                return Ok(());
            }
            message.clear();
            (begins, too_long) = (number, false);
            if n == 0 {
                return Ok(());
            }
            continue;
        }
        blank = matches!(line[..], [b'\n'] | [b'\r', b'\n']);
        if message.len() + line.len() <= LONGEST {
            // A line of the text that looks like a beginning is written with a mark in front.
            let quoted = line
                .iter()
                .position(|byte| *byte != b'>')
                .is_some_and(|at| 0 < at && line[at..].starts_with(b"From "));
            message.extend_from_slice(&line[usize::from(quoted)..]);
        } else {
            // What is cut off is an attachment; the header and the text stand before it.
            too_long = true;
        }
    }
}

fn one(
    bytes: &[u8],
    number: u64,
    too_long: bool,
    take: &mut dyn FnMut(Result<Row<'_>, RowFault>) -> Flow,
) -> Flow {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return ControlFlow::Continue(());
    }
    let Some(message) =
        MessageParser::default().parse(bytes).filter(|message| message.from().is_some())
    else {
        let first = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
        return take(Err(RowFault {
            number,
            value: shortened(first.lines().next().unwrap_or_default()),
            reason: if too_long {
                said!("メールが32MBを超えています", "the message is longer than 32 MB")
            } else {
                said!("メールとして読めません", "this is no mail")
            },
            fix: said!(
                "メールソフトから書き出し直してください",
                "export it again from the mail program"
            ),
        }));
    };
    let from = addresses(message.from());
    let to = [addresses(message.to()), addresses(message.cc())].join(" ");
    let at = message.date().map(mail_parser::DateTime::to_rfc3339).unwrap_or_default();
    let text = text_of(&message);
    let cells = [
        &from,
        to.trim(),
        &at,
        message.subject().unwrap_or_default(),
        &text,
        message.message_id().unwrap_or_default(),
    ];
    let cell = |text| if str::is_empty(text) { Cell::Empty } else { Cell::Text(text) };
    take(Ok(Row { number, cells: &cells.map(cell) }))
}

fn addresses(found: Option<&Address<'_>>) -> String {
    let all = found.into_iter().flat_map(Address::iter);
    all.filter_map(|one| one.address()).collect::<Vec<_>>().join(" ")
}

/// What was written, without what it answers to.
fn text_of(message: &Message<'_>) -> String {
    let text = message.body_text(0).unwrap_or_default();
    let own = text
        .lines()
        .take_while(|line| !begins_quotation(line))
        .filter(|line| !line.starts_with('>'));
    let own = own.collect::<Vec<_>>().join("\n");
    own.trim().chars().take(TEXT).filter(|c| !c.is_control() || *c == '\n').collect()
}

/// The line above an older message: `-----Original Message-----`, `2026年11月21日 佐藤 <sato@x.jp>:`.
fn begins_quotation(line: &str) -> bool {
    let line = line.trim();
    (line.starts_with("-----")
        && (line.contains("Original Message") || line.contains("元のメッセージ")))
        || (line.ends_with(':') && line.contains('@') && line.contains('<'))
        || (line.starts_with("On ") && line.ends_with("wrote:"))
}
