//! One bit for each customer and question: the answer that holds now.

/// Customers are numbered from 0 without gaps, so a row is found by its number.
#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) words: usize,
    pub(crate) pages: Vec<Box<[u64]>>,
}

/// The answers of one customer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a>(&'a [u64]);

impl Row<'_> {
    /// The answer to a question.
    pub(crate) fn get(self, question: u32) -> bool {
        let word = self.0.get(question as usize / 64);
        word.is_some_and(|word| word >> (question % 64) & 1 == 1)
    }
}

/// So many customers share a piece of memory; a new customer never moves the rows of others.
pub(crate) const IN_A_PAGE: usize = 1024;

impl Rows {
    pub(crate) fn new(questions: usize) -> Rows {
        Rows { words: questions.div_ceil(64), pages: vec![] }
    }

    /// The questions that a customer's answer is yes to, rising.
    pub(crate) fn ones(&self, customer: u32) -> impl Iterator<Item = u32> {
        let words = self.row(customer).unwrap_or_default().iter().zip(0..);
        words.flat_map(|(word, place)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                Some(64 * place + bit)
            })
        })
    }

    pub(crate) fn set(&mut self, customer: u32, question: u32, answer: bool) {
        let (word, bit) = (question as usize / 64, 1_u64 << (question % 64));
        let row = self.row_mut(customer);
        if answer {
            row[word] |= bit;
        } else {
            row[word] &= !bit;
        }
    }

    /// All answers of a customer are no.
    pub(crate) fn clear(&mut self, customer: u32) {
        if self.row(customer).is_some() {
            self.row_mut(customer).fill(0);
        }
    }

    /// The answers of a customer; no to everything for one who has no row.
    pub(crate) fn of(&self, customer: u32) -> Row<'_> {
        Row(self.row(customer).unwrap_or_default())
    }

    fn row(&self, customer: u32) -> Option<&[u64]> {
        let page = self.pages.get(customer as usize / IN_A_PAGE)?;
        let first = customer as usize % IN_A_PAGE * self.words;
        Some(&page[first..first + self.words])
    }

    fn row_mut(&mut self, customer: u32) -> &mut [u64] {
        let page = customer as usize / IN_A_PAGE;
        while self.pages.len() <= page {
            self.pages.push(vec![0; self.words * IN_A_PAGE].into_boxed_slice());
        }
        let first = customer as usize % IN_A_PAGE * self.words;
        &mut self.pages[page][first..first + self.words]
    }
}
