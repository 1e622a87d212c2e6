import test from 'ava';
import {reads, refuses} from './command-lines.ts';

// Arguments in the same word or the next.
test(reads, '-p22 x', {ports: '22'});
test(reads, '-p 22 x', {ports: '22'});
test(reads, '-p- x', {ports: '-'});
test(reads, '-p 1-10,http* x', {ports: '1-10,http*'});
test(reads, '-T4 x', {template: 4});
test(reads, '-T 4 x', {template: 4});
test(reads, '-T aggressive x', {template: 4});
test(reads, '-TInsane x', {template: 5});
test(reads, '--timing=0 x', {template: 0});
test(reads, '-eeth0 x', {device: 'eth0'});
test(reads, '-e eth0 x', {device: 'eth0'});
test(reads, '-g53 x', {sourcePort: 53});
test(reads, '--source-port 53 x', {sourcePort: 53});
test(reads, '-M 7 x', {maxParallelism: 7});

// Long options with one dash or two, with `=` or the next word, cut short.
test(reads, '--max-retries 3 x', {maxRetries: 3});
test(reads, '--max-retries=3 x', {maxRetries: 3});
test(reads, '-max-retries 3 x', {maxRetries: 3});
test(reads, '-max-ret 3 x', {maxRetries: 3});
test(reads, '--reas x', {reasons: true});
test(reads, '-open x', {onlyOpen: true});
test(reads, '-send=ip x', {send: 'ip'});
test(reads, '--send-eth x', {send: 'packet'});
test(reads, '--oN out x', {normalFile: 'out'});

// Operands anywhere.
test(reads, 'a -n b -p 22 c', {reverseNames: 'never', ports: '22'}, ['a', 'b', 'c']);
test(reads, '-n -- -p --weird -', {reverseNames: 'never'}, ['-p', '--weird', '-']);
test(reads, 'a - b', {}, ['a', '-', 'b']);

// Mistakes.
test(refuses, '--nosuchoption x', 'unknown option `--nosuchoption`; see halfopen --help');
test(refuses, '--max-retires 3 x', 'unknown option `--max-retires`; did you mean --max-retries?');
test(refuses, '--tpo-ports 3 x', 'unknown option `--tpo-ports`; did you mean --top-ports?');
test(refuses, '-sQ x', 'unknown option `-sQ`; did you mean -sL?');
test(refuses, '-s x', 'unknown option `-s`; see halfopen --help');
test(refuses, '-vx x', 'unknown option `-vx`; did you mean -v?');
test(refuses, '--max-r 3 x', '`--max-r` could be --max-retries, --max-rate, --max-rtt-timeout');
test(refuses, '-excl 3 x', '`-excl` could be --exclude, --excludefile, --exclude-ports');
test(refuses, '--pr x', '`--pr` could be --privileged, --proxies');
test(refuses, '-p', '-p: expected PORTS, got nothing');
test(refuses, 'x --ttl', '--ttl: expected N, got nothing');
test(refuses, '--open=3 x', '--open: expected no argument, got `3`');
test(
	refuses,
	'\u2013sS x',
	'`\u2013sS` begins with a dash that is no ASCII hyphen; was it copied from a document?',
);
