//! Hashes and identifiers.

use super::{Call, Made, Stop, fail};
use crate::value::Why;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::Digest;
use std::fmt::Write as _;

pub(super) fn call(call: &Call) -> Option<Made> {
    let (name, of_file) = match call.name.strip_prefix("file") {
        Some(name) => (name, true),
        None => (call.name, false),
    };
    let digest: fn(&[u8]) -> Vec<u8> = match name {
        "md5" => |bytes| md5::Md5::digest(bytes).to_vec(),
        "sha1" => |bytes| sha1::Sha1::digest(bytes).to_vec(),
        "sha256" | "base64sha256" => |bytes| sha2::Sha256::digest(bytes).to_vec(),
        "sha512" | "base64sha512" => |bytes| sha2::Sha512::digest(bytes).to_vec(),
        "uuidv5" if !of_file => return Some(uuid_v5(call)),
        "uuid" | "bcrypt" | "rsadecrypt" if !of_file => {
            return Some(Ok(call.unknown(&Why::because(format!("{name} gives another value each time")))));
        }
        _ => return None,
    };
    let text = || -> Result<String, Stop> {
        let text = call.text(0)?;
        if !of_file {
            return Ok(text.to_string());
        }
        call.host.read(&text).map(|source| source.text.clone()).map_err(Stop::Fail)
    };
    Some(text().map(|text| {
        let bytes = digest(text.as_bytes());
        call.made(if name.starts_with("base64") { BASE64_STANDARD.encode(bytes) } else { hex(&bytes) })
    }))
}

fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// [RFC 9562, 5.5] The namespaces have names, or are UUIDs themselves.
fn uuid_v5(call: &Call) -> Made {
    let (space, name) = (call.text(0)?, call.text(1)?);
    let space = match &*space {
        "dns" => "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
        "url" => "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
        "oid" => "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
        "x500" => "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
        other => other,
    };
    let digits: String = space.chars().filter(|c| *c != '-').collect();
    let bytes: Option<Vec<u8>> =
        (0..32).step_by(2).map(|at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()).collect();
    let Some(mut input) = bytes.filter(|_| digits.len() == 32) else { return fail("the namespace is no UUID") };
    input.extend(name.as_bytes());
    let mut id = sha1::Sha1::digest(&input)[..16].to_vec();
    id[6] = (id[6] & 0x0f) | 0x50;
    id[8] = (id[8] & 0x3f) | 0x80;
    let hex = hex(&id);
    Ok(call.made(format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])))
}
