//! How groups of customers lie to each other: what two share, which lies inside which, and who went from one to another.

use std::cmp::Reverse;

use roaring::RoaringBitmap;

/// Two groups with members in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// One group, by its place; of two that lie inside each other the one inside.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// How many are in both.
    pub both: u64,
    /// How many are in one of the two at least.
    pub either: u64,
    /// How they lie to each other.
    pub kind: PairKind,
}

/// How two groups with members in common lie to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairKind {
    /// The same customers are in both.
    Same,
    /// All of `a` are in `b`, which has more.
    Inside,
    /// Each has members of its own.
    Overlap,
}

/// Who was in one group before and in another after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// The group before; `None`: in none of them.
    pub before: Option<usize>,
    /// The group after.
    pub after: Option<usize>,
    /// Who.
    pub customers: RoaringBitmap,
}

/// How many are in both of two groups: row `i` holds the groups from `i` on, so it begins with the size of group `i`.
pub fn shared(groups: &[RoaringBitmap]) -> Vec<Vec<u64>> {
    let row = |from: usize| groups[from..].iter().map(move |b| groups[from].intersection_len(b));
    (0..groups.len()).map(|from| row(from).collect()).collect()
}

/// The pairs that have most in common by [`shared`], the most alike first: by members of both among members of either,
/// then by place.
pub fn most_alike(shared: &[Vec<u64>], most: usize) -> Vec<Pair> {
    let size = |group: usize| shared[group][0];
    let mut pairs = vec![];
    for (a, row) in shared.iter().enumerate() {
        for (away, both) in row.iter().enumerate().skip(1).filter(|(_, both)| 0 < **both) {
            pairs.push(Pair::of((a, size(a)), (a + away, size(a + away)), *both));
        }
    }
    // Likeness is compared by multiplying out: no division, so no rounding decides.
    pairs.sort_by(|one, other| {
        let likeness = |x: &Pair, y: &Pair| u128::from(x.both) * u128::from(y.either);
        likeness(other, one)
            .cmp(&likeness(one, other))
            .then((one.a, one.b).cmp(&(other.a, other.b)))
    });
    pairs.truncate(most);
    pairs
}

impl Pair {
    fn of((a, size_a): (usize, u64), (b, size_b): (usize, u64), both: u64) -> Pair {
        let either = size_a + size_b - both;
        let (a, b, kind) = match (both == size_a, both == size_b) {
            (true, true) => (a, b, PairKind::Same),
            (true, false) => (a, b, PairKind::Inside),
            (false, true) => (b, a, PairKind::Inside),
            (false, false) => (a, b, PairKind::Overlap),
        };
        Pair { a, b, both, either, kind }
    }

    /// Members of both among members of either, in whole percent, rounded down.
    pub fn alike_percent(&self) -> u64 {
        self.both * 100 / self.either.max(1)
    }
}

/// Who went from which group to which among `everyone`, where each customer is in the first group that holds. The
/// largest flow first, then by place; nobody is in two of them, and everybody is in one.
pub fn flows(
    before: &[RoaringBitmap],
    after: &[RoaringBitmap],
    everyone: &RoaringBitmap,
) -> Vec<Flow> {
    let (before, after) = (firsts(before, everyone), firsts(after, everyone));
    let mut flows: Vec<Flow> = before
        .iter()
        .flat_map(|(from, were)| after.iter().map(move |(to, are)| (*from, *to, were & are)))
        .filter(|(_, _, customers)| !customers.is_empty())
        .map(|(before, after, customers)| Flow { before, after, customers })
        .collect();
    let place = |group: Option<usize>| group.unwrap_or(usize::MAX);
    flows
        .sort_by_key(|flow| (Reverse(flow.customers.len()), place(flow.before), place(flow.after)));
    flows
}

/// Customers who are in the same of some groups and in no other of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Combination {
    /// The places of the groups, ascending; never none.
    pub groups: Vec<usize>,
    /// How many.
    pub count: u64,
}

