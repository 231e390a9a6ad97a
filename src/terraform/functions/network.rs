//! CIDR arithmetic.

use super::{Call, Made, Stop, fail};
use crate::value::{ListKind, Value};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

pub(super) fn call(call: &Call) -> Option<Made> {
    Some(match call.name {
        "cidrhost" => host(call),
        "cidrnetmask" => netmask(call),
        "cidrsubnet" => subnet(call),
        "cidrsubnets" => subnets(call),
        _ => return None,
    })
}

/// A prefix; leading zeros of an octet are decimal, as Terraform takes them.
fn prefix(call: &Call, at: usize) -> Result<IpNet, Stop> {
    let text = call.text(at)?;
    let plain = match text.split_once('/') {
        Some((address, length)) if address.contains('.') => {
            let octets = address.split('.').map(|octet| match octet.trim_start_matches('0') {
                "" => "0",
                digits => digits,
            });
            format!("{}/{length}", octets.collect::<Vec<_>>().join("."))
        }
        _ => text.to_string(),
    };
    match plain.parse::<IpNet>() {
        Ok(net) => Ok(net.trunc()),
        Err(_) => fail(format!("{text:?} is not a CIDR prefix")),
    }
}

fn bits(net: &IpNet) -> u128 {
    match net.network() {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
    }
}

fn address(net: &IpNet, bits: u128) -> IpAddr {
    match net {
        IpNet::V4(_) => IpAddr::V4(Ipv4Addr::from(u32::try_from(bits).unwrap_or(u32::MAX))),
        IpNet::V6(_) => IpAddr::V6(Ipv6Addr::from(bits)),
    }
}

fn with_length(address: IpAddr, length: u8) -> Result<IpNet, Stop> {
    let net = match address {
        IpAddr::V4(address) => Ipv4Net::new(address, length).map(IpNet::V4),
        IpAddr::V6(address) => Ipv6Net::new(address, length).map(IpNet::V6),
    };
    net.map_err(|_| Stop::Fail(format!("a prefix has no {length} bits")))
}

fn host(call: &Call) -> Made {
    let net = prefix(call, 0)?;
    let number = call.integer(1)?;
    let width = net.max_prefix_len() - net.prefix_len();
    let count = 1_u128.checked_shl(u32::from(width)).unwrap_or(u128::MAX);
    let offset = if number < 0 {
        count.checked_sub(u128::from(number.unsigned_abs()))
    } else {
        Some(u128::from(number.unsigned_abs())).filter(|offset| *offset < count)
    };
    match offset {
        Some(offset) => Ok(call.made(address(&net, bits(&net) + offset).to_string())),
        None => fail(format!("a prefix of {} bits has no host {number}", net.prefix_len())),
    }
}

fn netmask(call: &Call) -> Made {
    match prefix(call, 0)? {
        IpNet::V4(net) => Ok(call.made(net.netmask().to_string())),
        IpNet::V6(_) => fail("IPv6 has no netmasks"),
    }
}

fn extended(net: &IpNet, new_bits: i64) -> Result<u8, Stop> {
    let length = u8::try_from(new_bits).ok().and_then(|new| net.prefix_len().checked_add(new));
    match length.filter(|length| *length <= net.max_prefix_len()) {
        Some(length) => Ok(length),
        None => fail(format!("a prefix of {} bits cannot be extended by {new_bits}", net.prefix_len())),
    }
}

fn subnet(call: &Call) -> Made {
    let net = prefix(call, 0)?;
    let length = extended(&net, call.integer(1)?)?;
    let number = call.integer(2)?;
    let count = 1_u128.checked_shl(u32::from(length - net.prefix_len())).unwrap_or(u128::MAX);
    let Some(number) = u128::try_from(number).ok().filter(|number| *number < count) else {
        return fail(format!("there is no subnet {number}"));
    };
    let shift = u32::from(net.max_prefix_len() - length);
    let start = bits(&net) + number.checked_shl(shift).unwrap_or(0);
    Ok(call.made(with_length(address(&net, start), length)?.to_string()))
}

/// Subnets one behind the other, each at the next place where its length fits.
fn subnets(call: &Call) -> Made {
    let net = prefix(call, 0)?;
    let mut next = bits(&net);
    let end = next.checked_add(1_u128.checked_shl(u32::from(net.max_prefix_len() - net.prefix_len())).unwrap_or(0));
    let mut items = Vec::new();
    for at in 1..call.args.len() {
        let length = extended(&net, call.integer(at)?)?;
        let size = 1_u128.checked_shl(u32::from(net.max_prefix_len() - length)).unwrap_or(0);
        if size == 0 {
            return fail("the prefix is too wide");
        }
        let start = next.div_ceil(size) * size;
        next = start + size;
        if end.is_some_and(|end| next > end) {
            return fail("the prefix has no room for so many subnets");
        }
        items.push(call.made(with_length(address(&net, start), length)?.to_string()));
    }
    Ok(Value::list(ListKind::List, items, call.trail()))
}
