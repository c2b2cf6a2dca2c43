//! Who may do what: the one table of permissions. Every route names one of them, see [`crate::http::routes`].

use registry::Role;

/// Something a person or a key may be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// Look at customers: the rep's own, or all with [`Permission::SeeAllCustomers`].
    SeeCustomers,
    /// Look at every customer, not only those of one rep.
    SeeAllCustomers,
    /// Look at segments, their members and the reasons.
    SeeSegments,
    /// Write, retire and restore segments, and try conditions out.
    EditSegments,
    /// Look at signs and at who shows them.
    SeeSigns,
    /// Bring facts in: files, events, attributes.
    Import,
    /// Erase a customer for good.
    EraseCustomers,
    /// Say how an approach went.
    RecordOutcome,
    /// Invite people and change what they may do.
    ManagePeople,
    /// Make and revoke API keys.
    ManageKeys,
    /// Take a backup, which holds everything.
    TakeBackups,
}

impl Permission {
    /// All of them, in the order in which they are listed to people.
    pub const ALL: [Permission; 11] = [
        Permission::SeeCustomers,
        Permission::SeeAllCustomers,
        Permission::SeeSegments,
        Permission::EditSegments,
        Permission::SeeSigns,
        Permission::Import,
        Permission::EraseCustomers,
        Permission::RecordOutcome,
        Permission::ManagePeople,
        Permission::ManageKeys,
        Permission::TakeBackups,
    ];

    /// Its name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Permission::SeeCustomers => "see_customers",
            Permission::SeeAllCustomers => "see_all_customers",
            Permission::SeeSegments => "see_segments",
            Permission::EditSegments => "edit_segments",
            Permission::SeeSigns => "see_signs",
            Permission::Import => "import",
            Permission::EraseCustomers => "erase_customers",
            Permission::RecordOutcome => "record_outcome",
            Permission::ManagePeople => "manage_people",
            Permission::ManageKeys => "manage_keys",
            Permission::TakeBackups => "take_backups",
        }
    }
}

/// Whether a role has a permission.
///
/// ```text
///                     owner  manager  rep  viewer
///  see customers        x       x      x     x      (a rep: own ones only)
///  see all customers    x       x            x
///  see segments, signs  x       x      x     x
///  edit segments        x       x
///  import, erase        x       x
///  record outcomes      x       x      x
///  people and keys      x
///  backups              x
/// ```
pub const fn may(role: Role, permission: Permission) -> bool {
    use Permission as P;
    match role {
        Role::Owner => true,
        Role::Manager => !matches!(permission, P::ManagePeople | P::ManageKeys | P::TakeBackups),
        Role::Rep => {
            matches!(permission, P::SeeCustomers | P::SeeSegments | P::SeeSigns | P::RecordOutcome)
        }
        Role::Viewer => {
            matches!(
                permission,
                P::SeeCustomers | P::SeeAllCustomers | P::SeeSegments | P::SeeSigns
            )
        }
    }
}

/// What a route asks of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: anyone who reaches the server.
    Nothing,
    /// To be signed in, whatever the role.
    SignedIn,
    /// A permission.
    May(Permission),
}

impl Needs {
    /// Its name in the API's description.
    pub const fn name(self) -> &'static str {
        match self {
            Needs::Nothing => "nothing",
            Needs::SignedIn => "signed_in",
            Needs::May(permission) => permission.name(),
        }
    }
}
