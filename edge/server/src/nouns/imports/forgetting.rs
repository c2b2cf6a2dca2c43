//! What imports keep of a file's rows beside the facts, forgotten when a customer is erased.

use registry::{Import as Row, ImportState};

use crate::{
    host::App,
    http::error::Answer,
    nouns::imports::{jobs::remove_file, kept::Kept, problems_of},
};

/// Drops sample rows, samples and wrong rows of every import that has come to its end: nobody can say about whom they
/// are. Answers how many files still wait to be taken in; those stay as they are.
pub(crate) async fn forget_rows(app: &App) -> Answer<usize> {
    let mut waiting = 0;
    for mut row in app.registry.imports(u64::MAX >> 1).await? {
        use ImportState as S;
        match row.state {
            S::Committed | S::Undone | S::Failed | S::Cancelled => {
                forget(&mut row)?;
                app.registry.update_import(&row, row.state).await?;
                remove_file(&problems_of(app, row.id));
            }
            S::Read | S::Checking | S::Checked | S::Committing => waiting += 1,
        }
    }
    app.registry.forget_old_pages().await?;
    Ok(waiting)
}

fn forget(row: &mut Row) -> Answer<()> {
    row.problems = None;
    if row.layout.is_some() {
        let mut kept = Kept::read(row)?;
        kept.rows.clear();
        kept.becoming.clear();
        kept.mended.clear();
        for one in &mut kept.encodings {
            one.lines.clear();
        }
        for column in &mut kept.columns {
            column.samples.clear();
        }
        kept.write(row)?;
    }
    Ok(())
}
