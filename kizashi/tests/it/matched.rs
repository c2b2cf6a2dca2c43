//! `kizashi match`: lists in, links out.

use crate::run::{good, json, kizashi, path, run, text};

const LIST: &str = "顧客コード,会社名,電話番号,メール,住所,備考\n\
    A1,㈱髙﨑電気工業,03(3456)7890,info@takasaki-denki.co.jp,東京都千代田区千代田1丁目2番3号,x\n\
    A2,株式会社高崎電気工業,0334567890,info@takasaki-denki.co.jp,千代田区千代田1-2-3,y\n\
    A3,有限会社佐野木材,06-6345-1111,sano@example.jp,大阪府大阪市北区梅田1-2-3,z\n\
    A4,(株)潮見設計,092-411-2222,shiomi@example.jp,福岡県福岡市博多区博多駅前2-1-1,z\n\
    A5,東和食品株式会社,052-411-2222,towa@example.jp,愛知県名古屋市中村区名駅1-1-1,z\n";

fn folder_with(lists: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in lists {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

#[test]
fn doubles_of_one_list_in_an_old_encoding() {
    let list = encoding_rs::SHIFT_JIS.encode(LIST).0;
    let folder = folder_with(&[("list.csv", &list)]);
    let (list, out) = (folder.path().join("list.csv"), folder.path().join("links.csv"));
    let said = good(&["match", path(&list), "--out", path(&out), "--lang", "ja"]);
    assert!(said.contains("5 行") && said.contains("自動で結んだ組 1"), "{said}");
    let links = std::fs::read_to_string(&out).unwrap();
    let lines: Vec<&str> = links.lines().collect();
    assert!(
        lines[0].starts_with("id_a,id_b,probability,weight,verdict,cluster"),
        "no mark: {links}"
    );
    assert!(lines[1].starts_with("A1,A2,0.9") && lines[1].contains(",auto,1,"), "{links}");
    assert_eq!(lines.len(), 2, "{links}");
    good(&["match", path(&list), "--out", path(&out)]);
    assert_eq!(std::fs::read_to_string(&out).unwrap(), links, "the same again");
}

#[test]
fn two_lists_with_other_headers_and_explanations_in_both_languages() {
    let other = "no,name,tel,address\n7,Takasaki Denki,,\n8,髙崎電気工業㈱,＋81-3-3456-7890,東京都千代田区千代田１－２－３\n";
    let folder = folder_with(&[("a.csv", LIST.as_bytes()), ("b.csv", other.as_bytes())]);
    let (a, b) = (folder.path().join("a.csv"), folder.path().join("b.csv"));
    let customers = folder.path().join("customers.csv");
    let args = ["match", path(&a), path(&b), "--column", "name=company"];
    let links = good(&[&args[..], &["--customers", path(&customers)]].concat());
    assert!(links.contains("A1,8,") && links.contains("A2,8,"), "{links}");
    assert!(!links.contains("A1,A2,"), "two lists are linked, not searched: {links}");
    let rows = std::fs::read_to_string(&customers).unwrap();
    assert!(rows.contains("1,2,A1,1") && rows.contains("2,3,8,1"), "{rows}");
    let said = good(&[&args[..], &["--explain", "--lang", "ja"]].concat());
    assert!(
        said.contains("比べる前") && said.contains("会社名: ") && said.contains("合計"),
        "{said}"
    );
    let said = good(&[&args[..], &["--explain", "--blocks"]].concat());
    assert!(
        said.contains("before comparing") && said.contains("in all") && said.contains("blocks"),
        "{said}"
    );
    let out = folder.path().join("links.csv");
    let report = json(&[&args[..], &["--explain", "--out", path(&out)]].concat());
    assert_eq!(report["files"][0]["columns"]["備考"], "ignored");
    assert!(report["explained"][0]["steps"].as_array().unwrap().len() > 2);
}

#[test]
fn wrong_input_names_the_place_and_what_to_do() {
    let folder = folder_with(&[
        ("list.csv", LIST.as_bytes()),
        ("numbers.csv", b"x,y\n1,2\n3,4\n"),
        ("empty.csv", b""),
    ]);
    let file = |name: &str| path(&folder.path().join(name)).to_owned();
    let list = file("list.csv");
    for (args, wanted) in [
        (vec!["match", &list, "--column", "担当=person"], "担当"),
        (vec!["match", &list, "--column", "会社名=firm"], "corporate_number"),
        (vec!["match", &list, "--column", "会社名"], "HEADER=KIND"),
        (vec!["match", &list, "--auto", "0.3"], "review <= auto"),
        (vec!["match", &file("numbers.csv")], "no column to compare"),
        (vec!["match", &file("empty.csv")], "empty.csv"),
        (vec!["match", &file("none.csv")], "none.csv"),
    ] {
        let output = run(&args);
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(text(&output.stderr).contains(wanted), "{args:?}: {}", text(&output.stderr));
    }
    let japanese =
        kizashi().args(["--lang", "ja", "match", &file("numbers.csv")]).output().unwrap();
    assert!(text(&japanese.stderr).contains("比べられる列がありません"));
}
