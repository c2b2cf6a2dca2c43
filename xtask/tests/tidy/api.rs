//! What programs and the web app are told of the API is what the server answers.

use kizashi_xtask::{api, repository};

#[test]
fn the_description_of_the_api_is_fresh() {
    let kept = repository::read(api::FILE).unwrap();
    assert!(kept.contains("/api/v1/events"), "the description is not of this API");
    assert!(kept == api::described(), "openapi.json is stale; run `cargo xtask openapi`");
}
