//! Address ranges and URIs.

use super::Given;
use crate::arm::eval::{Fail, Outcome, mistake};
use crate::value::{MapEntry, Trail, Value};
use ipnet::{IpNet, Ipv4Net};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub(super) fn call(call: &Given) -> Option<Outcome> {
    Some(match call.name {
        "parsecidr" => parse_cidr(call),
        "cidrsubnet" => cidr_subnet(call),
        "cidrhost" => cidr_host(call),
        "uri" => uri(call),
        "builduri" => build_uri(call),
        "parseuri" => parse_uri(call),
        _ => return None,
    })
}

/// Without a length, that of the address's class.
fn net(call: &Given) -> Result<IpNet, Fail> {
    let text = call.text(0)?;
    let wrong = || Fail::Mistake(format!("{text:?} is no address range"));
    if let Some((address, len)) = text.split_once('/') {
        // The length may be a mask.
        if let (Ok(address), Ok(mask)) = (address.parse::<Ipv4Addr>(), len.parse::<Ipv4Addr>()) {
            return Ok(IpNet::V4(Ipv4Net::with_netmask(address, mask).map_err(|_| wrong())?));
        }
        return text.parse().map_err(|_| wrong());
    }
    match text.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => {
            let len = match address.octets()[0] {
                0..=127 => 8,
                128..=191 => 16,
                192..=223 => 24,
                _ => 32,
            };
            Ok(IpNet::V4(Ipv4Net::new(address, len).map_err(|_| wrong())?))
        }
        Ok(IpAddr::V6(_)) => format!("{text}/64").parse().map_err(|_| wrong()),
        Err(_) => Err(wrong()),
    }
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
    }
}

fn address(number: u128, v4: bool) -> IpAddr {
    if v4 {
        IpAddr::V4(Ipv4Addr::from(u32::try_from(number).unwrap_or(u32::MAX)))
    } else {
        IpAddr::V6(Ipv6Addr::from(number))
    }
}

/// First and last usable address.
fn usable(net: &IpNet) -> (u128, u128) {
    let (first, last) = (number(net.network()), number(net.broadcast()));
    match net {
        IpNet::V4(v4) if v4.prefix_len() < 31 => (first + 1, last - 1),
        _ => (first, last),
    }
}

fn parse_cidr(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let net = net(call)?;
    let v4 = matches!(net, IpNet::V4(_));
    let text = |name: &str, value: String| MapEntry {
        key: name.into(),
        key_trail: Trail::nowhere(),
        value: Value::text(value, call.trail.clone()),
    };
    let (first, last) = usable(&net);
    let mut entries = vec![
        text("network", net.network().to_string()),
        text("netmask", net.netmask().to_string()),
        text("firstUsable", address(first, v4).to_string()),
        text("lastUsable", address(if net.prefix_len() == 31 && v4 { first } else { last }, v4).to_string()),
        MapEntry {
            key: "cidr".into(),
            key_trail: Trail::nowhere(),
            value: call.made_int(i64::from(net.prefix_len()))?,
        },
    ];
    if v4 {
        entries.push(text("broadcast", net.broadcast().to_string()));
    }
    call.made_map(entries)
}

fn cidr_subnet(call: &Given) -> Outcome {
    call.count(3..=3)?;
    let net = net(call)?;
    let bits = if matches!(net, IpNet::V4(_)) { 32 } else { 128 };
    let (len, at) = (call.int(1)?, call.int(2)?);
    let Some(len) = u8::try_from(len).ok().filter(|len| (net.prefix_len()..=bits).contains(len)) else {
        return mistake("cidrSubnet() takes a length that is not shorter than the range's own");
    };
    let at =
        u128::try_from(at).map_err(|_| Fail::Mistake("cidrSubnet() takes an index that is not negative".to_owned()))?;
    let room = u32::from(len - net.prefix_len());
    if room < 127 && at >= 1_u128 << room {
        return mistake("the range has no such subnet");
    }
    let start = number(net.network()) + (at << u32::from(bits - len));
    call.made_text(format!("{}/{len}", address(start, bits == 32)))
}

