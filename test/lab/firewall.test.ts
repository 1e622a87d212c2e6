import test from 'ava';
import {formatTable, type FirewallRule} from './firewall.ts';

const saysInNftables = test.macro({
	title: (_, words: string) => `a rule for nftables: ${words}`,
	exec(t, words: string, rule: FirewallRule) {
		t.true(formatTable('firewall', [rule]).includes(`\tchain rules {\n\t\t${words}\n\t}\n`));
	},
});

test(saysInNftables, 'tcp dport {25,110-120} drop', {ports: '25,110-120', verdict: 'drop'});
test(saysInNftables, 'meta l4proto tcp accept', {verdict: 'accept'});
test(saysInNftables, 'ip daddr 10.99.1.0/24 meta l4proto tcp drop', {
	address: '10.99.1.0/24',
	verdict: 'drop',
});
test(saysInNftables, 'ip daddr 10.99.1.7 icmp type echo-request drop', {
	address: '10.99.1.7',
	packets: 'icmp type echo-request',
	verdict: 'drop',
});
test(saysInNftables, 'ip6 daddr fd77:3::2 tcp dport {7} reject with icmpv6 type addr-unreachable', {
	address: 'fd77:3::2',
	ports: '7',
	verdict: {rejectV6: 'address-unreach'},
});
test(saysInNftables, 'tcp dport {7} reject with tcp reset', {ports: '7', verdict: {reject: 'tcp-reset'}});
test(saysInNftables, 'tcp dport {7} reject with icmp type prot-unreachable', {
	ports: '7',
	verdict: {reject: 'proto-unreach'},
});
test(saysInNftables, 'tcp dport {7} numgen random mod 1000000 < 20000 drop', {
	ports: '7',
	verdict: 'drop',
	perMillion: 20_000,
});

test('a table replaces the one of its name, for packets to the namespace and through it', t => {
	const text = formatTable('forged', []);
	t.true(text.startsWith('table inet forged\ndelete table inet forged\ntable inet forged {'));
	t.true(text.includes('hook input'));
	t.true(text.includes('hook forward'));
});
