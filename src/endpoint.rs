//! What an entry of a network container names: prefixes, ranges, host names, service tags; and whether one holds
//! another, in three answers.

use ipnet::Ipv4Net;
use std::net::Ipv4Addr;

/// The three answers where something may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    No,
    Maybe,
    Yes,
}

/// What an address field, a prefix or a host list names. KMS, RHUI and their like are IPv4; an IPv6 prefix is
/// [`Endpoint::Other`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoint {
    /// An address is a prefix of length 32. Host bits are dropped, as Azure does.
    Prefix(Ipv4Net),
    /// `first-last`, both included.
    Range(Ipv4Addr, Ipv4Addr),
    /// In lower case, without trailing dot, port and white space.
    Host(String),
    /// `*.core.windows.net`: the part behind the star, with its dot.
    Wildcard(String),
    /// A service tag as written: `AzureCloud.westus`.
    Tag(String),
    /// `*`, `Any`.
    Any,
    /// Not known; the text begins with this (which may be empty).
    Unknown { prefix: String },
    /// Neither of these: an IPv6 prefix, a resource id, text.
    Other(String),
}

/// Which prefixes a service tag holds, of those that matter to a rule. A tag that is not listed holds none of the
/// watched addresses.
pub trait TagFacts {
    /// The published prefixes of a tag, compared without regard to case.
    fn prefixes(&self, tag: &str) -> &[Ipv4Net];
}

/// Ranges of up to this many addresses name what they hold; a longer one holds it by accident
/// (semantics, D.1: as a /24).
const SPECIFIC_RANGE: u32 = 256;
const SPECIFIC_PREFIX: u8 = 24;

