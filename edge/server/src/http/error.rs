//! What a caller is told when a request fails: a status, a stable code, and one sentence in their language.
//!
//! A handler answers an [`ApiError`]; `finish` writes its body, because only it knows the language and the request's id.

use axum::{
    http::{HeaderValue, StatusCode, header::RETRY_AFTER},
    response::{IntoResponse, Response},
};
use condition::{Language, Said};
use serde::Serialize;
use utoipa::ToSchema;

/// The answer of a handler.
pub(crate) type Answer<T> = Result<T, ApiError>;

/// Why a request failed.
#[derive(Debug, Clone)]
pub(crate) struct ApiError {
    status: StatusCode,
    code: &'static str,
    said: Said,
    faults: Vec<(String, Said)>,
    retry_after_seconds: Option<i64>,
}

/// What went wrong.
#[derive(Serialize, ToSchema)]
pub(crate) struct ErrorBody {
    /// Stable, for programs.
    code: &'static str,
    /// One sentence for people: what is wrong, and what to do.
    message: String,
    /// The id of this request in the server's log.
    request_id: String,
    /// Each fault of a condition.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    faults: Vec<Fault>,
}

/// One fault of a condition or a file.
#[derive(Debug, Clone, Serialize, ToSchema, PartialEq)]
pub(crate) struct Fault {
    /// Where, as a JSON pointer into the draft.
    pub(crate) path: String,
    /// What is wrong, as a sentence.
    pub(crate) message: String,
}

/// The id of a request, in the log and in error bodies.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub(crate) String);

impl ApiError {
    pub(crate) fn new(
        status: StatusCode,
        code: &'static str,
        ja: impl Into<String>,
        en: impl Into<String>,
    ) -> ApiError {
        let said = Said::new(ja, en);
        ApiError { status, code, said, faults: vec![], retry_after_seconds: None }
    }