fn cidr_host(call: &Given) -> Outcome {
    call.count(2..=2)?;
    let net = net(call)?;
    let v4 = matches!(net, IpNet::V4(_));
    let (first, last) = usable(&net);
    // Minus one is the address of the range itself.
    let at = call.int(1)?;
    if at == -1 && v4 {
        return call.made_text(net.network().to_string());
    }
    let at = u128::try_from(at);
    let small = matches!(net, IpNet::V4(v4) if v4.prefix_len() >= 31);
    match at
        .ok()
        .and_then(|at| first.checked_add(if v4 { at } else { at + 1 }))
        .filter(|found| *found <= last && !small)
    {
        Some(found) => call.made_text(address(found, v4).to_string()),
        None => mistake("the range has no such address"),
    }
}

fn build_uri(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let (value, _) = call.map(0)?;
    call.whole(0)?;
    let part = |name: &str| {
        crate::arm::eval::get(value, name).and_then(|part| {
            part.as_str().map(|text| text.to_string()).or_else(|| part.as_number().map(crate::value::number_text))
        })
    };
    let (Some(scheme), Some(host)) = (part("scheme"), part("host")) else { return mistake("buildUri() takes a host") };
    let port = part("port").map(|port| format!(":{port}")).unwrap_or_default();
    let path = part("path").map(|path| format!("/{}", path.trim_start_matches('/'))).unwrap_or_default();
    let query = part("query").map(|query| format!("?{}", query.trim_start_matches('?'))).unwrap_or_default();
    call.made_text(format!("{scheme}://{host}{port}{path}{query}"))
}

fn parse_uri(call: &Given) -> Outcome {
    call.count(1..=1)?;
    let text = call.text(0)?;
    let Some((scheme, rest)) = text.split_once("://") else { return mistake("parseUri() takes an absolute URI") };
    let (rest, query) = rest.split_once('?').map_or((rest, None), |(rest, query)| (rest, Some(format!("?{query}"))));
    let (place, path) =
        rest.split_once('/').map_or((rest, "/".to_owned()), |(place, path)| (place, format!("/{path}")));
    let (host, port) = place.rsplit_once(':').map_or((place, None), |(host, port)| (host, port.parse::<i64>().ok()));
    let entry = |name: &str, value: Value| MapEntry { key: name.into(), key_trail: Trail::nowhere(), value };
    let text = |text: String| Value::text(text, call.trail.clone());
    let usual = if scheme == "https" { 443 } else { 80 };
    let mut entries = vec![
        entry("scheme", text(scheme.to_owned())),
        entry("host", text(host.to_lowercase())),
        entry("port", call.made_int(port.unwrap_or(usual))?),
        entry("path", text(path)),
    ];
    entries.extend(query.map(|query| entry("query", text(query))));
    call.made_map(entries)
}

fn uri(call: &Given) -> Outcome {
    call.count(2..=2)?;
    let (base, relative) = (call.text(0)?, call.text(1)?);
    let Some((scheme, rest)) = base.split_once("://") else { return mistake("uri() takes an absolute URI") };
    let (host, path) = rest.split_once('/').map_or((rest, String::new()), |(host, path)| (host, path.to_owned()));
    if relative.contains("://") {
        return call.made_text(&*relative);
    }
    let path = match relative.strip_prefix('/') {
        Some(rest) => rest.to_owned(),
        None => {
            let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            folder + &relative
        }
    };
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => _ = parts.pop(),
            other => parts.push(other),
        }
    }
    let path: String = parts.join("/").replace(' ', "%20");
    call.made_text(format!("{}://{}/{path}", scheme.to_lowercase(), host.to_lowercase()))
}
