{
  "variables": {
    "core_sources": [
      "native/src/probe/cookie.cc",
      "native/src/probe/reply_matcher.cc",
      "native/src/probe/sip_hash.cc",
      "native/src/probe/syn_template.cc",
      "native/src/wire/checksum.cc",
      "native/src/wire/ethernet.cc",
      "native/src/wire/ip_packet.cc",
      "native/src/wire/ipv4.cc",
      "native/src/wire/ipv6.cc",
      "native/src/wire/link.cc",
      "native/src/wire/linux_cooked.cc",
      "native/src/wire/loopback.cc",
      "native/src/wire/tcp.cc"
    ],
    "linux_sources": [],
    "addon_sources": [],
    "test_sources": []
  }
}