    /// 400: the request cannot be read.
    pub(crate) fn malformed(ja: impl Into<String>, en: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::BAD_REQUEST, "malformed", ja, en)
    }

    /// 422: the request can be read and cannot be done.
    pub(crate) fn invalid(ja: impl Into<String>, en: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", ja, en)
    }

    /// 409: something else happened meanwhile, or stands in the way.
    pub(crate) fn conflict(ja: impl Into<String>, en: impl Into<String>) -> ApiError {
        ApiError::new(StatusCode::CONFLICT, "conflict", ja, en)
    }

    /// 404 for things a caller may not see as well as for things that are not there.
    pub(crate) fn not_found() -> ApiError {
        ApiError::new(
            StatusCode::NOT_FOUND,
            "not_found",
            "見つかりません。削除されたか、見る権限がありません",
            "this is not here; it was removed, or you may not see it",
        )
    }

    pub(crate) fn not_signed_in() -> ApiError {
        ApiError::new(
            StatusCode::UNAUTHORIZED,
            "not_signed_in",
            "サインインしてください",
            "sign in first",
        )
    }

    pub(crate) fn forbidden() -> ApiError {
        ApiError::new(
            StatusCode::FORBIDDEN,
            "forbidden",
            "この操作の権限がありません。オーナーに依頼してください",
            "you may not do this; ask an owner of the workspace",
        )
    }

    pub(crate) fn starting() -> ApiError {
        let mut error = ApiError::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "starting",
            "起動中です。しばらくしてからもう一度お試しください",
            "the server is starting; try again in a moment",
        );
        error.retry_after_seconds = Some(1);
        error
    }

    /// 507: what is there can be read, and once there is room more is taken in.
    pub(crate) fn disk_full() -> ApiError {
        ApiError::new(
            StatusCode::INSUFFICIENT_STORAGE,
            "disk_full",
            "ディスクに空きがありません。空きを作ってからもう一度送ってください",
            "the disk is full; make room and send it again",
        )
    }

    pub(crate) fn too_large(most: usize) -> ApiError {
        let most = most / (1024 * 1024);
        ApiError::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            format!("データが大きすぎます。{most} MB 以下に分けてください"),
            format!("this is too large; send at most {most} MB at once"),
        )
    }

    /// 500. The cause goes to the log, not to the caller.
    pub(crate) fn ours(what: &'static str, why: impl std::fmt::Display) -> ApiError {
        tracing::error!(what, %why, "a request failed by our own fault");
        ApiError::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "failed",
            "サーバーで問題が起きました。もう一度お試しください。続く場合はリクエスト番号を管理者に伝えてください",
            "something went wrong in the server; try again, and tell its owner the request id if it happens again",
        )
    }

    /// 422 with every fault of a condition.
    pub(crate) fn faults(faults: Vec<(String, Said)>) -> ApiError {
        let mut error = ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "faults",
            "条件に誤りがあります",
            "the condition has faults",
        );
        error.faults = faults;
        error
    }

    /// The sentence.
    pub(crate) fn said(&self) -> &Said {
        &self.said
    }

    /// 422 with every fault of something else that people wrote.
    pub(crate) fn faults_of(
        ja: impl Into<String>,
        en: impl Into<String>,
        faults: Vec<(String, Said)>,
    ) -> ApiError {
        let error = ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "faults", ja, en);
        ApiError { faults, ..error }
    }

    #[cfg(test)]
    pub(crate) fn code(&self) -> &'static str {
        self.code
    }

    /// The finished answer.
    pub(crate) fn render(&self, language: Language, id: &RequestId) -> Response {
        let speak = |said: &Said| speak(said, language);
        let faults = self.faults.iter();
        let body = ErrorBody {
            code: self.code,
            message: speak(&self.said),
            request_id: id.0.clone(),
            faults: faults
                .map(|(path, said)| Fault { path: path.clone(), message: speak(said) })
                .collect(),
        };
        let mut response = (self.status, axum::Json(body)).into_response();
        if let Some(seconds) = self.retry_after_seconds {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// A text in the caller's language.
pub(crate) fn speak(said: &Said, language: Language) -> String {
    said.get(language).to_owned()
}

/// A text of the importer in the caller's language.
pub(crate) fn speak_intake(said: &intake::Said, language: Language) -> String {
    match language {
        Language::Ja => said.ja.clone(),
        Language::En => said.en.clone(),
    }
}

/// A fault of a condition in both languages, for [`ApiError::faults`].
pub(crate) fn fault_said(fault: &condition::Fault) -> (String, Said) {
    (fault.path.clone(), Said::new(fault.kind.ja(), fault.kind.en()))
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<registry::Error> for ApiError {
    fn from(error: registry::Error) -> ApiError {
        use registry::Error as E;
        let (status, code) = match &error {
            E::SignInWrong => (StatusCode::UNAUTHORIZED, "sign_in_wrong"),
            E::SignInWait { .. } => (StatusCode::TOO_MANY_REQUESTS, "sign_in_wait"),
            E::SignInLocked => (StatusCode::TOO_MANY_REQUESTS, "sign_in_locked"),
            E::LinkNotValid => (StatusCode::GONE, "link_not_valid"),
            E::AlreadySetUp | E::AlreadyJoined { .. } => (StatusCode::CONFLICT, "already_done"),
            E::EmailTaken { .. } => (StatusCode::CONFLICT, "email_taken"),
            E::LastOwner => (StatusCode::CONFLICT, "last_owner"),
            E::Conflict { .. } | E::ImportMoved { .. } => (StatusCode::CONFLICT, "conflict"),
            E::NoSuchPerson(_)
            | E::NoSuchKey(_)
            | E::NoSuchDefinition { .. }
            | E::NoSuchImport(_) => (StatusCode::NOT_FOUND, "not_found"),
            E::EmailWrong { .. }
            | E::NameWrong
            | E::PasswordTooShort { .. }
            | E::PasswordTooLong { .. }
            | E::PasswordCommon
            | E::KeyForOwner
            | E::NotActive { .. } => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
            _ if error.is_disk_full() => return ApiError::disk_full(),
            _ => return ApiError::ours("the registry", &error),
        };
        let ja = error.sentence(registry::Language::Ja);
        let mut told = ApiError::new(status, code, ja, error.to_string());
        if let E::SignInWait { seconds, .. } = error {
            told.retry_after_seconds = Some(seconds);
        }
        told
    }
}

impl From<store::StoreError> for ApiError {
    fn from(error: store::StoreError) -> ApiError {
        use store::StoreError as E;
        if error.is_disk_full() {
            return ApiError::disk_full();
        }
        match &error {
            E::WriteFailed { .. } => ApiError::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "read_only",
                "書き込みに失敗したため、受け付けを止めています。受け付け済みのデータは失われていません。管理者に連絡してください",
                "nothing more is taken in since a write failed; nothing acknowledged is lost; tell the server's owner",
            ),
            E::TooLarge { most, .. } => ApiError::too_large(usize::try_from(*most).unwrap_or(0)),
            E::Importing => ApiError::conflict(
                "ファイルの取り込み中です。終わってからもう一度消去してください",
                "a file is being imported; erase when that is done",
            ),
            E::NoSuchBatch(_) => ApiError::not_found(),
            E::UndoneBefore(_) => {
                ApiError::conflict("すでに取り消されています", "this has been undone already")
            }
            _ => ApiError::ours("the store", &error),
        }
    }
}

impl From<tokio::task::JoinError> for ApiError {
    fn from(error: tokio::task::JoinError) -> ApiError {
        ApiError::ours("a task", error)
    }
}

impl From<std::io::Error> for ApiError {
    fn from(error: std::io::Error) -> ApiError {
        if error.kind() == std::io::ErrorKind::StorageFull {
            return ApiError::disk_full();
        }
        ApiError::ours("the disk", error)
    }
}