impl Endpoint {
    /// Reads one element of an address or host field. Never fails: what is not understood is [`Endpoint::Other`].
    pub fn parse(text: &str) -> Endpoint {
        let text = text.trim();
        if text == "*" || text.eq_ignore_ascii_case("any") {
            return Endpoint::Any;
        }
        if let Some(net) = prefix(text) {
            return Endpoint::Prefix(net);
        }
        if let Some((first, last)) = text.split_once('-')
            && let (Some(first), Some(last)) = (address(first.trim()), address(last.trim()))
        {
            return Endpoint::Range(first.min(last), first.max(last));
        }
        let name = host_name(text);
        if let Some(rest) = name.strip_prefix('*')
            && rest.starts_with('.')
            && is_host(&rest[1..])
        {
            return Endpoint::Wildcard(rest.to_owned());
        }
        // Service tags have a capital and at most one dot before a region or sub-service; host names have two dots or
        // more (`AzureCloud.westus`, `Storage`, `AzureFrontDoor.Backend`).
        if name.matches('.').count() >= 2 && is_host(&name) {
            return Endpoint::Host(name);
        }
        if !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c)) {
            return Endpoint::Tag(text.to_owned());
        }
        Endpoint::Other(text.to_owned())
    }

    /// Whether an address lies inside.
    pub fn holds(&self, address: Ipv4Addr, facts: &dyn TagFacts) -> Truth {
        let inside = match self {
            Endpoint::Prefix(net) => net.contains(&address),
            Endpoint::Range(first, last) => (*first..=*last).contains(&address),
            Endpoint::Tag(tag) => facts.prefixes(tag).iter().any(|net| net.contains(&address)),
            Endpoint::Any => true,
            Endpoint::Unknown { prefix } => return may_begin(&address.to_string(), prefix),
            Endpoint::Host(_) | Endpoint::Wildcard(_) | Endpoint::Other(_) => false,
        };
        if inside { Truth::Yes } else { Truth::No }
    }

    /// Whether a host name (in lower case) is meant.
    pub fn names(&self, host: &str) -> Truth {
        let same = match self {
            Endpoint::Host(name) => name == host,
            Endpoint::Wildcard(end) => host.ends_with(end.as_str()),
            Endpoint::Any => true,
            Endpoint::Unknown { prefix } => {
                let prefix = prefix.trim_start().to_lowercase();
                return if host.starts_with(&prefix) || prefix.starts_with('*') { Truth::Maybe } else { Truth::No };
            }
            Endpoint::Prefix(_) | Endpoint::Range(..) | Endpoint::Tag(_) | Endpoint::Other(_) => false,
        };
        if same { Truth::Yes } else { Truth::No }
    }

    /// Whether everything that `other` names is inside.
    pub fn covers(&self, other: &Endpoint, facts: &dyn TagFacts) -> Truth {
        match (self, other) {
            (Endpoint::Any, _) => Truth::Yes,
            (_, Endpoint::Unknown { .. }) | (Endpoint::Unknown { .. }, _) => Truth::Maybe,
            (_, Endpoint::Host(host)) => self.names(host),
            (Endpoint::Tag(a), Endpoint::Tag(b)) if a.eq_ignore_ascii_case(b) => Truth::Yes,
            (_, Endpoint::Prefix(net)) => self.covers_range(net.network(), net.broadcast(), facts),
            (_, Endpoint::Range(first, last)) => self.covers_range(*first, *last, facts),
            (a, b) if a == b => Truth::Yes,
            _ => Truth::No,
        }
    }

    fn covers_range(&self, first: Ipv4Addr, last: Ipv4Addr, facts: &dyn TagFacts) -> Truth {
        let both = |net: &Ipv4Net| net.contains(&first) && net.contains(&last);
        let inside = match self {
            Endpoint::Prefix(net) => both(net),
            Endpoint::Range(a, b) => *a <= first && last <= *b,
            Endpoint::Tag(tag) => facts.prefixes(tag).iter().any(both),
            _ => false,
        };
        if inside { Truth::Yes } else { Truth::No }
    }

    /// How exactly an address is matched in a route table: the length of the prefix that holds it, then explicit
    /// prefix before regional tag before whole tag. A tag counts with its published prefix.
    /// [Azure: virtual network traffic routing, "service tags for user-defined routes"]
    pub fn precision(&self, address: Ipv4Addr, facts: &dyn TagFacts) -> Option<(u8, u8)> {
        match self {
            Endpoint::Prefix(net) => net.contains(&address).then(|| (net.prefix_len(), 2)),
            Endpoint::Tag(tag) => {
                let holding = facts.prefixes(tag).iter().filter(|net| net.contains(&address));
                let longest = holding.map(Ipv4Net::prefix_len).max()?;
                Some((longest, u8::from(tag.contains('.'))))
            }
            _ => None,
        }
    }

    /// Whether it names what it holds, and does not hold it by accident: a prefix of 24 bits or more, a range of at
    /// most 256 addresses, a host name.
    pub fn is_specific(&self) -> bool {
        match self {
            Endpoint::Prefix(net) => net.prefix_len() >= SPECIFIC_PREFIX,
            Endpoint::Range(first, last) => u32::from(*last) - u32::from(*first) < SPECIFIC_RANGE,
            Endpoint::Host(_) => true,
            _ => false,
        }
    }
}

/// A text that begins with `prefix` may be, or be the prefix of, the address only where the octets agree so far.
fn may_begin(address: &str, prefix: &str) -> Truth {
    let prefix = prefix.trim_start();
    // "10." and "23.1" rule out whatever differs in its first octet; behind that a short prefix may still hold it.
    match prefix.split_once('.') {
        Some((first, _)) if first.parse::<u8>().is_ok() && address.split('.').next() != Some(first) => Truth::No,
        _ => Truth::Maybe,
    }
}

fn prefix(text: &str) -> Option<Ipv4Net> {
    match text.split_once('/') {
        None => address(text).map(Ipv4Net::from),
        Some((ip, len)) => {
            let len = if len.contains('.') { mask_len(address(len)?)? } else { len.parse().ok()? };
            Some(Ipv4Net::new(address(ip)?, len).ok()?.trunc())
        }
    }
}

fn mask_len(mask: Ipv4Addr) -> Option<u8> {
    let bits = u32::from(mask);
    let len = bits.leading_ones();
    (bits.checked_shl(len).unwrap_or(0) == 0).then(|| u8::try_from(len).unwrap_or(32))
}

