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
    "test_sources": [
      "native/test/main.cc",
      "native/test/packets.cc",
      "native/test/probe/cookie_test.cc",
      "native/test/probe/reply_matcher_test.cc",
      "native/test/probe/sip_hash_test.cc",
      "native/test/probe/syn_template_test.cc",
      "native/test/ring/ring_test.cc",
      "native/test/wire/byte_order_test.cc",
      "native/test/wire/checksum_test.cc",
      "native/test/wire/ethernet_test.cc",
      "native/test/wire/icmp_test.cc",
      "native/test/wire/ip_address_test.cc",
      "native/test/wire/ip_packet_test.cc",
      "native/test/wire/ipv4_test.cc",
      "native/test/wire/ipv6_test.cc",
      "native/test/wire/link_test.cc",
      "native/test/wire/linux_cooked_test.cc",
      "native/test/wire/loopback_test.cc",
      "native/test/wire/seq_number_test.cc",
      "native/test/wire/tcp_test.cc"
    ]
  }
}
