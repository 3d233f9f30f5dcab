//! Where a text lies among all texts: what finding the claim that a post repeats compares.

use std::sync::Arc;

/// The largest component of every vector, as stored.
const TOP: f32 = 127.0;

/// A direction in a model's space of meanings, one byte a component; copies are cheap.
///
/// Each vector is scaled so that its largest component fills the byte. Scale cancels out of a cosine, so what is lost
/// is rounding alone: about 0.001 for a few hundred components.
#[derive(Debug, Clone, PartialEq)]
pub struct Vector {
    components: Arc<[i8]>,
    /// Length of the components as stored; kept because every comparison needs it.
    norm: f32,
}

impl Vector {
    /// From a model's components, of any length but zero. `None` when they point nowhere or are no numbers.
    pub fn new(components: &[f32]) -> Option<Self> {
        let top = components.iter().fold(0.0_f32, |top, component| top.max(component.abs()));
        // A maximum passes over what is no number, so that is asked for by itself.
        if !(top > 0.0 && components.iter().all(|component| component.is_finite())) {
            return None;
        }
        let components: Arc<[i8]> = components.iter().map(|component| byte(component / top * TOP)).collect();
        let square = dot(&components, &components);
        Some(Self { components, norm: (square as f32).sqrt() })
    }

    /// From components as [`Self::bytes`] gave them. `None` when they point nowhere.
    pub fn from_bytes(bytes: &[i8]) -> Option<Self> {
        let square = dot(bytes, bytes);
        (square > 0).then(|| Self { components: bytes.into(), norm: (square as f32).sqrt() })
    }

    /// The components, one byte each: how a vector is stored.
    pub fn bytes(&self) -> &[i8] {
        &self.components
    }

    /// Length of the components as stored.
    pub fn norm(&self) -> f32 {
        self.norm
    }

    /// How alike two directions are, −1 to 1. Vectors of different sizes come from different models: 0.
    pub fn cosine(&self, other: &Self) -> f32 {
        if self.components.len() != other.components.len() {
            return 0.0;
        }
        dot(&self.components, &other.components) as f32 / (self.norm * other.norm)
    }

    /// The components as of a vector of length one.
    pub fn unit(&self) -> impl Iterator<Item = f32> {
        self.components.iter().map(|component| f32::from(*component) / self.norm)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "between -127 and 127")]
fn byte(scaled: f32) -> i8 {
    scaled.round() as i8
}

/// Fits: even 100,000 components of 127 × 127 stay below 2³¹.
fn dot(left: &[i8], right: &[i8]) -> i32 {
    left.iter().zip(right).map(|(left, right)| i32::from(*left) * i32::from(*right)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Components that look random and always are the same.
    fn components(seed: u32) -> Vec<f32> {
        (0..384_u32).map(|i| ((i * 37 + seed * 101) as f32 * 0.71).sin() + (i as f32 * 0.13).cos()).collect()
    }

    fn exact(left: &[f32], right: &[f32]) -> f32 {
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        dot(left, right) / (dot(left, left) * dot(right, right)).sqrt()
    }

    #[test]
    fn a_byte_a_component_keeps_the_cosine() {
        for seed in 1..20 {
            let (left, right) = (components(0), components(seed));
            let found = Vector::new(&left).unwrap().cosine(&Vector::new(&right).unwrap());
            assert!((found - exact(&left, &right)).abs() < 0.003, "{found} {}", exact(&left, &right));
        }
    }

    #[test]
    fn a_vector_is_itself_and_nothing_else() {
        let one = Vector::new(&components(1)).unwrap();
        assert!((one.cosine(&one.clone()) - 1.0).abs() < 1e-6);
        let doubled: Vec<f32> = components(1).iter().map(|component| 2.0 * component).collect();
        assert_eq!(Vector::new(&doubled).unwrap(), one);
        assert!(one.cosine(&Vector::new(&[1.0]).unwrap()).abs() < f32::EPSILON);
    }

    #[test]
    fn what_points_nowhere_is_no_vector() {
        for nowhere in [&[][..], &[0.0, 0.0], &[f32::NAN, 1.0], &[f32::INFINITY, 1.0]] {
            assert!(Vector::new(nowhere).is_none(), "{nowhere:?}");
        }
    }
}