/// Parts whoever is in a group at least by which groups exactly: everybody is in one combination. The largest first,
/// then by the places of the groups. There are at most as many as customers, and as subsets of the groups.
pub fn combinations(groups: &[RoaringBitmap]) -> Vec<Combination> {
    let anybody = groups.iter().fold(RoaringBitmap::new(), |all, group| all | group);
    let mut parts = vec![(vec![], anybody)];
    for (place, group) in groups.iter().enumerate() {
        let split = parts.into_iter().flat_map(|(within, who)| {
            let (inside, outside) = (&who & group, who - group);
            let mut more = within.clone();
            more.push(place);
            [(more, inside), (within, outside)]
        });
        parts = split.filter(|(_, who)| !who.is_empty()).collect();
    }
    let told = parts.into_iter().map(|(groups, who)| Combination { groups, count: who.len() });
    let mut told: Vec<Combination> = told.filter(|one| 0 < one.count).collect();
    told.sort_by(|a, b| (Reverse(a.count), &a.groups).cmp(&(Reverse(b.count), &b.groups)));
    told
}

/// Everyone by the first group they are in, and last those who are in none.
fn firsts(
    groups: &[RoaringBitmap],
    everyone: &RoaringBitmap,
) -> Vec<(Option<usize>, RoaringBitmap)> {
    let mut rest = everyone.clone();
    let mut firsts = vec![];
    for (place, group) in groups.iter().enumerate() {
        firsts.push((Some(place), &rest & group));
        rest -= group;
    }
    firsts.push((None, rest));
    firsts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(members: &[u32]) -> RoaringBitmap {
        members.iter().copied().collect()
    }

    #[test]
    fn pairs_are_told_by_how_much_they_share() {
        let groups =
            [group(&[1, 2, 3, 4]), group(&[2, 3]), group(&[2, 3]), group(&[4, 9]), group(&[])];
        let shared = shared(&groups);
        assert_eq!(shared[0], [4, 2, 2, 1, 0]);
        assert_eq!(shared[3], [2, 0]);
        let pairs = most_alike(&shared, 10);
        let told: Vec<_> =
            pairs.iter().map(|pair| (pair.a, pair.b, pair.kind, pair.alike_percent())).collect();
        assert_eq!(
            told,
            [
                (1, 2, PairKind::Same, 100),
                (1, 0, PairKind::Inside, 50),
                (2, 0, PairKind::Inside, 50),
                (0, 3, PairKind::Overlap, 20),
            ]
        );
        assert_eq!(most_alike(&shared, 1).len(), 1);
    }

    #[test]
    fn everybody_flows_from_the_first_group_to_the_first_group() {
        let everyone = group(&[1, 2, 3, 4, 5, 6]);
        let before = [group(&[1, 2]), group(&[2, 3, 4])];
        let after = [group(&[1, 7]), group(&[1, 4])];
        let flows = flows(&before, &after, &everyone);
        let told: Vec<_> = flows
            .iter()
            .map(|flow| (flow.before, flow.after, flow.customers.iter().collect::<Vec<u32>>()))
            .collect();
        assert_eq!(
            told,
            [
                (None, None, vec![5, 6]),
                (Some(0), Some(0), vec![1]),
                (Some(0), None, vec![2]),
                (Some(1), Some(1), vec![4]),
                (Some(1), None, vec![3]),
            ]
        );
    }

    #[test]
    fn everybody_is_in_exactly_one_combination() {
        let groups = [group(&[1, 2, 3, 4]), group(&[2, 3, 9]), group(&[3, 4, 8]), group(&[])];
        let told = combinations(&groups);
        let told: Vec<(&[usize], u64)> =
            told.iter().map(|one| (one.groups.as_slice(), one.count)).collect();
        assert_eq!(
            told,
            [(&[0][..], 1), (&[0, 1], 1), (&[0, 1, 2], 1), (&[0, 2], 1), (&[1], 1), (&[2], 1),]
        );
        assert_eq!(combinations(&[group(&[5, 6, 7]), group(&[6, 7])])[0].groups, [0, 1]);
        assert!(combinations(&[group(&[])]).is_empty() && combinations(&[]).is_empty());
    }
}
