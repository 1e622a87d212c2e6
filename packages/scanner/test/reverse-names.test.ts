import test from 'ava';
import {ipv4, ScanError} from '@halfopen/model';
import {checkServers, ReverseNames} from '../src/reverse-names.ts';
import {answerTo, type Question, withNameServer} from './names/fake-name-server.ts';

/** 192.0.2.0 and what follows. */
const address = (index: number): ReturnType<typeof ipv4> => ipv4(0xc0_00_02_00 + index);

const lookUpAll = async (names: ReverseNames, count: number): Promise<(string | undefined)[]> =>
	Promise.all(Array.from({length: count}, async (_, index) => names.lookUp(address(index))));

test('servers that are given are asked', async t =>
	withNameServer(
		({name, answer}) => {
			answer(name === '7.2.0.192.in-addr.arpa' ? ['seven', 'example'] : undefined);
		},
		async server => {
			const names = new ReverseNames({servers: [server]});
			t.is(await names.lookUp(address(7)), 'seven.example');
			t.is(await names.lookUp(address(8)), undefined);
			await names.close();
		},
	));

test('an address is asked for once, whether it has a name or not', async t => {
	let questions = 0;
	await withNameServer(
		({name, answer}) => {
			questions++;
			answer(name.startsWith('7.') ? ['seven', 'example'] : undefined);
		},
		async server => {
			const names = new ReverseNames({servers: [server]});
			for (let round = 0; round < 3; round++) {
				t.is(await names.lookUp(address(7)), 'seven.example');
				t.is(await names.lookUp(address(8)), undefined);
			}

			await names.close();
		},
	);
	t.is(questions, 2);
});

test('two hundred questions are on their way at the same time', async t => {
	const questions: Question[] = [];
	await withNameServer(
		question => {
			questions.push(question);
			if (questions.length === 200) {
				for (const {name, answer} of questions.toReversed()) {
					answer([`host-${name.split('.')[0]}`, 'example']);
				}
			}
		},
		async server => {
			const names = new ReverseNames({servers: [server]});
			t.deepEqual(
				await lookUpAll(names, 200),
				Array.from({length: 200}, (_, index) => `host-${index}.example`),
			);
			await names.close();
		},
	);
});

test('a silent server is left alone after a few questions', async t => {
	let questions = 0;
	await withNameServer(
		() => {
			questions++;
		},
		async server => {
			const names = new ReverseNames({servers: [server]});
			t.true((await lookUpAll(names, 3000)).every(name => name === undefined));
			const asked = questions;
			t.true(asked >= 200 && asked <= 800, `${asked} questions`);
			t.true((await lookUpAll(names, 3000)).every(name => name === undefined));
			t.is(questions, asked, 'it is not asked again');
			await names.close();
		},
	);
});

test('a server that answers others than what was asked is as good as silent', async t =>
	withNameServer(
		({reply}) => {
			reply(query => {
				const answer = answerTo(query, ['wrong', 'example']);
				answer[0] ^= 0xff; // Another question's number
				return answer;
			});
		},
		async server => {
			const names = new ReverseNames({servers: [server]});
			t.deepEqual(await lookUpAll(names, 3), [undefined, undefined, undefined]);
			await names.close();
		},
	));

test('the first server may be dead when the second is not', async t =>
	withNameServer(
		() => {},
		async dead =>
			withNameServer(
				({answer}) => {
					answer(['found', 'example']);
				},
				async live => {
					const names = new ReverseNames({servers: [dead, live]});
					t.is(await names.lookUp(address(1)), 'found.example');
					await names.close();
				},
			),
	));

const survives = test.macro({
	title: (_, what: string) => `an answer with ${what} does no harm`,
	async exec(t, _what: string, labels: readonly string[]) {
		await withNameServer(
			({name, answer}) => {
				answer(name.startsWith('1.') ? labels : ['fine', 'example']);
			},
			async server => {
				const names = new ReverseNames({servers: [server]});
				const hostile = await names.lookUp(address(1));
				t.true(hostile === undefined || /^[\x20-\x7E]{1,1016}$/.test(hostile), hostile);
				t.is(await names.lookUp(address(2)), 'fine.example');
				await names.close();
			},
		);
	},
});

test(survives, 'control characters', ['\u001B[2J\u0007', 'example']);
test(survives, 'a line end', ['a\nHost: b', 'example']);
test(survives, 'bytes that are no ASCII', ['\u00FF\u00FE', 'example']);
test(survives, 'dots within a label', ['a.b.c', 'example']);
test(survives, 'the root as the name', []);
test(
	survives,
	'255 bytes',
	Array.from({length: 127}, () => 'a'),
);
test(
	survives,
	'255 bytes that are no letters',
	Array.from({length: 127}, () => '\u0000'),
);

test('packets that are no answers do no harm', async t =>
	withNameServer(
		({name, answer, reply}) => {
			if (name.startsWith('9.')) {
				reply(query => query.subarray(0, 5));
				reply(query => Buffer.concat([query.subarray(0, 2), Buffer.alloc(600, 0xc0)]));
			}

			answer([`host-${name.split('.')[0]}`, 'example']);
		},
		async server => {
			const names = new ReverseNames({servers: [server]});
			t.true([undefined, 'host-9.example'].includes(await names.lookUp(address(9))));
			t.is(await names.lookUp(address(8)), 'host-8.example');
			await names.close();
		},
	));

test('a server that is overloaded may be asked again', async t => {
	let questions = 0;
	await withNameServer(
		({answer, reply}) => {
			questions++;
			if (questions < 2) {
				reply(query => refusal(query));
			} else {
				answer(['late', 'example']);
			}
		},
		async server => {
			const names = new ReverseNames({servers: [server]});
			t.is(await names.lookUp(address(1)), undefined);
			t.is(await names.lookUp(address(1)), 'late.example');
			await names.close();
		},
	);
});

const SERVER_FAILURE = 2;

/** An answer whose code says that the server could not find out. */
const refusal = (query: Buffer): Buffer => {
	const answer = answerTo(query);
	answer[3] = 0x80 + SERVER_FAILURE;
	return answer;
};

test('closing gives up on what is still asked, and nothing is asked after it', async t => {
	let questions = 0;
	const names: ReverseNames[] = [];
	await withNameServer(
		() => {
			questions++;
			void names[0].close();
		},
		async server => {
			names.push(new ReverseNames({servers: [server]}));
			t.is(await names[0].lookUp(address(1)), undefined);
			t.is(await names[0].lookUp(address(2)), undefined);
		},
	);
	t.is(questions, 1);
});

test('the system knows the names of its hosts file', async t => {
	const names = new ReverseNames({bySystem: true});
	t.regex((await names.lookUp(ipv4(0x7f_00_00_01))) ?? '', /localhost/);
	await names.close();
});

for (const server of ['192.0.2.1', '192.0.2.1:53', '2001:db8::1', '[2001:db8::1]:53', '[2001:db8::1]']) {
	test(`${server} is a name server`, t => {
		t.notThrows(() => {
			checkServers([server]);
		});
	});
}

for (const server of ['', 'dns.example', '192.0.2.1:', '192.0.2.300', '[2001:db8::1', '192.0.2.1:99999']) {
	test(`\`${server}\` is no name server`, t => {
		const error = t.throws(
			() => {
				checkServers([server]);
			},
			{instanceOf: ScanError},
		);
		t.is(error.message, `dnsServers: expected addresses of name servers, got \`${server}\``);
	});
}
