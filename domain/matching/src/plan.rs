//! What is compared with what: from the kinds of the columns of one table or two to a list of comparisons.

use crate::{
    kind::{Kind, Part},
    measure::Measure,
    shape::{Shaped, shaped},
};

/// A column: its header and what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The header as written.
    pub header: String,
    /// What it holds.
    pub kind: Kind,
}

/// Which of two tables a row stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The first table, or the only one.
    First,
    /// The second table.
    Second,
}

impl Side {
    fn place(self) -> usize {
        match self {
            Side::First => 0,
            Side::Second => 1,
        }
    }
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// How it compares.
    pub measure: Measure,
    /// Of what it tells.
    pub part: Part,
    /// The header of the first table's first column.
    pub label: String,
    /// What the comparison is of.
    pub kind: Kind,
    /// The columns of each side whose cells it reads together.
    pub(crate) columns: [Vec<usize>; 2],
    /// The comparison whose cells may have been swapped with its own.
    pub(crate) partner: Option<usize>,
    /// The comparison from which its own outcome mostly follows.
    pub(crate) echo_of: Option<usize>,
}

/// All comparisons of one table with itself, or of two tables. Sixteen at most: their levels are packed into one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    comparisons: Vec<Comparison>,
    two: bool,
}

/// The most comparisons a plan has.
pub(crate) const MOST: usize = 16;

impl Plan {
    /// What can be compared inside one table.
    pub fn of_one(columns: &[Column]) -> Plan {
        Plan::new(columns, columns, false)
    }

    /// What can be compared between two tables: only what both have.
    pub fn of_two(first: &[Column], second: &[Column]) -> Plan {
        Plan::new(first, second, true)
    }

    /// The comparisons.
    pub fn comparisons(&self) -> &[Comparison] {
        &self.comparisons
    }

    /// Whether it links two tables.
    pub fn links_two(&self) -> bool {
        self.two
    }

    /// What a comparison sees of a row; `None` when the row says nothing of it.
    pub(crate) fn shaped(&self, comparison: usize, side: Side, row: &[String]) -> Option<Shaped> {
        let comparison = &self.comparisons[comparison];
        // The place of a column that is not there lies beyond every row.
        let cell = |place: &usize| row.get(*place).map_or("", String::as_str);
        let cells: Vec<&str> = comparison.columns[side.place()].iter().map(cell).collect();
        shaped(comparison.measure, &cells)
    }

    fn new(first: &[Column], second: &[Column], two: bool) -> Plan {
        let mut drawing = Drawing { tables: [first, second], comparisons: Vec::new() };
        drawing.names();
        drawing.companies();
        drawing.places();
        for (kind, measure) in [
            (Kind::Phone, Measure::Phone),
            (Kind::Email, Measure::Email),
            (Kind::Birth, Measure::Date),
            (Kind::CorporateNumber, Measure::CorporateNumber),
            (Kind::Website, Measure::Website),
            (Kind::Fax, Measure::Phone),
        ] {
            let columns = drawing.all(kind);
            drawing.add(measure, kind, columns);
        }
        for (kind, measure) in [
            (Kind::Code, Measure::Code),
            (Kind::Choice, Measure::Choice),
            (Kind::Text, Measure::Word),
        ] {
            drawing.by_header(measure, kind);
        }
        let mut comparisons = drawing.comparisons;
        comparisons.truncate(MOST);
        let at = |measure| comparisons.iter().position(|c: &Comparison| c.measure == measure);
        for (echo, of) in [
            (at(Measure::Reading), at(Measure::Person)),
            (at(Measure::CompanyReading), at(Measure::Company)),
            (at(Measure::Postal), at(Measure::Place)),
        ] {
            if let Some(echo) = echo {
                comparisons[echo].echo_of = of;
            }
        }
        Plan { comparisons, two }
    }
}

/// The place that stands for a column which is not there.
const NOWHERE: usize = usize::MAX;

struct Drawing<'a> {
    tables: [&'a [Column]; 2],
    comparisons: Vec<Comparison>,
}

type Columns = [Vec<usize>; 2];