/// Four octets; leading zeros are decimal, as Go reads them for Terraform's cidr functions.
fn address(text: &str) -> Option<Ipv4Addr> {
    let mut octets = [0; 4];
    let mut parts = text.split('.');
    for octet in &mut octets {
        let part = parts.next()?;
        let digits = (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        *octet = if digits { part.parse().ok()? } else { return None };
    }
    parts.next().is_none().then(|| Ipv4Addr::from(octets))
}

/// A host name as it is compared: lower case, without port, trailing dot and scheme-free.
fn host_name(text: &str) -> String {
    let text = match text.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => text,
    };
    text.trim_end_matches('.').to_ascii_lowercase()
}

fn is_host(name: &str) -> bool {
    let label =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    !name.is_empty() && name.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Facts(Vec<(&'static str, Vec<Ipv4Net>)>);
    impl TagFacts for Facts {
        fn prefixes(&self, tag: &str) -> &[Ipv4Net] {
            self.0.iter().find(|(name, _)| name.eq_ignore_ascii_case(tag)).map_or(&[], |(_, nets)| nets)
        }
    }
    fn facts() -> Facts {
        Facts(vec![("Cloud.west", vec!["192.0.2.0/25".parse().expect("net")])])
    }
    fn holds(text: &str, address: &str) -> Truth {
        Endpoint::parse(text).holds(address.parse().expect("address"), &facts())
    }

    #[test]
    fn addresses_are_held_by_prefixes_ranges_and_tags() {
        for (text, expected) in [
            ("192.0.2.1", Truth::Yes),
            (" 192.0.2.1/32\t", Truth::Yes),
            ("192.0.2.99/24", Truth::Yes),
            ("192.0.2.0-192.0.2.7", Truth::Yes),
            ("192.0.2.2 - 192.0.2.7", Truth::No),
            ("192.0.2.0/255.255.255.0", Truth::Yes),
            ("cloud.WEST", Truth::Yes),
            ("Cloud.east", Truth::No),
            ("0.0.0.0/0", Truth::Yes),
            ("*", Truth::Yes),
            ("::/0", Truth::No),
            ("host.example.org", Truth::No),
            ("", Truth::No),
        ] {
            assert_eq!(holds(text, "192.0.2.1"), expected, "{text}");
        }
    }

    #[test]
    fn host_names_are_compared_without_case_dot_port_and_space() {
        for text in ["KMS.Example.Net", "kms.example.net.", "kms.example.net:1688", " kms.example.net\t"] {
            assert_eq!(Endpoint::parse(text), Endpoint::Host("kms.example.net".into()), "{text}");
        }
        assert_eq!(Endpoint::parse("*.example.net").names("kms.example.net"), Truth::Yes);
        assert_eq!(Endpoint::parse("azkms.example.net").names("kms.example.net"), Truth::No);
    }

    #[test]
    fn what_is_known_of_an_unknown_rules_out() {
        let unknown = |prefix: &str| Endpoint::Unknown { prefix: prefix.into() };
        let address = "192.0.2.1".parse().expect("address");
        assert_eq!(unknown("10.").holds(address, &facts()), Truth::No);
        assert_eq!(unknown("192.").holds(address, &facts()), Truth::Maybe);
        assert_eq!(unknown("").holds(address, &facts()), Truth::Maybe);
        assert_eq!(unknown("az").names("kms.example.net"), Truth::No);
        assert_eq!(unknown("kms.").names("kms.example.net"), Truth::Maybe);
    }

    #[test]
    fn an_explicit_prefix_beats_a_tag_of_its_length() {
        let address = "192.0.2.1".parse().expect("address");
        let precision = |text: &str| Endpoint::parse(text).precision(address, &facts());
        assert!(precision("192.0.2.0/25") > precision("Cloud.west"));
        assert!(precision("Cloud.west") > precision("192.0.2.0/24"));
    }
}
