//! What columns hold.

use kizashi_matching::Kind;

use crate::tables::{columns, table};

fn kinds(text: &str) -> Vec<Kind> {
    columns(&table(text)).iter().map(|column| column.kind).collect()
}

#[test]
fn columns_are_known_by_their_headers() {
    use Kind::*;
    assert_eq!(
        kinds(
            "rec_id|given_name|surname|street_number|address_1|address_2|suburb|postcode|state|date_of_birth|soc_sec_id
             r1|ann|smith|3|high street|the oaks|perth|6000|wa|19700101|123
             r2|bob|jones|4|low street||perth|6001|wa|19710101|124"
        ),
        [Id, Given, Family, House, Address, Address, City, Postal, Region, Birth, Code]
    );
    assert_eq!(
        kinds(
            "顧客コード|会社名|会社名（カナ）|ご担当者名|部署|郵便番号|住所|電話番号|FAX|メールアドレス|法人番号|備考|登録日
             1|㈱山田|ヤマダ|佐藤|営業|100-0001|東京都千代田区千代田1-1|03-1111-2222|03-1111-2223|a@example.co.jp||x|2020-01-01
             2|佐藤(株)|サトウ|鈴木|総務|100-0002|東京都千代田区皇居外苑1|03-1111-3333||b@example.co.jp||y|2020-01-02"
        ),
        [Id, Company, CompanyReading, Person, Site, Postal, Address, Phone, Fax, Email, CorporateNumber, Ignored, Ignored]
    );
}

#[test]
fn columns_are_known_by_their_values_when_headers_say_nothing() {
    use Kind::*;
    assert_eq!(
        kinds(
            "列1|列2|列3|列4|列5|名称
             7|sato@example.com|03-1111-2222|100-0001|東京都千代田区千代田1-1|㈱山田
             8|abe@example.com|090-1111-2222|100-0002|大阪府大阪市北区梅田1-1|有限会社佐藤"
        ),
        [Ignored, Email, Phone, Postal, Address, Company]
    );
    assert_eq!(
        kinds("顧客番号|氏名\n5|佐藤\n5|佐藤"),
        [Code, Person],
        "an id that stands twice is none"
    );
}
