//! Finds the least value of a smooth function of a few variables: the quasi-Newton way of Broyden, Fletcher, Goldfarb
//! and Shanno (Nocedal and Wright, Numerical Optimization, chapter 6) with gradients by central differences.

/// Where the least value was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lowest<const N: usize> {
    /// The place.
    pub at: [f64; N],
    /// The value there.
    pub value: f64,
}

/// How far from the origin the search may go. The models search over logarithms of their parameters: beyond e^±16 a
/// parameter has run off, and the function is flat.
const BOX: f64 = 16.0;
const STEP: f64 = 1e-5;

/// Looks for the least value from each of the starts, the best of which is kept.
pub fn lowest<const N: usize>(starts: &[[f64; N]], f: impl Fn(&[f64; N]) -> f64) -> Lowest<N> {
    let f = |at: &[f64; N]| {
        let value = f(at);
        if value.is_finite() { value } else { f64::MAX }
    };
    let mut best = Lowest { at: [0.0; N], value: f64::MAX };
    for start in starts {
        let found = descend(*start, &f);
        if found.value < best.value {
            best = found;
        }
    }
    best
}

fn descend<const N: usize>(start: [f64; N], f: &impl Fn(&[f64; N]) -> f64) -> Lowest<N> {
    let mut here = Lowest { at: start, value: f(&start) };
    let mut slope = gradient(&here.at, f);
    let mut inverse = unit::<N>();
    let mut fresh = true;
    for _ in 0..200 {
        if slope.iter().all(|g| g.abs() < 1e-9 * (1.0 + here.value.abs())) {
            break;
        }
        let mut direction = turned(&inverse, &slope);
        if 0.0 <= dot(&direction, &slope) {
            inverse = unit();
            direction = slope.map(|g| -g);
            fresh = true;
        }
        let Some(next) = search(&here, &direction, &slope, f) else {
            if fresh {
                break;
            }
            // The curvature learnt so far misleads: begin again with the steepest way.
            inverse = unit();
            fresh = true;
            continue;
        };
        let next_slope = gradient(&next.at, f);
        learn(&mut inverse, &minus(&next.at, &here.at), &minus(&next_slope, &slope), fresh);
        fresh = false;
        let gained = here.value - next.value;
        (here, slope) = (next, next_slope);
        if gained <= 1e-13 * (1.0 + here.value.abs()) {
            break;
        }
    }
    here
}

/// Halves the step until the value falls enough (Armijo).
fn search<const N: usize>(
    here: &Lowest<N>,
    direction: &[f64; N],
    slope: &[f64; N],
    f: &impl Fn(&[f64; N]) -> f64,
) -> Option<Lowest<N>> {
    let longest = direction.iter().fold(0.0_f64, |most, d| most.max(d.abs()));
    // One step never goes further than a factor of e^3.
    let mut length = if longest > 3.0 { 3.0 / longest } else { 1.0 };
    let falls = dot(direction, slope);
    for _ in 0..40 {
        let mut at = here.at;
        for (place, d) in at.iter_mut().zip(direction) {
            *place = (*place + length * d).clamp(-BOX, BOX);
        }
        let value = f(&at);
        if value <= here.value + 1e-4 * length * falls && value < here.value {
            return Some(Lowest { at, value });
        }
        length *= 0.4;
    }
    None
}

fn gradient<const N: usize>(at: &[f64; N], f: &impl Fn(&[f64; N]) -> f64) -> [f64; N] {
    std::array::from_fn(|place| {
        let (mut above, mut below) = (*at, *at);
        above[place] += STEP;
        below[place] -= STEP;
        (f(&above) - f(&below)) / (2.0 * STEP)
    })
}

/// The update of the inverse curvature.
fn learn<const N: usize>(inverse: &mut [[f64; N]; N], s: &[f64; N], y: &[f64; N], fresh: bool) {
    let sy = dot(s, y);
    if sy <= 1e-14 {
        return;
    }
    if fresh {
        let scale = sy / dot(y, y);
        *inverse = unit();
        for (place, row) in inverse.iter_mut().enumerate() {
            row[place] = scale;
        }
    }
    let hy: [f64; N] = std::array::from_fn(|row| dot(&inverse[row], y));
    let yhy = dot(y, &hy);
    for row in 0..N {
        for column in 0..N {
            inverse[row][column] += (1.0 + yhy / sy) * s[row] * s[column] / sy
                - (hy[row] * s[column] + s[row] * hy[column]) / sy;
        }
    }
}

fn unit<const N: usize>() -> [[f64; N]; N] {
    std::array::from_fn(|row| std::array::from_fn(|column| f64::from(u8::from(row == column))))
}

fn turned<const N: usize>(inverse: &[[f64; N]; N], slope: &[f64; N]) -> [f64; N] {
    std::array::from_fn(|row| -dot(&inverse[row], slope))
}

fn dot<const N: usize>(a: &[f64; N], b: &[f64; N]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn minus<const N: usize>(a: &[f64; N], b: &[f64; N]) -> [f64; N] {
    std::array::from_fn(|place| a[place] - b[place])
}
