//! Where a template is deployed: what `resourceGroup()`, `subscription()` and their like say, and the ids of resources.

use crate::value::{Map, MapEntry, MapKind, Piece, Text, Trail, Value, Why};

/// A deployment's place. What only Azure knows is a text of one hole, which is equal to itself.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub level: Level,
    pub tenant: Value,
    pub subscription: Value,
    pub group: Value,
    pub location: Value,
    pub management_group: Value,
    pub deployment: Value,
}

/// What a template is deployed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Group,
    Subscription,
    ManagementGroup,
    Tenant,
}

fn hole(origin: &str) -> Value {
    let why = Why::of(origin);
    Value::pieces(Text::hole_only(why, Trail::nowhere()), Trail::nowhere())
}

impl Place {
    pub(super) fn unknown(level: Level) -> Place {
        Place {
            level,
            tenant: hole("tenant().tenantId"),
            subscription: hole("subscription().subscriptionId"),
            group: hole("resourceGroup().name"),
            location: hole("resourceGroup().location"),
            management_group: hole("managementGroup().name"),
            deployment: hole("deployment().name"),
        }
    }

    /// The id of the scope that resources are deployed to.
    pub(super) fn scope_id(&self) -> Vec<Piece> {
        match self.level {
            Level::Group => joined(&[&"/subscriptions/", &self.subscription, &"/resourceGroups/", &self.group]),
            Level::Subscription => joined(&[&"/subscriptions/", &self.subscription]),
            Level::ManagementGroup => {
                joined(&[&"/providers/Microsoft.Management/managementGroups/", &self.management_group])
            }
            Level::Tenant => Vec::new(),
        }
    }

    pub(super) fn resource_group(&self, trail: &Trail) -> Value {
        let id = Value::pieces(Text::from_pieces(self.scope_id()), trail.clone());
        object(
            &[
                ("id", id),
                ("name", self.group.clone()),
                ("location", self.location.clone()),
                ("type", Value::text("Microsoft.Resources/resourceGroups", trail.clone())),
                ("tags", Value::unknown(Why::of("resourceGroup().tags"), trail.clone())),
                ("properties", Value::unknown(Why::of("resourceGroup().properties"), trail.clone())),
            ],
            None,
            trail,
        )
    }

    pub(super) fn subscription(&self, trail: &Trail) -> Value {
        let id = Text::from_pieces(joined(&[&"/subscriptions/", &self.subscription]));
        object(
            &[
                ("id", Value::pieces(id, trail.clone())),
                ("subscriptionId", self.subscription.clone()),
                ("tenantId", self.tenant.clone()),
            ],
            Some("subscription()"),
            trail,
        )
    }

    pub(super) fn tenant(&self, trail: &Trail) -> Value {
        object(&[("tenantId", self.tenant.clone())], Some("tenant()"), trail)
    }

    pub(super) fn management_group(&self, trail: &Trail) -> Value {
        let id = joined(&[&"/providers/Microsoft.Management/managementGroups/", &self.management_group]);
        object(
            &[
                ("id", Value::pieces(Text::from_pieces(id), trail.clone())),
                ("name", self.management_group.clone()),
                ("type", Value::text("/providers/Microsoft.Management/managementGroups", trail.clone())),
            ],
            Some("managementGroup()"),
            trail,
        )
    }

    pub(super) fn deployment(&self, trail: &Trail) -> Value {
        object(&[("name", self.deployment.clone())], Some("deployment()"), trail)
    }
}

/// An object; with an origin, one that has more than is known.
fn object(known: &[(&str, Value)], origin: Option<&str>, trail: &Trail) -> Value {
    let entry = |(name, value): &(&str, Value)| MapEntry {
        key: (*name).into(),
        key_trail: Trail::nowhere(),
        value: Value { trail: trail.clone(), ..value.clone() },
    };
    let map = Map::new(MapKind::Object, known.iter().map(entry).collect());
    Value::map(map.opened(origin.map(Why::of)), trail.clone())
}

/// Text and values, one behind the other.
pub(super) trait Part {
    fn pieces(&self) -> Vec<Piece>;
}

impl Part for &str {
    fn pieces(&self) -> Vec<Piece> {
        vec![Piece::known((*self).into(), Trail::nowhere())]
    }
}

impl Part for Value {
    fn pieces(&self) -> Vec<Piece> {
        super::eval::put(self).unwrap_or_default()
    }
}

pub(super) fn joined(parts: &[&dyn Part]) -> Vec<Piece> {
    parts.iter().flat_map(|part| part.pieces()).collect()
}

/// What `environment()` says of a cloud. [az cloud show]
pub(super) fn environment(cloud: &str, trail: &Trail) -> Option<Value> {
    const SUFFIXES: [&str; 8] = [
        "storage",
        "sqlServerHostname",
        "keyvaultDns",
        "azureDatalakeStoreFileSystem",
        "azureDatalakeAnalyticsCatalogAndJob",
        "acrLoginServer",
        "azureFrontDoorEndpointSuffix",
        "azureStorageSuffix",
    ];
    const CLOUDS: [(&str, &str, &str, [&str; 6]); 3] = [
        (
            "AzureCloud",
            "https://management.azure.com/",
            "https://login.microsoftonline.com/",
            [
                "core.windows.net",
                ".database.windows.net",
                ".vault.azure.net",
                "azuredatalakestore.net",
                "azuredatalakeanalytics.net",
                ".azurecr.io",
            ],
        ),
        (
            "AzureUSGovernment",
            "https://management.usgovcloudapi.net/",
            "https://login.microsoftonline.us/",
            [
                "core.usgovcloudapi.net",
                ".database.usgovcloudapi.net",
                ".vault.usgovcloudapi.net",
                "",
                "",
                ".azurecr.us",
            ],
        ),
        (
            "AzureChinaCloud",
            "https://management.chinacloudapi.cn/",
            "https://login.chinacloudapi.cn/",
            ["core.chinacloudapi.cn", ".database.chinacloudapi.cn", ".vault.azure.cn", "", "", ".azurecr.cn"],
        ),
    ];
    let (name, manager, login, suffixes) = CLOUDS.iter().find(|(name, ..)| *name == cloud)?;
    let text = |text: &str| Value::text(text, trail.clone());
    let known: Vec<(&str, Value)> =
        SUFFIXES.iter().zip(suffixes).filter(|(_, it)| !it.is_empty()).map(|(name, it)| (*name, text(it))).collect();
    Some(object(
        &[
            ("name", text(name)),
            ("resourceManager", text(manager)),
            ("authentication", object(&[("loginEndpoint", text(login))], Some("environment().authentication"), trail)),
            ("suffixes", object(&known, Some("environment().suffixes"), trail)),
        ],
        Some("environment()"),
        trail,
    ))
}
