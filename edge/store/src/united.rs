//! Which customers are one: a way of looking, kept in memory and told by whoever decides it. Facts stay where they were told;
//! the history of the first of those who are one is put together from all of them, and the others have none while it lasts.
//!
//! ```text
//!   facts      C-7: login, purchased        C-9: reported
//!   united     C-7 ◀── C-9                  C-7: login, purchased, reported      C-9: nothing
//!   parted                                  as before, byte by byte
//! ```

use std::{collections::BTreeMap, sync::Arc};

use roaring::RoaringBitmap;

use crate::{CustomerNo, Store, commit::Inner};

/// Customers who are one, by number.
///
/// Invariant: nobody is both a head and a member, and each member has one head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct United {
    head_of: BTreeMap<u32, u32>,
    members_of: BTreeMap<u32, Vec<u32>>,
    all: RoaringBitmap,
}

impl United {
    /// Puts the customers of each group together under the first of them; groups that share anyone are one.
    pub fn of(groups: impl IntoIterator<Item = Vec<CustomerNo>>) -> United {
        United::of_with_last(groups, |_| false)
    }

    /// [`United::of`], where those that are `last` give their number only to a group that has nobody else.
    pub fn of_with_last(
        groups: impl IntoIterator<Item = Vec<CustomerNo>>,
        last: impl Fn(u32) -> bool,
    ) -> United {
        let mut united = United::default();
        for group in groups {
            let heads = group.iter().map(|one| united.head(one.0));
            let mut heads: Vec<u32> = heads.collect();
            heads.sort_by_key(|no| (last(*no), *no));
            heads.dedup();
            let Some((first, others)) = heads.split_first() else { continue };
            for other in others {
                let mut moved = united.members_of.remove(other).unwrap_or_default();
                moved.push(*other);
                for one in &moved {
                    united.head_of.insert(*one, *first);
                }
                united.all.extend(moved.iter().copied().chain([*first]));
                let members = united.members_of.entry(*first).or_default();
                members.extend(moved);
                members.sort_unstable();
            }
        }
        united
    }

    /// Under whom a customer is looked for: the first of those who are one and are not last.
    pub fn head(&self, no: u32) -> u32 {
        self.head_of.get(&no).copied().unwrap_or(no)
    }

    /// Those who are one with a customer, without the first of them.
    pub fn members(&self, head: u32) -> &[u32] {
        self.members_of.get(&head).map_or(&[], Vec::as_slice)
    }

    /// Each customer who is one with an earlier one, and the first of them.
    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32)> {
        self.head_of.iter().map(|(member, head)| (*member, *head))
    }

    /// Everybody who is one with anybody.
    pub fn all(&self) -> &RoaringBitmap {
        &self.all
    }

    /// Those of whom it differs with whom they are one.
    pub fn differing(&self, other: &United) -> RoaringBitmap {
        let either = &self.all | &other.all;
        let same =
            |no: &u32| self.head(*no) == other.head(*no) && self.members(*no) == other.members(*no);
        either.iter().filter(|no| !same(no)).collect()
    }

    pub(crate) fn is_member(&self, no: u32) -> bool {
        self.head_of.contains_key(&no)
    }

    /// The heads from `first` on, ascending.
    pub(crate) fn heads_from(&self, first: u32) -> impl Iterator<Item = u32> {
        self.members_of.range(first..).map(|(head, _)| *head)
    }

    /// Customers as they are looked for: members give way to their heads.
    pub(crate) fn looked_for(&self, live: &RoaringBitmap) -> RoaringBitmap {
        let mut live = live.clone();
        for (member, head) in &self.head_of {
            if live.remove(*member) {
                live.insert(*head);
            }
        }
        live
    }
}

impl Inner {
    /// The numbers under which customers are looked for, ascending, each once.
    pub(crate) fn heads(&self, numbers: &[u32]) -> Vec<CustomerNo> {
        let united = self.read().united.clone();
        let mut heads: Vec<u32> = numbers.iter().map(|no| united.head(*no)).collect();
        heads.sort_unstable();
        heads.dedup();
        heads.into_iter().map(CustomerNo).collect()
    }
}

impl Store {
    /// From now on these customers are one, and no others. Nothing is written.
    pub fn unite(&self, united: United) {
        self.inner().write().united = Arc::new(united);
    }

    /// Who is one with whom.
    pub fn united(&self) -> Arc<United> {
        self.inner().read().united.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(groups: &[&[u32]]) -> United {
        United::of(groups.iter().map(|group| group.iter().copied().map(CustomerNo).collect()))
    }

    #[test]
    fn groups_that_share_anyone_are_one_under_the_first() {
        let united = of(&[&[5, 9], &[2, 3], &[9, 3], &[7]]);
        assert_eq!([2, 3, 5, 9, 7].map(|no| united.head(no)), [2, 2, 2, 2, 7]);
        assert_eq!(united.members(2), [3, 5, 9]);
        assert!(united.members(5).is_empty() && !united.all().contains(7));
        let live: RoaringBitmap = [3, 7, 9].into_iter().collect();
        assert_eq!(united.looked_for(&live).iter().collect::<Vec<_>>(), [2, 7]);
        assert_eq!(of(&[&[9, 5], &[3, 9], &[2, 5]]), united, "the order of groups does not matter");
    }

    #[test]
    fn what_differs_is_everyone_whose_group_changed() {
        let (before, after) = (of(&[&[1, 2], &[5, 6]]), of(&[&[1, 2, 3], &[5, 6]]));
        assert_eq!(before.differing(&after).iter().collect::<Vec<_>>(), [1, 3]);
        assert!(before.differing(&before).is_empty());
    }
}
