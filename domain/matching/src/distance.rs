//! How alike two words are.

/// The similarity of Jaro (1989) with the bonus of Winkler (1990) for a common beginning: 0 to 1.
pub(crate) fn jaro_winkler(a: &[char], b: &[char]) -> f64 {
    let jaro = jaro(a, b);
    let common = a.iter().zip(b).take(4).take_while(|(x, y)| x == y).count();
    if jaro < 0.7 { jaro } else { jaro + common as f64 * 0.1 * (1.0 - jaro) }
}

fn jaro(a: &[char], b: &[char]) -> f64 {
    let (n, m) = (a.len().min(LONGEST), b.len().min(LONGEST));
    if n == 0 || m == 0 {
        return if n == m { 1.0 } else { 0.0 };
    }
    let reach = (n.max(m) / 2).saturating_sub(1);
    let (mut used_a, mut used_b) = (0_u64, 0_u64);
    let mut common = 0_u32;
    for (i, x) in a[..n].iter().enumerate() {
        let from = i.saturating_sub(reach);
        let to = (i + reach + 1).min(m);
        for (j, y) in b.iter().enumerate().take(to).skip(from) {
            if x == y && used_b & (1 << j) == 0 {
                used_a |= 1 << i;
                used_b |= 1 << j;
                common += 1;
                break;
            }
        }
    }
    if common == 0 {
        return 0.0;
    }
    let (mut turned, mut j) = (0_u32, 0);
    for (i, x) in a[..n].iter().enumerate() {
        if used_a & (1 << i) == 0 {
            continue;
        }
        while used_b & (1 << j) == 0 {
            j += 1;
        }
        turned += u32::from(*x != b[j]);
        j += 1;
    }
    let common = f64::from(common);
    let turned = f64::from(turned) / 2.0;
    (common / n as f64 + common / m as f64 + (common - turned) / common) / 3.0
}

/// What lies beyond is not looked at: one bit stands for one character.
const LONGEST: usize = 64;

/// How many characters must be put in, left out, replaced or swapped with their neighbour to make one of the other
/// (optimal string alignment); `most + 1` when it is more than `most`.
pub(crate) fn edits<T: PartialEq>(a: &[T], b: &[T], most: usize) -> usize {
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[front..], &b[front..]);
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - back], &b[..b.len() - back]);
    if most < a.len().abs_diff(b.len()) {
        return most + 1;
    }
    if a.is_empty() || b.is_empty() {
        return a.len().max(b.len());
    }
    // Neither the first nor the last is common, so that one step is all of it or not enough.
    if most <= 1 {
        let swapped = a.len() == 2 && b.len() == 2 && a[0] == b[1] && a[1] == b[0];
        return if most == 1 && (swapped || (a.len() == 1 && b.len() == 1)) { 1 } else { most + 1 };
    }
    if LONGEST < b.len() {
        return most + 1;
    }
    most_edits(a, b, most)
}

/// The table of Wagner and Fischer (1974), three rows of it.
fn most_edits<T: PartialEq>(a: &[T], b: &[T], most: usize) -> usize {
    let width = b.len() + 1;
    let mut rows = [[0_u16; LONGEST + 1]; 3];
    for (j, cell) in rows[0][..width].iter_mut().enumerate() {
        *cell = j as u16;
    }
    for i in 1..=a.len() {
        let (now, before, earlier) = (i % 3, (i + 2) % 3, (i + 1) % 3);
        let mut least = u16::try_from(i).unwrap_or(u16::MAX - 1);
        rows[now][0] = least;
        for j in 1..width {
            let cost = u16::from(a[i - 1] != b[j - 1]);
            let mut best =
                (rows[before][j] + 1).min(rows[now][j - 1] + 1).min(rows[before][j - 1] + cost);
            if 1 < i && 1 < j && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[earlier][j - 2] + 1);
            }
            rows[now][j] = best;
            least = least.min(best);
        }
        if most < usize::from(least) {
            return most + 1;
        }
    }
    usize::from(rows[a.len() % 3][width - 1]).min(most + 1)
}

/// Whether a word is contained in the other, from its beginning or its end.
pub(crate) fn contained(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    !short.is_empty() && (long.starts_with(short) || long.ends_with(short))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    /// The values of Winkler's paper and of Damerau's swaps.
    #[test]
    fn known_words_have_known_distances() {
        for (a, b, known) in
            [("martha", "marhta", 0.9611), ("dixon", "dicksonx", 0.8133), ("dwayne", "duane", 0.84)]
        {
            let found = jaro_winkler(&chars(a), &chars(b));
            assert!((found - known).abs() < 1e-4, "{a} {b}: {found}");
        }
        for (a, b, known) in [
            ("kitten", "sitting", 3),
            ("ab", "ba", 1),
            ("", "abc", 3),
            ("same", "same", 0),
            ("ca", "abc", 3),
            ("tokyo", "tokio", 1),
            ("tokyo", "tokoy", 1),
            ("tokyo", "toky", 1),
            ("tokyo", "kotyo", 2),
        ] {
            for most in 0..6 {
                let found = edits(&chars(a), &chars(b), most);
                assert_eq!(found, known.min(most + 1), "{a} {b} of {most}");
            }
        }
        assert_eq!(edits(&chars("abcdef"), &chars("uvwxyz"), 2), 3, "more than asked is one more");
        let long = "x".repeat(500);
        assert!(0.99 < jaro_winkler(&chars(&long), &chars(&long)));
        assert_eq!(edits(&chars(&long), &chars(&"y".repeat(500)), 600), 601);
    }
}