impl Drawing<'_> {
    fn all(&self, kind: Kind) -> Columns {
        self.tables.map(|table| {
            let found = table.iter().enumerate().filter(|(_, column)| column.kind == kind);
            found.map(|(place, _)| place).collect()
        })
    }

    fn has(&self, kind: Kind) -> bool {
        self.all(kind).iter().all(|columns| !columns.is_empty())
    }

    fn add(&mut self, measure: Measure, kind: Kind, columns: Columns) {
        let there = |columns: &Vec<usize>| columns.iter().any(|place| *place != NOWHERE);
        if !columns.iter().all(there) {
            return;
        }
        let headers: Vec<&str> = columns[0]
            .iter()
            .filter_map(|place| self.tables[0].get(*place))
            .map(|column| column.header.as_str())
            .collect();
        self.comparisons.push(Comparison {
            measure,
            part: kind.part(),
            label: headers.join("+"),
            kind,
            columns,
            partner: None,
            echo_of: None,
        });
    }

    /// Pairs the last two comparisons.
    fn partners(&mut self) {
        let n = self.comparisons.len();
        if let [.., one, other] = self.comparisons.as_mut_slice() {
            one.partner = Some(n - 1);
            other.partner = Some(n - 2);
        }
    }

    fn names(&mut self) {
        let (given, family) = (self.all(Kind::Given), self.all(Kind::Family));
        let split = |side: usize| !given[side].is_empty() && !family[side].is_empty();
        let whole = self.all(Kind::Person);
        let western = (0..2).all(split) && whole.iter().all(Vec::is_empty);
        if western {
            self.add(Measure::Word, Kind::Given, given);
            self.add(Measure::Word, Kind::Family, family);
            self.partners();
        } else {
            let either = |side: usize| {
                if whole[side].is_empty() {
                    family[side].iter().chain(&given[side]).copied().collect()
                } else {
                    whole[side][..1].to_vec()
                }
            };
            self.add(Measure::Person, Kind::Person, [either(0), either(1)]);
        }
        let readings = self.all(Kind::Reading);
        self.add(Measure::Reading, Kind::Reading, readings);
        if self.has(Kind::Reading) {
            self.partners();
        }
    }

    fn companies(&mut self) {
        let (names, sites) = (self.all(Kind::Company), self.all(Kind::Site));
        let with_site = |side: usize| -> Vec<usize> {
            names[side]
                .iter()
                .take(1)
                .chain(sites[side].iter().filter(|_| !names[side].is_empty()))
                .copied()
                .collect()
        };
        // A department is no part of who a person is, and people change theirs.
        let persons = self.has(Kind::Person) || self.has(Kind::Family);
        let both = !persons && sites.iter().all(|columns| !columns.is_empty());
        let columns = if both {
            [with_site(0), with_site(1)]
        } else {
            names.map(|n| n.into_iter().take(1).collect())
        };
        self.add(Measure::Company, Kind::Company, columns);
        let readings = self.all(Kind::CompanyReading).map(|all| all.into_iter().take(1).collect());
        self.add(Measure::CompanyReading, Kind::CompanyReading, readings);
    }

    fn places(&mut self) {
        let first = |columns: Columns| columns.map(|all| all.into_iter().take(1).collect());
        let postal: Columns = first(self.all(Kind::Postal));
        self.add(Measure::Postal, Kind::Postal, postal.clone());
        let kinds = [Kind::Region, Kind::City, Kind::House, Kind::Address];
        let alike = kinds.iter().all(|kind| {
            let all = self.all(*kind);
            all[0].len() == all[1].len()
        });
        let in_japan = self.tables.iter().any(|table| {
            table.iter().any(|column| kinds.contains(&column.kind) && !column.header.is_ascii())
        });
        if in_japan || !alike {
            let side = |side: usize| {
                let mut columns = vec![postal[side].first().copied().unwrap_or(NOWHERE)];
                for kind in [Kind::Region, Kind::City, Kind::Address, Kind::House] {
                    columns.extend(&self.all(kind)[side]);
                }
                if columns.len() == 1 { Vec::new() } else { columns }
            };
            let columns = [side(0), side(1)];
            self.add(Measure::Place, Kind::Address, columns);
            return;
        }
        for (kind, measure) in [(Kind::House, Measure::House), (Kind::Address, Measure::Street)] {
            let all = self.all(kind);
            for (one, other) in all[0].iter().zip(&all[1]).take(3) {
                self.add(measure, kind, [vec![*one], vec![*other]]);
            }
            if kind == Kind::Address && all[0].len() == 2 {
                self.partners();
            }
        }
        for kind in [Kind::City, Kind::Region] {
            let columns = first(self.all(kind));
            self.add(Measure::Word, kind, columns);
        }
    }

    /// Columns whose kind does not say what they are: those with the same header are compared.
    fn by_header(&mut self, measure: Measure, kind: Kind) {
        let all = self.all(kind);
        for one in &all[0] {
            let header =
                |side: usize, place: usize| cleansing::name_key(&self.tables[side][place].header);
            let other = all[1].iter().find(|other| header(1, **other) == header(0, *one));
            if let Some(other) = other {
                self.add(measure, kind, [vec![*one], vec![*other]]);
            }
        }
    }
}
