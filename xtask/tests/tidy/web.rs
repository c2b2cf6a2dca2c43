//! The layers of the web app: imports go down only, and a feature is used through its `index.ts`.

use kizashi_xtask::repository;

use crate::assert_tidy;

/// Each folder of `web/src` and the folders it may import from, besides itself.
const LAYERS: [(&str, &[&str]); 7] = [
    ("ui", &[]),
    ("domain", &[]),
    ("api", &["domain"]),
    ("i18n", &["domain", "api"]),
    ("features", &["ui", "domain", "i18n", "api"]),
    ("pages", &["ui", "domain", "i18n", "api", "features"]),
    ("app", &["ui", "domain", "i18n", "api", "features", "pages"]),
];

#[test]
fn imports_of_the_web_app_go_down_only() {
    let mut faults = Vec::new();
    let mut n_files = 0;
    for path in repository::files().unwrap() {
        let Some(module) = path.strip_prefix("web/src/") else { continue };
        if module.contains('/') && (module.ends_with(".ts") || module.ends_with(".tsx")) {
            faults.extend(faults_of(module, &repository::read(&path).unwrap()));
            n_files += 1;
        }
    }
    assert!(n_files > 20, "only {n_files} files found");
    assert_tidy(&faults);
}

/// `module` is a path inside `web/src`.
fn faults_of(module: &str, text: &str) -> Vec<String> {
    let own = parts(module);
    let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == own[0]) else {
        return vec![format!("web/src/{module}: `{}` is no layer we know", own[0])];
    };
    let mut faults = Vec::new();
    for (lazy, target) in imports(text) {
        let Some(target) = place(module, target) else { continue };
        let used = parts(&target);
        if used[0] != own[0] && !allowed.contains(&used[0]) {
            faults
                .push(format!("web/src/{module}: `{}` must not import from `{}`", own[0], used[0]));
        }
        let is_other_feature =
            used[0] == "features" && (own[0] != "features" || own.get(1) != used.get(1));
        // What is loaded only when it is needed must be named apart from the rest of its feature.
        if !lazy && is_other_feature && used.len() > 2 && used[2..] != ["index"] {
            faults.push(format!(
                "web/src/{module}: import `@/features/{}`, not a file inside it",
                used[1]
            ));
        }
    }
    faults
}

/// What the text imports by `from '…'`, `import '…'` and `import('…')`; true for the last, which loads later.
fn imports(text: &str) -> impl Iterator<Item = (bool, &str)> {
    [(false, "from '"), (false, "import '"), (true, "import('")].into_iter().flat_map(
        move |(lazy, opening)| {
            text.split(opening)
                .skip(1)
                .filter_map(move |rest| Some((lazy, rest.split('\'').next()?)))
        },
    )
}

/// Where an import points inside `web/src`, or nothing when it leaves it.
fn place(module: &str, target: &str) -> Option<String> {
    if let Some(inside) = target.strip_prefix("@/") {
        return Some(inside.to_owned());
    }
    if !target.starts_with('.') {
        return None;
    }
    let mut place = parts(module);
    place.pop();
    for part in parts(target) {
        match part {
            "." => {}
            ".." => {
                place.pop();
            }
            name => place.push(name),
        }
    }
    Some(place.join("/"))
}

fn parts(path: &str) -> Vec<&str> {
    path.split('/').collect()
}

#[test]
fn an_import_that_goes_up_or_reaches_into_a_feature_is_named() {
    let faults = |module, text| faults_of(module, text);
    assert!(
        faults("features/today/row.tsx", "import { Tag } from '@/ui/tag'\nimport a from './a'")
            .is_empty()
    );
    assert!(faults("pages/today.tsx", "import { Today } from '@/features/today'").is_empty());
    assert!(faults("features/today/row.tsx", "import { Why } from '@/features/why'").is_empty());
    assert!(
        faults("app/shell.tsx", "lazy(() => import('@/features/navigation/palette'))").is_empty()
    );
    assert_eq!(faults("ui/tag.tsx", "import { client } from '../api/client'").len(), 1);
    assert_eq!(faults("domain/yen.ts", "const later = import('@/features/today')").len(), 1);
    assert_eq!(
        faults("features/today/row.tsx", "import { Leaf } from '../conditions/leaf'").len(),
        1
    );
    assert_eq!(faults("extras/a.ts", "").len(), 1);
}
